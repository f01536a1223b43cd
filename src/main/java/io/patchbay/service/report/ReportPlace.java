package io.patchbay.service.report;

import java.time.DateTimeException;
import java.time.Instant;

/**
 * Where a part of a report ended. Of one instant, what was sent comes before what failed.
 *
 * @param at of the last line
 * @param sent whether it was one of what was sent
 * @param id of its row
 * @param item its reference
 */
record ReportPlace(Instant at, boolean sent, String id, String item) {

    static ReportPlace of(String text) {
        String[] parts = text.split("_", 4);
        try {
            return new ReportPlace(Instant.parse(parts[0]), parts[1].equals("s"), parts[2], parts[3]);
        } catch (DateTimeException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("'after' is the 'next' of the page before", e);
        }
    }

    @Override
    public String toString() {
        return String.join("_", at.toString(), sent ? "s" : "f", id, item);
    }
}
