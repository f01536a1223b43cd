package io.patchbay.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Doc;
import io.patchbay.run.WaitingPayload;
import io.patchbay.shape.wait.Awaits;
import io.patchbay.shape.wait.Decision;
import io.patchbay.shape.wait.WaitState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A payload that waits, or did. Its content is had at {@code …/body} while it waits. */
@Doc("A payload that waits, or did; its content is had at …/body while it waits")
record WaitView(
        String id,
        String flow,
        @Doc("The revision that it came with") String revision,
        @Doc("The run that it left") String runId,
        @Doc("The shape where it waits") String shape,
        @Doc("Where the payload comes from") String lineage,
        @Doc("What it waits for") Awaits kind,

        @Doc("What it is told under, or found by") @Nullable String key,

        @Nullable String title,
        @Nullable String message,
        @Doc("Bytes of its content") long bytes,
        WaitState state,
        @Doc("When it came") Instant since,
        @Doc("When its time is over") Instant expiresAt,
        @Doc("When it was decided") @Nullable Instant decidedAt,

        @Doc("Who decided; null when its time was over") @Nullable
        String by,

        @Doc("What they said") @Nullable String note,

        @Doc("What came with the decision or event; null in a list") @Nullable
        JsonNode data,

        @Doc("The run that takes it on") @Nullable String releasedTo) {

    /** One of a list: what came with its decision may be large, and is had with the one alone. */
    static WaitView listed(WaitingPayload one) {
        Decision how = one.decision();
        return of(
                how == null
                        ? one
                        : one.with(new Decision(how.state(), how.by(), how.note(), how.at(), null), one.run()));
    }

    static WaitView of(WaitingPayload one) {
        Decision how = one.decision();
        return new WaitView(
                one.id(),
                one.at().flow(),
                one.at().revision(),
                one.at().run(),
                one.at().shape(),
                one.at().lineage(),
                one.wish().kind(),
                one.wish().key(),
                one.wish().title(),
                one.wish().message(),
                one.bytes(),
                one.state(),
                one.since(),
                one.wish().expires(),
                how == null ? null : how.at(),
                how == null ? null : how.by(),
                how == null ? null : how.note(),
                how == null ? null : how.data(),
                one.run());
    }
}
