package io.patchbay.run.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.store.Store;
import io.patchbay.store.UnsyncedWriter;
import java.time.Instant;

/** What rows of segments promise on every database. */
final class SegmentRowsContract {

    private static final Instant SOON = Instant.parse("2026-11-30T10:00:00Z");
    private static final Instant LATER = SOON.plusSeconds(60);

    private SegmentRowsContract() {}

    /** Two writers tell of a segment, the one that knows less last, after it was brought elsewhere. */
    static void holds(Store store) throws Exception {
        SegmentRows rows = new SegmentRows(store);
        UnsyncedWriter writer = new UnsyncedWriter(store);
        writer.write(tx -> rows.keep(tx, new SegmentRows.Segment("s", "n", "file", SOON, 100)));
        writer.write(tx -> rows.keep(tx, new SegmentRows.Segment("s", "n", "file", LATER, 900)));
        writer.write(
                tx -> rows.moved(tx, "s", "object", count -> assertThat(count).isOne()));
        writer.write(tx -> rows.keep(tx, new SegmentRows.Segment("s", "n", "file", SOON, 500)));

        assertThat(rows.all()).containsExactly(new SegmentRows.Segment("s", "n", "object", LATER, 900));
    }
}
