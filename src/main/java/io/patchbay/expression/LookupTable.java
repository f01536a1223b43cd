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

    private static final Pattern TIME = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.,+Zz-]{2,40}");
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

    private Index wild(Way way) {
        Wildcards wildcards =
                new Wildcards(rows.stream().map(row -> cells(row, way)).toList());
        return values -> row(wildcards.find(values));
    }

    private Index ranges(Way way) {
        Map<List<String>, Ranges> byOthers = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            List<String> cells = cells(rows.get(i), way);
            Range range = Range.parse(cells.get(0));
            if (range != null) {
                byOthers.computeIfAbsent(List.copyOf(cells.subList(1, cells.size())), any -> new Ranges())
                        .add(range, i);
            }
        }
        byOthers.values().forEach(Ranges::end);
        return values -> {
            Point asked = Point.asked(values.get(0));
            Ranges ranges = byOthers.get(values.subList(1, values.size()));
            return asked == null || ranges == null ? null : row(ranges.find(asked));
        };
    }

    private @Nullable Row row(int number) {
        return number < 0 ? null : rows.get(number);
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

        boolean day() {
            Point one = from == null ? to : from;
            return one != null && one.day();
        }
    }
}
