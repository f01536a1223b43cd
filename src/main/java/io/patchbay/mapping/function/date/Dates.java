package io.patchbay.mapping.function.date;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.Instants;
import io.patchbay.expression.Values;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads dates.
 *
 * @param forms the first that fits is taken
 * @param fromZone of dates that come without an offset
 */
record Dates(List<DateForm> forms, ZoneId fromZone) {

    /** What a time of day is made of; where it is left after reading, it made none. */
    private static final List<ChronoField> OF_TIME = List.of(
            ChronoField.HOUR_OF_DAY,
            ChronoField.CLOCK_HOUR_OF_DAY,
            ChronoField.HOUR_OF_AMPM,
            ChronoField.CLOCK_HOUR_OF_AMPM,
            ChronoField.MINUTE_OF_HOUR,
            ChronoField.SECOND_OF_MINUTE);

    /** ISO 8601 alone. */
    static Dates iso(ZoneId fromZone) {
        return new Dates(List.of(DateForm.of("iso")), fromZone);
    }

    /** A zone. @throws IllegalArgumentException when there is none of that name */
    static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + name + "' is not a time zone like Europe/London", e);
        }
    }

    /** The date. @throws FunctionException when it is in none of the forms */
    ZonedDateTime read(JsonNode value) {
        for (DateForm form : forms) {
            ZonedDateTime date = fitting(value, form);
            if (date != null) {
                return date;
            }
        }
        throw wrong(value);
    }

    private @Nullable ZonedDateTime fitting(JsonNode value, DateForm form) {
        try {
            return read(value, form);
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private @Nullable ZonedDateTime read(JsonNode value, DateForm form) {
        if (form.isEpoch()) {
            BigDecimal number = Values.number(value);
            return number == null ? null : epoch(form.inMillis() ? number.movePointLeft(3) : number);
        }
        if (!value.isTextual() && !value.isNumber()) {
            return null;
        }
        String text = Values.text(value).strip();
        return form.reading() == null
                ? iso(text)
                : parsed(Objects.requireNonNull(form.reading()).parse(text));
    }

    private static ZonedDateTime epoch(BigDecimal seconds) {
        BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
        long nanos = seconds.subtract(whole).movePointRight(9).longValue();
        return Instant.ofEpochSecond(whole.longValueExact(), nanos).atZone(ZoneOffset.UTC);
    }

    private @Nullable ZonedDateTime iso(String text) {
        Instants.Written written = Instants.read(text);
        if (written == null) {
            return null;
        }
        ZoneOffset offset = written.offset();
        return written.local().atZone(offset == null ? fromZone : offset);
    }

    private ZonedDateTime parsed(TemporalAccessor parsed) {
        LocalDate date = LocalDate.from(parsed);
        LocalTime time = parsed.query(TemporalQueries.localTime());
        if (time == null && OF_TIME.stream().anyMatch(parsed::isSupported)) {
            throw new DateTimeException("hours that are no time of day");
        }
        ZoneId written = parsed.query(TemporalQueries.zone());
        return date.atTime(time == null ? LocalTime.MIDNIGHT : time).atZone(written == null ? fromZone : written);
    }

    private FunctionException wrong(JsonNode value) {
        String names = forms.stream().map(form -> "'" + form.written() + "'").collect(Collectors.joining(", "));
        return new FunctionException("the value is not a date in "
                + (forms.size() == 1 ? "the form " : "one of the forms ") + names + ", it is " + Found.kind(value));
    }
}
