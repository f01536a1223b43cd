package io.patchbay.expression;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A lookup table: rows of texts under named columns. Of several rows that fit a question the first is the answer. Immutable; what
 * is asked for is indexed once per way to ask.
 */
public final class LookupTable {

    private static final Pattern WILD = Pattern.compile("[*?]");
    private static final Pattern TIME = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.,+Zz-]{2,40}");
    /** Stands for a {@code *} of a pattern that is held against another: one character does not hold it. */
    private static final int ANY_TEXT = -1;

    private static final String BETWEEN = "..";
    private static final int LONGEST = 100;

    private final List<String> columns;
    private final List<Row> rows;
    private final Map<Way, Index> indexes = new ConcurrentHashMap<>();

    /**
     * A row.
     *
     * @param line of the file that it begins at; 0 for none
     * @param cells one for each column
     */
    public record Row(int line, List<String> cells) {
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /** How cells answer to a value. */
    public enum Match {
        /** The same text. */
        EXACT,
        /** The same text, upper and lower case alike. */
        IGNORE_CASE,
        /** Cells are patterns: {@code *} is any text, {@code ?} any character. */
        WILDCARD,
        /** Cells of the first column asked are ranges of numbers or dates, like {@code 0..9.99}, both ends among them. */
        RANGE
    }

    /**
     * A way to ask.
     *
     * @param columns whose cells are held against values, in the order of these
     */
    public record Way(Match match, List<String> columns) {
        public Way {
            columns = List.copyOf(columns);
        }
    }

    /**
     * What is wrong with a row for a way to ask.
     *
     * @param line of the row
     */
    public record Fault(int line, String what) {}

    /** A table. @throws IllegalArgumentException when a row has more or fewer cells than there are columns */
    public LookupTable(List<String> columns, List<Row> rows) {
        this.columns = List.copyOf(columns);
        this.rows = List.copyOf(rows);
        for (Row row : rows) {
            if (row.cells().size() != columns.size()) {
                throw new IllegalArgumentException("a row has another number of cells than there are columns");
            }
        }
    }

    /** A table of two columns, for keys and for their values. */
    public static LookupTable of(Map<String, String> values) {
        List<Row> rows = new ArrayList<>();
        values.forEach((key, value) -> rows.add(new Row(0, List.of(key, value))));
        return new LookupTable(List.of("key", "value"), rows);
    }

    /** Names of the columns. */
    public List<String> columns() {
        return columns;
    }

    /** All rows, in order. */
    public List<Row> rows() {
        return rows;
    }

    /** What stands in the second column beside a text of the first; null when nothing does. */
    public @Nullable String value(String key) {
        Row row = find(new Way(Match.EXACT, List.of(columns.get(0))), List.of(key));
        return row == null ? null : row.cells().get(1);
    }

    /** The cell of a row in a column that there is. */
    public String cell(Row row, String column) {
        return row.cells().get(columns.indexOf(column));
    }

    /**
     * The first row that fits; null for none.
     *
     * @param values in the order of the way's columns, all of which there are
     */
    public @Nullable Row find(Way way, List<String> values) {
        return indexes.computeIfAbsent(way, this::index).find(values);
    }

    /** What is wrong with rows for a way to ask, whose columns there are: ranges that are none, rows that are never the answer. */
    public List<Fault> faults(Way way) {
        return TableFaults.of(this, way);
    }

    /** All of it as one text: another one is another table. */
    public byte[] content() {
        StringBuilder all = new StringBuilder();
        add(columns, all);
        rows.forEach(row -> add(row.cells(), all));
        return all.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void add(List<String> cells, StringBuilder all) {
        cells.forEach(cell -> all.append(cell.length()).append(':').append(cell));
        all.append('\n');
    }

    private List<String> cells(Row row, Way way) {
        return way.columns().stream().map(column -> cell(row, column)).toList();
    }

    private static List<String> folded(List<String> cells, Match match) {
        return match == Match.IGNORE_CASE
                ? cells.stream().map(cell -> cell.toLowerCase(Locale.ROOT)).toList()
                : cells;
    }

    private interface Index {
        @Nullable
        Row find(List<String> values);
    }

    private Index index(Way way) {
        return switch (way.match()) {
            case EXACT, IGNORE_CASE -> plain(way);
            case WILDCARD -> wild(way);
            case RANGE -> ranges(way);
        };
    }

    private Index plain(Way way) {
        Map<List<String>, Row> byCells = new HashMap<>();
        rows.forEach(row -> byCells.putIfAbsent(folded(cells(row, way), way.match()), row));
        return values -> byCells.get(folded(values, way.match()));
    }

    private record PatternRow(int at, List<int[]> patterns) {}

    /** Rows without a wildcard are found at once; those with one are tried in their order. */
    private Index wild(Way way) {
        Map<List<String>, Integer> plain = new HashMap<>();
        List<PatternRow> patterns = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            List<String> cells = cells(rows.get(i), way);
            if (cells.stream().anyMatch(cell -> WILD.matcher(cell).find())) {
                patterns.add(new PatternRow(
                        i, cells.stream().map(LookupTable::characters).toList()));
            } else {
                plain.putIfAbsent(cells, i);
            }
        }
        return values -> {
            Integer found = plain.get(values);
            List<int[]> asked = values.stream().map(LookupTable::characters).toList();
            for (PatternRow one : patterns) {
                if (found != null && found < one.at()) {
                    break;
                }
                if (fits(one.patterns(), asked)) {
                    return rows.get(one.at());
                }
            }
            return found == null ? null : rows.get(found);
        };
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
        int[] text = characters(narrow);
        for (int i = 0; i < text.length; i++) {
            text[i] = text[i] == '*' ? ANY_TEXT : text[i];
        }
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

    private record RangeRow(Range range, Row row) {}

    private Index ranges(Way way) {
        Map<List<String>, List<RangeRow>> byOthers = new HashMap<>();
        for (Row row : rows) {
            List<String> cells = cells(row, way);
            Range range = Range.parse(cells.get(0));
            if (range != null) {
                byOthers.computeIfAbsent(cells.subList(1, cells.size()), any -> new ArrayList<>())
                        .add(new RangeRow(range, row));
            }
        }
        return values -> {
            Point asked = Point.asked(values.get(0));
            if (asked == null) {
                return null;
            }
            for (RangeRow one : byOthers.getOrDefault(values.subList(1, values.size()), List.of())) {
                if (one.range().holds(asked)) {
                    return one.row();
                }
            }
            return null;
        };
    }

    /**
     * A number, or a day.
     *
     * @param value the number, or the day since 1970
     */
    record Point(boolean day, BigDecimal value) {

        /** A number, or a date like 2026-03-31; null for neither. */
        static @Nullable Point written(String text) {
            String plain = text.strip();
            try {
                return plain.isEmpty() || plain.length() > LONGEST ? null : new Point(false, new BigDecimal(plain));
            } catch (NumberFormatException e) {
                return day(plain);
            }
        }

        /** The same, or the day of a time like 2026-03-31T10:00:00Z as it is written. */
        static @Nullable Point asked(String text) {
            String plain = text.strip();
            boolean time = TIME.matcher(plain).matches();
            return written(time ? plain.substring(0, "2026-03-31".length()) : plain);
        }

        private static @Nullable Point day(String text) {
            try {
                return new Point(true, BigDecimal.valueOf(LocalDate.parse(text).toEpochDay()));
            } catch (DateTimeParseException e) {
                return null;
            }
        }
    }

    /** From one number or day to another, both among it; null is no bound. */
    record Range(@Nullable Point from, @Nullable Point to) {

        static @Nullable Range parse(String cell) {
            int at = cell.indexOf(BETWEEN);
            if (at < 0) {
                Point one = Point.written(cell);
                return one == null ? null : new Range(one, one);
            }
            String low = cell.substring(0, at).strip();
            String high = cell.substring(at + BETWEEN.length()).strip();
            Point from = Point.written(low);
            Point to = Point.written(high);
            boolean wrong = (from == null && !low.isEmpty())
                    || (to == null && !high.isEmpty())
                    || (low.isEmpty() && high.isEmpty())
                    || (from != null
                            && to != null
                            && (from.day() != to.day() || from.value().compareTo(to.value()) > 0));
            return wrong ? null : new Range(from, to);
        }

        /** Whether all of another range is in it. */
        boolean holds(Range other) {
            boolean below = from == null
                    || (other.from() != null
                            && from.day() == other.from().day()
                            && from.value().compareTo(other.from().value()) <= 0);
            boolean above = to == null
                    || (other.to() != null
                            && to.day() == other.to().day()
                            && other.to().value().compareTo(to.value()) <= 0);
            return below && above && day() == other.day();
        }

        private boolean day() {
            Point one = from == null ? to : from;
            return one != null && one.day();
        }

        boolean holds(Point point) {
            return (from == null || (from.day() == point.day() && from.value().compareTo(point.value()) <= 0))
                    && (to == null || (to.day() == point.day() && point.value().compareTo(to.value()) <= 0));
        }
    }
}
