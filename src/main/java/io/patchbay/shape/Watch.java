package io.patchbay.shape;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.Scope;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Payload;
import io.patchbay.problem.Location;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Another shape of the flow that a placed shape wants to be told of: one behind it, which acts on the world outside.
 *
 * @param shape its id
 * @param at where the id is written
 * @param watcher who is told
 */
public record Watch(String shape, Location at, Watcher watcher) {

    /** Told of payloads that passed. */
    public interface Watcher {
        /**
         * A payload passed the shape. Called again for the same payload when the run is taken up again before the page that it came from
         * counts as delivered, and for a payload that is replayed.
         *
         * @return completes when what was learned of it is synced; when it fails the run stops and is taken up again
         */
        CompletableFuture<Void> passed(Passed passed);
    }

    /** A payload that passed. */
    public interface Passed {

        /** The payload as it reached the shape. */
        Payload payload();

        /** Whether the record at this place (from 0) failed there, so that it did not pass. */
        boolean failed(int index);

        /** Id of the run. */
        String runId();

        /** Which life of the run it is: see {@link io.patchbay.payload.Attempt#life}. */
        String life();

        /** The run that this one replays, or null. */
        @Nullable
        String replays();

        /** Where placeholders read, for a record. */
        Scope scope(JsonNode record);

        /** Adds a line to the run's log, about the shape that passed it. */
        void log(LogLevel level, String text);
    }
}
