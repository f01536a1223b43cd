package io.patchbay.expression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Rows of patterns, in which {@code *} is any text and {@code ?} any character. Those are held against a value that begin and end as it does,
 * or that have a piece which it has: not all of them.
 */
final class Wildcards {

    /** Stands for a {@code *} of a pattern that is held against another: one character does not hold it. */
    private static final int ANY_TEXT = -1;
    /** Characters of a piece. */
    private static final int PIECE = 3;

    private static final Pattern WILD = Pattern.compile("[*?]");

    private final Map<List<String>, Integer> plain = new HashMap<>();
    private final List<List<int[]>> patterns = new ArrayList<>();
    private final List<Ends> ends;
    private final List<Map<String, List<Integer>>> pieces;
    private final List<Integer> others = new ArrayList<>();

    /** How cells of a column begin and end, and which rows do. */
    private static final class Ends {
        private final Prefixes<Prefixes<List<Integer>>> rows = new Prefixes<>();

        List<Integer> of(String cell) {
            Prefixes<List<Integer>> endings = rows.under(beginning(cell), Prefixes::new);
            return endings.under(backwards(ending(cell)), ArrayList::new);
        }

        void each(String value, IntConsumer taker) {
            String backwards = backwards(value);
            rows.each(value, endings -> endings.each(backwards, found -> found.forEach(taker::accept)));
        }
    }

    /** @param rows the cells that are held against values, of each row */
    Wildcards(List<List<String>> rows) {
        int columns = rows.isEmpty() ? 0 : rows.get(0).size();
        this.ends = IntStream.range(0, columns).mapToObj(i -> new Ends()).toList();
        this.pieces = IntStream.range(0, columns)
                .<Map<String, List<Integer>>>mapToObj(i -> new HashMap<>())
                .toList();
        List<Integer> wild = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            List<String> cells = rows.get(row);
            if (cells.stream().anyMatch(Wildcards::wild)) {
                wild.add(row);
                patterns.add(cells.stream().map(Wildcards::characters).toList());
            } else {
                plain.putIfAbsent(cells, row);
                patterns.add(List.of());
            }
        }
        index(rows, wild);
    }

    /** Each row stands where the fewest do: those that begin and end likewise in one column, or that have one piece. */
    private void index(List<List<String>> rows, List<Integer> wild) {
        List<Map<String, Integer>> sizes = new ArrayList<>();
        List<Map<String, Integer>> counts = new ArrayList<>();
        for (int column = 0; column < ends.size(); column++) {
            Map<String, Integer> size = new HashMap<>();
            Map<String, Integer> count = new HashMap<>();
            for (int row : wild) {
                String cell = rows.get(row).get(column);
                size.merge(both(cell), 1, Integer::sum);
                pieces(cell).forEach(piece -> count.merge(piece, 1, Integer::sum));
            }
            sizes.add(size);
            counts.add(count);
        }
        for (int row : wild) {
            place(row, rows.get(row), sizes, counts);
        }
        for (Ends one : ends) {
            one.rows.end();
            one.rows.all().forEach(Prefixes::end);
        }
    }

    private void place(
            int row, List<String> cells, List<Map<String, Integer>> sizes, List<Map<String, Integer>> counts) {
        List<Integer> fewest = others;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            boolean open = beginning(cell).isEmpty() && ending(cell).isEmpty();
            int size = Objects.requireNonNull(sizes.get(i).get(both(cell)));
            if (!open && size < least) {
                least = size;
                fewest = ends.get(i).of(cell);
            }
            Map<String, Integer> count = counts.get(i);
            String rarest = pieces(cell).stream()
                    .min(Comparator.comparing(piece -> Objects.requireNonNull(count.get(piece))))
                    .orElse(null);
            if (rarest != null && Objects.requireNonNull(count.get(rarest)) < least) {
                least = Objects.requireNonNull(count.get(rarest));
                fewest = pieces.get(i).computeIfAbsent(rarest, any -> new ArrayList<>());
            }
        }
        fewest.add(row);
    }

    private static boolean wild(String cell) {
        return cell.indexOf('*') >= 0 || cell.indexOf('?') >= 0;
    }

    private static String beginning(String cell) {
        int at = 0;
        while (at < cell.length() && cell.charAt(at) != '*' && cell.charAt(at) != '?') {
            at++;
        }
        return cell.substring(0, at);
    }

    private static String ending(String cell) {
        return cell.substring(1 + Math.max(cell.lastIndexOf('*'), cell.lastIndexOf('?')));
    }

    private static String both(String cell) {
        return beginning(cell) + "*" + ending(cell);
    }

    private static String backwards(String text) {
        char[] all = text.toCharArray();
        for (int i = 0, j = all.length - 1; i < j; i++, j--) {
            char one = all[i];
            all[i] = all[j];
            all[j] = one;
        }
        return new String(all);
    }

    /** What stands in a pattern without a wildcard in it, in pieces of so many characters, or of fewer where there are no more. */
    private static Set<String> pieces(String cell) {
        Set<String> pieces = new HashSet<>();
        for (String run : WILD.split(cell, -1)) {
            for (int at = 0; at + PIECE <= run.length(); at++) {
                pieces.add(run.substring(at, at + PIECE));
            }
            if (!run.isEmpty() && run.length() < PIECE) {
                pieces.add(run);
            }
        }
        return pieces;
    }

    /** The number of the first row that fits, or -1. */
    int find(List<String> values) {
        Integer same = plain.get(values);
        int[] first = {same == null ? Integer.MAX_VALUE : same};
        List<int[]> asked = values.stream().map(Wildcards::characters).toList();
        IntConsumer held = row -> {
            if (row < first[0] && fits(patterns.get(row), asked)) {
                first[0] = row;
            }
        };
        others.forEach(held::accept);
        for (int i = 0; i < ends.size(); i++) {
            String value = values.get(i);
            ends.get(i).each(value, held);
            each(pieces.get(i), value, held);
        }
        return first[0] == Integer.MAX_VALUE ? -1 : first[0];
    }

    /** The rows of each piece that a value has, however often it has it. */
    private static void each(Map<String, List<Integer>> pieces, String value, IntConsumer taker) {
        Set<String> had = new HashSet<>();
        for (int at = 0; at < value.length() && !pieces.isEmpty(); at++) {
            for (int end = at + 1; end <= Math.min(at + PIECE, value.length()); end++) {
                String piece = value.substring(at, end);
                List<Integer> found = pieces.get(piece);
                if (found != null && had.add(piece)) {
                    found.forEach(taker::accept);
                }
            }
        }
    }

    private static int[] characters(String text) {
        return text.codePoints().toArray();
    }

    private static boolean fits(List<int[]> patterns, List<int[]> values) {
        for (int i = 0; i < patterns.size(); i++) {
            if (!like(patterns.get(i), values.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether all that a pattern is like is like another one too, as far as that is easily seen. */
    static boolean holds(String wide, String narrow) {
        int[] pattern = characters(wide);
        int[] text = Arrays.stream(characters(narrow))
                .map(c -> c == '*' ? ANY_TEXT : c)
                .toArray();
        return like(pattern, text);
    }

    /** Whether a text is like a pattern: in time that is at most the product of their lengths. */
    private static boolean like(int[] pattern, int[] text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int from = 0;
        while (t < text.length) {
            if (p < pattern.length && pattern[p] == '*') {
                star = p++;
                from = t;
            } else if (p < pattern.length && ((pattern[p] == '?' && text[t] != ANY_TEXT) || pattern[p] == text[t])) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++from;
            } else {
                return false;
            }
        }
        while (p < pattern.length && pattern[p] == '*') {
            p++;
        }
        return p == pattern.length;
    }
}
