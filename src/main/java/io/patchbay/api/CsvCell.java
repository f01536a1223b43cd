package io.patchbay.api;

/**
 * Text in a cell of a file that people open in spreadsheets: what these would take for a formula stands behind a {@code '},
 * which an import takes off again.
 */
final class CsvCell {

    private static final String SIGNS = "=+-@\t\r'";

    private CsvCell() {}

    /** Whether something that begins so must stand behind a sign. */
    static boolean guards(int first) {
        return first >= 0 && SIGNS.indexOf(first) >= 0;
    }

    static String guarded(String text) {
        return !text.isEmpty() && guards(text.charAt(0)) ? "'" + text : text;
    }

    /** What was guarded. A sign that guards nothing stays. */
    static String plain(String text) {
        return text.length() > 1 && text.charAt(0) == '\'' && guards(text.charAt(1)) ? text.substring(1) : text;
    }
}
