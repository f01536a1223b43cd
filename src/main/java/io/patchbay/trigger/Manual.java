package io.patchbay.trigger;

import io.patchbay.canvas.Doc;

/** No trigger of its own: the flow starts by API or command line only. */
@Doc("The flow starts by API or command line only; both are possible beside every other trigger too.")
public record Manual() implements Trigger {
    @Override
    public String kind() {
        return "manual";
    }
}
