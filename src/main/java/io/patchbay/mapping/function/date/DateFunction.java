package io.patchbay.mapping.function.date;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.expression.Scope;
import io.patchbay.mapping.function.FunctionException;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.MapFunction;
import io.patchbay.mapping.function.Names;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/** Reads a date, shifts it, writes it. */
final class DateFunction implements MapFunction {

    static final FunctionType TYPE = SettingsFunction.alone(
            FunctionSpec.of(Group.DATE, "date", """
                    Reads a date in the form `from` (default: ISO 8601) or in the first form that fits of a list, adds `add`, and
                    writes it in the form `to` (default: ISO 8601 with its offset). Forms are patterns like `yyyy-MM-dd HH:mm`,
                    or `iso`, `epoch` (seconds) and `epochMillis`; the date letters of PHP (all but `B`) are written `php:d/m/Y`. Names of
                    months and days are English, capitals or not; weeks are those of ISO 8601. `zone` is the
                    time zone that it is written in, for example `Europe/London`; without it a date keeps the offset that it came
                    with. A date that comes without an offset is in `fromZone`; an hour that clocks leave out there in spring is
                    the next one, and of one that comes twice in autumn the first is taken. A day that does not exist is an
                    error, never the nearest one that does. `add` is an amount of time like `1d` (24 hours) or `-2h`, or a step
                    of the calendar like `P1M`, `P1D` or `-P1Y`, in which 31 January and a month is the last of February. The
                    instant of the run itself is `template: "${run.queuedAt}"`: it stays the same when a run is tried again.""")
                    .from(ValueKind.DATES, ValueKind.DATE)
                    .example(
                            "{ date: { to: yyyy-MM-dd, zone: Europe/London } }",
                            "\"2026-06-30T23:30:00Z\"",
                            "\"2026-07-01\"")
                    .example(
                            "{ date: { from: [ dd/MM/yyyy, yyyyMMdd, iso ], to: yyyy-MM-dd } }",
                            "\"20260228\"",
                            "\"2026-02-28\"")
                    .example(
                            "{ date: { from: \"php:d.m.Y H:i\", to: iso } }",
                            "\"28.02.2026 09:05\"",
                            "\"2026-02-28T09:05:00Z\"")
                    .example("{ date: { add: P1M, to: yyyy-MM-dd } }", "\"2026-01-31\"", "\"2026-02-28\"")
                    .example("{ date: { round: endOfQuarter, to: yyyy-MM-dd } }", "\"2026-05-17\"", "\"2026-06-30\"")
                    .refuses("date", "\"2026-02-30\"", "date: the value is not a date in the form 'iso', it is text"),
            DateSettings.class,
            DateFunction::new);

    private final Dates dates;
    private final DateForm to;
    private final @Nullable ZoneId zone;
    private final Shift add;
    private final @Nullable Round round;

    private DateFunction(DateSettings settings) {
        this.dates =
                new Dates(settings.from().list().stream().map(DateForm::of).toList(), Dates.zone(settings.fromZone()));
        this.to = DateForm.of(settings.to());
        this.zone = settings.zone() == null ? null : Dates.zone(settings.zone());
        this.add = settings.add() == null ? Shift.NONE : Shift.of(settings.add());
        this.round = settings.round();
    }

    /** Settings. */
    @Doc("How a date is read, shifted and written")
    record DateSettings(
            @Doc("Form of the value, or a list of forms: a pattern, iso, epoch, epochMillis or php: and PHP's letters")
            @Default("iso")
            Names from,

            @Doc("Form of the result: a pattern, iso, epoch, epochMillis or php: and PHP's letters") @Default("iso")
            String to,

            @Doc("Time zone of the result, like Europe/London; the default is the value's own offset") @Nullable
            String zone,

            @Doc("Time zone of values that come without an offset") @Default("UTC")
            String fromZone,

            @Doc("Added to it: time like 1d (24 hours) or -2h, or a step of the calendar like P1M or -P1D") @Nullable
            String add,

            @Doc(
                    "Moves it to the start or end of its day, week (Monday to Sunday), month, quarter or year, in the zone of the result")
            @Nullable
            Round round) {

        DateSettings {
            if (from.list().isEmpty()) {
                throw new IllegalArgumentException("'from' needs at least one form");
            }
            from.list().forEach(DateForm::of);
            DateForm.of(to);
            if (add != null) {
                Shift.of(add);
            }
            if (zone != null) {
                Dates.zone(zone);
            }
            Dates.zone(fromZone);
        }
    }

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        ZonedDateTime date = dates.read(value);
        try {
            ZonedDateTime there = add.from(zone == null ? date : date.withZoneSameInstant(zone));
            return to.write(round == null ? there : round.of(there));
        } catch (DateTimeException | ArithmeticException e) {
            throw new FunctionException("the date cannot be written in the form '" + to.written() + "'");
        }
    }

    @Override
    public ValueKind gives() {
        return switch (to.kind()) {
            case ISO -> ValueKind.DATE;
            case EPOCH, EPOCH_MILLIS -> ValueKind.NUMBER;
            case PATTERN -> ValueKind.TEXT;
        };
    }

    @Override
    public @Nullable String loses() {
        return to.hasTime() ? null : DateForm.TIME;
    }

    @Override
    public @Nullable String needs() {
        return to.hasTime() && round == null ? DateForm.TIME : null;
    }
}
