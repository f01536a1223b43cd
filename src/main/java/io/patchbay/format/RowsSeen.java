package io.patchbay.format;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How the first rows of content seem to stand, for who shows or proposes something. A run does not guess: a flow says it.
 *
 * @param delimiter what seems to stand between values
 * @param before how many lines seem to stand before the names of the columns
 * @param several whether rows of several values were seen at all
 */
public record RowsSeen(char delimiter, int before, boolean several) {

    private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');
    private static final int MOST_LINES = 20;

    /**
     * Looks at the beginning of content.
     *
     * @param text the beginning
     * @param usual what stands between values where nothing else is seen
     */
    public static RowsSeen of(String text, char usual) {
        String[] parts = text.split("\r?\n|\r", MOST_LINES + 1);
        int whole = parts.length > 2 ? parts.length - 1 : parts.length; // the last one may have been cut
        List<String> lines = Arrays.asList(parts).subList(0, whole);
        if (names(lines, usual) == 0) {
            return new RowsSeen(usual, 0, true);
        }
        RowsSeen seen = new RowsSeen(usual, 0, false);
        int most = 0;
        for (char delimiter : DELIMITERS) {
            int first = names(lines, delimiter);
            int values = first < 0 ? 0 : values(lines.get(first), delimiter).length;
            if (values > most || (values == most && values > 0 && first < seen.before())) {
                most = values;
                seen = new RowsSeen(delimiter, first, true);
            }
        }
        return seen;
    }

    /** The first line with several values, all of them there, and as many as the next ones have; -1 for none. */
    private static int names(List<String> lines, char delimiter) {
        for (int i = 0; i + 1 < lines.size(); i++) {
            String[] names = values(lines.get(i), delimiter);
            boolean full = names.length > 1 && Arrays.stream(names).noneMatch(String::isBlank);
            List<String> next = lines.subList(i + 1, i == 0 ? 2 : lines.size());
            if (full && next.stream().allMatch(line -> fits(line, delimiter, names.length))) {
                return i;
            }
        }
        return -1;
    }

    /** A quoted value may hold anything, and an empty line is none. */
    private static boolean fits(String line, char delimiter, int values) {
        return line.isBlank() || line.contains("\"") || values(line, delimiter).length == values;
    }

    private static String[] values(String line, char delimiter) {
        return line.split(Pattern.quote(String.valueOf(delimiter)), -1);
    }
}
