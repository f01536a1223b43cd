package io.patchbay.mapping.function.date;

import io.patchbay.canvas.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.time.ZonedDateTime;

/**
 * What is added to a date: so much time, or steps of the calendar.
 *
 * @param time of 24 hours a day
 * @param calendar years, months and days as the calendar has them
 */
record Shift(Duration time, Period calendar) {

    static final Shift NONE = new Shift(Duration.ZERO, Period.ZERO);

    /** Reads {@code 2h}, {@code -1d}, {@code P1M} or {@code -P1Y2M}. @throws IllegalArgumentException if it has another form */
    static Shift of(String text) {
        boolean minus = text.startsWith("-");
        String plain = minus || text.startsWith("+") ? text.substring(1) : text;
        if (plain.startsWith("P")) {
            try {
                Period period = Period.parse(plain);
                return new Shift(Duration.ZERO, minus ? period.negated() : period);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(
                        "'" + text + "' is not a step of the calendar like P1M, P14D or -P1Y", e);
            }
        }
        Duration duration = Durations.parse(plain);
        return new Shift(minus ? duration.negated() : duration, Period.ZERO);
    }

    ZonedDateTime from(ZonedDateTime date) {
        return date.plus(time).plus(calendar);
    }
}
