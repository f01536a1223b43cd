package io.patchbay.connector.mail;

import io.patchbay.connector.Hosts;
import io.patchbay.connector.SessionPool;
import io.patchbay.connector.definition.RequesterConfig;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Objects;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.eclipse.angus.mail.util.WriteTimeoutSocket;
import org.jspecify.annotations.Nullable;

/**
 * Connects and logs in. The connection is made here, to the very address that was checked, and handed to the library; TLS is in
 * force, and the certificate names the host, before the password or token goes out.
 */
final class SmtpLogin implements SessionPool.Opening<SmtpSession> {

    private final MailServer server;
    private final Hosts hosts;
    private final MailLogin login;
    private final RequesterConfig config;
    private final MailFailures failures;

    SmtpLogin(MailServer server, Hosts hosts, MailLogin login, RequesterConfig config, MailFailures failures) {
        this.server = server;
        this.hosts = hosts;
        this.login = login;
        this.config = config;
        this.failures = failures;
    }

    @Override
    public SmtpSession open() throws StepException {
        return login.in(this::opened);
    }

    private SmtpSession opened(@Nullable MailUser user) throws StepException {
        InetAddress address = hosts.reachable(server.host());
        boolean works = false;
        Socket socket = null;
        try {
            socket = new WriteTimeoutSocket(millis());
            SmtpSession session = opened(socket, address, user);
            works = true;
            return session;
        } catch (MessagingException | IOException | RuntimeException e) {
            throw failures.of("log in", e, false);
        } finally {
            if (!works && socket != null) {
                close(socket);
            }
        }
    }

    private SmtpSession opened(Socket socket, InetAddress address, @Nullable MailUser user)
            throws IOException, MessagingException, StepException {
        socket.connect(new InetSocketAddress(address, server.port()), (int)
                config.connectTimeout().toMillis());
        socket.setSoTimeout(millis());
        socket.setKeepAlive(true);
        Session session = Session.getInstance(properties(user), user == null ? null : proving(user));
        SMTPTransport transport = new SMTPTransport(
                session,
                new URLName("smtp", server.host(), server.port(), null, user == null ? null : user.name(), null));
        transport.connect(
                server.security() == MailServer.Security.TLS ? tls().createSocket(socket, "", 0, true) : socket);
        if (user != null && !transport.supportsExtension("AUTH")) {
            throw new StepException(
                    Owner.REMOTE,
                    "AUTH_FAILED",
                    server.shown()
                            + " takes no login on this connection; without one, the instance needs auth of type none");
        }
        return new SmtpSession(session, transport, socket);
    }

    private NamedTls tls() {
        return new NamedTls(Objects.requireNonNull(server.tls()), server.host(), server.port());
    }

    private Properties properties(@Nullable MailUser user) {
        boolean starttls = server.security() == MailServer.Security.STARTTLS;
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", server.host());
        properties.setProperty("mail.smtp.port", String.valueOf(server.port()));
        properties.setProperty("mail.smtp.auth", String.valueOf(user != null));
        properties.setProperty("mail.smtp.auth.mechanisms", user == null ? "" : user.mechanisms());
        properties.setProperty("mail.smtp.starttls.enable", String.valueOf(starttls));
        properties.setProperty("mail.smtp.starttls.required", String.valueOf(starttls));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "false"); // NamedTls does, by the right name
        properties.setProperty("mail.smtp.quitwait", "false");
        if (user != null) {
            properties.setProperty("mail.smtp.user", user.name());
        }
        if (starttls) {
            properties.put("mail.smtp.ssl.socketFactory", tls());
        }
        return properties;
    }

    private int millis() {
        return (int) config.timeout().toMillis();
    }

    private static Authenticator proving(MailUser user) {
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(user.name(), user.password());
            }
        };
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone then
        }
    }
}
