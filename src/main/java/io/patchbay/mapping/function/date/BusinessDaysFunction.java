package io.patchbay.mapping.function.date;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import io.patchbay.expression.Scope;
import io.patchbay.mapping.function.FunctionException;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.MapFunction;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moves a date by days that are worked on.
 *
 * @param add how many
 * @param days which
 * @param zone in which days begin and end; null for the date's own offset
 * @param to how the result is written
 */
record BusinessDaysFunction(
        int add, WorkingDays days, @Nullable ZoneId zone, DateForm to) implements MapFunction {

    /** From one day that is worked on to the next there may be so many. */
    private static final int LONGEST_BREAK = 400;

    static final FunctionType TYPE = SettingsFunction.of(
            FunctionSpec.of(
                            Group.DATE,
                            "businessDays",
                            "An ISO 8601 date moved by so many business days, backwards for a negative number; the time of day"
                                    + " stays. 0 moves a day that is none to the next that is. `holidays` are days like"
                                    + " `2026-12-25`, or `12-25` for each year. For dates in another form put `date` before it;"
                                    + " business days between two dates are counted by `difference`.")
                    .from(ValueKind.TEXTS, ValueKind.DATE)
                    .example("{ businessDays: { add: 3, to: yyyy-MM-dd } }", "\"2026-03-05\"", "\"2026-03-10\"")
                    .example(
                            "{ businessDays: { add: 1, holidays: [ 12-25, 2026-12-28 ], to: yyyy-MM-dd } }",
                            "\"2026-12-24\"",
                            "\"2026-12-29\"")
                    .example(
                            "{ businessDays: { add: 0 } }",
                            "\"2026-03-07T10:00:00+01:00\"",
                            "\"2026-03-09T10:00:00+01:00\""),
            BusinessSettings.class,
            settings -> new BusinessDaysFunction(
                    settings.add(),
                    WorkingDays.of(settings.weekend(), settings.holidays()),
                    settings.zone() == null ? null : Dates.zone(settings.zone()),
                    DateForm.of(settings.to())));

    /** Settings. */
    @Doc("By how many business days a date is moved, and which days those are")
    record BusinessSettings(
            @Doc("How many; negative goes back") @Range(min = -10_000, max = 10_000)
            int add,

            @Doc("Days of the week that are no business days") @Default("[ saturday, sunday ]")
            List<DayOfWeek> weekend,

            @Doc("Days that are none, like 2026-12-25, or 12-25 for each year") @Default("[]")
            List<String> holidays,

            @Doc("Time zone that decides which day it is; the default is the value's own offset") @Nullable
            String zone,

            @Doc("Form of the result: a pattern, iso, epoch, epochMillis or php: and PHP's letters") @Default("iso")
            String to) {

        BusinessSettings {
            WorkingDays.of(weekend, holidays);
            DateForm.of(to);
            if (zone != null) {
                Dates.zone(zone);
            }
        }
    }

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        ZonedDateTime date = Dates.iso(zone == null ? ZoneId.of("UTC") : zone).read(value);
        ZonedDateTime there = zone == null ? date : date.withZoneSameInstant(zone);
        LocalDate day = there.toLocalDate();
        if (add == 0) {
            day = next(day.minusDays(1), 1);
        }
        for (int i = 0; i < Math.abs(add); i++) {
            day = next(day, Integer.signum(add));
        }
        return to.write(there.with(day));
    }

    private LocalDate next(LocalDate from, int step) {
        LocalDate day = from.plusDays(step);
        for (int i = 0; !days.has(day); i++) {
            if (i > LONGEST_BREAK) {
                throw new FunctionException("there is no business day within " + LONGEST_BREAK + " days");
            }
            day = day.plusDays(step);
        }
        return day;
    }

    @Override
    public ValueKind gives() {
        return to.isEpoch() ? ValueKind.NUMBER : to.pattern() == null ? ValueKind.DATE : ValueKind.TEXT;
    }
}
