package io.patchbay.trigger;

import java.util.Collection;

/**
 * The running triggers of one kind or of all. Called with the whole set after each generation of files; calling it twice
 * with the same set changes nothing. While triggers are swapped no start is lost and none is doubled.
 */
public interface TriggerRuntime {

    /** Makes what runs equal to what is deployed. Kinds that the runtime does not know are left out. */
    void replace(Collection<DeployedTrigger> all);
}
