package io.patchbay.notification;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.util.List;
import java.util.Map;

/** What there is while no mail server is set. */
public final class NoMailer implements Mailer {

    @Override
    public boolean ready() {
        return false;
    }

    @Override
    public Map<String, List<String>> groups() {
        return Map.of();
    }

    @Override
    public void send(Mail mail) throws StepException {
        throw new StepException(
                Owner.AUTHOR, "NO_MAIL_SERVER", "no mail server is set; set patchbay.mail.host and patchbay.mail.from");
    }
}
