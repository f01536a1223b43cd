package io.patchbay.payload;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that the records of a payload have in the file or answer that they were read from, where it holds a part of them. They stand in its
 * metadata as ranges, from 1, in the order of the records: {@code 501-740, 742-1000}. Other content loses them.
 */
public final class SourceRecords {

    /** Name of the metadata. */
    public static final String META = "source.records";

    /** Name of the metadata that says what they were read from: {@code file 'in/a.csv'}, {@code the answer}. */
    public static final String NAME = "source.records.of";

    /** Ranges of one payload; with more gaps nothing is said. */
    private static final int MOST = 1_000;

    private final List<Range> ranges = new ArrayList<>();
    private boolean tooMany;

    private record Range(long from, long to) {
        long size() {
            return to - from + 1;
        }

        @Override
        public String toString() {
            return from == to ? String.valueOf(from) : from + "-" + to;
        }
    }

    /** The number of the next record. */
    public void add(long number) {
        add(new Range(number, number));
    }

    private void add(Range next) {
        Range last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
        if (last != null && last.to() + 1 == next.from()) {
            ranges.set(ranges.size() - 1, new Range(last.from(), next.to()));
        } else if (ranges.size() == MOST) {
            tooMany = true;
        } else {
            ranges.add(next);
        }
    }

    /** A payload of these records, with their numbers. */
    public Payload in(Payload payload) {
        return ranges.isEmpty() || tooMany ? payload : payload.withMeta(META, text(ranges));
    }

    /** The same, and what they were read from. */
    public Payload in(Payload payload, String source) {
        return ranges.isEmpty() || tooMany ? payload : in(payload).withMeta(NAME, source);
    }

    private static String text(List<Range> ranges) {
        return String.join(", ", ranges.stream().map(Range::toString).toList());
    }

    /** Whether anything is said of the records of a payload. */
    public static boolean areIn(Payload payload) {
        return payload.meta().containsKey(META);
    }

    /**
     * The numbers of some records of a payload in another one, which has these records and no others.
     *
     * @param count how many records it has
     * @param indices of those that are left
     */
    public static Payload kept(Payload from, int count, BitSet indices, Payload to) {
        String all = from.meta().get(META);
        if (all == null || to.recordCount() != indices.cardinality()) {
            return to;
        }
        String source = from.meta().get(NAME);
        Payload named = source == null ? to : to.withMeta(NAME, source);
        if (indices.cardinality() == count) {
            return named.withMeta(META, all);
        }
        List<Range> ranges = of(from);
        if (ranges.isEmpty()) {
            return to;
        }
        SourceRecords kept = new SourceRecords();
        int range = 0;
        long before = 0;
        for (int at = indices.nextSetBit(0); at >= 0; at = indices.nextSetBit(at)) {
            int end = indices.nextClearBit(at);
            while (at < end) {
                Range in = ranges.get(range);
                if (at >= before + in.size()) {
                    before += in.size();
                    range++;
                    continue;
                }
                long first = in.from() + at - before;
                int some = (int) Math.min(end - at, before + in.size() - at);
                kept.add(new Range(first, first + some - 1));
                at += some;
            }
        }
        return kept.tooMany ? to : kept.in(named);
    }

    /** Metadata without the numbers: of other content. */
    public static Map<String, String> without(Map<String, String> meta) {
        if (!meta.containsKey(META)) {
            return meta;
        }
        Map<String, String> less = new LinkedHashMap<>(meta);
        less.remove(META);
        less.remove(NAME);
        return less;
    }

    /** The metadata of a record that leaves its payload: what was said of all is said of it. */
    public static Map<String, String> alone(Payload payload, int index) {
        Long number = number(payload, index);
        if (number == null) {
            return without(payload.meta());
        }
        Map<String, String> one = new LinkedHashMap<>(payload.meta());
        one.put(META, String.valueOf(number));
        return one;
    }

    /** The failure of a record of a payload; where its number in a file or an answer is known, with that. */
    public static StepException told(StepException why, Payload payload, int index) {
        Long number = number(payload, index);
        if (number == null) {
            return why;
        }
        String source = payload.meta().get(NAME);
        String where = "record " + number + " of " + (source == null ? file(payload.meta()) : source);
        return new StepException(
                why.owner(),
                why.code(),
                why.getMessage() + " (" + where + ")",
                why.getCause(),
                why.retryable(),
                why.retryAfter());
    }

    private static String file(Map<String, String> meta) {
        String path = meta.getOrDefault("file.path", meta.get("file.name"));
        String member = meta.get("member.name");
        return (member == null ? "" : "member '" + member + "' of ")
                + (path == null ? "its source" : "file '" + path + "'");
    }

    private static @Nullable Long number(Payload payload, int index) {
        long before = 0;
        for (Range range : of(payload)) {
            if (index < before + range.size()) {
                return range.from() + index - before;
            }
            before += range.size();
        }
        return null;
    }

    /** What is said; nothing where it is of other records. */
    private static List<Range> of(Payload payload) {
        String said = payload.meta().get(META);
        if (said == null) {
            return List.of();
        }
        List<Range> ranges = new ArrayList<>();
        long all = 0;
        for (int at = 0; at <= said.length(); ) {
            int end = said.indexOf(", ", at);
            end = end < 0 ? said.length() : end;
            Range one = range(said, at, end);
            if (one == null || one.size() < 1 || ranges.size() == MOST) {
                return List.of();
            }
            ranges.add(one);
            all += one.size();
            at = end + 2;
        }
        return all == payload.recordCount() ? ranges : List.of();
    }

    private static @Nullable Range range(String said, int at, int end) {
        int to = said.indexOf('-', at);
        try {
            long from = Long.parseLong(said, at, to < 0 || to >= end ? end : to, 10);
            return new Range(from, to < 0 || to >= end ? from : Long.parseLong(said, to + 1, end, 10));
        } catch (NumberFormatException e) {
            return null; // metadata may be anybody's
        }
    }
}
