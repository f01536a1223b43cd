package io.patchbay.payload;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that the records of a payload have in the file or answer that they were read from, where it holds a part of them. They stand in its
 * metadata as ranges, from 1, in the order of the records: {@code 501-740, 742-1000}; where three records were made of one, {@code 742*3}. Other
 * content loses them.
 */
public final class SourceRecords {

    /** Name of the metadata. */
    public static final String META = "source.records";

    /** Name of the metadata that says what they were read from: {@code file 'in/a.csv'}, {@code the answer}. */
    public static final String NAME = "source.records.of";

    private final NumberRanges ranges = new NumberRanges();

    /** The number of the next record, which may be made of the same as the last one. */
    public void add(long number) {
        ranges.add(number);
    }

    /** A payload of these records, with their numbers. */
    public Payload in(Payload payload) {
        return ranges.known() ? with(payload, ranges.text(), null) : payload;
    }

    /** The same, and what they were read from. */
    public Payload in(Payload payload, String source) {
        return ranges.known() ? with(payload, ranges.text(), source) : payload;
    }

    static Payload with(Payload payload, String ranges, @Nullable String source) {
        Payload numbered = payload.withMeta(META, ranges);
        return source == null ? numbered : numbered.withMeta(NAME, source);
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
        if (indices.cardinality() == count) {
            return with(to, all, from.meta().get(NAME));
        }
        Numbering numbers = Numbering.of(from);
        indices.stream().forEach(numbers::took);
        return Objects.requireNonNull(numbers.in(to));
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
        String path = path(meta);
        String member = meta.get("member.name");
        return (member == null ? "" : "member '" + member + "' of ")
                + (path == null ? "its source" : "file '" + path + "'");
    }

    private static @Nullable String path(Map<String, String> meta) {
        return meta.getOrDefault("file.path", meta.get("file.name"));
    }

    /** What its records were read from, where that is a file with a name. */
    static @Nullable String file(Payload payload) {
        String source = payload.meta().get(NAME);
        if (source == null) {
            return path(payload.meta()) == null ? null : file(payload.meta());
        }
        return source.contains("file '") ? source : null;
    }

    private static @Nullable Long number(Payload payload, int index) {
        String said = payload.meta().get(META);
        long number =
                said == null ? -1 : new NumberRanges.Finder(NumberRanges.of(said, payload.recordCount())).at(index);
        return number < 0 ? null : number;
    }
}
