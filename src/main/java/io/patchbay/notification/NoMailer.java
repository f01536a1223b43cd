package io.patchbay.notification;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;

/** What there is while no mail server is set. */
public final class NoMailer implements Mailer {

    @Override
    public boolean ready() {
        return false;
    }

    @Override
    public void send(Mail mail) throws StepException {
        throw new StepException(
                Owner.AUTHOR, "NO_MAIL_SERVER", "no mail server is set; set patchbay.mail.host and patchbay.mail.from");
    }
}
