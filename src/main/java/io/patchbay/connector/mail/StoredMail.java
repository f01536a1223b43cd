package io.patchbay.connector.mail;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.file.Folder;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MailDateFormat;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.SharedFileInputStream;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A mail in a file, read (RFC 5322, 2045 to 2047, 2231). Whoever wrote it decides nothing but its content: what breaks the rules is
 * read as well as it goes and told, and what would take too much is refused.
 */
final class StoredMail implements Closeable {

    /** Most bytes of the header of a mail, or of one of its parts. */
    static final int LONGEST_HEADER = 256 * 1024;

    private static final int MOST_ADDRESSES = 1_000;

    private final SharedFileInputStream file;
    private final MimeMessage message;
    private final MailParts parts;

    private StoredMail(SharedFileInputStream file, MimeMessage message, MailParts parts) {
        this.file = file;
        this.message = message;
        this.parts = parts;
    }

    /** Reads a mail; the file is the caller's. @throws StepException when nobody could */
    static StoredMail open(Path path) throws IOException, StepException {
        checkHeader(path);
        SharedFileInputStream file = new SharedFileInputStream(path.toFile());
        boolean works = false;
        try {
            Properties properties = new Properties();
            properties.setProperty("mail.mime.allowutf8", "true");
            MimeMessage message = new MimeMessage(Session.getInstance(properties), file);
            MailParts parts = new MailParts();
            parts.add(message);
            works = true;
            return new StoredMail(file, message, parts);
        } catch (MessagingException | RuntimeException e) {
            throw unreadable("it breaks the rules of mails: " + MailFailures.shown(String.valueOf(e.getMessage())));
        } finally {
            if (!works) {
                file.close();
            }
        }
    }

    static StepException unreadable(String why) {
        return new StepException(Owner.REMOTE, Folder.UNREADABLE, "the mail cannot be read: " + why);
    }

    /** The library holds the whole header in memory. */
    private static void checkHeader(Path path) throws IOException, StepException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            if (longHeader(in)) {
                throw unreadable("its header has more than " + LONGEST_HEADER + " bytes");
            }
        }
    }

    /** Reads a header up to the empty line that ends it. @return whether it is longer than it may be */
    static boolean longHeader(InputStream in) throws IOException {
        int before = '\n';
        for (int i = 0; i < LONGEST_HEADER; i++) {
            int one = in.read();
            if (one < 0 || (before == '\n' && (one == '\n' || one == '\r'))) {
                return false;
            }
            before = one;
        }
        return true;
    }

    /** Its attachments, in order. */
    List<MailParts.Attachment> attachments() {
        return parts.attachments();
    }

    /** What the mail says, and a list of its attachments. */
    ObjectNode record(MailId id, String folder, @Nullable Instant received) throws IOException {
        ObjectNode record = Json.NODES.objectNode().put("id", id.toString()).put("folder", folder);
        record.put("messageId", line("Message-ID"));
        record.put("inReplyTo", line("In-Reply-To"));
        addresses("From", record.putArray("from"));
        addresses("To", record.putArray("to"));
        addresses("Cc", record.putArray("cc"));
        addresses("Reply-To", record.putArray("replyTo"));
        record.put("subject", line("Subject"));
        record.put("date", date());
        record.put("received", received == null ? null : received.toString());
        record.put("text", parts.text());
        record.put("html", parts.html());
        ArrayNode attachments = record.putArray("attachments");
        for (MailParts.Attachment one : parts.attachments()) {
            attachments
                    .addObject()
                    .put("number", one.number())
                    .put("name", one.name())
                    .put("contentType", one.contentType())
                    .put("size", one.size())
                    .put("inline", one.inline())
                    .put("contentId", one.contentId());
        }
        ArrayNode problems = record.putArray("problems");
        parts.problems().forEach(problems::add);
        return record;
    }

    private @Nullable String line(String name) {
        try {
            return decoded(message.getHeader(name, null));
        } catch (MessagingException e) {
            return null;
        }
    }

    /** A header as text: encoded words are decoded as far as their character set is known. */
    static @Nullable String decoded(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String line = MimeUtility.unfold(header);
        try {
            line = MimeUtility.decodeText(line);
        } catch (UnsupportedEncodingException e) {
            // it stays as it came
        }
        return line.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    private void addresses(String name, ArrayNode into) {
        String header;
        try {
            header = message.getHeader(name, ",");
        } catch (MessagingException e) {
            return;
        }
        if (header == null) {
            return;
        }
        try {
            for (InternetAddress one : InternetAddress.parseHeader(header, false)) {
                if (into.size() < MOST_ADDRESSES) {
                    String personal = decoded(one.getPersonal());
                    into.addObject().put("name", personal).put("address", decoded(one.getAddress()));
                }
            }
        } catch (AddressException e) {
            into.addObject().put("name", decoded(header)).putNull("address");
        }
    }

    private @Nullable String date() {
        String header = line("Date");
        try {
            return header == null
                    ? null
                    : new MailDateFormat().parse(header).toInstant().toString();
        } catch (ParseException | RuntimeException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
