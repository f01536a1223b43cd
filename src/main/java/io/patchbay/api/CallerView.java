package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.trigger.inbound.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** A system that may call the inbound API. */
@Doc("A system that may call the inbound API; its secret is not kept")
record CallerView(
        String name,
        @Doc("What it shows with its secret to get a token") String clientId,
        @Doc("Most requests a minute, for each replica") int perMinute,

        @Doc("Largest body in bytes; null where only the address bounds it") @Nullable
        Long maxBodyBytes,

        Instant createdAt,

        @Doc("Since when it may not call any more; null while it may") @Nullable
        Instant revokedAt) {

    static CallerView of(Caller caller) {
        DataSize most = caller.limits().maxBody();
        return new CallerView(
                caller.name(),
                caller.clientId(),
                caller.limits().perMinute(),
                most == null ? null : most.toBytes(),
                caller.createdAt(),
                caller.revokedAt());
    }
}
