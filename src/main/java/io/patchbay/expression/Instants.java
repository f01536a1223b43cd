package io.patchbay.expression;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
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

    private Instants() {}

    /** The instant, or null when the text is not an ISO 8601 date. Without an offset the time is UTC, without a time midnight. */
    public static @Nullable Instant parse(String text) {
        TemporalAccessor parsed = parsed(text);
        if (parsed == null) {
            return null;
        }
        LocalDate date = LocalDate.from(parsed);
        var time = parsed.query(TemporalQueries.localTime());
        ZoneOffset offset = parsed.query(TemporalQueries.offset());
        LocalDateTime local = time == null ? date.atStartOfDay() : date.atTime(time);
        return local.toInstant(offset == null ? ZoneOffset.UTC : offset);
    }

    /** The same with the offset that was written, UTC when none was. */
    public static @Nullable OffsetDateTime withOffset(String text) {
        Instant instant = parse(text);
        TemporalAccessor parsed = instant == null ? null : parsed(text);
        if (instant == null || parsed == null) {
            return null;
        }
        ZoneOffset offset = parsed.query(TemporalQueries.offset());
        return instant.atOffset(offset == null ? ZoneOffset.UTC : offset);
    }

    /** Whether the text is a date with an offset. */
    public static boolean hasOffset(String text) {
        TemporalAccessor parsed = parsed(text);
        return parsed != null && parsed.query(TemporalQueries.offset()) != null;
    }

    private static @Nullable TemporalAccessor parsed(String text) {
        if (text.length() > 64) {
            return null;
        }
        try {
            return ISO.parse(text.strip());
        } catch (DateTimeException e) {
            return null;
        }
    }
}
