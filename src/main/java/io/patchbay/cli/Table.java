package io.patchbay.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Columns of text. */
final class Table {

    /**
     * Controls, those of ISO 8859 among them, which terminals obey in UTF-8, too (U+009B is what ESC [ is); ends of lines of Unicode; and
     * what turns the direction of text.
     */
    private static final String STEERING = "\\p{Cc}\\u2028\\u2029\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069";

    private static final Pattern ANY = Pattern.compile("[" + STEERING + "]");
    private static final Pattern IN_LINES = Pattern.compile("[" + STEERING + "&&[^\n\t]]");

    private final List<List<String>> rows = new ArrayList<>();
    private final boolean[] right;

    /** Columns with these heads; one that begins with {@code >} is set to the right. */
    Table(String... heads) {
        right = new boolean[heads.length];
        List<String> first = new ArrayList<>();
        for (int i = 0; i < heads.length; i++) {
            right[i] = heads[i].startsWith(">");
            first.add(right[i] ? heads[i].substring(1) : heads[i]);
        }
        rows.add(first);
    }

    void row(List<String> cells) {
        rows.add(cells.stream().map(Table::printable).toList());
    }

    /** Prints the rows, or a sentence where there is none. */
    void printOr(String none, PrintWriter out) {
        if (isEmpty()) {
            out.println(none);
        }
        print("", out);
    }

    boolean isEmpty() {
        return rows.size() == 1;
    }

    /** Prints the rows; nothing when there is none but the head. */
    void print(String indent, PrintWriter out) {
        if (isEmpty()) {
            return;
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(indent);
            for (int i = 0; i < row.size(); i++) {
                String cell = row.get(i);
                String blanks = " ".repeat(width(i) - cell.length());
                line.append(i == 0 ? "" : "  ").append(right[i] ? blanks + cell : cell + blanks);
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    /** What comes from outside systems must not steer the terminal. */
    static String printable(String text) {
        return ANY.matcher(text).replaceAll(" ");
    }

    /** The same of a text of several lines. */
    static String printableLines(String text) {
        return IN_LINES.matcher(text).replaceAll(" ");
    }
}
