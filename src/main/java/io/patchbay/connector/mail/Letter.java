package io.patchbay.connector.mail;

import io.patchbay.connector.CallScope;
import io.patchbay.connector.Endpoint.MailCall;
import io.patchbay.connector.definition.MailConfig.Refused;
import io.patchbay.connector.file.FileNames;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Template;
import io.patchbay.payload.Body;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.payload.XmlWriter;
import jakarta.activation.DataHandler;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.jspecify.annotations.Nullable;

/**
 * What a mail says and to whom, checked before anybody is connected.
 *
 * @param from who it is from
 * @param to receivers
 * @param cc receivers of a copy
 * @param bcc receivers of a copy whom the mail does not name
 * @param replyTo where answers go
 * @param subject one line
 * @param text plain text, or null
 * @param html HTML, or null
 * @param files that go along
 * @param size about how many bytes it has on the way
 */
record Letter(
        InternetAddress from,
        Set<InternetAddress> to,
        Set<InternetAddress> cc,
        Set<InternetAddress> bcc,
        Set<InternetAddress> replyTo,
        String subject,
        @Nullable String text,
        @Nullable String html,
        List<MailFile> files,
        long size) {

    private static final int LONGEST_SUBJECT = 500;
    private static final int OVERHEAD = 4_096;
    /** A placeholder alone: its value is HTML, not text within HTML. */
    private static final Pattern WHOLE = Pattern.compile("\\$\\{[^{}]*}");

    /**
     * The mail of a call.
     *
     * @param largest most bytes of it
     * @throws StepException when something does not fit
     */
    static Letter of(MailCall call, CallScope scope, Payload payload, long largest) throws StepException {
        List<MailFile> files = new ArrayList<>();
        for (MailCall.Attachment one : call.attachments()) {
            files.add(file(one, scope, payload));
        }
        String text = call.text() == null ? null : text(call.text(), scope);
        String html = call.html() == null ? null : html(call.html(), scope);
        Letter letter = new Letter(
                Addresses.one("from", text(Objects.requireNonNull(call.from()), scope)),
                Addresses.all("to", call.to(), scope),
                Addresses.all("cc", call.cc(), scope),
                Addresses.all("bcc", call.bcc(), scope),
                Addresses.all("replyTo", call.replyTo(), scope),
                subject(call.subject() == null ? "" : text(call.subject(), scope)),
                text,
                html,
                files,
                OVERHEAD
                        + length(text)
                        + length(html)
                        + files.stream().mapToLong(Letter::encoded).sum());
        int receivers = letter.receivers().length;
        if (receivers == 0 || receivers > Addresses.MOST) {
            throw new StepException(
                    Owner.AUTHOR,
                    receivers == 0 ? "NO_RECEIVER" : "TOO_MANY_RECEIVERS",
                    "a mail has 1 to " + Addresses.MOST + " receivers, this one " + receivers);
        }
        if (letter.size() > largest) {
            throw tooLarge(letter.size(), largest, "requester.maxResponse");
        }
        return letter;
    }

    static StepException tooLarge(long size, long most, String limit) {
        return new StepException(
                Owner.LIMIT,
                "MESSAGE_TOO_LARGE",
                "the mail has about " + size + " bytes, more than the " + most + " of " + limit);
    }

    private static long length(@Nullable String text) {
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Base64 makes four bytes of three, in lines of 76 and a line break (RFC 2045 section 6.8). */
    private static long encoded(MailFile file) {
        return file.size() / 57 * 78 + 78;
    }

    private static String text(Template template, CallScope scope) throws StepException {
        try {
            return template.text(scope);
        } catch (ExpressionException e) {
            throw StepException.of(e);
        }
    }

    private static @Nullable String html(Template template, CallScope scope) throws StepException {
        try {
            return WHOLE.matcher(template.toString()).matches()
                    ? template.text(scope)
                    : template.text(scope, XmlWriter::escaped);
        } catch (ExpressionException e) {
            throw StepException.of(e);
        } catch (IllegalArgumentException e) {
            throw new StepException(
                    Owner.AUTHOR, "BAD_VALUE", "'html' would hold a character that HTML cannot carry", e);
        }
    }

    private static String subject(String subject) throws StepException {
        if (subject.length() > LONGEST_SUBJECT || Lines.broken(subject)) {
            throw new StepException(
                    Owner.AUTHOR,
                    "BAD_HEADER",
                    "'subject' must be one line of at most " + LONGEST_SUBJECT
                            + " characters without control characters, found '" + MailFailures.shown(subject) + "'");
        }
        return subject;
    }

    private static MailFile file(MailCall.Attachment one, CallScope scope, Payload payload) throws StepException {
        String name = text(one.name(), scope);
        if (!FileNames.safe(name) || Lines.broken(name)) {
            throw new StepException(
                    Owner.AUTHOR,
                    "BAD_NAME",
                    "'" + FileNames.shown(name)
                            + "' cannot be the name of an attachment: it has no path, no '*' and '?', and"
                            + " no control characters");
        }
        Body body = one.content() == null
                ? payload.body()
                : new Body.Bytes(
                        text(one.content(), scope).getBytes(StandardCharsets.UTF_8), "text/plain; charset=UTF-8");
        return MailFile.of(name, one.contentType(), payload.withBody(body, payload.recordPath()));
    }

    /** Everybody who gets it, each once. */
    InternetAddress[] receivers() {
        Set<InternetAddress> all = new LinkedHashSet<>(to);
        all.addAll(cc);
        all.addAll(bcc);
        return all.toArray(InternetAddress[]::new);
    }

    /**
     * The message (RFC 5322). Receivers of {@code bcc} stand nowhere in it.
     *
     * @param id its Message-ID
     * @param refused what a refused receiver does
     */
    SMTPMessage message(Session session, String id, Instant at, Refused refused) throws MessagingException {
        SMTPMessage message = new Identified(session, id);
        message.setFrom(from);
        message.setRecipients(RecipientType.TO, to.toArray(InternetAddress[]::new));
        message.setRecipients(RecipientType.CC, cc.toArray(InternetAddress[]::new));
        if (!replyTo.isEmpty()) {
            message.setReplyTo(replyTo.toArray(InternetAddress[]::new));
        }
        message.setSubject(subject, "UTF-8");
        message.setSentDate(Date.from(at));
        message.setSendPartial(refused == Refused.TELL);
        if (!files.isEmpty()) {
            message.setContent(mixed());
        } else if (text != null && html != null) {
            message.setContent(alternatives(text, html));
        } else {
            message.setText(text == null ? html : text, "UTF-8", text == null ? "html" : "plain");
        }
        message.saveChanges();
        return message;
    }

    private MimeMultipart mixed() throws MessagingException {
        MimeMultipart parts = new MimeMultipart("mixed");
        if (text != null && html != null) {
            MimeBodyPart both = new MimeBodyPart();
            both.setContent(alternatives(text, html));
            parts.addBodyPart(both);
        } else if (text != null || html != null) {
            parts.addBodyPart(part(text == null ? html : text, text == null ? "html" : "plain"));
        }
        for (MailFile file : files) {
            MimeBodyPart part = new MimeBodyPart();
            part.setDataHandler(new DataHandler(file));
            part.setHeader("Content-Transfer-Encoding", "base64"); // else the library reads it all to choose one
            try {
                part.setFileName(MimeUtility.encodeText(file.getName(), "UTF-8", null));
            } catch (UnsupportedEncodingException e) {
                throw new IllegalStateException("every Java platform has UTF-8", e);
            }
            part.setDisposition("attachment");
            parts.addBodyPart(part);
        }
        return parts;
    }

    private static MimeMultipart alternatives(String text, String html) throws MessagingException {
        return new MimeMultipart("alternative", part(text, "plain"), part(html, "html"));
    }

    private static MimeBodyPart part(@Nullable String text, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, "UTF-8", subtype);
        return part;
    }

    /** Keeps the Message-ID that it was given. */
    private static final class Identified extends SMTPMessage {
        private final String id;

        Identified(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
