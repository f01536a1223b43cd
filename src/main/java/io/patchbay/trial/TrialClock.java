package io.patchbay.trial;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that waits move in place of time. */
final class TrialClock extends Clock {

    private final Clock base;
    private final AtomicLong moved = new AtomicLong();

    TrialClock(Clock base) {
        this.base = base;
    }

    /** A wait that is over at once. */
    void moves(Duration by) {
        moved.addAndGet(Math.max(0, by.toMillis()));
    }

    @Override
    public Instant instant() {
        return base.instant().plusMillis(moved.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC)
                ? this
                : Clock.offset(base, Duration.ofMillis(moved.get())).withZone(zone);
    }
}
