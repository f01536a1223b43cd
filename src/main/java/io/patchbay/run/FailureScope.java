package io.patchbay.run;

import io.patchbay.payload.Bucket;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where failures go that happen inside a try or inside a path of a branch that goes on after failures. A scope of a try
 * collects what failed; a scope of a path only keeps the failure from stopping the run.
 */
final class FailureScope {

    static final String PROPERTY = "patchbay.scope";

    private final @Nullable FailureScope outer;
    private final @Nullable Supplier<Bucket> buckets;
    private final List<String> shapes;
    /** What failed, by the shape's place among the shapes of the try: one shape sees payloads in the same order always. */
    private final Map<Integer, Bucket> failed = new TreeMap<>();

    private volatile boolean ended;

    /**
     * A scope of a try.
     *
     * @param buckets makes buckets for what fails
     * @param shapes ids of the shapes in the try, in the order in which they are written
     */
    FailureScope(@Nullable FailureScope outer, Supplier<Bucket> buckets, List<String> shapes) {
        this.outer = outer;
        this.buckets = buckets;
        this.shapes = shapes;
    }

    /** A scope of a path. */
    FailureScope(@Nullable FailureScope outer) {
        this.outer = outer;
        this.buckets = null;
        this.shapes = List.of();
    }

    /** Whether what is inside goes on. */
    boolean goesOn() {
        return !ended && (outer == null || outer.goesOn());
    }

    /** Whether failed payloads are caught here. */
    boolean catches() {
        return buckets != null;
    }

    /** Takes a failed payload; what failed is told to the catch as metadata {@code error.…}. */
    synchronized void take(Payload payload, String shape, StepException why, String message, int attempts) {
        if (buckets != null) {
            failed.computeIfAbsent(shapes.indexOf(shape), any -> buckets.get())
                    .add(payload.withMeta("error.message", message)
                            .withMeta("error.code", why.code())
                            .withMeta("error.shape", shape)
                            .withMeta("error.attempts", String.valueOf(attempts)));
        }
    }

    /** What is inside does not go on. */
    void end() {
        ended = true;
    }

    /** What failed, a bucket for each shape in which something did, in the order of the shapes. */
    synchronized List<Bucket> failed() {
        return List.copyOf(failed.values());
    }
}
