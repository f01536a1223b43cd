package io.patchbay.trigger;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what a caller says of the trace that its request belongs to. It decides nothing but where a run's spans are shown. */
public interface CallerTraces {

    /** Nobody follows runs, so nothing is read. */
    CallerTraces NONE = headers -> null;

    /**
     * What a start carries to its run as {@link io.patchbay.queue.Start#CALLER_TRACE}; null when the caller says nothing, or
     * nothing that is valid.
     *
     * @param headers all values of a request's header by its name
     */
    @Nullable
    String of(Function<String, List<String>> headers);
}
