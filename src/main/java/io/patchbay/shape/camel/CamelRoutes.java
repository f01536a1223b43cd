package io.patchbay.shape.camel;

import io.patchbay.canvas.Node;
import io.patchbay.problem.Problems;

/** The service that makes Camel steps into something a compiled flow can call. */
public interface CamelRoutes {

    /** Adds what stands against a list of steps: what is not allowed, and what Camel has against it. */
    void check(Node steps, Problems problems);

    /**
     * The endpoint of the flows' Camel context that passes a payload through the steps. The steps become a route when the
     * first route that calls the endpoint starts, and go when the last one is gone.
     *
     * @param flow the flow's id
     * @param shape the shape's id
     * @param steps steps that {@link #check} found right
     * @param many whether each item of a resulting list is a payload of its own
     */
    String endpoint(String flow, String shape, Node steps, boolean many);
}
