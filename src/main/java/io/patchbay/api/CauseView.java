package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.run.FailureCause;
import java.time.Instant;

/** Failed payloads that failed for the same reason. */
@Doc("Failed payloads that failed for the same reason")
record CauseView(
        @Doc("Give it as 'cause' to list or to replay them") String id,
        String flow,
        String shape,
        @Doc("The failure's name") String code,

        @Doc("What their messages have in common; # stands for what differs")
        String reason,

        long count,
        @Doc("When the first of them failed") Instant firstAt,
        @Doc("When the last of them failed") Instant lastAt,
        @Doc("Id of the last of them") String example) {

    static CauseView of(FailureCause cause) {
        return new CauseView(
                cause.id(),
                cause.flow(),
                cause.shape(),
                cause.code(),
                cause.reason(),
                cause.count(),
                cause.firstAt(),
                cause.lastAt(),
                cause.example());
    }
}
