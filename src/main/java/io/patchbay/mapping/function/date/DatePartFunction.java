package io.patchbay.mapping.function.date;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Doc;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.Json;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Parts of a date. */
final class DatePartFunction {

    static final FunctionType PART = SettingsFunction.of(
            FunctionSpec.of(
                            Group.DATE,
                            "datePart",
                            "One part of an ISO 8601 date as a number. Weekdays count from 1, Monday; `week` and `weekYear` are"
                                    + " those of ISO 8601.")
                    .from(ValueKind.TEXTS, ValueKind.NUMBER)
                    .example("{ datePart: { part: quarter } }", "\"2026-05-17\"", "2")
                    .example("{ datePart: { part: hour, zone: America/New_York } }", "\"2026-01-01T00:30:00Z\"", "19"),
            PartSettings.class,
            settings -> (value, record, scope) ->
                    Json.NODES.numberNode(date(value, settings.zone()).getLong(settings.part().field)));

    static final FunctionType ISO_WEEK = SettingsFunction.alone(
            FunctionSpec.of(
                            Group.DATE,
                            "isoWeek",
                            "The week of an ISO 8601 date, as ISO 8601 writes it: the year is that of the week, which at the turn"
                                    + " of the year may be another than that of the day.")
                    .from(ValueKind.TEXTS, ValueKind.TEXT)
                    .example("isoWeek", "\"2027-01-01\"", "2026-W53"),
            WeekSettings.class,
            settings -> (value, record, scope) -> {
                ZonedDateTime date = date(value, settings.zone());
                return Json.NODES.textNode(String.format(
                        Locale.ROOT,
                        "%04d-W%02d",
                        date.get(IsoFields.WEEK_BASED_YEAR),
                        date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)));
            });

    /** Parts. */
    enum Part {
        /** The year. */
        YEAR(ChronoField.YEAR),
        /** From 1 to 4. */
        QUARTER(IsoFields.QUARTER_OF_YEAR),
        /** From 1. */
        MONTH(ChronoField.MONTH_OF_YEAR),
        /** Of ISO 8601. */
        WEEK(IsoFields.WEEK_OF_WEEK_BASED_YEAR),
        /** To which the week belongs. */
        WEEK_YEAR(IsoFields.WEEK_BASED_YEAR),
        /** Of the month. */
        DAY(ChronoField.DAY_OF_MONTH),
        /** Of the year. */
        DAY_OF_YEAR(ChronoField.DAY_OF_YEAR),
        /** From 1, Monday. */
        WEEKDAY(ChronoField.DAY_OF_WEEK),
        /** From 0 to 23. */
        HOUR(ChronoField.HOUR_OF_DAY),
        /** From 0. */
        MINUTE(ChronoField.MINUTE_OF_HOUR),
        /** From 0. */
        SECOND(ChronoField.SECOND_OF_MINUTE);

        private final TemporalField field;

        Part(TemporalField field) {
            this.field = field;
        }
    }

    /** Settings. */
    @Doc("Which part of a date")
    record PartSettings(
            @Doc("year, quarter, month, week, weekYear, day, dayOfYear, weekday, hour, minute or second")
            Part part,

            @Doc("Time zone that decides which day and hour it is; the default is the value's own offset") @Nullable
            String zone) {

        PartSettings {
            if (zone != null) {
                Dates.zone(zone);
            }
        }
    }

    /** Settings. */
    @Doc("Where the week is looked at")
    record WeekSettings(
            @Doc("Time zone that decides which day it is; the default is the value's own offset") @Nullable
            String zone) {

        WeekSettings {
            if (zone != null) {
                Dates.zone(zone);
            }
        }
    }

    private DatePartFunction() {}

    private static ZonedDateTime date(JsonNode value, @Nullable String zone) {
        if (zone == null) {
            return Dates.iso(ZoneOffset.UTC).read(value);
        }
        return Dates.iso(Dates.zone(zone)).read(value).withZoneSameInstant(Dates.zone(zone));
    }
}
