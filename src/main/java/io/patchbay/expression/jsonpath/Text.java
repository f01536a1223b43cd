package io.patchbay.expression.jsonpath;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text of a query, read from its beginning. */
final class Text {

    private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]*");
    private static final Pattern NUMBER = Pattern.compile("(?:-?0|-?[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");
    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9_]*");
    private static final int LONGEST_EXPONENT = 1_000;

    private final String all;
    private int at;

    Text(String all) {
        this.all = all;
    }

    int at() {
        return at;
    }

    void back(int to) {
        at = to;
    }

    boolean atEnd() {
        return at >= all.length();
    }

    /** The next character; 0 at the end. */
    char here() {
        return atEnd() ? 0 : all.charAt(at);
    }

    boolean ahead(String what) {
        return all.startsWith(what, at);
    }

    boolean take(String what) {
        boolean there = ahead(what);
        at += there ? what.length() : 0;
        return there;
    }

    void expect(String what) {
        if (!take(what)) {
            throw error("'" + what + "' is missing here, found " + shown()
                    + (here() == '=' ? ": equal is written ==" : ""));
        }
    }

    void blanks() {
        while (!atEnd() && " \t\n\r".indexOf(all.charAt(at)) >= 0) {
            at++;
        }
    }

    String shown() {
        return atEnd() ? "its end" : "'" + all.substring(at, all.offsetByCodePoints(at, 1)) + "'";
    }

    JsonPathException error(String what) {
        return new JsonPathException(at, what);
    }

    private @Nullable String taken(Pattern pattern) {
        Matcher matcher = pattern.matcher(all).region(at, all.length());
        if (!matcher.lookingAt()) {
            return null;
        }
        at = matcher.end();
        return matcher.group();
    }

    /** A whole number without leading zeros; null for none. */
    @Nullable
    String integer() {
        return taken(INTEGER);
    }

    /** A number as JSON has it; null for none. */
    @Nullable
    BigDecimal number() {
        String digits = taken(NUMBER);
        if (digits == null) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(digits);
            if (Math.abs((long) number.scale()) <= LONGEST_EXPONENT) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, too
        }
        throw error("the number is too large or too small");
    }

    /** A word of small letters, like a function's name; empty for none. */
    String word() {
        String word = taken(WORD);
        return word == null ? "" : word;
    }

    /** A name behind a dot. */
    String dottedName(boolean dashes) {
        int from = at;
        while (!atEnd()) {
            int c = all.codePointAt(at);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= 0x80 && !half(c));
            boolean further = at > from && ((c >= '0' && c <= '9') || (dashes && c == '-'));
            if (!letter && !further) {
                break;
            }
            at += Character.charCount(c);
        }
        return all.substring(from, at);
    }

    private static boolean half(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }

    /** A text in quotes of either kind. */
    String quoted() {
        char quote = all.charAt(at++);
        StringBuilder text = new StringBuilder();
        while (true) {
            if (atEnd()) {
                throw error("a quote does not end");
            }
            int c = all.codePointAt(at);
            if (c == quote) {
                at++;
                return text.toString();
            }
            if (c < 0x20 || half(c)) {
                throw error("a quoted text cannot hold this character; write it as \\u" + "%04x".formatted(c));
            }
            at += Character.charCount(c);
            if (c == '\\') {
                escaped(quote, text);
            } else {
                text.appendCodePoint(c);
            }
        }
    }

    private void escaped(char quote, StringBuilder into) {
        char c = here();
        at++;
        if (c == quote) {
            into.append(c);
            return;
        }
        switch (c) {
            case 'b' -> into.append('\b');
            case 'f' -> into.append('\f');
            case 'n' -> into.append('\n');
            case 'r' -> into.append('\r');
            case 't' -> into.append('\t');
            case '/', '\\' -> into.append(c);
            case 'u' -> unicode(into);
            default -> {
                at--;
                throw error("\\ cannot stand before this character");
            }
        }
    }

    private void unicode(StringBuilder into) {
        char first = hexadecimal();
        if (Character.isLowSurrogate(first)) {
            throw error("half of a character stands alone");
        }
        into.append(first);
        if (Character.isHighSurrogate(first)) {
            char second = take("\\u") ? hexadecimal() : 0;
            if (!Character.isLowSurrogate(second)) {
                throw error("half of a character stands alone");
            }
            into.append(second);
        }
    }

    private char hexadecimal() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = here() < 0x80 ? Character.digit(here(), 16) : -1;
            if (digit < 0) {
                throw error("\\u wants four hexadecimal digits");
            }
            value = value * 16 + digit;
            at++;
        }
        return (char) value;
    }
}
