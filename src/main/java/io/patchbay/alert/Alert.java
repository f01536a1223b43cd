package io.patchbay.alert;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What people were told, or would have been if anybody were to be.
 *
 * @param id UUIDv7
 * @param kind what it is about
 * @param subject the flow or instance; of a server's certificate the instance, a blank and the server; empty for the program itself
 * @param openedAt when it came up
 * @param lastAt when it was last seen
 * @param overAt when it was over; null while it is open
 * @param times how often it was seen: failed runs, say
 * @param sentence what is the matter
 * @param run the last run that it was seen in, or null
 * @param receivers groups and addresses that are told
 */
public record Alert(
        String id,
        AlertKind kind,
        String subject,
        Instant openedAt,
        Instant lastAt,
        @Nullable Instant overAt,
        long times,
        String sentence,
        @Nullable String run,
        List<String> receivers) {

    public Alert {
        receivers = List.copyOf(receivers);
    }

    /** Whether it is open. */
    public boolean open() {
        return overAt == null;
    }

    /** The instance, where it is about one; else the subject. */
    String instance() {
        int blank = subject.indexOf(' ');
        return kind == AlertKind.SERVER_CERTIFICATE && blank > 0 ? subject.substring(0, blank) : subject;
    }

    /** What to do about it. */
    public String advice() {
        return AlertTexts.advice(this);
    }

    /**
     * A message of an alert to one place.
     *
     * @param alert its id
     * @param target where to, as people read it
     * @param state how it stands
     * @param attempts how often it was tried
     * @param nextAt when it is tried again, or was tried last
     * @param problem why it was not taken, without secrets; null when it was, or was not tried
     */
    public record Message(
            String alert,
            String target,
            State state,
            int attempts,
            Instant nextAt,
            @Nullable String problem) {

        /** How a message stands. */
        public enum State {
            /** It is tried, or tried again. */
            WAITING,
            /** It was taken. */
            SENT,
            /** Nobody took it for so long that it tells nothing any more. */
            GIVEN_UP;

            String word() {
                return name().toLowerCase(Locale.ROOT);
            }

            static State of(String word) {
                return valueOf(word.toUpperCase(Locale.ROOT));
            }
        }
    }
}
