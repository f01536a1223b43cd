package io.patchbay.format;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Dates of a workbook, which are numbers of days that only their format tells from other numbers (ECMA-376 part 1, 18.17.4). */
final class XlsxDates {

    private static final Set<Integer> DATES = Set.of(14, 15, 16, 17);
    private static final Set<Integer> TIMES = Set.of(18, 19, 20, 21, 45, 46, 47);
    private static final int BOTH = 22;
    private static final BigDecimal MILLIS = BigDecimal.valueOf(86_400_000);
    /** The last day that any workbook has is 9999-12-31. */
    private static final BigDecimal LAST = BigDecimal.valueOf(2_958_466);

    /** Of a number below this power of ten nothing is left in milliseconds. */
    private static final int LEAST = -20;

    private XlsxDates() {}

    /** A number as a date, a time or both; null when its format says none of these. */
    static @Nullable String text(BigDecimal number, int id, @Nullable String format, boolean from1904) {
        boolean date = DATES.contains(id) || id == BOTH;
        boolean time = TIMES.contains(id) || id == BOTH;
        if (!date && !time && format != null) {
            // what stands in quotes, in brackets or behind a backslash is no part of it; m alone is a month, beside h
            // or s minutes
            String plain = format.split(";", 2)[0]
                    .replaceAll("\"[^\"]*\"|\\\\.|_.|\\*.|\\[(?![hms]+\\])[^\\]]*\\]", "")
                    .toLowerCase(java.util.Locale.ROOT)
                    .replace("general", "");
            time = plain.matches(".*[hs].*");
            date = plain.matches(".*[yd].*") || (!time && plain.matches(".*m.*"));
        }
        if ((!date && !time) || number.signum() < 0 || number.compareTo(LAST) >= 0) {
            return null;
        }
        if (number.precision() - (long) number.scale() < LEAST) {
            number = BigDecimal.ZERO; // to write out all its zeros would take as long as there are
        }
        long millis = number.multiply(MILLIS).setScale(0, RoundingMode.HALF_UP).longValueExact();
        long days = Math.floorDiv(millis, MILLIS.longValue());
        LocalTime clock = LocalTime.ofNanoOfDay(Math.floorMod(millis, MILLIS.longValue()) * 1_000_000L);
        if (!date) {
            return days == 0 ? clock.toString() : null; // a span of more than a day is no time of a day
        }
        LocalDate day = day(days, from1904);
        return time
                ? LocalDateTime.of(day, clock).truncatedTo(ChronoUnit.MILLIS).toString()
                : day.toString();
    }

    /** Day 60 is 29 February 1900, which never was: Lotus 1-2-3 had it. */
    private static LocalDate day(long days, boolean from1904) {
        if (from1904) {
            return LocalDate.of(1904, 1, 1).plusDays(days);
        }
        return LocalDate.of(1899, 12, 31).plusDays(days > 59 ? days - 1 : days);
    }
}
