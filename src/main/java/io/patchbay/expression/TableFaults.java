package io.patchbay.expression;

import io.patchbay.expression.LookupTable.Fault;
import io.patchbay.expression.LookupTable.Match;
import io.patchbay.expression.LookupTable.Range;
import io.patchbay.expression.LookupTable.Row;
import io.patchbay.expression.LookupTable.Way;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong with rows of a table for a way to ask: ranges that are none, and rows that are never the answer. */
final class TableFaults {

    /** Each row is held against those before it; in a table of so many that this would take long, not all are. */
    private static final int MOST_COMPARED = 2_000_000;
    /** Two patterns take as long as the product of their lengths; this is what all together take. */
    private static final long MOST_CHARACTERS = 200_000_000;
    /** A cell of more characters is not held against others. */
    private static final int LONGEST = 1000;

    private static final int SHOWN = 60;

    private final LookupTable table;
    private final Way way;
    private final boolean turned;
    private final Map<List<String>, Integer> seen = new HashMap<>();
    private final Map<List<String>, List<Before>> before = new HashMap<>();
    private int compared;
    private long characters;

    /** A row that may hide others. */
    private record Before(
            int line, List<String> cells, @Nullable Range range) {}

    private TableFaults(LookupTable table, Way way) {
        this.table = table;
        this.way = way;
        // Asked by what the keys stand for, several keys may stand for the same.
        this.turned = !way.columns().contains(table.columns().get(0));
    }

    static List<Fault> of(LookupTable table, Way way) {
        return new TableFaults(table, way).faults();
    }

    private List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        for (Row row : table.rows()) {
            List<String> cells = way.columns().stream()
                    .map(column -> table.cell(row, column))
                    .toList();
            Range range = way.match() == Match.RANGE ? Range.parse(cells.get(0)) : null;
            if (way.match() == Match.RANGE && range == null) {
                faults.add(new Fault(
                        row.line(),
                        "'" + shown(cells.get(0))
                                + "' is no range; write 0..9.99, ..10, 100.. or 2026-01-01..2026-03-31"));
            }
            Integer first = seen.putIfAbsent(folded(cells), row.line());
            if (turned) {
                continue;
            }
            if (first != null) {
                faults.add(new Fault(
                        row.line(),
                        "the row is never found: the one in line " + first + " has the same in "
                                + String.join(", ", way.columns())));
                continue;
            }
            Before hides = hiding(new Before(row.line(), cells, range));
            if (hides != null) {
                faults.add(new Fault(
                        row.line(),
                        "the row is never found: '" + shown(hides.cells().get(0)) + "' in line " + hides.line()
                                + " holds all that '" + shown(cells.get(0)) + "' does"));
            }
        }
        return faults;
    }

    /** The row that hides this one, or null; then it may hide those behind it. */
    private @Nullable Before hiding(Before row) {
        if (way.match() == Match.WILDCARD) {
            return hiding(row, List.of());
        }
        return row.range() == null
                ? null
                : hiding(row, row.cells().subList(1, row.cells().size()));
    }

    private @Nullable Before hiding(Before row, List<String> others) {
        if (row.cells().stream().anyMatch(cell -> cell.length() > LONGEST)) {
            return null;
        }
        List<Before> rows = before.computeIfAbsent(others, any -> new ArrayList<>());
        for (Before one : rows) {
            characters += row.range() == null ? product(one, row) : 0;
            if (++compared > MOST_COMPARED || characters > MOST_CHARACTERS) {
                return null;
            }
            if (holds(one, row)) {
                return one;
            }
        }
        // A row without a wildcard hides its own likes only, which are told before.
        boolean wild = row.range() != null
                || row.cells().stream().anyMatch(cell -> cell.indexOf('*') >= 0 || cell.indexOf('?') >= 0);
        if (wild) {
            rows.add(row);
        }
        return null;
    }

    private static long product(Before one, Before row) {
        long sum = 0;
        for (int i = 0; i < one.cells().size(); i++) {
            sum += (long) one.cells().get(i).length() * row.cells().get(i).length();
        }
        return sum;
    }

    private static String shown(String cell) {
        return cell.length() <= SHOWN ? cell : cell.substring(0, SHOWN) + "…";
    }

    private static boolean holds(Before one, Before row) {
        if (one.range() != null && row.range() != null) {
            return one.range().holds(row.range());
        }
        for (int i = 0; i < one.cells().size(); i++) {
            if (!Wildcards.holds(one.cells().get(i), row.cells().get(i))) {
                return false;
            }
        }
        return true;
    }

    private List<String> folded(List<String> cells) {
        return way.match() == Match.IGNORE_CASE
                ? cells.stream().map(cell -> cell.toLowerCase(Locale.ROOT)).toList()
                : cells;
    }
}
