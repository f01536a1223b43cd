package io.patchbay.connector;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.Values;
import io.patchbay.payload.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.zone.ZoneOffsetTransition;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a system writes times: ISO 8601, seconds or milliseconds since 1970, or a pattern of its own. */
public final class TimeFormat {

    /** ISO 8601 as systems write it: with or without time and zone, the zone with or without a colon. */
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalEnd()
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT);

    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);

    private final String name;
    private final ZoneId zone;
    private final @Nullable DateTimeFormatter pattern;
    private final boolean exact;

    /**
     * A format.
     *
     * @param name {@code iso8601}, {@code epochS}, {@code epochMs} or a pattern of {@link DateTimeFormatter}
     * @param zone of times that name none
     * @throws IllegalArgumentException when it is no pattern that dates can be written and read with
     */
    public TimeFormat(String name, ZoneId zone) {
        this.name = name;
        this.zone = zone;
        boolean own = !name.equals("iso8601") && !name.equals("epochS") && !name.equals("epochMs");
        this.pattern = own ? DateTimeFormatter.ofPattern(name, Locale.ROOT) : null;
        Instant example = Instant.parse("2026-03-01T12:00:00Z");
        JsonNode written = write(example);
        if (read(written) == null) {
            throw new IllegalArgumentException("'" + name + "' does not say which day it is");
        }
        this.exact = !own || parsed(written.asText()) instanceof OffsetDateTime;
    }

    /** A time as the system writes it. */
    public JsonNode write(Instant time) {
        return switch (name) {
            case "epochS" -> Json.NODES.numberNode(time.getEpochSecond());
            case "epochMs" -> Json.NODES.numberNode(time.toEpochMilli());
            default -> written(time.atZone(zone));
        };
    }

    private JsonNode written(ZonedDateTime time) {
        DateTimeFormatter form = pattern == null ? DateTimeFormatter.ISO_OFFSET_DATE_TIME : pattern;
        try {
            return Json.NODES.textNode(form.format(time));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + name + "' cannot be written for a time", e);
        }
    }

    /**
     * A bound that covers all from this time on, however the system reads it: where clocks go back, times of the second hour
     * are written like earlier ones, so such a bound is put before the doubled hour.
     */
    public JsonNode lower(Instant time) {
        ZoneOffsetTransition back = turnedBack(time);
        return back != null && time.isBefore(back.getInstant())
                ? written(back.getDateTimeAfter().minus(1, ChronoUnit.MILLIS).atZone(zone))
                : write(time);
    }

    /** A bound that covers all up to this time: one in the second hour of a doubled one is put behind it. */
    public JsonNode upper(Instant time) {
        ZoneOffsetTransition back = turnedBack(time);
        return back != null && !time.isBefore(back.getInstant())
                ? written(back.getDateTimeBefore().atZone(zone))
                : write(time);
    }

    /** Where clocks go back, when the local time of this one comes twice and is written without its offset. */
    private @Nullable ZoneOffsetTransition turnedBack(Instant time) {
        if (exact) {
            return null;
        }
        ZoneOffsetTransition turn =
                zone.getRules().getTransition(time.atZone(zone).toLocalDateTime());
        return turn == null || turn.isGap() ? null : turn;
    }

    /**
     * The time that the system wrote; of a local time that came twice (or, in spring, never) the earlier one that it may be.
     *
     * @return null when it is none of this format
     */
    public @Nullable Instant read(JsonNode value) {
        return read(value, false);
    }

    /** The same; of a local time that came twice the later one. */
    public @Nullable Instant latest(JsonNode value) {
        return read(value, true);
    }

    private @Nullable Instant read(JsonNode value, boolean later) {
        try {
            if (name.equals("epochS") || name.equals("epochMs")) {
                BigDecimal number = Values.number(value);
                return number == null ? null : instant(name.equals("epochS") ? number : number.movePointLeft(3));
            }
            return instant(parsed(Values.text(value)), later);
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private TemporalAccessor parsed(String text) {
        return (pattern == null ? ISO : pattern)
                .parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
    }

    private static Instant instant(BigDecimal seconds) {
        BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
        return Instant.ofEpochSecond(
                whole.longValueExact(), seconds.subtract(whole).multiply(NANOS).longValue());
    }

    private Instant instant(TemporalAccessor time, boolean later) {
        if (time instanceof OffsetDateTime whole) {
            return whole.toInstant();
        }
        LocalDateTime local = time instanceof LocalDateTime given
                ? given
                : LocalDate.from(time).atStartOfDay();
        ZoneOffsetTransition turn = zone.getRules().getTransition(local);
        if (turn == null) {
            return local.atZone(zone).toInstant();
        }
        Instant one = local.toInstant(turn.getOffsetBefore());
        Instant other = local.toInstant(turn.getOffsetAfter());
        return one.isBefore(other) == later ? other : one;
    }
}
