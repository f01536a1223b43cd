package io.patchbay.notification;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.util.Objects;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.mail.MailComponent;
import org.apache.camel.component.mail.MailConfiguration;
import org.apache.camel.component.mail.MailEndpoint;
import org.apache.camel.component.mail.MailProducer;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Sends by SMTP through Camel's mail component. The endpoint is made by hand and not by a URI, so that the password stands in
 * no endpoint list and no log.
 */
public final class SmtpMailer implements Mailer {

    private static final int TIMEOUT_MILLIS = 15_000;

    private final MailProperties settings;
    private final CamelContext camel;
    private @Nullable MailProducer producer;

    /** A mailer for the server of the settings; nothing is connected before the first mail. */
    public SmtpMailer(MailProperties settings, CamelContext camel) {
        this.settings = settings;
        this.camel = camel;
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public void send(Mail mail) throws StepException {
        MailProducer sending = producer();
        Exchange exchange = sending.getEndpoint().createExchange();
        Message message = exchange.getMessage();
        message.setBody(mail.text());
        message.setHeader("To", String.join(",", mail.to()));
        message.setHeader("From", settings.from());
        message.setHeader("Subject", mail.subject());
        message.setHeader("Message-ID", "<" + mail.id() + "@patchbay>");
        try {
            sending.process(exchange);
        } catch (Exception e) {
            throw failure(e);
        }
        Exception thrown = exchange.getException();
        if (thrown != null) {
            throw failure(thrown);
        }
    }

    private synchronized MailProducer producer() {
        if (producer == null) {
            MailEndpoint endpoint = new MailEndpoint(
                    "smtp://" + settings.host() + ":" + settings.port(), new MailComponent(camel), configuration());
            endpoint.setCamelContext(camel);
            try {
                producer = (MailProducer) endpoint.createProducer();
            } catch (Exception e) {
                throw new IllegalStateException("the mail sender cannot be made", e);
            }
        }
        return producer;
    }

    private MailConfiguration configuration() {
        MailConfiguration configuration = new MailConfiguration(camel);
        configuration.configureProtocol("smtp");
        configuration.setHost(Objects.requireNonNull(settings.host()));
        configuration.setPort(settings.port());
        configuration.setContentType("text/plain; charset=UTF-8");
        configuration.setConnectionTimeout(TIMEOUT_MILLIS);
        if (settings.user() != null) {
            configuration.setUsername(settings.user());
            configuration.setPassword(settings.password());
        }
        Properties more = new Properties();
        more.setProperty("mail.smtp.auth", String.valueOf(settings.user() != null));
        more.setProperty("mail.smtp.timeout", String.valueOf(TIMEOUT_MILLIS));
        more.setProperty("mail.smtp.writetimeout", String.valueOf(TIMEOUT_MILLIS));
        more.setProperty("mail.smtp.starttls.enable", String.valueOf(settings.starttls()));
        more.setProperty("mail.smtp.starttls.required", String.valueOf(settings.starttls()));
        more.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        configuration.setAdditionalJavaMailProperties(more);
        return configuration;
    }

    private StepException failure(Exception e) {
        String server = settings.host() + ":" + settings.port();
        for (Throwable cause = e; cause != null; cause = next(cause)) {
            if (cause instanceof AuthenticationFailedException) {
                return new StepException(
                        Owner.REMOTE, "MAIL_LOGIN", "mail server " + server + " refused user and password");
            }
            int code = code(cause);
            if (code >= 500) {
                return new StepException(
                        Owner.REMOTE,
                        "MAIL_REFUSED",
                        "mail server " + server + " refused the mail for good (" + code + ")");
            }
        }
        String why = e instanceof MessagingException
                ? String.valueOf(e.getMessage())
                : e.getClass().getSimpleName();
        String line = why.replaceAll("\\s+", " ");
        return new StepException(
                Owner.REMOTE,
                "MAIL_NOT_SENT",
                "mail server " + server + " did not take the mail: " + line,
                e,
                true,
                null);
    }

    /** Mail exceptions hang on each other in their own way. */
    private static @Nullable Throwable next(Throwable cause) {
        return cause instanceof MessagingException mail ? mail.getNextException() : cause.getCause();
    }

    private static int code(Throwable cause) {
        if (cause instanceof SMTPAddressFailedException address) {
            return address.getReturnCode();
        }
        if (cause instanceof SMTPSendFailedException send) {
            return send.getReturnCode();
        }
        return cause instanceof SendFailedException ? 0 : -1;
    }
}
