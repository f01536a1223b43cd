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
            TemporalAccessor parsed = ISO.parse(text.strip());
            LocalTime time = parsed.query(TemporalQueries.localTime());
            LocalDate date = LocalDate.from(parsed);
            return new Written(
                    time == null ? date.atStartOfDay() : date.atTime(time), parsed.query(TemporalQueries.offset()));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
