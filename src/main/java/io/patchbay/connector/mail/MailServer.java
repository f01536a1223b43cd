package io.patchbay.connector.mail;

import io.patchbay.connector.CallScope;
import io.patchbay.connector.Requester;
import io.patchbay.connector.auth.Trust;
import io.patchbay.connector.file.ServerAddress;
import io.patchbay.expression.Template;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where a mail server is and how it is talked to.
 *
 * @param host its name or address
 * @param port its port
 * @param security whether and when TLS begins
 * @param tls whose certificates are believed; null without TLS
 */
record MailServer(
        String host, int port, Security security, @Nullable SSLContext tls) {

    /** When TLS begins. */
    enum Security {
        STARTTLS(587),
        TLS(465),
        NONE(25);

        private final int usualPort;

        Security(int usualPort) {
            this.usualPort = usualPort;
        }
    }

    /** The server of an instance. @throws StepException when a setting does not fit */
    static MailServer of(Requester requester, CallScope settings) throws StepException {
        Requester.MailServer mail = Objects.requireNonNull(requester.mail());
        Security security = security(mail.security().text(settings));
        ServerAddress address = ServerAddress.parse(requester.baseUrl().text(settings), "smtp", security.usualPort);
        if (!address.folder().isEmpty() || address.port() > 65_535) {
            throw new StepException(
                    Owner.AUTHOR,
                    "BAD_URL",
                    "baseUrl '" + MailFailures.shown(address.shown()) + "' is not like smtp://mail.example.com:587");
        }
        Template ca = mail.ca();
        String pem = ca == null || ca.find(settings).isMissingNode() ? null : ca.text(settings);
        return new MailServer(
                address.host(), address.port(), security, security == Security.NONE ? null : Trust.context(pem));
    }

    private static Security security(String text) throws StepException {
        return switch (text) {
            case "starttls" -> Security.STARTTLS;
            case "tls" -> Security.TLS;
            case "none" -> Security.NONE;
            default ->
                throw new StepException(
                        Owner.AUTHOR,
                        "BAD_VALUE",
                        "requester.mail: 'security' must be one of starttls, tls, none, found '"
                                + MailFailures.shown(text) + "'");
        };
    }

    /** How people write it. */
    String shown() {
        return "smtp://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
