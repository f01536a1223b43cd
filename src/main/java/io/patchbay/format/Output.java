package io.patchbay.format;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Text that is written in a character set, which is asked before whether it has it. Where U+FEFF begins the text itself, a byte-order
 * mark is written before it: a reader takes the first for a mark (The Unicode Standard, 23.8).
 */
final class Output {

    private static final int BUFFER = 32 * 1024;
    private static final char MARK = '\uFEFF';

    private final OutputStream out;
    /** Null for UTF-8, in which each text is bytes by itself. */
    private final @Nullable Writer writer;

    private final byte[] buffer;
    private final Charset charset;
    private final CharsetEncoder asked;
    private int filled;
    private boolean begun;

    Output(OutputStream out, Charset charset) {
        boolean direct = charset.equals(StandardCharsets.UTF_8);
        this.out = out;
        this.charset = charset;
        this.asked = charset.newEncoder();
        this.buffer = direct ? new byte[BUFFER] : new byte[0];
        this.writer = direct
                ? null
                : new BufferedWriter(
                        new OutputStreamWriter(
                                out,
                                charset.newEncoder()
                                        .onMalformedInput(CodingErrorAction.REPORT)
                                        .onUnmappableCharacter(CodingErrorAction.REPORT)),
                        BUFFER);
    }

    /** Whether all of a text can be written. @throws FormatException if not */
    void check(CharSequence text) throws FormatException {
        char all = 0;
        boolean whole = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            all |= c;
            whole &= c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE;
        }
        boolean plain = all < 128 || (whole && writer == null);
        if (!plain && !asked.canEncode(text)) {
            checkWhole(text);
            throw FormatException.refused("holds a character that " + charset + " has not; UTF-8 has all");
        }
    }

    /** Whether a text is made of whole characters. @throws FormatException if not */
    static void checkWhole(CharSequence text) throws FormatException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw FormatException.refused(
                        "holds half of a character (a surrogate that stands alone), which no text can carry");
            }
        }
    }

    /** Whether the character set has all characters. */
    boolean unicode() {
        return charset.name().startsWith("UTF-");
    }

    /** Begins with a byte-order mark, if the character set does not by itself. @throws FormatException if it has none */
    void mark() throws IOException {
        begun = true;
        if (!marks()) {
            check(String.valueOf(MARK));
            put(String.valueOf(MARK));
        }
    }

    /** Whether the character set puts a mark before any text, as Java's UTF-16 does. */
    private boolean marks() {
        return charset.encode("aa").remaining() != 2 * charset.encode("a").remaining();
    }

    private void begin(CharSequence text) throws IOException {
        if (!begun && !text.isEmpty()) {
            begun = true;
            if (text.charAt(0) == MARK && !marks()) {
                put(String.valueOf(MARK));
            }
        }
    }

    /** Looks whether all of a text can be written, as {@link #check} does, and writes it; where it cannot, nothing of it. */
    void writeChecked(CharSequence text) throws IOException {
        if (writer != null) {
            check(text);
            begin(text);
            writer.append(text);
            return;
        }
        String whole = text.toString();
        byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
        if (bytes.length != whole.length() || asks(bytes)) {
            check(whole);
        }
        begin(whole);
        write(bytes);
    }

    /** Whether there is a question mark: half of a character becomes one, which is a byte as plain ASCII is. */
    private static boolean asks(byte[] bytes) {
        for (byte one : bytes) {
            if (one == '?') {
                return true;
            }
        }
        return false;
    }

    void write(CharSequence text) throws IOException {
        begin(text);
        put(text);
    }

    private void put(CharSequence text) throws IOException {
        if (writer != null) {
            writer.append(text);
        } else {
            write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private void write(byte[] bytes) throws IOException {
        if (bytes.length > BUFFER - filled) {
            out.write(buffer, 0, filled);
            filled = 0;
        }
        if (bytes.length > BUFFER) {
            out.write(bytes);
        } else {
            System.arraycopy(bytes, 0, buffer, filled, bytes.length);
            filled += bytes.length;
        }
    }

    void flush() throws IOException {
        if (writer != null) {
            writer.flush();
            return;
        }
        out.write(buffer, 0, filled);
        filled = 0;
        out.flush();
    }
}
