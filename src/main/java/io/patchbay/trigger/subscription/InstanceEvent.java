package io.patchbay.trigger.subscription;

/** An event of an instance. */
record InstanceEvent(String instance, String event) {

    @Override
    public String toString() {
        return "event '" + event + "' of instance '" + instance + "'";
    }
}
