package io.patchbay.trigger;

import io.patchbay.canvas.ReadBy;
import io.patchbay.problem.Problems;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Surroundings;
import java.util.Optional;

/**
 * One entry of a flow's {@code trigger} list: what starts a run. A run can always be started by hand (API, command line),
 * whatever stands here. Two values are equal when they do the same, so a runtime leaves an unchanged trigger alone.
 */
@ReadBy(TriggerReader.class)
public sealed interface Trigger permits Schedule, Webhook, InstanceWebhook, Inbound, Callback, Arrival, Event, Manual {

    /** The key that names the trigger in a flow file. */
    String kind();

    /**
     * What only one trigger over all active flows may have, written for people: {@code webhook orders}, {@code callback GET
     * price/{}}; empty when the trigger shares nothing.
     */
    default Optional<String> key() {
        return Optional.empty();
    }

    /** Says what is wrong with the trigger where it is deployed: a name that leads nowhere, say. */
    default void check(Placed at, Surroundings around, Problems problems) {}
}
