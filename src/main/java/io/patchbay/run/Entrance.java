package io.patchbay.run;

import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** A deployed revision, as runs see it. */
public interface Entrance {

    /** The flow's id. */
    String flow();

    /** The revision. */
    String revision();

    /** What holds for its runs. */
    RunRules rules();

    /** The context its routes are in. */
    CamelContext context();

    /**
     * Where an exchange enters: at the beginning (null), behind the answer ({@link Runner#TAIL}) or at a shape.
     *
     * @throws IllegalArgumentException when there is no such shape
     */
    AsyncProcessor at(@Nullable String entry);

    /** Whether payloads wait at a shape, and what is decided about them is done there. */
    boolean waits(String shape);

    /** A run begins: the revision stays until it ends. @throws RejectedExecutionException when the revision is gone already */
    void enter();

    /** A run ended. */
    void leave();
}
