package io.patchbay.payload;

import org.jspecify.annotations.Nullable;

/**
 * The numbers of records that are gathered from several payloads, as long as all come from one file. Answers are not told apart by what
 * they are called: nothing is said of records of them.
 */
public final class GatheredNumbers {

    private final NumberRanges made = new NumberRanges();
    private @Nullable String source;

    /** The next record is the one with this index of that payload. */
    public void took(Numbering from, int index) {
        String file = from.file();
        if (source == null) {
            source = file;
        }
        long number = file == null || !file.equals(source) ? -1 : from.number(index);
        if (number < 0) {
            made.lose();
        } else {
            made.add(number);
        }
    }

    /** A payload of these records, with their numbers, if it has so many. */
    public Payload in(Payload payload) {
        return made.known() && made.count() == payload.recordCount()
                ? SourceRecords.with(payload, made.text(), source)
                : payload;
    }
}
