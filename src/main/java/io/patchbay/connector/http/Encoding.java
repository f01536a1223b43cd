package io.patchbay.connector.http;

import java.nio.charset.StandardCharsets;

/** Percent-encoding as in RFC 3986. */
final class Encoding {

    private static final String UNRESERVED = "-._~";
    private static final String PATH_TOO = "!$&'()*+,;=:@%";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private Encoding() {}

    /** Everything but unreserved characters encoded: fits as one part of a path, as a name and as a value. */
    static void component(String text, StringBuilder into) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (plain(c)) {
                into.append(c);
            } else {
                int point = text.codePointAt(i);
                i += Character.charCount(point) - 1;
                for (byte b : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
                    into.append('%').append(HEX[(b >> 4) & 0xf]).append(HEX[b & 0xf]);
                }
            }
        }
    }

    /** A part of a path that the definition's author wrote, encoded already where it needs to be. */
    static void literal(String text, StringBuilder into) {
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
