package io.patchbay.payload;

import org.jspecify.annotations.Nullable;

/**
 * Carries the numbers that the records of a payload have in what they were read from to payloads that are made of these records: left out,
 * repeated, in another order. Where nothing is said of the payload it does nothing.
 */
public final class Numbering {

    private final @Nullable String source;
    private final @Nullable String file;
    private final boolean said;
    private final NumberRanges.Finder numbers;
    private NumberRanges made = new NumberRanges();

    private Numbering(Payload from) {
        String ranges = from.meta().get(SourceRecords.META);
        NumberRanges all = NumberRanges.of(ranges, ranges == null ? 0 : from.recordCount());
        this.source = from.meta().get(SourceRecords.NAME);
        this.file = ranges == null ? null : SourceRecords.file(from);
        this.said = all.known();
        this.numbers = new NumberRanges.Finder(all);
    }

    /** Of this payload. */
    public static Numbering of(Payload from) {
        return new Numbering(from);
    }

    /** The next record is the one with this index from 0, or made of it. */
    public void took(int index) {
        took(index, 1);
    }

    /** The next so many records are made of it. */
    public void took(int index, int times) {
        if (!said || times == 0) {
            return;
        }
        long number = numbers.at(index);
        if (number < 0) {
            made.lose();
        }
        for (int i = 0; i < times; i++) {
            made.add(number);
        }
    }

    /** The number at an index; -1 where none is said. */
    long number(int index) {
        return numbers.at(index);
    }

    /** The file that the records were read from; null where that is not said, or it was no file. */
    @Nullable
    String file() {
        return file;
    }

    /** A payload of the records that were taken since the last one, with their numbers, if it has so many. */
    public @Nullable Payload in(@Nullable Payload payload) {
        NumberRanges all = made;
        made = new NumberRanges();
        if (payload == null || !said || !all.known() || all.count() != payload.recordCount()) {
            return payload;
        }
        return SourceRecords.with(payload, all.text(), source);
    }
}
