package io.patchbay.notification;

import io.patchbay.payload.StepException;

/** Sends mail. */
public interface Mailer {

    /** Whether a mail server is set. */
    boolean ready();

    /**
     * Hands a mail to the server.
     *
     * @throws StepException when the server did not take it; retryable unless it said that it never will
     */
    void send(Mail mail) throws StepException;
}
