package io.patchbay.format;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a record stands in its content.
 *
 * @param record its number, from 1
 * @param line the line on which it begins, from 1; 0 where nobody counts lines
 * @param offset the byte at which it begins, from 0; -1 where that is not known
 */
public record Place(long record, long line, long offset) {

    /** As words in a message. */
    @Override
    public String toString() {
        List<String> words = new ArrayList<>(List.of("record " + record));
        if (line > 0) {
            words.add("line " + line);
        }
        if (offset >= 0) {
            words.add("byte " + offset);
        }
        return String.join(", ", words);
    }
}
