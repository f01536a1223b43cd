package io.patchbay.mapping.function.date;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;

/** To which end of its day, week, month, quarter or year a date is moved. */
enum Round {
    /** 00:00:00 on that day. */
    START_OF_DAY,
    /** 23:59:59 on that day. */
    END_OF_DAY,
    /** Monday. */
    START_OF_WEEK,
    /** Sunday. */
    END_OF_WEEK,
    /** The first. */
    START_OF_MONTH,
    /** The last of the month. */
    END_OF_MONTH,
    /** The first of January, April, July or October. */
    START_OF_QUARTER,
    /** The last of March, June, September or December. */
    END_OF_QUARTER,
    /** The first of January. */
    START_OF_YEAR,
    /** The last of December. */
    END_OF_YEAR,
    /** Minute 0. */
    START_OF_HOUR;

    ZonedDateTime of(ZonedDateTime date) {
        if (this == START_OF_HOUR) {
            return date.truncatedTo(ChronoUnit.HOURS);
        }
        LocalDate day = day(date.toLocalDate());
        // A day may begin at 01:00, where the clocks are put forward at midnight.
        return name().startsWith("START")
                ? day.atStartOfDay(date.getZone())
                : day.atTime(LocalTime.of(23, 59, 59)).atZone(date.getZone());
    }

    private LocalDate day(LocalDate day) {
        return switch (this) {
            case START_OF_WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case END_OF_WEEK -> day.with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY));
            case START_OF_MONTH -> day.withDayOfMonth(1);
            case END_OF_MONTH -> day.with(TemporalAdjusters.lastDayOfMonth());
            case START_OF_QUARTER -> day.with(IsoFields.DAY_OF_QUARTER, 1);
            case END_OF_QUARTER ->
                day.with(IsoFields.DAY_OF_QUARTER, 1).plusMonths(3).minusDays(1);
            case START_OF_YEAR -> day.withDayOfYear(1);
            case END_OF_YEAR -> day.with(TemporalAdjusters.lastDayOfYear());
            default -> day;
        };
    }
}
