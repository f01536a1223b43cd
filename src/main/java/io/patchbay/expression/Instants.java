package io.patchbay.expression;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads instants as systems write them in ISO 8601. */
public final class Instants {

    /** {@code 2026-03-01}, {@code 2026-03-01T10:00[:00[.123]]}, with {@code Z}, {@code +01:00}, {@code +0100} or {@code +01}. */
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .parseCaseInsensitive()
            .appendPattern("['T'][ ]")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffset("+HH:MM:ss", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHmm", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HH", "Z")
            .optionalEnd()
            .optionalEnd()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT)
            .withChronology(IsoChronology.INSTANCE);

    private static final int MOST_CHARACTERS = 64;

    private Instants() {}

    /**
     * A date as it was written.
     *
     * @param local date and time; midnight where the time was left out
     * @param offset what it was written with, or null
     */
    public record Written(LocalDateTime local, @Nullable ZoneOffset offset) {

        /** The instant; UTC without an offset. */
        public Instant instant() {
            return local.toInstant(offset == null ? ZoneOffset.UTC : offset);
        }
    }

    /** The instant, or null when the text is not an ISO 8601 date. Without an offset the time is UTC, without a time midnight. */
    public static @Nullable Instant parse(String text) {
        Written written = read(text);
        return written == null ? null : written.instant();
    }

    /** The date as it was written, or null when the text is not an ISO 8601 date. */
    public static @Nullable Written read(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return null;
        }
        try {
            Written usual = usual(text);
            if (usual != null) {
                return usual;
            }
            TemporalAccessor parsed = ISO.parse(text.strip());
            LocalTime time = parsed.query(TemporalQueries.localTime());
            LocalDate date = LocalDate.from(parsed);
            return new Written(
                    time == null ? date.atStartOfDay() : date.atTime(time), parsed.query(TemporalQueries.offset()));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /**
     * The form that nearly all systems write, {@code 2026-03-01T10:00:00} with {@code Z} or {@code +01:00}, read without the
     * formatter, which takes twenty times as long; null for any other form.
     */
    private static @Nullable Written usual(String text) {
        int length = text.length();
        if ((length != 20 && length != 25) || text.charAt(10) != 'T') {
            return null;
        }
        ZoneOffset offset = length == 20 ? text.charAt(19) == 'Z' ? ZoneOffset.UTC : null : offset(text);
        int year = number(text, 0, 4);
        int month = separated(text, '-', 5);
        int day = separated(text, '-', 8);
        int hour = number(text, 11, 13);
        int minute = separated(text, ':', 14);
        int second = separated(text, ':', 17);
        return offset == null || (year | month | day | hour | minute | second) < 0
                ? null
                : new Written(LocalDateTime.of(year, month, day, hour, minute, second), offset);
    }

    private static @Nullable ZoneOffset offset(String text) {
        char sign = text.charAt(19);
        int hours = number(text, 20, 22);
        int minutes = separated(text, ':', 23);
        if ((sign != '+' && sign != '-') || (hours | minutes) < 0) {
            return null;
        }
        return sign == '+' ? ZoneOffset.ofHoursMinutes(hours, minutes) : ZoneOffset.ofHoursMinutes(-hours, -minutes);
    }

    private static int separated(String text, char separator, int from) {
        return text.charAt(from - 1) == separator ? number(text, from, from + 2) : -1;
    }

    /** The digits' value, or -1. */
    private static int number(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
