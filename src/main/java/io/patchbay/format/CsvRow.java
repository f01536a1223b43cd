package io.patchbay.format;

import java.util.List;

/** How a row is written. Own code: a row is told apart that cannot be written, before anything of it is. */
final class CsvRow {

    private final boolean quotes;
    private final char quote;
    private final boolean escapes;
    private final char escape;
    private final char delimiter;
    /** Which of the first characters let a value stand in quotes. */
    private final boolean[] marks = new boolean[128];

    CsvRow(CsvSettings settings, char delimiter) {
        this.delimiter = delimiter;
        this.quotes = !settings.quote().isEmpty();
        this.quote = quotes ? settings.quote().charAt(0) : 0;
        String escaped = settings.escape();
        this.escapes = escaped != null;
        this.escape = escaped == null ? 0 : escaped.charAt(0);
        for (char c = 0; c < marks.length; c++) {
            marks[c] = c == delimiter || c == quote || c == '\n' || c == '\r' || (escapes && c == escape);
        }
    }

    /** Writes one. @throws FormatException if these settings have no form for it; then the text holds a part of it */
    void write(List<String> values, StringBuilder out) throws FormatException {
        int begin = out.length();
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.append(delimiter);
            }
            String value = values.get(i);
            if (!quotes) {
                bare(value, out);
            } else if (needsQuotes(value, i == 0)) {
                quoted(value, out);
            } else {
                out.append(value);
            }
        }
        if (out.length() == begin) {
            throw FormatException.refused(
                    "is an empty line without quotes, which would be read as no record; let there be quotes (csv.quote)");
        }
        out.append("\r\n");
    }

    /**
     * What is empty in front could be all of the line, what begins with U+FEFF a byte-order mark, and many programs trim what begins or
     * ends with a blank.
     */
    private boolean needsQuotes(String value, boolean first) {
        int length = value.length();
        if (length == 0) {
            return first;
        }
        if (value.charAt(0) <= '#' || value.charAt(0) == '\uFEFF' || value.charAt(length - 1) <= ' ') {
            return true;
        }
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c < marks.length ? marks[c] : c == delimiter || c == quote || (escapes && c == escape)) {
                return true;
            }
        }
        return false;
    }

    private void quoted(String value, StringBuilder out) {
        out.append(quote);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (escapes && (c == quote || c == escape)) {
                out.append(escape);
            } else if (c == quote) {
                out.append(quote);
            }
            out.append(c);
        }
        out.append(quote);
    }

    /** Without quotes a delimiter or the end of a line is written behind an escape, or not at all. */
    private void bare(String value, StringBuilder out) throws FormatException {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\r' || c == '\n' || (c == delimiter && !escapes)) {
                throw FormatException.refused(
                        "holds a delimiter or a line break, which cannot be written without quotes (csv.quote)");
            }
            if (escapes && (c == delimiter || c == escape)) {
                out.append(escape);
            }
            out.append(c);
        }
    }
}
