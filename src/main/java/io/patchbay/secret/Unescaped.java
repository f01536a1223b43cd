package io.patchbay.secret;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text without its escapes, and where each of its characters stood: percent-encoding (RFC 3986), escapes of JSON strings
 * (RFC 8259) and character references of HTML and XML, in any mixture. What is no escape stays as it is.
 */
final class Unescaped {

    private final char[] text;
    private final int[] from;
    private final int[] to;
    private final int length;

    private Unescaped(char[] text, int[] from, int[] to, int length) {
        this.text = text;
        this.from = from;
        this.to = to;
        this.length = length;
    }

    /** The text as it is. */
    static Unescaped plain(String text) {
        int length = text.length();
        int[] from = new int[length];
        int[] to = new int[length];
        Arrays.setAll(from, i -> i);
        Arrays.setAll(to, i -> i + 1);
        return new Unescaped(text.toCharArray(), from, to, length);
    }

    /** Whether a text may have escapes at all. */
    static boolean in(String text) {
        return text.indexOf('%') >= 0 || text.indexOf('\\') >= 0 || text.indexOf('&') >= 0;
    }

    /** The characters. */
    String text() {
        return new String(text, 0, length);
    }

    /** Where a character stood in the text of the beginning. */
    int from(int at) {
        return from[at];
    }

    /** Behind which place a character stood there. */
    int to(int at) {
        return to[at];
    }

    /** Takes one layer of escapes away; null when there is none. */
    @Nullable
    Unescaped further() {
        Builder builder = new Builder();
        int at = 0;
        while (at < length) {
            int taken = switch (text[at]) {
                case '%' -> percent(at, builder);
                case '\\' -> backslash(at, builder);
                case '&' -> reference(at, builder);
                default -> 0;
            };
            if (taken == 0) {
                builder.add(text[at], from[at], to[at]);
                taken = 1;
            }
            at += taken;
        }
        return builder.size == length ? null : builder.built();
    }

    /** A run of encoded bytes; as text where it is UTF-8. */
    private int percent(int at, Builder builder) {
        byte[] bytes = new byte[(length - at) / 3];
        int count = 0;
        int next = at;
        while (next + 2 < length && text[next] == '%' && hex(next + 1, 2) >= 0) {
            bytes[count++] = (byte) hex(next + 1, 2);
            next += 3;
        }
        int done = 0;
        while (done < count) {
            int size = bytes[done] >= 0 ? 1 : Integer.numberOfLeadingZeros(~(bytes[done] << 24));
            String one = done + size <= count ? decoded(bytes, done, size) : null;
            if (one == null) {
                break;
            }
            int first = at + done * 3;
            for (int i = 0; i < one.length(); i++) {
                builder.add(one.charAt(i), from[first], to[first + size * 3 - 1]);
            }
            done += size;
        }
        return done * 3;
    }

    private static @Nullable String decoded(byte[] bytes, int at, int size) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, at, size))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private int backslash(int at, Builder builder) {
        if (at + 1 >= length) {
            return 0;
        }
        int plain = "\"\\/nrtbf".indexOf(text[at + 1]);
        if (plain >= 0) {
            builder.add("\"\\/\n\r\t\b\f".charAt(plain), from[at], to[at + 1]);
            return 2;
        }
        int code = text[at + 1] == 'u' && at + 5 < length ? hex(at + 2, 4) : -1;
        if (code < 0) {
            return 0;
        }
        builder.add((char) code, from[at], to[at + 5]);
        return 6;
    }

    private int reference(int at, Builder builder) {
        int end = at + 1;
        while (end < length && end - at <= 8 && text[end] != ';') {
            end++;
        }
        if (end >= length || text[end] != ';') {
            return 0;
        }
        String name = new String(text, at + 1, end - at - 1);
        int code = switch (name) {
            case "amp" -> '&';
            case "lt" -> '<';
            case "gt" -> '>';
            case "quot" -> '"';
            case "apos" -> '\'';
            default -> number(name);
        };
        if (code < 0 || code > Character.MAX_CODE_POINT) {
            return 0;
        }
        for (char one : Character.toChars(code)) {
            builder.add(one, from[at], to[end]);
        }
        return end - at + 1;
    }

    private static int number(String name) {
        if (name.matches("#[0-9]{1,7}")) {
            return Integer.parseInt(name.substring(1));
        }
        return name.matches("#[xX][0-9a-fA-F]{1,6}") ? Integer.parseInt(name.substring(2), 16) : -1;
    }

    private int hex(int at, int digits) {
        int value = 0;
        for (int i = at; i < at + digits; i++) {
            int digit = Character.digit(text[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = value * 16 + digit;
        }
        return value;
    }

    private final class Builder {
        private final char[] chars = new char[length];
        private final int[] froms = new int[length];
        private final int[] tos = new int[length];
        private int size;

        void add(char one, int first, int behind) {
            chars[size] = one;
            froms[size] = first;
            tos[size++] = behind;
        }

        Unescaped built() {
            return new Unescaped(chars, froms, tos, size);
        }
    }
}
