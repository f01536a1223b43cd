package io.patchbay.format;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Characters that a workbook writes as {@code _x000D_} (ECMA-376, ST_Xstring): those that XML cannot carry, and what looks like one. */
final class XlsxText {

    private static final Pattern ESCAPE = Pattern.compile("_x([0-9A-Fa-f]{4})_");
    /** An underscore that a reader would take for the beginning of one, with the next one where that is written so; control characters of XML 1.0 that are none. */
    private static final Pattern ESCAPED = Pattern.compile(
            "_(?=x[0-9A-Fa-f]{4}[_\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F])|[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F]");

    private XlsxText() {}

    /** A text as it is meant. Halves of characters that have no other half stay as they are written. */
    static String read(String written) {
        if (!written.contains("_x")) {
            return written;
        }
        StringBuilder text = new StringBuilder(written.length());
        Matcher escape = ESCAPE.matcher(written);
        int from = 0;
        while (escape.find(from)) {
            char c = (char) Integer.parseInt(escape.group(1), 16);
            text.append(written, from, escape.start());
            from = escape.end();
            if (!Character.isSurrogate(c)) {
                text.append(c);
                continue;
            }
            boolean pair = escape.find(from) && escape.start() == from;
            char other = pair ? (char) Integer.parseInt(escape.group(1), 16) : ' ';
            if (pair && Character.isSurrogatePair(c, other)) {
                text.append(c).append(other);
                from = escape.end();
            } else {
                text.append("_x")
                        .append(String.format(Locale.ROOT, "%04X", (int) c))
                        .append('_');
            }
        }
        return text.append(written, from, written.length()).toString();
    }

    /** A text as it is written. */
    static String written(String text) {
        return ESCAPED.matcher(text)
                .replaceAll(found -> String.format(
                        Locale.ROOT, "_x%04X_", (int) found.group().charAt(0)));
    }
}
