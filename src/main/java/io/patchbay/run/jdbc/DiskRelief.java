package io.patchbay.run.jdbc;

import io.patchbay.run.segment.CapturedSegments;
import io.patchbay.store.Store;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Makes room when the disk fills up, so that the runtime goes on by itself: files of captured payloads first, which needs neither room nor
 * the database; then what the history has beyond its bounds, and what the database's file has to give back.
 */
final class DiskRelief {

    private static final System.Logger LOG = System.getLogger(DiskRelief.class.getName());
    private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(30);
    private static final int SHRINK_MILLIS = 2_000;

    private final Store store;
    private final CapturedSegments segments;
    private final RunRetention retention;
    private final Clock clock;
    private Instant next = Instant.MIN;
    private boolean due;

    DiskRelief(Store store, CapturedSegments segments, RunRetention retention, Clock clock) {
        this.store = store;
        this.segments = segments;
        this.retention = retention;
        this.clock = clock;
    }

    /** Looks at the disk; quick while there is room. A sweep that found none is made again. */
    void look() {
        boolean tight = store.disk().tight();
        if (!tight && !due) {
            return;
        }
        Instant now = clock.instant();
        if (store.disk().refusing()) { // until it refuses no more: a quarter above the minimum
            segments.makeRoom(now);
        }
        store.database().mend();
        if (tight && now.isBefore(next)) {
            return;
        }
        next = now.plus(BETWEEN_SWEEPS);
        due = !retention.sweepHere(now);
        try {
            store.database().shrink(SHRINK_MILLIS);
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.WARNING, "the database gave no room back: {0}", e.getMessage());
        }
    }
}
