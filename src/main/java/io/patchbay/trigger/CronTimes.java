package io.patchbay.trigger;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Finds the times of a cron. */
final class CronTimes {

    /** A leap day can be eight years away. */
    private static final int MOST_DAYS = 9 * 366;

    private CronTimes() {}

    /** Goes forward through what the clock of the zone shows. */
    static @Nullable Instant byClock(Cron cron, Instant after, ZoneId zone) {
        ZonedDateTime time = after.atZone(zone).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        ZonedDateTime end = time.plusDays(MOST_DAYS);
        while (time.isBefore(end)) {
            if (!cron.firesOn(time.toLocalDate())) {
                time = time.toLocalDate().plusDays(1).atStartOfDay(zone);
            } else if (!cron.hours().contains(time.getHour())) {
                time = time.plusMinutes(60L - time.getMinute());
            } else if (!cron.minutes().contains(time.getMinute())) {
                time = time.plusMinutes(1);
            } else {
                return time.toInstant();
            }
        }
        return null;
    }

    /** Takes each local time of each day once; one that the day does not have is moved on with the clock. */
    static @Nullable Instant byDay(Cron cron, Instant after, ZoneId zone) {
        LocalDate day = after.atZone(zone).toLocalDate();
        for (int i = 0; i < MOST_DAYS; i++, day = day.plusDays(1)) {
            Instant first = cron.firesOn(day) ? firstOf(cron, day, after, zone) : null;
            if (first != null) {
                return first;
            }
        }
        return null;
    }

    private static @Nullable Instant firstOf(Cron cron, LocalDate day, Instant after, ZoneId zone) {
        Instant first = null;
        for (int hour : cron.hours()) {
            for (int minute : cron.minutes()) {
                Instant time = day.atTime(hour, minute).atZone(zone).toInstant();
                if (time.isAfter(after) && (first == null || time.isBefore(first))) {
                    first = time;
                }
            }
        }
        return first;
    }
}
