package io.patchbay.connector.mail;

import io.patchbay.connector.file.FileNames;
import io.patchbay.payload.StepException;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.SharedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parts of a mail: its text, and everything else as attachments. A mail within the mail is an attachment and is not opened. */
final class MailParts {

    static final int MOST_PARTS = 1_000;
    static final int DEEPEST = 20;

    /** A longer text is an attachment. */
    static final int LONGEST_TEXT = 1 << 20;

    private static final int MOST_PROBLEMS = 20;
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[A-Za-z0-9!#$&^_.+-]{1,127}/[A-Za-z0-9!#$&^_.+-]{1,127}");
    private static final Charset WESTERN = Charset.forName("windows-1252");

    private final List<Attachment> attachments = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private @Nullable String text;
    private @Nullable String html;
    private int count;
    private boolean longHeader;

    /**
     * A part that is no text of the mail.
     *
     * @param number counted from 1
     * @param name without a path
     * @param contentType media type
     * @param size in bytes
     * @param inline whether it belongs into the text
     * @param contentId by which HTML names it, or null
     * @param part where it stands
     * @param asItCame whether its encoding is broken, so that it is not decoded
     */
    record Attachment(
            int number,
            String name,
            String contentType,
            long size,
            boolean inline,
            @Nullable String contentId,
            MimePart part,
            boolean asItCame) {

        /** Its content. */
        InputStream open() throws IOException {
            return content(part, asItCame);
        }
    }

    @Nullable
    String text() {
        return text;
    }

    @Nullable
    String html() {
        return html;
    }

    List<Attachment> attachments() {
        return attachments;
    }

    /** What broke the rules, in words. */
    List<String> problems() {
        return problems;
    }

    /** Takes a mail apart. @throws StepException when it has too many parts, or too deep ones */
    void add(MimeMessage message) throws IOException, StepException {
        add(message, 0);
    }

    private void add(MimePart part, int depth) throws IOException, StepException {
        if (depth > DEEPEST) {
            throw StoredMail.unreadable("its parts lie more than " + DEEPEST + " deep in each other");
        }
        ContentType type = type(part);
        if (!type.getPrimaryType().equalsIgnoreCase("multipart")) {
            leaf(part, type);
            return;
        }
        List<MimePart> inner = new ArrayList<>();
        try {
            Counted multipart = new Counted(part);
            for (int i = 0; i < multipart.getCount(); i++) {
                inner.add((MimePart) multipart.getBodyPart(i));
            }
        } catch (MessagingException | RuntimeException e) {
            if (longHeader) {
                throw StoredMail.unreadable(
                        "the header of a part has more than " + StoredMail.LONGEST_HEADER + " bytes");
            }
            if (count > MOST_PARTS) {
                throw StoredMail.unreadable("it has more than " + MOST_PARTS + " parts");
            }
            told("its parts cannot be told apart (" + MailFailures.shown(String.valueOf(e.getMessage()))
                    + "): they are one attachment");
            attach(part, "application/octet-stream");
            return;
        }
        for (MimePart one : inner) {
            add(one, depth + 1);
        }
    }

    /** Counts parts while they are told apart, before there are too many of them in memory. */
    private final class Counted extends MimeMultipart {
        Counted(MimePart part) throws MessagingException {
            super(part.getDataHandler().getDataSource());
        }

        @Override
        protected MimeBodyPart createMimeBodyPart(InputStream content) throws MessagingException {
            counted();
            checkHeader(content);
            return super.createMimeBodyPart(content);
        }

        @Override
        protected MimeBodyPart createMimeBodyPart(InternetHeaders headers, byte[] content) throws MessagingException {
            counted();
            return super.createMimeBodyPart(headers, content);
        }

        /** The library holds the header of each part in memory, and gives their streams out of a file. */
        private void checkHeader(InputStream content) throws MessagingException {
            if (content instanceof SharedInputStream shared) {
                try (InputStream header = shared.newStream(0, -1)) {
                    longHeader |= StoredMail.longHeader(header);
                } catch (IOException e) {
                    throw new MessagingException(e.getMessage(), e);
                }
            }
            if (longHeader) {
                throw new MessagingException("a header that is too long");
            }
        }

        private void counted() throws MessagingException {
            if (++count > MOST_PARTS) {
                throw new MessagingException("too many parts");
            }
        }
    }

    private void leaf(MimePart part, ContentType type) throws IOException {
        boolean isHtml = type.match("text/html");
        boolean readable = (isHtml || type.match("text/plain")) && !attached(part);
        String read = readable ? read(part, type) : null;
        if (read == null) {
            attach(part, plain(type));
        } else if (isHtml) {
            html = html == null ? read : html + "\n" + read;
        } else {
            text = text == null ? read : text + "\n" + read;
        }
    }

    private static boolean attached(MimePart part) {
        try {
            return "attachment".equalsIgnoreCase(part.getDisposition()) || part.getFileName() != null;
        } catch (MessagingException e) {
            return true;
        }
    }

    /** A part as text; null when it is too long for one. */
    private @Nullable String read(MimePart part, ContentType type) throws IOException {
        byte[] bytes;
        try (InputStream content = content(part, false)) {
            bytes = content.readNBytes(LONGEST_TEXT + 1);
        } catch (IOException e) {
            told("a text is not encoded as it says (" + MailFailures.shown(String.valueOf(e.getMessage()))
                    + "): it is an attachment");
            return null;
        }
        int longest = LONGEST_TEXT - (text == null ? 0 : text.length()) - (html == null ? 0 : html.length());
        return bytes.length > longest ? null : decoded(bytes, type.getParameter("charset"));
    }

    private String decoded(byte[] bytes, @Nullable String named) {
        Charset charset = null;
        try {
            charset = named == null ? null : Charset.forName(MimeUtility.javaCharset(named.strip()));
        } catch (IllegalArgumentException e) {
            told("a text has the character set '" + MailFailures.shown(String.valueOf(named))
                    + "', which is not known: it is read as UTF-8 or Western European");
        }
        Charset first = charset == null || charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
        try {
            return first.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            told("a text is not in its character set " + first + ": it is read as Western European");
            return new String(bytes, WESTERN);
        }
    }

    private void attach(MimePart part, String contentType) throws IOException {
        int number = attachments.size() + 1;
        String name = name(part, number, contentType);
        boolean asItCame = false;
        long size;
        try {
            size = size(part, false);
        } catch (IOException e) {
            told("attachment " + number + " is not encoded as it says ("
                    + MailFailures.shown(String.valueOf(e.getMessage())) + "): it is given as it came");
            asItCame = true;
            size = size(part, true);
        }
        attachments.add(new Attachment(number, name, contentType, size, inline(part), contentId(part), part, asItCame));
    }

    private static long size(MimePart part, boolean asItCame) throws IOException {
        try (InputStream content = content(part, asItCame)) {
            return content.transferTo(java.io.OutputStream.nullOutputStream());
        }
    }

    /** Content without its transfer encoding (RFC 2045 section 6). */
    private static InputStream content(MimePart part, boolean asItCame) throws IOException {
        try {
            InputStream raw = part instanceof MimeBodyPart body
                    ? body.getRawInputStream()
                    : ((MimeMessage) part).getRawInputStream();
            String encoding = part.getEncoding();
            return asItCame || encoding == null ? raw : MimeUtility.decode(raw, encoding);
        } catch (MessagingException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static ContentType type(MimePart part) {
        try {
            String type = part.getContentType();
            return new ContentType(type == null ? "text/plain" : type);
        } catch (MessagingException | RuntimeException e) {
            return new ContentType("application", "octet-stream", null);
        }
    }

    private static String plain(ContentType type) {
        String plain = type.getBaseType().toLowerCase(Locale.ROOT);
        return MEDIA_TYPE.matcher(plain).matches() ? plain : "application/octet-stream";
    }

    /** The name that the sender gave, if it is only a name. */
    private static String name(MimePart part, int number, String contentType) {
        String given = null;
        try {
            given = StoredMail.decoded(part.getFileName());
        } catch (MessagingException e) {
            // it has none then
        }
        if (given != null) {
            given = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
        }
        if (given != null && FileNames.safe(given) && !Lines.broken(given)) {
            return given;
        }
        String ending = switch (contentType) {
            case "message/rfc822" -> ".eml";
            case "text/plain" -> ".txt";
            case "text/html" -> ".html";
            case "text/csv" -> ".csv";
            case "application/json" -> ".json";
            case "application/xml", "text/xml" -> ".xml";
            case "application/pdf" -> ".pdf";
            default -> ".bin";
        };
        return "attachment-" + number + ending;
    }

    private static boolean inline(MimePart part) {
        try {
            return !"attachment".equalsIgnoreCase(part.getDisposition()) && part.getContentID() != null;
        } catch (MessagingException e) {
            return false;
        }
    }

    private static @Nullable String contentId(MimePart part) {
        try {
            return StoredMail.decoded(part.getContentID());
        } catch (MessagingException e) {
            return null;
        }
    }

    private void told(String what) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(what);
        }
    }
}
