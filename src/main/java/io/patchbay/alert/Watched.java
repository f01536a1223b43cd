package io.patchbay.alert;

import io.patchbay.flow.AlertSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is looked at, as it is at the moment. */
public interface Watched {

    /** The flows that are deployed, by id. */
    Map<String, WatchedFlow> flows();

    /** The instances that there are. */
    List<WatchedInstance> instances();

    /** The flows that call an instance. */
    Set<String> callers(String instance);

    /** Why there is no room on the disk, a sentence; empty when there is. */
    String fullDisk();

    /** How many starts wait, by flow. */
    Map<String, Long> waiting();

    /**
     * A flow.
     *
     * @param settings what is told of it
     * @param goes whether its triggers fire: it is active, and nobody paused it
     */
    record WatchedFlow(String id, AlertSettings settings, boolean goes) {}

    /**
     * An instance, as its calls in this runtime saw it.
     *
     * @param trouble what is the matter; null when nothing is, or nothing is known
     * @param since since when
     * @param sentence what its last failure was, without secrets
     * @param lastFailure the last call that failed; null when there was none in this life of the program
     * @param lastSuccess the last call that went well; null when there was none in this life of the program
     */
    record WatchedInstance(
            String name,
            @Nullable AlertKind trouble,
            @Nullable Instant since,
            @Nullable String sentence,
            @Nullable Instant lastFailure,
            @Nullable Instant lastSuccess) {}
}
