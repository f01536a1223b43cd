package io.patchbay.expression;

import org.jspecify.annotations.Nullable;

/** Reads a text from left to right. */
final class Cursor {

    private final String text;
    private int at;

    Cursor(String text, int at) {
        this.text = text;
        this.at = at;
    }

    int at() {
        return at;
    }

    String text() {
        return text;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    /** The character here; NUL at the end. */
    char here() {
        return atEnd() ? '\0' : text.charAt(at);
    }

    boolean sees(String expected) {
        return text.startsWith(expected, at);
    }

    boolean take(String expected) {
        if (!sees(expected)) {
            return false;
        }
        at += expected.length();
        return true;
    }

    char next() {
        return text.charAt(at++);
    }

    void skipBlanks() {
        while (!atEnd() && Character.isWhitespace(here())) {
            at++;
        }
    }

    /** Letters, digits, {@code _} and, inside, {@code -}; any character beyond ASCII counts as a letter. Empty if none. */
    String name() {
        int start = at;
        while (!atEnd() && (isNameStart(here()) || (at > start && (isDigit(here()) || here() == '-')))) {
            at++;
        }
        return text.substring(start, at);
    }

    String digits() {
        int start = at;
        while (!atEnd() && isDigit(here())) {
            at++;
        }
        return text.substring(start, at);
    }

    /** A text in single or double quotes with backslash escapes, as in RFC 9535; the cursor stands at the quote. */
    String quoted() {
        int start = at;
        char quote = next();
        StringBuilder result = new StringBuilder();
        while (!atEnd()) {
            char c = next();
            if (c == quote) {
                return result.toString();
            }
            if (c == '\\' && !atEnd()) {
                result.append(escaped(next()));
            } else {
                result.append(c);
            }
        }
        throw new SyntaxException(start, "BAD_EXPRESSION", "a quote is opened here and not closed", null);
    }

    private char escaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case '\\', '\'', '"', '/' -> c;
            default -> throw error("'\\" + c + "' is not an escape", "write \\\\ for a backslash");
        };
    }

    SyntaxException error(String what, @Nullable String hint) {
        return new SyntaxException(Math.min(at, text.length()), "BAD_EXPRESSION", what, hint);
    }

    /** What stands here, for messages. */
    String shown() {
        return atEnd() ? "the end" : "'" + text.substring(at, Math.min(text.length(), at + 12)) + "'";
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
