package io.patchbay.mapping.function.date;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which days are worked on. Own code: a library of holidays would bring calendars that nobody here has chosen.
 *
 * @param weekend days of each week that are not
 * @param holidays days that are not
 * @param yearly days of each year that are not
 */
record WorkingDays(Set<DayOfWeek> weekend, Set<LocalDate> holidays, Set<MonthDay> yearly) {

    /** Reads days like {@code 2026-12-25} and, of each year, {@code 12-25}. @throws IllegalArgumentException for others */
    static WorkingDays of(List<DayOfWeek> weekend, List<String> days) {
        if (Set.copyOf(weekend).size() == 7) {
            throw new IllegalArgumentException("'weekend' leaves no day to work on");
        }
        Set<LocalDate> holidays = new HashSet<>();
        Set<MonthDay> yearly = new HashSet<>();
        for (String day : days) {
            try {
                if (day.length() == 5) {
                    yearly.add(MonthDay.parse("--" + day));
                } else {
                    holidays.add(LocalDate.parse(day));
                }
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(
                        "'" + day + "' is not a day like 2026-12-25, or 12-25 for each year", e);
            }
        }
        Set<DayOfWeek> off = EnumSet.noneOf(DayOfWeek.class);
        off.addAll(weekend);
        return new WorkingDays(Set.copyOf(off), Set.copyOf(holidays), Set.copyOf(yearly));
    }

    boolean has(LocalDate day) {
        return !weekend.contains(day.getDayOfWeek())
                && !holidays.contains(day)
                && (yearly.isEmpty() || !yearly.contains(MonthDay.from(day)));
    }
}
