package io.patchbay.alert;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That something is the matter.
 *
 * @param kind what
 * @param subject of which flow or instance; empty for the program
 * @param times how often it happened since it was last told of; 0 for what holds until it is over
 * @param sentence what exactly, without secrets
 * @param run the run in which it was seen last, or null
 * @param to who is to be told
 * @param every how long nothing more is said
 */
record Occurrence(
        AlertKind kind,
        String subject,
        long times,
        String sentence,
        @Nullable String run,
        List<String> to,
        Duration every) {

    /** What holds is not said again the same day. */
    private static final Duration DAY = Duration.ofDays(1);

    Occurrence {
        to = List.copyOf(to);
    }

    String key() {
        return key(kind, subject);
    }

    static String key(AlertKind kind, String subject) {
        return kind.word() + ":" + subject;
    }

    /** How long it may go on until it is said again. */
    Duration again() {
        return times > 0 || every.compareTo(DAY) > 0 ? every : DAY;
    }
}
