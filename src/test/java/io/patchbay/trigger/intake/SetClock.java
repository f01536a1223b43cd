package io.patchbay.trigger.intake;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The system's time until a test sets another. */
final class SetClock extends Clock {

    private volatile @Nullable Instant set;

    void set(Instant now) {
        set = now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public Instant instant() {
        Instant now = set;
        return now == null ? Clock.systemUTC().instant() : now;
    }
}
