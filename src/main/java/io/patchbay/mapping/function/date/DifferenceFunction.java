package io.patchbay.mapping.function.date;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.expression.FieldRef;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Scope;
import io.patchbay.mapping.function.DatedTerm;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionException;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.MapFunction;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.Term;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.Json;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far it is from one date to another.
 *
 * @param until the other; null for the instant at which the run was queued
 * @param unit in what it is counted
 * @param zone in which days begin and end
 * @param days for business days
 */
record DifferenceFunction(@Nullable Term until, Unit unit, ZoneId zone, WorkingDays days) implements MapFunction {

    /** Of business days to be counted one by one: some 270 years. */
    private static final long MOST_DAYS = 100_000;

    static final FunctionType TYPE = SettingsFunction.of(
            FunctionSpec.of(
                            Group.DATE,
                            "difference",
                            "How many whole units it is from the value to `until`, both ISO 8601 dates; negative when `until` is"
                                    + " before it. `until` is a path, a date or a text with placeholders; left out, it is the instant at"
                                    + " which the run was queued. Days and what is longer are those of the calendar in `zone`."
                                    + " Business days are counted from the day after the value's to that of `until`.")
                    .from(ValueKind.TEXTS, ValueKind.NUMBER)
                    .example("{ difference: { until: paid, unit: days } }", "\"2026-03-01\"", "9")
                    .example("{ difference: { unit: hours } }", "\"2026-03-01T09:30:00Z\"", "2")
                    .example(
                            "{ difference: { until: paid, unit: businessDays, holidays: [ 2026-03-09 ] } }",
                            "\"2026-03-05\"",
                            "2")
                    .refuses(
                            "{ difference: { until: none, unit: days } }",
                            "\"2026-03-01\"",
                            "difference: 'none' is not an ISO 8601 date, it is nothing"),
            DifferenceSettings.class,
            settings -> new DifferenceFunction(
                    settings.until() == null ? null : settings.until().term(),
                    settings.unit(),
                    Dates.zone(settings.zone()),
                    WorkingDays.of(settings.weekend(), settings.holidays())));

    static final FunctionType AGE = SettingsFunction.alone(
            FunctionSpec.of(
                            Group.DATE,
                            "age",
                            "How many whole years (or `unit`s) it is from an ISO 8601 date to the instant at which the run was"
                                    + " queued.")
                    .from(ValueKind.TEXTS, ValueKind.NUMBER)
                    .example("age", "\"2000-03-02\"", "25")
                    .example("{ age: { unit: months } }", "\"2025-12-01\"", "3"),
            AgeSettings.class,
            settings -> new DifferenceFunction(
                    null, settings.unit(), Dates.zone(settings.zone()), WorkingDays.of(List.of(), List.of())));

    /** In what a difference is counted. */
    enum Unit {
        /** Of 1000 milliseconds. */
        SECONDS,
        /** Of 60 seconds. */
        MINUTES,
        /** Of 60 minutes. */
        HOURS,
        /** Of the calendar. */
        DAYS,
        /** Of seven days. */
        WEEKS,
        /** Of the calendar. */
        MONTHS,
        /** Of the calendar. */
        YEARS,
        /** Days that are worked on. */
        BUSINESS_DAYS
    }

    /** Settings. */
    @Doc("To which date, and in what it is counted")
    record DifferenceSettings(
            @Doc(
                    "The other date: as it is, a path or a text with placeholders; the instant at which the run was queued when left out")
            @Nullable
            DatedTerm until,

            @Doc("seconds, minutes, hours, days, weeks, months, years or businessDays")
            Unit unit,

            @Doc("Time zone that decides which day it is") @Default("UTC")
            String zone,

            @Doc("Days of the week that are no business days") @Default("[ saturday, sunday ]")
            List<DayOfWeek> weekend,

            @Doc("Days that are none, like 2026-12-25, or 12-25 for each year") @Default("[]")
            List<String> holidays) {

        DifferenceSettings {
            Dates.zone(zone);
            WorkingDays.of(weekend, holidays);
        }
    }

    /** Settings. */
    @Doc("In what an age is counted")
    record AgeSettings(
            @Doc("years, months, weeks, days, hours, minutes or seconds") @Default("years")
            Unit unit,

            @Doc("Time zone that decides which day it is") @Default("UTC")
            String zone) {

        AgeSettings {
            Dates.zone(zone);
            if (unit == Unit.BUSINESS_DAYS) {
                throw new IllegalArgumentException("an age is not counted in business days: use difference");
            }
        }
    }

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        ZonedDateTime from = Dates.iso(zone).read(value).withZoneSameInstant(zone);
        return Json.NODES.numberNode(count(from, until(record, scope)));
    }

    private ZonedDateTime until(JsonNode record, Scope scope) {
        if (until == null) {
            return scope.queuedAt().atZone(zone);
        }
        JsonNode value = until.value(record, scope);
        try {
            return Dates.iso(zone).read(value).withZoneSameInstant(zone);
        } catch (FunctionException e) {
            throw new FunctionException("'" + until + "' is not an ISO 8601 date, it is " + Found.kind(value));
        }
    }

    private long count(ZonedDateTime from, ZonedDateTime to) {
        return switch (unit) {
            case SECONDS -> ChronoUnit.SECONDS.between(from, to);
            case MINUTES -> ChronoUnit.MINUTES.between(from, to);
            case HOURS -> ChronoUnit.HOURS.between(from, to);
            case DAYS -> ChronoUnit.DAYS.between(from, to);
            case WEEKS -> ChronoUnit.WEEKS.between(from, to);
            case MONTHS -> ChronoUnit.MONTHS.between(from, to);
            case YEARS -> ChronoUnit.YEARS.between(from, to);
            case BUSINESS_DAYS -> businessDays(from.toLocalDate(), to.toLocalDate());
        };
    }

    private long businessDays(LocalDate from, LocalDate to) {
        if (to.isBefore(from)) {
            return -businessDays(to, from);
        }
        if (ChronoUnit.DAYS.between(from, to) > MOST_DAYS) {
            throw new FunctionException("the dates are more than " + MOST_DAYS + " days apart");
        }
        return from.datesUntil(to).map(day -> day.plusDays(1)).filter(days::has).count();
    }

    @Override
    public List<FieldRef> fields() {
        return until == null ? List.of() : until.fields();
    }

    @Override
    public Set<Ref> reads() {
        return until == null ? Set.of() : until.reads();
    }
}
