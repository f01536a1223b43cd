package io.patchbay.expression;

import io.patchbay.expression.LookupTable.Point;
import io.patchbay.expression.LookupTable.Range;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Rows of ranges: for each bound of any of them, and for what is between two, the first row whose range holds it is known. */
final class Ranges {

    private final List<Held> numbers = new ArrayList<>();
    private final List<Held> days = new ArrayList<>();
    private Found ofNumbers = Found.NONE;
    private Found ofDays = Found.NONE;

    private record Held(Range range, int row) {}

    /**
     * What is found.
     *
     * @param bounds in their order, each once
     * @param rows the number of a row, or -1: below the first bound, at it, between it and the second, at that, and so on
     */
    private record Found(List<BigDecimal> bounds, List<Integer> rows) {
        private static final Found NONE = new Found(List.of(), List.of(-1));

        static Found of(List<Held> all) {
            List<BigDecimal> bounds = new ArrayList<>();
            for (Held held : all) {
                Range range = held.range();
                Stream.concat(Stream.ofNullable(range.from()), Stream.ofNullable(range.to()))
                        .forEach(point -> bounds.add(point.value()));
            }
            bounds.sort(null);
            List<BigDecimal> distinct = new ArrayList<>();
            for (BigDecimal bound : bounds) {
                if (distinct.isEmpty() || distinct.get(distinct.size() - 1).compareTo(bound) != 0) {
                    distinct.add(bound);
                }
            }
            return new Found(List.copyOf(distinct), painted(distinct, all));
        }

        /** Each row takes the places that no row before it has; places that are taken are passed over at once. */
        private static List<Integer> painted(List<BigDecimal> bounds, List<Held> all) {
            int places = 2 * bounds.size() + 1;
            Integer[] rows = new Integer[places];
            Arrays.fill(rows, -1);
            int[] free = new int[places + 1];
            Arrays.setAll(free, i -> i);
            for (Held held : all) {
                Point from = held.range().from();
                Point to = held.range().to();
                int last = to == null ? places - 1 : place(bounds, to.value());
                int at = free(free, from == null ? 0 : place(bounds, from.value()));
                while (at <= last) {
                    rows[at] = held.row();
                    free[at] = at + 1;
                    at = free(free, at);
                }
            }
            return List.of(rows);
        }

        private static int free(int[] free, int from) {
            int at = from;
            while (free[at] != at) {
                free[at] = free[free[at]];
                at = free[at];
            }
            return at;
        }

        /** The compareTo of numbers looks at how large they are, not at how they are written. */
        private static int place(List<BigDecimal> bounds, BigDecimal value) {
            int low = 0;
            int high = bounds.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                int compared = bounds.get(middle).compareTo(value);
                if (compared == 0) {
                    return 2 * middle + 1;
                }
                if (compared < 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return 2 * low;
        }

        int find(BigDecimal value) {
            return rows.get(place(bounds, value));
        }
    }

    /** Adds a row behind those that are there. */
    void add(Range range, int row) {
        (range.day() ? days : numbers).add(new Held(range, row));
    }

    /** No row comes any more. */
    void end() {
        ofNumbers = Found.of(numbers);
        ofDays = Found.of(days);
        numbers.clear();
        days.clear();
    }

    /** The number of the first row that holds a point, or -1. */
    int find(Point point) {
        return (point.day() ? ofDays : ofNumbers).find(point.value());
    }
}
