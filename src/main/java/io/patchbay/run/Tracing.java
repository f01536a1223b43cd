package io.patchbay.run;

import java.util.Map;

/** Is told of runs while they happen, for systems that show them as traces. Nothing that it does may fail or wait. */
public interface Tracing {

    /** Nobody follows runs. */
    Tracing NONE = (run, meta) -> RunTrace.NONE;

    /**
     * A run begins, or is taken up again.
     *
     * @param meta metadata of its start
     */
    RunTrace begin(Run.Identity run, Map<String, String> meta);
}
