package io.patchbay.connector.mail;

import io.patchbay.connector.Hosts;
import io.patchbay.connector.SessionPool;
import io.patchbay.connector.definition.RequesterConfig;
import io.patchbay.payload.StepException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Objects;
import java.util.Properties;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.jspecify.annotations.Nullable;

/**
 * Connects to a mailbox and logs in. As with {@link SmtpLogin} the connection is made here, to the very address that was
 * checked, and handed to the library; TLS is in force, and the certificate names the host, before the password or token goes out.
 */
final class ImapLogin implements SessionPool.Opening<ImapSession> {

    /** Bytes that are asked for at a time. */
    private static final String PIECE = String.valueOf(256 * 1024);

    private final MailServer server;
    private final Hosts hosts;
    private final MailLogin login;
    private final RequesterConfig config;
    private final MailFailures failures;

    ImapLogin(MailServer server, Hosts hosts, MailLogin login, RequesterConfig config, MailFailures failures) {
        this.server = server;
        this.hosts = hosts;
        this.login = login;
        this.config = config;
        this.failures = failures;
    }

    @Override
    public ImapSession open() throws StepException {
        return login.in(this::opened);
    }

    private ImapSession opened(@Nullable MailUser user) throws StepException {
        InetAddress address = hosts.reachable(server.host());
        Socket socket = new Socket();
        boolean works = false;
        try {
            ImapSession session = opened(socket, address, Objects.requireNonNull(user));
            works = true;
            return session;
        } catch (MessagingException | IOException | RuntimeException e) {
            throw failures.of("log in", e, false);
        } finally {
            if (!works) {
                close(socket);
            }
        }
    }

    private ImapSession opened(Socket plain, InetAddress address, MailUser user)
            throws IOException, MessagingException {
        plain.connect(new InetSocketAddress(address, server.port()), (int)
                config.connectTimeout().toMillis());
        plain.setSoTimeout(millis());
        plain.setKeepAlive(true);
        boolean atOnce = server.security() == MailServer.Security.TLS;
        HandedSocket socket = new HandedSocket(atOnce ? tls().createSocket(plain, "", 0, true) : plain, millis());
        boolean works = false;
        try {
            IMAPStore store = store(new HandedSocket.Factory(socket), user);
            store.connect(address.getHostAddress(), server.port(), user.name(), user.password());
            // All that has to be known, because the connection tells it only while no folder is open.
            ImapSession session = new ImapSession(
                    store,
                    socket,
                    store.getDefaultFolder().getSeparator(),
                    store.hasCapability("MOVE"),
                    store.hasCapability("UIDPLUS"));
            works = true;
            return session;
        } finally {
            if (!works) {
                close(socket); // which has a thread of its own
            }
        }
    }

    private IMAPStore store(HandedSocket.Factory connection, MailUser user) {
        boolean starttls = server.security() == MailServer.Security.STARTTLS;
        Properties properties = new Properties();
        properties.put("mail.imap.socketFactory", connection);
        properties.setProperty("mail.imap.socketFactory.fallback", "false");
        properties.setProperty("mail.imap.starttls.enable", String.valueOf(starttls));
        properties.setProperty("mail.imap.starttls.required", String.valueOf(starttls));
        properties.setProperty("mail.imap.ssl.checkserveridentity", "false"); // NamedTls does, by the right name
        if (starttls) {
            properties.put("mail.imap.ssl.socketFactory", tls());
        }
        properties.setProperty("mail.imap.auth.mechanisms", user.mechanisms());
        properties.setProperty("mail.imap.timeout", String.valueOf(millis()));
        properties.setProperty("mail.imap.peek", "true"); // reading is no "seen"
        properties.setProperty("mail.imap.fetchsize", PIECE);
        properties.setProperty("mail.imap.connectionpoolsize", "1");
        properties.setProperty("mail.imap.closefoldersonstorefailure", "false");
        return new IMAPStore(
                Session.getInstance(properties),
                new URLName("imap", server.host(), server.port(), null, user.name(), null));
    }

    private NamedTls tls() {
        return new NamedTls(Objects.requireNonNull(server.tls()), server.host(), server.port());
    }

    private int millis() {
        return (int) config.timeout().toMillis();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone then
        }
    }
}
