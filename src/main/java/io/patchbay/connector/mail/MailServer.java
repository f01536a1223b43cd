package io.patchbay.connector.mail;

import io.patchbay.connector.CallScope;
import io.patchbay.connector.Requester;
import io.patchbay.connector.ServerCertificates;
import io.patchbay.connector.auth.Trust;
import io.patchbay.connector.file.ServerAddress;
import io.patchbay.expression.Template;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.util.Locale;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where a mail server is and how it is talked to.
 *
 * @param protocol what it speaks
 * @param host its name or address
 * @param port its port
 * @param security whether and when TLS begins
 * @param tls whose certificates are believed; null without TLS
 */
record MailServer(
        Protocol protocol,
        String host,
        int port,
        Security security,
        @Nullable SSLContext tls) {

    /** What mail servers speak; the scheme of the address in lower case. */
    enum Protocol {
        SMTP(587, 465, 25),
        IMAP(143, 993, 143);

        private final int starttls;
        private final int tls;
        private final int plain;

        Protocol(int starttls, int tls, int plain) {
            this.starttls = starttls;
            this.tls = tls;
            this.plain = plain;
        }

        String scheme() {
            return name().toLowerCase(Locale.ROOT);
        }

        int port(Security security) {
            return switch (security) {
                case STARTTLS -> starttls;
                case TLS -> tls;
                case NONE -> plain;
            };
        }
    }

    /** When TLS begins. */
    enum Security {
        STARTTLS,
        TLS,
        NONE
    }

    /**
     * The server of an instance.
     *
     * @param certificates is told what the server shows
     * @throws StepException when a setting does not fit
     */
    static MailServer of(Protocol protocol, Requester requester, CallScope settings, ServerCertificates certificates)
            throws StepException {
        Requester.MailServer mail = Objects.requireNonNull(requester.mail());
        Security security = security(mail.security().text(settings));
        ServerAddress address =
                ServerAddress.parse(requester.baseUrl().text(settings), protocol.scheme(), protocol.port(security));
        if (!address.folder().isEmpty() || address.port() > 65_535) {
            throw new StepException(
                    Owner.AUTHOR,
                    "BAD_URL",
                    "baseUrl '" + MailFailures.shown(address.shown()) + "' is not like " + protocol.scheme()
                            + "://mail.example.com:" + protocol.port(security));
        }
        Template ca = mail.ca();
        String pem = ca == null || ca.find(settings).isMissingNode() ? null : ca.text(settings);
        return new MailServer(
                protocol,
                address.host(),
                address.port(),
                security,
                security == Security.NONE ? null : Trust.context(pem, certificates));
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
        return protocol.scheme() + "://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
