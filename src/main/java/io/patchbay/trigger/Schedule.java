package io.patchbay.trigger;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Starts at fixed times.
 *
 * <p>{@code every: 45m} fires every 45 minutes, counted from Monday, 1 January 2024, 00:00 UTC: the instants are the same on
 * every machine, a redeploy or a restart does not move them, and whole parts of an hour fall on the clock's marks. A cron
 * step like {@code *}{@code /45} fires at minute 0 and 45 of each hour instead.
 *
 * @param every the time between two starts, or null
 * @param cron five-field cron, or null
 * @param zone the zone in which the cron is read; UTC when null
 * @param misfire what happens with times that were missed by more than a minute, because the runtime was down say
 */
@Doc("Starts at fixed times: either every so often, or by a cron expression.")
public record Schedule(
        @Doc("Time between two starts, from 1s to 366d, counted from Monday 1 January 2024 00:00 UTC.") @Nullable
        Duration every,

        @Doc("Five fields: minute, hour, day of month, month, day of week.") @Nullable
        Cron cron,

        @Doc("Zone in which the cron is read; UTC when not given.") @Nullable
        Zone zone,

        @Doc(
                "Times that were missed: once (one start makes up for all of them), skip (none does, when more than a minute late),"
                        + " or catchUp (each has its start, the last 100 at most).")
        @Default("once")
        Misfire misfire)
        implements Trigger {

    /** Where {@code every} counts from. */
    private static final Instant GRID = Instant.parse("2024-01-01T00:00:00Z");

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(366);

    /** Of more times that were missed the last ones are caught up with. */
    public static final int MOST_CAUGHT_UP = 100;

    /** What happens with times that were missed. */
    public enum Misfire {
        /** One start makes up for all that were missed. */
        ONCE,
        /** The next regular time is the next start. */
        SKIP,
        /** Each time that was missed has its start, up to {@value #MOST_CAUGHT_UP} of them. */
        CATCH_UP
    }

    public Schedule {
        if ((every == null) == (cron == null)) {
            throw new IllegalArgumentException(
                    "schedule needs either 'every' or 'cron'" + (every == null ? ", found neither" : ", found both"));
        }
        if (every != null && zone != null) {
            throw new IllegalArgumentException("'zone' belongs to 'cron'; 'every' counts elapsed time in no zone");
        }
        if (every != null
                && (every.compareTo(SHORTEST) < 0 || every.compareTo(LONGEST) > 0 || every.toMillis() % 1000 != 0)) {
            throw new IllegalArgumentException("'every' must be whole seconds from 1s to 366d");
        }
    }

    /** The zone in which the cron is read. */
    public ZoneId zoneId() {
        return zone == null ? ZoneOffset.UTC : zone.id();
    }

    /** The first time after an instant; null when there is none in years. */
    public @Nullable Instant next(Instant after) {
        if (cron != null) {
            return cron.next(after, zoneId());
        }
        long step = Objects.requireNonNull(every).toSeconds();
        long steps = Math.floorDiv(after.getEpochSecond() - GRID.getEpochSecond(), step) + 1;
        return GRID.plusSeconds(steps * step);
    }

    /** The time after one that fired, which lies in the past when there is something to catch up with; null when there is none. */
    public @Nullable Instant after(Instant fired, Instant now) {
        Instant next = next(misfire == Misfire.CATCH_UP || !fired.isBefore(now) ? fired : now);
        if (misfire != Misfire.CATCH_UP) {
            return next;
        }
        Deque<Instant> missed = new ArrayDeque<>();
        while (next != null && next.isBefore(now)) {
            missed.add(next);
            if (missed.size() > MOST_CAUGHT_UP) {
                missed.remove();
            }
            next = next(next);
        }
        return missed.isEmpty() ? next : missed.peek();
    }

    @Override
    public String kind() {
        return "schedule";
    }
}
