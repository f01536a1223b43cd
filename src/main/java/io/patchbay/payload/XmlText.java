package io.patchbay.payload;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * The text of a document in its character set: what a byte-order mark says, else what is said beside it, else what the document declares
 * (XML 1.0, appendix F). It refuses bytes that are none of the set.
 *
 * <p>Own code, because the JDK's reader takes any byte for a character of sets like windows-1252.
 */
final class XmlText extends Reader {

    private static final int LOOKED_AT = 1024;
    private static final int BLOCK = 8192;

    /** How a sentence about what is declared begins. */
    static final String SET = "the XML is said to be in the character set ";

    private static final Pattern DECLARED =
            Pattern.compile("^<\\?xml\\s[^>]{0,200}?encoding\\s{0,9}=\\s{0,9}[\"']([A-Za-z][A-Za-z0-9._-]{0,60})[\"']");

    private final InputStream in;
    private final Charset charset;
    private final int mark;
    private final CharsetDecoder decoder;
    private final ByteBuffer bytes = ByteBuffer.allocate(BLOCK).limit(0);
    private final CharBuffer text = CharBuffer.allocate(BLOCK).limit(0);
    private final @Nullable XmlTags tags;
    private long read;
    private boolean ended;
    private boolean flushed;

    /** Bytes that are none of the character set. */
    static final class Wrong extends CharacterCodingException {
        private static final long serialVersionUID = 1L;
        private final String sentence;

        Wrong(Charset charset, long at) {
            this.sentence = "the content holds bytes that are none of its character set (" + charset.name()
                    + "), the first at byte " + at;
        }

        @Override
        public String getMessage() {
            return sentence;
        }
    }

    private XmlText(InputStream in, Charset charset, byte[] start, int mark, boolean places) {
        this.in = in;
        this.charset = charset;
        this.mark = mark;
        this.decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        bytes.clear();
        bytes.put(start, mark, start.length - mark).flip();
        this.tags = places ? new XmlTags(charset) : null;
        this.read = mark;
    }

    /**
     * Begins to read.
     *
     * @param said the character set in place of what the document declares; null to let it
     * @param places whether it tells the bytes of tags
     * @throws XMLStreamException for a character set that is not known, or certainly is not that of the bytes
     */
    static XmlText of(InputStream in, @Nullable String said, boolean places) throws XMLStreamException {
        byte[] start;
        try {
            start = in.readNBytes(LOOKED_AT);
        } catch (IOException e) {
            throw new XMLStreamException(e.getMessage(), e);
        }
        int mark = mark(start);
        if (mark > 0) {
            return new XmlText(in, marked(start), start, mark, places);
        }
        return new XmlText(in, said == null ? declared(start) : charset(said), start, 0, places);
    }

    private static boolean begins(byte[] start, int... with) {
        for (int i = 0; i < with.length; i++) {
            if (i >= start.length || (start[i] & 0xFF) != with[i]) {
                return false;
            }
        }
        return true;
    }

    private static int mark(byte[] start) {
        if (begins(start, 0xFF, 0xFE, 0, 0) || begins(start, 0, 0, 0xFE, 0xFF)) {
            return 4;
        }
        if (begins(start, 0xEF, 0xBB, 0xBF)) {
            return 3;
        }
        return begins(start, 0xFF, 0xFE) || begins(start, 0xFE, 0xFF) ? 2 : 0;
    }

    private static Charset marked(byte[] start) {
        return switch (start[0]) {
            case 0 -> Charset.forName("UTF-32BE");
            case (byte) 0xEF -> StandardCharsets.UTF_8;
            case (byte) 0xFE -> StandardCharsets.UTF_16BE;
            default -> mark(start) == 4 ? Charset.forName("UTF-32LE") : StandardCharsets.UTF_16LE;
        };
    }

    private static Charset declared(byte[] start) throws XMLStreamException {
        if (begins(start, 0, 0, 0, '<')) {
            return Charset.forName("UTF-32BE");
        }
        if (begins(start, '<', 0, 0, 0)) {
            return Charset.forName("UTF-32LE");
        }
        if (begins(start, 0, '<')) {
            return StandardCharsets.UTF_16BE;
        }
        if (begins(start, '<', 0)) {
            return StandardCharsets.UTF_16LE;
        }
        boolean ebcdic = begins(start, 0x4C, 0x6F, 0xA7, 0x94);
        Charset family = ebcdic ? Charset.forName("IBM037") : StandardCharsets.ISO_8859_1;
        Matcher declared = DECLARED.matcher(new String(start, family));
        if (!declared.find()) {
            return ebcdic ? family : StandardCharsets.UTF_8;
        }
        Charset charset = charset(declared.group(1));
        if (charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32")) {
            throw new XMLStreamException(SET + "'" + charset.name() + "', and its bytes are of another one");
        }
        return charset;
    }

    private static Charset charset(String name) throws XMLStreamException {
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw new XMLStreamException(SET + "'" + name + "', which is not known here", e);
        }
    }

    @Override
    public int read(char[] into, int from, int length) throws IOException {
        if (!text.hasRemaining() && !next()) {
            return -1;
        }
        int some = Math.min(length, text.remaining());
        text.get(into, from, some);
        return some;
    }

    /** Goes to the next characters; false behind the last. What stands before wrong bytes is given first. */
    private boolean next() throws IOException {
        text.clear();
        int size = 0;
        while (!flushed && text.position() == 0) {
            int before = bytes.position();
            CoderResult result = decoder.decode(bytes, text, ended);
            size += bytes.position() - before;
            if (text.position() > 0) {
                break;
            }
            if (result.isError()) {
                throw new Wrong(charset, read + size);
            }
            if (ended) {
                decoder.flush(text);
                flushed = true;
            } else {
                more();
            }
        }
        if (tags != null) {
            tags.more(text.array(), text.position(), read, size);
        }
        read += size;
        return text.flip().hasRemaining();
    }

    private void more() throws IOException {
        bytes.compact();
        int some = in.read(bytes.array(), bytes.position(), bytes.remaining());
        ended = some < 0;
        bytes.position(bytes.position() + Math.max(0, some)).flip();
    }

    /** The byte at which the tag of an element begins, with its number from 0; -1 where that is not known. They are asked for in their order. */
    long tag(long number) {
        return tags == null ? -1 : tags.at(number);
    }

    Charset charset() {
        return charset;
    }

    /** How many bytes the byte-order mark has. */
    int mark() {
        return mark;
    }

    /** Whether bytes can be told of its characters. */
    boolean told() {
        return XmlTags.told(charset);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
