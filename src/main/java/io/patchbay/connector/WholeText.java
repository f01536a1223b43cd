package io.patchbay.connector;

import io.patchbay.expression.ExpressionException;
import java.nio.charset.StandardCharsets;

/**
 * Text on its way to a system. Half of a character (a surrogate without its other half, which JSON can say by an escape) has no
 * form in UTF-8 (RFC 3629, section 3); Java would send a question mark in its place.
 */
public final class WholeText {

    private WholeText() {}

    /** The text in UTF-8. @throws ExpressionException when it holds half of a character */
    public static byte[] utf8(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                i += Character.charCount(checked(text.codePointAt(i))) - 1;
            }
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A character. @throws ExpressionException when it is half of one */
    static int checked(int point) {
        if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
            throw half("U+%04X".formatted(point));
        }
        return point;
    }

    /** What is said of half a character. */
    public static ExpressionException half(String which) {
        return new ExpressionException(
                "BAD_TEXT",
                "a text that is to be sent holds half of a character (" + which
                        + " without its other half), which UTF-8 cannot carry");
    }
}
