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
     * Starts by schedule, as they are.
     *
     * @param before what was due from then on is not late
     */
    Due schedules(Instant before);

    /**
     * Starts by schedule.
     *
     * @param overdue the oldest of each flow that is not made yet, although it was due before the instant asked for
     * @param made the last of each flow that was made, or left out, by when it was due
     */
    record Due(Map<String, Instant> overdue, Map<String, Instant> made) {}

    /** What is good until a certain time, as far as that is known. */
    List<Expiring> expiring();

    /**
     * What is good until a certain time.
     *
     * @param kind what people are told when it ends
     * @param subject whose it is, as {@link Alert} has it
     * @param begins since when it is good; null where that does not count
     * @param ends when it ends
     * @param seen when this runtime saw it last; null where it is known without that
     */
    record Expiring(
            AlertKind kind,
            String subject,
            @Nullable Instant begins,
            Instant ends,
            @Nullable Instant seen) {

        private static final int LONGEST_SERVER = 100;

        /** What is known to be so. */
        public Expiring(AlertKind kind, String subject, @Nullable Instant begins, Instant ends) {
            this(kind, subject, begins, ends, null);
        }

        /** What a server showed to an instance when it was called last. */
        public static Expiring shown(String instance, String server, Instant begins, Instant ends, Instant seen) {
            String name = server.length() > LONGEST_SERVER ? server.substring(0, LONGEST_SERVER) : server;
            return new Expiring(AlertKind.SERVER_CERTIFICATE, instance + " " + name, begins, ends, seen);
        }
    }

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
