package io.patchbay.connector;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent-encoding as in RFC 3986: UTF-8, only unreserved characters stay, digits in upper case. */
public final class Percent {

    private static final String UNRESERVED = "-._~";
    private static final String PATH_TOO = "!$&'()*+,;=:@%";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private Percent() {}

    /** A part of a path whose placeholders are encoded already: what may stand in a path stays. */
    public static void part(String text, StringBuilder into) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int point = text.codePointAt(i);
            if (plain(c) || PATH_TOO.indexOf(c) >= 0) {
                into.append(c);
            } else {
                component(Character.toString(point), into);
                i += Character.charCount(point) - 1;
            }
        }
    }

    /** Everything but unreserved characters encoded: fits as one part of a path, as a name and as a value. */
    public static void component(String text, StringBuilder into) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (plain(c)) {
                into.append(c);
            } else {
                int point = WholeText.checked(text.codePointAt(i));
                i += Character.charCount(point) - 1;
                octets(Character.toString(point).getBytes(StandardCharsets.UTF_8), into);
            }
        }
    }

    /** Each octet encoded. */
    static void octets(byte[] octets, StringBuilder into) {
        for (byte b : octets) {
            into.append('%').append(HEX[(b >> 4) & 0xf]).append(HEX[b & 0xf]);
        }
    }

    /** The same as a text. */
    public static String encoded(String text) {
        StringBuilder into = new StringBuilder(text.length() + 16);
        component(text, into);
        return into.toString();
    }

    /**
     * What an encoded part stands for; what is no encoding stays as it is.
     *
     * @param plusIsBlank whether it is a form field, where + stands for a blank
     */
    public static String decoded(String text, boolean plusIsBlank) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            int high = raw[i] == '%' && i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(raw[i + 2], 16);
            if (low >= 0) {
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.write(plusIsBlank && raw[i] == '+' ? ' ' : raw[i]);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** A part of a path that the definition's author wrote, encoded already where it needs to be. */
    public static void literal(String text, StringBuilder into) {
        boolean ready = text.chars().allMatch(c -> plain((char) c) || PATH_TOO.indexOf(c) >= 0);
        if (ready) {
            into.append(text);
        } else {
            component(text, into);
        }
    }

    private static boolean plain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || UNRESERVED.indexOf(c) >= 0;
    }
}
