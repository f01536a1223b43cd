package io.patchbay.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Content in its character set: what a byte-order mark says, else what is said beside it, else what settings say.
 *
 * @param in behind the mark, unless its decoder leaves it out
 * @param mark how many bytes the mark had that was left out here
 */
record Encoded(InputStream in, Charset charset, int mark) {

    /** What helps where settings say the character set. */
    static final String OTHER = "; 'charset' can name another one";

    private static final int LONGEST_MARK = 4;
    /** What Java puts where bytes are none of the character set. */
    private static final char REPLACEMENT = '\uFFFD';

    static Encoded of(Content content, FormatSettings settings) throws IOException {
        InputStream in = new BufferedInputStream(content.open(), 64 * 1024);
        in.mark(LONGEST_MARK);
        byte[] start = in.readNBytes(LONGEST_MARK);
        in.reset();
        int b0 = start.length > 0 ? start[0] & 0xFF : 0;
        int b1 = start.length > 1 ? start[1] & 0xFF : 0;
        int b2 = start.length > 2 ? start[2] & 0xFF : 0;
        int b3 = start.length > 3 ? start[3] & 0xFF : -1;
        if (b0 == 0xFF && b1 == 0xFE && b2 == 0 && b3 == 0) {
            return new Encoded(in, Charset.forName("UTF-32LE"), 0); // whose decoder leaves a mark out itself
        }
        if (b0 == 0 && b1 == 0 && b2 == 0xFE && b3 == 0xFF && start.length == 4) {
            return new Encoded(in, Charset.forName("UTF-32BE"), 0);
        }
        if (b0 == 0xEF && b1 == 0xBB && b2 == 0xBF) {
            return behind(in, StandardCharsets.UTF_8, 3);
        }
        if (b0 == 0xFE && b1 == 0xFF) {
            return behind(in, StandardCharsets.UTF_16BE, 2);
        }
        if (b0 == 0xFF && b1 == 0xFE) {
            return behind(in, StandardCharsets.UTF_16LE, 2);
        }
        Charset said = content.said();
        return new Encoded(in, said == null ? settings.charset() : said, 0);
    }

    private static Encoded behind(InputStream in, Charset charset, int mark) throws IOException {
        in.skipNBytes(mark);
        return new Encoded(in, charset, mark);
    }

    /** A reader that refuses what the character set has not, rather than to put something in its place. */
    Reader reader() {
        return new InputStreamReader(in, strict(charset));
    }

    /**
     * Whether each byte below 128 is the character of ASCII, wherever it stands: then lines and delimiters are found among bytes, and a
     * text that is in another character set spoils one value only.
     */
    boolean plain() {
        return plain(charset);
    }

    /** Whether that holds of a character set. */
    static boolean plain(Charset charset) {
        if (charset.equals(StandardCharsets.UTF_8)) {
            return true;
        }
        if (!charset.canEncode() || charset.newEncoder().maxBytesPerChar() > 1) {
            return false;
        }
        for (int c = 0; c < 128; c++) {
            byte[] one = String.valueOf((char) c).getBytes(charset);
            if (one.length != 1 || one[0] != c) {
                return false;
            }
        }
        return true;
    }

    static CharsetDecoder strict(Charset charset) {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** What is said of content with other bytes. */
    static String notIn(Charset charset) {
        return "the content holds bytes that are none of its character set (" + charset + ")";
    }

    /** Content holds bytes that are none of its character set: with the first of them, which is looked for once more. */
    static FormatException misencoded(Content content, FormatSettings settings) throws IOException {
        Encoded again = of(content, settings);
        String why = notIn(again.charset()) + OTHER;
        long at = again.wrong();
        return at < 0
                ? FormatException.ends(why, null)
                : FormatException.ends(why, null).in("byte " + at);
    }

    /** The first byte that is none of the character set; -1 where each is. Reads to its end, and closes it. */
    long wrong() throws IOException {
        CharsetDecoder decoder = strict(charset);
        ByteBuffer bytes = ByteBuffer.allocate(8192);
        CharBuffer text = CharBuffer.allocate(8192);
        long at = mark;
        try (in) {
            for (boolean ended = false; !ended; ) {
                int some = in.read(bytes.array(), bytes.position(), bytes.remaining());
                ended = some < 0;
                bytes.position(bytes.position() + Math.max(0, some)).flip();
                CoderResult result = CoderResult.OVERFLOW;
                while (result.isOverflow()) {
                    int before = bytes.position();
                    result = decoder.decode(bytes, text.clear(), ended);
                    at += bytes.position() - before;
                }
                if (result.isError()) {
                    return at;
                }
                bytes.compact();
            }
            return -1;
        }
    }

    /** The text of some bytes. */
    static String text(byte[] bytes, int from, int length, Charset charset) throws CharacterCodingException {
        if (charset.equals(StandardCharsets.UTF_8)) {
            String quick = new String(bytes, from, length, StandardCharsets.UTF_8);
            if (quick.indexOf(REPLACEMENT) < 0) {
                return quick;
            }
        }
        return strict(charset).decode(ByteBuffer.wrap(bytes, from, length)).toString();
    }

    /** The text of bytes that were taken for characters one by one. */
    static String text(String latin, Charset charset) throws CharacterCodingException {
        byte[] bytes = latin.getBytes(StandardCharsets.ISO_8859_1);
        return text(bytes, 0, bytes.length, charset);
    }
}
