package io.patchbay.notification;

import io.patchbay.payload.StepException;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Tells groups of people, each by the ways that the operator gave it. */
public interface Notifier {

    /** Tells nobody. */
    Notifier NOBODY = new Notifier() {
        @Override
        public Set<String> groups() {
            return Set.of();
        }

        @Override
        public boolean mails() {
            return false;
        }

        @Override
        public List<Target> targets(Collection<String> to) {
            return List.of();
        }

        @Override
        public void send(Target target, Notice notice) throws StepException {
            throw GroupNotifier.gone(target);
        }
    };

    /** Names of the groups. */
    Set<String> groups();

    /** How many addresses of a group are told in this way. */
    default int places(String group, Channel channel) {
        return 0;
    }

    /** Whether a mail server is set; without one, no place that is told by mail hears anything. */
    boolean mails();

    /** Where groups and mail addresses are told, each place once; none for a group that is not there. */
    List<Target> targets(Collection<String> to);

    /**
     * Tells one place. Blocks until it took the message.
     *
     * @throws StepException when it did not; the sentence has no secrets
     */
    void send(Target target, Notice notice) throws StepException;

    /**
     * Tells places that are told by mail, with one mail to all of them.
     *
     * @throws StepException when the server did not take it
     */
    default void mail(List<Target> targets, Notice notice) throws StepException {
        for (Target target : targets) {
            send(target, notice);
        }
    }

    /** Whether a flow may tell people one thing more now; each call counts. */
    default boolean allows(String flow) {
        return true;
    }
}
