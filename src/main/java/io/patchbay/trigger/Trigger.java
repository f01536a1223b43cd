package io.patchbay.trigger;

import io.patchbay.canvas.ReadBy;
import java.util.Optional;

/**
 * One entry of a flow's {@code trigger} list: what starts a run. A run can always be started by hand (API, command line),
 * whatever stands here. Two values are equal when they do the same, so a runtime leaves an unchanged trigger alone.
 */
@ReadBy(TriggerReader.class)
public sealed interface Trigger permits Schedule, Webhook, Callback, FileArrival, Manual {

    /** The key that names the trigger in a flow file. */
    String kind();

    /**
     * What only one trigger over all active flows may have, written for people: {@code webhook orders}, {@code callback GET
     * price/{}}; empty when the trigger shares nothing.
     */
    default Optional<String> key() {
        return Optional.empty();
    }

    /** The connector instance that the trigger needs, if it needs one. */
    default Optional<String> instanceName() {
        return Optional.empty();
    }
}
