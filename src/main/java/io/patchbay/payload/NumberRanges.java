package io.patchbay.payload;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers in their order, as ranges: {@code 501-740, 742*3, 743-750*2}, of which each number behind a star stands so many times. */
final class NumberRanges {

    /** Ranges of one payload; with more nothing is said. */
    private static final int MOST = 1_000;

    private static final NumberRanges NOTHING = new NumberRanges();

    private final List<Range> closed = new ArrayList<>();
    /** The range that goes on; none at first. */
    private long from;

    private long to = -1;
    private long times = 1;
    private long count;
    private boolean lost;

    private record Range(long from, long to, long times) {
        long size() {
            return (to - from + 1) * times;
        }

        boolean sane() {
            return from >= 0 && to >= from && to - from < Integer.MAX_VALUE && times >= 1 && times < Integer.MAX_VALUE;
        }

        @Override
        public String toString() {
            return (from == to ? String.valueOf(from) : from + "-" + to) + (times == 1 ? "" : "*" + times);
        }
    }

    /** The next number, which may be the last one again. */
    void add(long number) {
        count++;
        if (to < 0) {
            open(number);
        } else if (number == to + 1 && times == 1) {
            to = number;
        } else if (number == to) {
            again();
        } else {
            close();
            open(number);
        }
    }

    private void open(long number) {
        from = number;
        to = number;
        times = 1;
    }

    private void again() {
        if (from < to) {
            to--;
            close();
            to++;
            from = to;
        }
        times++;
        int last = closed.size() - 1;
        Range before = last < 0 ? null : closed.get(last);
        if (before != null && before.times() == times && before.to() + 1 == from) {
            closed.remove(last);
            from = before.from();
        }
    }

    private void close() {
        lost |= closed.size() >= MOST - 1;
        if (!lost) {
            closed.add(new Range(from, to, times));
        }
    }

    /** One that nobody knows: nothing is said of any. */
    void lose() {
        lost = true;
    }

    /** How many numbers there are. */
    long count() {
        return count;
    }

    /** Whether something can be said. */
    boolean known() {
        return count > 0 && !lost;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        closed.forEach(range -> text.append(range).append(", "));
        return text.append(new Range(from, to, times)).toString();
    }

    /** All that is said; nothing where it is no such text, or of another count. */
    static NumberRanges of(@Nullable String said, int count) {
        if (said == null) {
            return NOTHING;
        }
        NumberRanges all = new NumberRanges();
        for (int at = 0; at <= said.length(); ) {
            int end = said.indexOf(", ", at);
            end = end < 0 ? said.length() : end;
            Range one = range(said, at, end);
            if (one == null || !one.sane() || all.closed.size() == MOST) {
                return NOTHING;
            }
            all.closed.add(one);
            all.count += one.size();
            at = end + 2;
        }
        return all.count == count ? all : NOTHING;
    }

    private static @Nullable Range range(String said, int at, int end) {
        int star = said.indexOf('*', at);
        int stop = star < 0 || star >= end ? end : star;
        int dash = said.indexOf('-', at);
        dash = dash < 0 || dash >= stop ? stop : dash;
        try {
            long from = Long.parseLong(said, at, dash, 10);
            long to = dash == stop ? from : Long.parseLong(said, dash + 1, stop, 10);
            return new Range(from, to, stop == end ? 1 : Long.parseLong(said, stop + 1, end, 10));
        } catch (NumberFormatException e) {
            return null; // metadata may be anybody's
        }
    }

    /** Finds numbers of what was {@linkplain #of said}, quickly where they are asked for in their order. */
    static final class Finder {
        private final NumberRanges in;
        private int range;
        private long before;

        Finder(NumberRanges in) {
            this.in = in;
        }

        /** The number at an index; -1 where there is none. */
        long at(int index) {
            if (index < 0 || index >= in.count) {
                return -1;
            }
            if (index < before) {
                range = 0;
                before = 0;
            }
            Range one = in.closed.get(range);
            while (index >= before + one.size()) {
                before += one.size();
                one = in.closed.get(++range);
            }
            return one.from() + (index - before) / one.times();
        }
    }
}
