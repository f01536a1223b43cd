package io.patchbay.mapping.function.date;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Durations;
import io.patchbay.expression.Instants;
import io.patchbay.expression.Scope;
import io.patchbay.expression.Values;
import io.patchbay.mapping.function.FunctionException;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.MapFunction;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import org.jspecify.annotations.Nullable;

/** Reads a date, shifts it, writes it. */
final class DateFunction implements MapFunction {

    static final FunctionType TYPE = new SettingsFunction<>(
            FunctionSpec.of(Group.DATE, "date", """
                    Reads a date in the form `from` (default: ISO 8601), adds `add`, and writes it in the form `to` (default:
                    ISO 8601 with its offset). Forms are patterns like `yyyy-MM-dd HH:mm`, or `iso`, `epoch` (seconds) and
                    `epochMillis`. `zone` is the time zone that it is written in, for example `Europe/London`; without it a date
                    keeps the offset that it came with. A date that comes without an offset is in `fromZone`. A day that does
                    not exist is an error, never the nearest one that does.""")
                    .from(ValueKind.DATES, ValueKind.DATE)
                    .example(
                            "{ date: { to: yyyy-MM-dd, zone: Europe/London } }",
                            "\"2026-06-30T23:30:00Z\"",
                            "\"2026-07-01\""),
            DateSettings.class,
            DateFunction::new,
            true);

    private final DateSettings settings;
    private final DateForm from;
    private final DateForm to;
    private final @Nullable ZoneId zone;
    private final ZoneId fromZone;
    private final Duration add;

    private DateFunction(DateSettings settings) {
        this.settings = settings;
        this.from = DateForm.of(settings.from());
        this.to = DateForm.of(settings.to());
        this.zone = settings.zone() == null ? null : ZoneId.of(settings.zone());
        this.fromZone = ZoneId.of(settings.fromZone());
        this.add = DateSettings.shift(settings.add());
    }

    /** To which end of its day a date is moved. */
    enum Round {
        /** 00:00:00. */
        START_OF_DAY,
        /** 23:59:59. */
        END_OF_DAY
    }

    /** Settings. */
    @Doc("How a date is read, shifted and written")
    record DateSettings(
            @Doc("Form of the value: a pattern, iso, epoch or epochMillis") @Default("iso")
            String from,

            @Doc("Form of the result: a pattern, iso, epoch or epochMillis") @Default("iso")
            String to,

            @Doc("Time zone of the result, like Europe/London; the default is the value's own offset") @Nullable
            String zone,

            @Doc("Time zone of values that come without an offset") @Default("UTC")
            String fromZone,

            @Doc("Added to it, like 1d or -2h; a day is 24 hours") @Nullable
            String add,

            @Doc("Moves it to the start or end of its day, in the zone of the result") @Nullable
            Round round) {

        DateSettings {
            DateForm.of(from);
            DateForm.of(to);
            shift(add);
            zone(zone);
            zone(fromZone);
        }

        static Duration shift(@Nullable String add) {
            if (add == null) {
                return Duration.ZERO;
            }
            boolean minus = add.startsWith("-");
            Duration duration = Durations.parse(minus || add.startsWith("+") ? add.substring(1) : add);
            return minus ? duration.negated() : duration;
        }

        private static void zone(@Nullable String zone) {
            try {
                if (zone != null) {
                    ZoneId.of(zone);
                }
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("'" + zone + "' is not a time zone like Europe/London", e);
            }
        }
    }

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        try {
            ZonedDateTime date = read(value).plus(add);
            ZonedDateTime there = zone == null ? date : date.withZoneSameInstant(zone);
            return to.write(rounded(there));
        } catch (DateTimeException | ArithmeticException e) {
            throw wrong();
        }
    }

    private ZonedDateTime rounded(ZonedDateTime date) {
        if (settings.round() == null) {
            return date;
        }
        ZonedDateTime start = date.truncatedTo(ChronoUnit.DAYS);
        return settings.round() == Round.START_OF_DAY ? start : start.with(LocalTime.of(23, 59, 59));
    }

    private ZonedDateTime read(JsonNode value) {
        if (from.isEpoch()) {
            BigDecimal number = Values.number(value);
            if (number == null) {
                throw wrong();
            }
            BigDecimal millis = from.inMillis() ? number : number.movePointRight(3);
            return Instant.ofEpochMilli(
                            millis.setScale(0, java.math.RoundingMode.DOWN).longValueExact())
                    .atZone(ZoneOffset.UTC);
        }
        if (!value.isTextual() && !value.isNumber()) {
            throw wrong();
        }
        String text = Values.text(value).strip();
        return from.pattern() == null ? iso(text) : parsed(from.pattern().parse(text));
    }

    private ZonedDateTime iso(String text) {
        Instants.Written written = Instants.read(text);
        if (written == null) {
            throw wrong();
        }
        ZoneOffset offset = written.offset();
        return written.local().atZone(offset == null ? fromZone : offset);
    }

    private ZonedDateTime parsed(TemporalAccessor parsed) {
        LocalDate date = LocalDate.from(parsed);
        LocalTime time = parsed.query(TemporalQueries.localTime());
        ZoneId written = parsed.query(TemporalQueries.zone());
        return date.atTime(time == null ? LocalTime.MIDNIGHT : time).atZone(written == null ? fromZone : written);
    }

    private FunctionException wrong() {
        return new FunctionException("the value is not a date in the form '" + settings.from() + "'");
    }
}
