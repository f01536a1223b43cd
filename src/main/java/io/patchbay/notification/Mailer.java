package io.patchbay.notification;

import io.patchbay.payload.StepException;
import java.util.List;
import java.util.Map;

/** Sends mail. */
public interface Mailer {

    /** Whether a mail server is set. */
    boolean ready();

    /** Notification groups: mail addresses by group name. */
    Map<String, List<String>> groups();

    /**
     * Hands a mail to the server.
     *
     * @throws StepException when the server did not take it; retryable unless it said that it never will
     */
    void send(Mail mail) throws StepException;
}
