package io.patchbay.alert;

import io.patchbay.alert.Alert.Message.State;
import io.patchbay.alert.AlertMessages.Due;
import io.patchbay.notification.Notifier;
import io.patchbay.payload.StepException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Sends what is to be said. What is not taken is tried again, later each time, for a day: by then it tells nothing any more. A
 * message may come twice when the program dies between sending it and writing that; it has the same id then.
 */
final class Outbox {

    private static final System.Logger LOG = System.getLogger(Outbox.class.getName());
    private static final Duration LONGEST = Duration.ofDays(1);
    /** Longer than an attempt takes: nobody else begins one meanwhile. */
    private static final Duration ATTEMPT = Duration.ofMinutes(2);

    private static final int PART = 100;

    private final AlertMessages messages;
    private final Notifier notifier;
    private final Clock clock;
    private final UnaryOperator<String> redactor;

    /** @param redactor takes known secrets out of a text */
    Outbox(AlertMessages messages, Notifier notifier, Clock clock, UnaryOperator<String> redactor) {
        this.messages = messages;
        this.notifier = notifier;
        this.clock = clock;
        this.redactor = redactor;
    }

    /** Sends what is due. A place that does not take one message is not asked for the others until later. */
    void send() {
        Set<String> down = new HashSet<>();
        for (Due message : messages.due(clock.instant(), PART)) {
            String target = message.target().text();
            Duration pause = AlertMessages.pause(message.attempts());
            boolean tries = !down.contains(target);
            Duration hold = tries && pause.compareTo(ATTEMPT) < 0 ? ATTEMPT : pause;
            if (messages.claim(message, clock.instant().plus(hold)) && tries && !sent(message, pause)) {
                down.add(target);
            }
        }
    }

    private boolean sent(Due message, Duration pause) {
        String problem;
        try {
            notifier.send(message.target(), message.notice());
            messages.ended(message, State.SENT, clock.instant(), null);
            return true;
        } catch (StepException e) {
            problem = redactor.apply(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            problem = redactor.apply(message.target() + ": " + e.getClass().getSimpleName());
        }
        Instant next = clock.instant().plus(pause);
        boolean last = next.isAfter(message.madeAt().plus(LONGEST));
        messages.ended(message, last ? State.GIVEN_UP : State.WAITING, last ? clock.instant() : next, problem);
        if (message.attempts() == 0 || last) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "an alert was not sent, {0}: {1}",
                    last ? "and is not tried again" : "and is tried again",
                    problem);
        }
        return false;
    }
}
