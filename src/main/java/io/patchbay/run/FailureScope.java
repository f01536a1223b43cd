package io.patchbay.run;

import io.patchbay.payload.Bucket;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import org.jspecify.annotations.Nullable;

/**
 * Where failures go that happen inside a try or inside a path of a branch that goes on after failures. A scope of a try
 * collects what failed; a scope of a path only keeps the failure from stopping the run.
 */
final class FailureScope {

    static final String PROPERTY = "patchbay.scope";

    private final @Nullable FailureScope outer;
    private final @Nullable Bucket failed;
    private volatile boolean ended;

    /** A scope of a try. */
    FailureScope(@Nullable FailureScope outer, Bucket failed) {
        this.outer = outer;
        this.failed = failed;
    }

    /** A scope of a path. */
    FailureScope(@Nullable FailureScope outer) {
        this.outer = outer;
        this.failed = null;
    }

    /** Whether what is inside goes on. */
    boolean goesOn() {
        return !ended && (outer == null || outer.goesOn());
    }

    /** Whether failed payloads are caught here. */
    boolean catches() {
        return failed != null;
    }

    /** Takes a failed payload; what failed is told to the catch as metadata {@code error.…}. */
    void take(Payload payload, String shape, StepException why, String message, int attempts) {
        if (failed != null) {
            failed.add(payload.withMeta("error.message", message)
                    .withMeta("error.code", why.code())
                    .withMeta("error.shape", shape)
                    .withMeta("error.attempts", String.valueOf(attempts)));
        }
    }

    /** What is inside does not go on. */
    void end() {
        ended = true;
    }

    /** What failed. */
    Bucket failed() {
        if (failed == null) {
            throw new IllegalStateException("a path's scope collects no failures");
        }
        return failed;
    }
}
