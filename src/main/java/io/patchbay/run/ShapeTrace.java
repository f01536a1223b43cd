package io.patchbay.run;

import io.patchbay.payload.RequestLog;
import io.patchbay.payload.StepException;
import java.time.Duration;
import java.util.Map;

/** How one passage of a shape is followed. Safe for use by several threads. */
public interface ShapeTrace {

    /** It is not followed. */
    ShapeTrace NONE = new ShapeTrace() {
        @Override
        public Map<String, String> headers(String instance) {
            return Map.of();
        }

        @Override
        public void request(int attempt, RequestLog request) {
            // Nobody wants to know.
        }

        @Override
        public void again(int attempt, StepException why, Duration pause) {
            // Nobody wants to know.
        }

        @Override
        public void failed(StepException why) {
            // Nobody wants to know.
        }

        @Override
        public void ended() {
            // Nobody wants to know.
        }
    };

    /** What a request to an instance tells it of the trace; empty for those that are to hear nothing. */
    Map<String, String> headers(String instance);

    /** A request was made. */
    void request(int attempt, RequestLog request);

    /** The try after a pause is of this number, because the one before failed. */
    void again(int attempt, StepException why, Duration pause);

    /** The payload, or a record of it, failed for good. */
    void failed(StepException why);

    /** It has passed, or goes no further. */
    void ended();
}
