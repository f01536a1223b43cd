package io.patchbay.route;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which versions are held; the same for all replicas, and over restarts. */
public interface Holds {

    /** What is held of a flow; null when its file counts. */
    @Nullable
    Held of(String flow);

    /** All that is held, by flow. */
    Map<String, Held> all();

    /** Holds a version, unless one of the flow is held already; answers which one is. */
    Held pin(Held held);

    /** Holds a version, in place of one of the flow that is held. */
    void hold(Held held);

    /**
     * All at once, or nothing.
     *
     * @param held versions that are held from now on
     * @param released flows whose files count again
     */
    void change(Collection<Held> held, Collection<String> released);

    /** Lets a flow's file count again. */
    void release(String flow);
}
