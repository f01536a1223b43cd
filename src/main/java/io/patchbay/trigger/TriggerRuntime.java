package io.patchbay.trigger;

import java.time.Duration;
import java.util.Collection;

/**
 * The running triggers of one kind or of all. Called with the whole set after each generation of files; calling it twice
 * with the same set changes nothing. While triggers are swapped no start is lost and none is doubled.
 */
public interface TriggerRuntime {

    /** Makes what runs equal to what is deployed. Kinds that the runtime does not know are left out. */
    void replace(Collection<DeployedTrigger> all);

    /**
     * Falls silent for the end of the program: nothing is started any more. What is remembered durably, like the next time of
     * a schedule, stays; an empty set given to {@link #replace} would forget it.
     */
    void silence();

    /**
     * Waits until what was taken in before is answered, once this fell silent.
     *
     * @return false when something is still on its way after the time
     */
    default boolean drain(Duration atMost) throws InterruptedException {
        return true;
    }
}
