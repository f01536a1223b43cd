package io.patchbay.payload;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that the records of a payload have in the file or answer that they were read from, where it holds a part of them. They stand in its
 * metadata as ranges, from 1, in the order of the records: {@code 501-740, 742-1000}. Other content loses them.
 */
public final class SourceRecords {

    /** Name of the metadata. */
    public static final String META = "source.records";

    /** Ranges of one payload; with more gaps nothing is said. */
    private static final int MOST = 1_000;

    private static final Pattern RANGE = Pattern.compile("([0-9]{1,18})(?:-([0-9]{1,18}))?");

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
        Range last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
        if (last != null && last.to() + 1 == number) {
            ranges.set(ranges.size() - 1, new Range(last.from(), number));
        } else if (ranges.size() == MOST) {
            tooMany = true;
        } else {
            ranges.add(new Range(number, number));
        }
    }

    /** A payload of these records, with their numbers. */
    public Payload in(Payload payload) {
        return ranges.isEmpty() || tooMany ? payload : payload.withMeta(META, text(ranges));
    }

    private static String text(List<Range> ranges) {
        return String.join(", ", ranges.stream().map(Range::toString).toList());
    }

    /** Whether anything is said of the records of a payload. */
    public static boolean areIn(Payload payload) {
        return payload.meta().containsKey(META);
    }

    /** The numbers of some records of a payload, by their indices, in another one that has these records and no others. */
    public static Payload kept(Payload from, List<Integer> indices, Payload to) {
        List<Range> ranges = of(from);
        if (ranges.isEmpty() || to.recordCount() != indices.size()) {
            return to;
        }
        SourceRecords kept = new SourceRecords();
        int range = 0;
        long before = 0;
        for (int index : indices) {
            while (index >= before + ranges.get(range).size()) {
                before += ranges.get(range++).size();
            }
            kept.add(ranges.get(range).from() + index - before);
        }
        return kept.in(to);
    }

    /** Metadata without the numbers: of other content. */
    static Map<String, String> without(Map<String, String> meta) {
        if (!meta.containsKey(META)) {
            return meta;
        }
        Map<String, String> less = new LinkedHashMap<>(meta);
        less.remove(META);
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
        String path = payload.meta().getOrDefault("file.path", payload.meta().get("file.name"));
        String member = payload.meta().get("member.name");
        String where = "record " + number + " of " + (member == null ? "" : "member '" + member + "' of ")
                + (path == null ? "its source" : "file '" + path + "'");
        return new StepException(
                why.owner(),
                why.code(),
                why.getMessage() + " (" + where + ")",
                why.getCause(),
                why.retryable(),
                why.retryAfter());
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
        for (String part : said.split(", ", -1)) {
            Matcher range = RANGE.matcher(part);
            if (!range.matches() || ranges.size() == MOST) {
                return List.of();
            }
            long from = Long.parseLong(range.group(1));
            Range one = new Range(from, range.group(2) == null ? from : Long.parseLong(range.group(2)));
            if (one.size() < 1) {
                return List.of();
            }
            ranges.add(one);
            all += one.size();
        }
        return all == payload.recordCount() ? ranges : List.of();
    }
}
