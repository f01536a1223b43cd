package io.patchbay.format;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Text that is written in a character set, which is asked before whether it has it. */
final class Output {

    private final BufferedWriter writer;
    private final Charset charset;
    private final CharsetEncoder asked;

    Output(OutputStream out, Charset charset) {
        this.charset = charset;
        this.asked = charset.newEncoder();
        this.writer = new BufferedWriter(
                new OutputStreamWriter(
                        out,
                        charset.newEncoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT)),
                32 * 1024);
    }

    /** Whether all of a text can be written. @throws FormatException if not */
    void check(String text) throws FormatException {
        boolean plain = true;
        for (int i = 0; plain && i < text.length(); i++) {
            char c = text.charAt(i);
            plain = c < 128 || (charset.equals(StandardCharsets.UTF_8) && !Character.isSurrogate(c));
        }
        if (!plain && !asked.canEncode(text)) {
            checkWhole(text);
            throw FormatException.refused("holds a character that " + charset + " has not; 'charset: UTF-8' has all");
        }
    }

    /** Whether a text is made of whole characters. @throws FormatException if not */
    static void checkWhole(String text) throws FormatException {
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

    void write(String text) throws IOException {
        writer.write(text);
    }

    void flush() throws IOException {
        writer.flush();
    }
}
