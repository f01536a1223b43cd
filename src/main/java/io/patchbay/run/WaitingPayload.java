package io.patchbay.run;

import io.patchbay.shape.wait.Awaits;
import io.patchbay.shape.wait.Decision;
import io.patchbay.shape.wait.WaitState;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A payload that waits for an approval or an event, or did. Its content is asked for by itself.
 *
 * @param id UUIDv7
 * @param at where it left its run
 * @param wish what it waits for
 * @param since when it came
 * @param decision what became of it; null while it waits
 * @param run the run that takes it on, or null
 * @param bytes of what is kept
 * @param variables the flow's variables as they were, as JSON by name
 * @param elsewhere the data folder of the replica that alone has its content, which is a file; null when all have it
 */
public record WaitingPayload(
        String id,
        Left at,
        Wish wish,
        Instant since,
        @Nullable Decision decision,
        @Nullable String run,
        long bytes,
        Map<String, String> variables,
        @Nullable String elsewhere) {

    public WaitingPayload {
        variables = Map.copyOf(variables);
    }

    /**
     * Where it left its run.
     *
     * @param run id of the run
     * @param queuedAt when that run was queued
     * @param flow the flow's id
     * @param revision what ran
     * @param shape the shape's id
     * @param lineage of the payload
     * @param repeats whether another run may have sent the same before
     */
    public record Left(
            String run,
            Instant queuedAt,
            String flow,
            String revision,
            String shape,
            String lineage,
            boolean repeats) {}

    /**
     * What it waits for.
     *
     * @param kind an approval or an event
     * @param key what it is told under, or null
     * @param title what people read first, or null
     * @param message what they read then, or null
     * @param expires until when it waits
     */
    public record Wish(
            Awaits kind,
            @Nullable String key,
            @Nullable String title,
            @Nullable String message,
            Instant expires) {}

    /** How it stands. */
    public WaitState state() {
        return decision == null ? WaitState.WAITING : decision.state();
    }

    /** The same, decided. */
    public WaitingPayload with(Decision how, @Nullable String by) {
        return new WaitingPayload(id, at, wish, since, how, by, bytes, variables, elsewhere);
    }
}
