package io.patchbay.connector.mail;

import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.patchbay.connector.camel.World;
import jakarta.mail.Flags;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import java.util.Properties;

/** A real IMAP server with the mailbox of a user, and the connector as it is shipped with the instance {@code box}. */
public final class ImapWorld implements AutoCloseable {

    private final GreenMail server = new GreenMail(MailPort.free(ServerSetupTest.IMAP));
    private final GreenMailUser user;

    /** Starts the server. */
    public ImapWorld() {
        server.start();
        user = server.setUser("ada@example.com", "ada", "correct horse");
    }

    /** Where the server listens. */
    public int port() {
        return server.getImap().getPort();
    }

    /** Writes the connector and the instance into a home. */
    public void into(World world) throws Exception {
        into(world, port(), "security: none");
    }

    /** The instance at another port, with further settings. */
    public static void into(World world, int port, String more) throws Exception {
        String definition = "connectors/imap/connector.yaml";
        world.write(definition, Files.readString(Path.of(definition)));
        world.write(
                "connectors/imap/instances/box.yaml",
                "{instance: box, connector: imap, auth: password, settings: {host: 127.0.0.1, port: " + port
                        + ", user: ada, password: '${secret.PASSWORD}', " + more + "}}");
        world.secret("PASSWORD", "correct horse");
        world.reload();
    }

    /** A folder of the mailbox, by the server's own name; null when it is not there. */
    public MailFolder folder(String name) {
        return server.getManagers().getImapHostManager().getFolder(user, name);
    }

    /** Puts a mail into the inbox; lines end as they should. */
    public void deliver(String mail) throws Exception {
        deliver(mail.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Puts these bytes into the inbox. */
    public void deliver(byte[] mail) throws Exception {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail));
        folder("INBOX").appendMessage(message, new Flags(), new Date());
    }

    /** Subjects of a folder's mails. */
    public List<String> subjects(String name) throws Exception {
        List<String> subjects = new java.util.ArrayList<>();
        MailFolder folder = folder(name);
        for (StoredMessage one : folder == null ? List.<StoredMessage>of() : folder.getMessages()) {
            subjects.add(one.getMimeMessage().getSubject());
        }
        return subjects;
    }

    /** Whether the only mail of the inbox is marked as seen. */
    public boolean seen() {
        return folder("INBOX").getMessages().get(0).isSet(Flags.Flag.SEEN);
    }

    /** A plain mail. */
    public static String plain(String subject) {
        return "From: Bob <bob@example.org>\nTo: ada@example.com\nSubject: " + subject
                + "\nMessage-ID: <1@example.org>\nDate: Sat, 28 Nov 2026 10:00:00 +0000\n\nHello\n";
    }

    @Override
    public void close() {
        server.stop();
    }
}
