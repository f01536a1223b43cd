package io.patchbay.format;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** A row (RFC 4180, UTF-8) whose last value is written piece by piece, because it may be larger than memory. */
public final class RowInPieces {

    /** What stands behind the last piece. */
    public static final String END = "\"\r\n";

    private static final CsvRow FORM = new CsvRow(CsvSettings.DEFAULT, ',');

    private RowInPieces() {}

    /** A row that is written at once. */
    public static String whole(List<String> values) {
        StringBuilder row = new StringBuilder();
        try {
            FORM.write(values, row);
        } catch (FormatException e) {
            throw new IllegalStateException("with quotes there is a form for every row", e);
        }
        return row.toString();
    }

    /** The row up to its last value. */
    public static String before(List<String> values) {
        String row = whole(values);
        return row.substring(0, row.length() - "\r\n".length()) + ",\"";
    }

    /** A piece of the value, as bytes of its text. */
    public static byte[] piece(byte[] text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length + 64);
        for (byte one : text) {
            if (one == '"') {
                out.write('"');
            }
            out.write(one);
        }
        return out.toByteArray();
    }
}
