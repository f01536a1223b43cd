package io.patchbay.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final ZoneId UTC = ZoneOffset.UTC;
    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    private static List<String> times(String cron, ZoneId zone, String after, int count) {
        Schedule schedule = new Schedule(null, Cron.parse(cron), new Zone(zone), Schedule.Misfire.ONCE);
        List<String> times = new ArrayList<>();
        Instant time = Instant.parse(after);
        for (int i = 0; i < count; i++) {
            time = Objects.requireNonNull(schedule.next(time));
            times.add(time.toString());
        }
        return times;
    }

    @Test
    void firesOnWeekdays() {
        assertThat(times("0 6 * * MON-FRI", UTC, "2026-11-26T06:00:00Z", 3))
                .containsExactly("2026-11-27T06:00:00Z", "2026-11-30T06:00:00Z", "2026-12-01T06:00:00Z");
    }

    @Test
    void firesAtMinutesOfTheHourForACronStep() {
        assertThat(times("*/45 * * * *", UTC, "2026-11-26T06:10:00Z", 3))
                .containsExactly("2026-11-26T06:45:00Z", "2026-11-26T07:00:00Z", "2026-11-26T07:45:00Z");
    }

    @Test
    void firesOnEitherDayWhenBothAreRestricted() {
        assertThat(times("0 6 13 * FRI", UTC, "2026-04-04T00:00:00Z", 3))
                .containsExactly("2026-04-10T06:00:00Z", "2026-04-13T06:00:00Z", "2026-04-17T06:00:00Z");
    }

    @Test
    void firesOnDaysThatHoldBothWhenOneFieldBeginsWithAStar() {
        assertThat(times("0 6 */2 * FRI", UTC, "2026-02-01T00:00:00Z", 3))
                .containsExactly("2026-02-13T06:00:00Z", "2026-02-27T06:00:00Z", "2026-03-13T06:00:00Z");
    }

    @Test
    void makesUpForWhatWasMissedAsItIsTold() {
        Instant fired = Instant.parse("2026-03-01T00:00:00Z");
        Instant now = Instant.parse("2026-03-01T05:10:00Z");

        assertThat(hourly(Schedule.Misfire.ONCE).after(fired, now)).isEqualTo("2026-03-01T06:00:00Z");
        assertThat(hourly(Schedule.Misfire.SKIP).after(fired, now)).isEqualTo("2026-03-01T06:00:00Z");
        Schedule catchesUp = hourly(Schedule.Misfire.CATCH_UP);
        assertThat(catchesUp.after(fired, now)).isEqualTo("2026-03-01T01:00:00Z");
        assertThat(catchesUp.after(Instant.parse("2026-03-01T05:00:00Z"), now)).isEqualTo("2026-03-01T06:00:00Z");
        assertThat(catchesUp.after(fired, fired.plus(Duration.ofDays(30))))
                .as("the first of the last hundred")
                .isEqualTo(fired.plus(Duration.ofDays(30)).minus(Duration.ofHours(100)));
    }

    private static Schedule hourly(Schedule.Misfire misfire) {
        return new Schedule(Duration.ofHours(1), null, null, misfire);
    }

    @Test
    void firesOnLeapDays() {
        assertThat(times("0 0 29 2 *", UTC, "2096-03-01T00:00:00Z", 1)).containsExactly("2104-02-29T00:00:00Z");
    }

    @Test
    void keepsLocalTimeOverTheChangeOfClocks() {
        assertThat(times("0 6 * * *", LONDON, "2026-03-27T12:00:00Z", 3))
                .containsExactly("2026-03-28T06:00:00Z", "2026-03-29T05:00:00Z", "2026-03-30T05:00:00Z");
        assertThat(times("0 6 * * *", LONDON, "2026-10-23T12:00:00Z", 3))
                .containsExactly("2026-10-24T05:00:00Z", "2026-10-25T06:00:00Z", "2026-10-26T06:00:00Z");
    }

    /** 01:30 does not exist on 29 March 2026 in London, and comes twice on 25 October. */
    @Test
    void firesOnceOnADayWhoseTimeIsMissingOrDouble() {
        assertThat(times("30 1 * * *", LONDON, "2026-03-28T00:00:00Z", 3))
                .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z");
        assertThat(times("30 1 * * *", LONDON, "2026-10-24T12:00:00Z", 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    }

    @Test
    void followsTheClockWhenMinuteOrHourIsAStar() {
        assertThat(times("*/30 * * * *", LONDON, "2026-03-29T00:15:00Z", 3))
                .containsExactly("2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z");
        assertThat(times("*/30 1 * * *", LONDON, "2026-03-29T00:15:00Z", 1)).containsExactly("2026-03-30T00:00:00Z");
        assertThat(times("30 * * * *", LONDON, "2026-10-24T23:45:00Z", 3))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z");
    }

    @Test
    void firesOnADayThatBeginsLate() {
        // Lebanon moves its clocks at midnight: 29 March 2026 begins at 01:00.
        assertThat(times("0 * 29 3 *", ZoneId.of("Asia/Beirut"), "2026-03-28T12:00:00Z", 1))
                .containsExactly("2026-03-28T22:00:00Z");
        assertThat(times("0 0 29 3 *", ZoneId.of("Asia/Beirut"), "2026-03-28T12:00:00Z", 1))
                .containsExactly("2026-03-28T22:00:00Z");
    }

    @Property
    void countsEveryFromTheGrid(
            @ForAll @IntRange(min = 1, max = 31_622_400) int seconds,
            @ForAll @LongRange(min = 0, max = 4_000_000_000_000L) long afterMillis) {
        Schedule schedule = new Schedule(Duration.ofSeconds(seconds), null, null, Schedule.Misfire.ONCE);
        Instant after = Instant.ofEpochMilli(afterMillis);
        Instant next = Objects.requireNonNull(schedule.next(after));
        assertThat(next).isAfter(after).isBeforeOrEqualTo(after.plusSeconds(seconds));
        assertThat(Math.floorMod(
                        next.getEpochSecond()
                                - Instant.parse("2024-01-01T00:00:00Z").getEpochSecond(),
                        seconds))
                .isZero();
        assertThat(schedule.next(next)).isEqualTo(next.plusSeconds(seconds));
    }

    @Test
    void firesEveryDayAtMidnightAndEveryWeekOnMonday() {
        Instant now = Instant.parse("2026-11-25T10:00:00Z");
        Schedule daily = new Schedule(Duration.ofDays(1), null, null, Schedule.Misfire.ONCE);
        Schedule weekly = new Schedule(Duration.ofDays(7), null, null, Schedule.Misfire.ONCE);
        assertThat(daily.next(now)).isEqualTo(Instant.parse("2026-11-26T00:00:00Z"));
        assertThat(weekly.next(now)).isEqualTo(Instant.parse("2026-11-30T00:00:00Z"));
    }
}
