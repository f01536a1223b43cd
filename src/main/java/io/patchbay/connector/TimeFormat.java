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
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
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
        if (read(write(example)) == null) {
            throw new IllegalArgumentException("'" + name + "' does not say which day it is");
        }
    }

    /** A time as the system writes it. */
    public JsonNode write(Instant time) {
        return switch (name) {
            case "epochS" -> Json.NODES.numberNode(time.getEpochSecond());
            case "epochMs" -> Json.NODES.numberNode(time.toEpochMilli());
            default -> {
                DateTimeFormatter form = pattern == null ? DateTimeFormatter.ISO_OFFSET_DATE_TIME : pattern;
                try {
                    yield Json.NODES.textNode(form.format(time.atZone(zone)));
                } catch (DateTimeException e) {
                    throw new IllegalArgumentException("'" + name + "' cannot be written for a time", e);
                }
            }
        };
    }

    /** The time that the system wrote; null when it is none of this format. */
    public @Nullable Instant read(JsonNode value) {
        try {
            if (name.equals("epochS") || name.equals("epochMs")) {
                BigDecimal number = Values.number(value);
                return number == null ? null : instant(name.equals("epochS") ? number : number.movePointLeft(3));
            }
            return instant((pattern == null ? ISO : pattern)
                    .parseBest(Values.text(value), OffsetDateTime::from, LocalDateTime::from, LocalDate::from));
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private static Instant instant(BigDecimal seconds) {
        BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
        return Instant.ofEpochSecond(
                whole.longValueExact(), seconds.subtract(whole).multiply(NANOS).longValue());
    }

    private Instant instant(TemporalAccessor time) {
        if (time instanceof OffsetDateTime exact) {
            return exact.toInstant();
        }
        return time instanceof LocalDateTime local
                ? local.atZone(zone).toInstant()
                : LocalDate.from(time).atStartOfDay(zone).toInstant();
    }
}
