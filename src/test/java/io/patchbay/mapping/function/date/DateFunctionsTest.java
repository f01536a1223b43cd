package io.patchbay.mapping.function.date;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.expression.FakeScope;
import io.patchbay.mapping.function.Applied;
import io.patchbay.payload.Json;
import java.time.LocalDate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DateFunctionsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // The clocks go forward on 29 March 2026 in London: 24 hours are not a day.
                "{ date: { add: 1d, zone: Europe/London } } | \"2026-03-28T12:00:00Z\" | \"2026-03-29T13:00:00+01:00\"",
                "{ date: { add: P1D, zone: Europe/London } } | \"2026-03-28T12:00:00Z\" | \"2026-03-29T12:00:00+01:00\"",
                "{ date: { from: \"yyyy-MM-dd HH:mm\", fromZone: Europe/London } } | \"2026-03-29 01:30\" | \"2026-03-29T02:30:00+01:00\"",
                "{ date: { from: \"yyyy-MM-dd HH:mm\", fromZone: Europe/London } } | \"2026-10-25 01:30\" | \"2026-10-25T01:30:00+01:00\"",
                "{ date: { round: startOfDay, zone: America/Sao_Paulo } } | \"2018-11-04T12:00:00Z\" | \"2018-11-04T01:00:00-02:00\"",
                "{ date: { add: P1Y, to: yyyy-MM-dd } } | \"2024-02-29\" | \"2025-02-28\"",
                "{ date: { add: -P1Y2M3D, to: yyyy-MM-dd } } | \"2026-03-31\" | \"2025-01-28\"",
                "{ date: { add: +2h } } | \"2026-03-01\" | \"2026-03-01T02:00:00Z\"",
                "{ date: { round: startOfWeek, to: yyyy-MM-dd } } | \"2026-03-01\" | \"2026-02-23\"",
                "{ date: { round: endOfWeek, to: yyyy-MM-dd } } | \"2026-03-01\" | \"2026-03-01\"",
                "{ date: { round: endOfMonth } } | \"2024-02-05T10:00:00+02:00\" | \"2024-02-29T23:59:59+02:00\"",
                "{ date: { round: startOfQuarter, to: yyyy-MM-dd } } | \"2026-12-31\" | \"2026-10-01\"",
                "{ date: { round: endOfYear, to: yyyy-MM-dd } } | \"2026-12-31\" | \"2026-12-31\"",
                "{ date: { round: startOfHour } } | \"2026-12-31T10:59:59.5Z\" | \"2026-12-31T10:00:00Z\"",
                "{ date: { from: epoch } } | \"-1\" | \"1969-12-31T23:59:59Z\"",
                "{ date: { from: epoch } } | 1.5 | \"1970-01-01T00:00:01.500Z\"",
                "{ date: { from: [ epoch, iso ] } } | \"2026-03-01\" | \"2026-03-01T00:00:00Z\"",
                "{ date: { to: \"php:D, d M Y H:i:s\" } } | \"2026-03-01T09:05:07Z\" | \"Sun, 01 Mar 2026 09:05:07\"",
                "{ date: { to: \"php:l jS F Y g:i a\" } } | \"2026-03-22T21:05:00Z\" | \"Sunday 22nd March 2026 9:05 pm\"",
                "{ date: { to: \"php:jS\" } } | \"2026-03-11\" | \"11th\"",
                "{ date: { to: \"php:Y-m-d\\\\TH:i:sP\" } } | \"2026-03-01T09:05:07Z\" | \"2026-03-01T09:05:07+00:00\"",
                "{ date: { to: \"php:c\" } } | \"2026-03-01T09:05:07+01:00\" | \"2026-03-01T09:05:07+01:00\"",
                "{ date: { to: \"php:U\" } } | \"1970-01-01T00:00:10Z\" | 10",
                "{ date: { to: \"php:o-W N w\" } } | \"2027-01-03\" | \"2026-53 7 0\"",
                "{ date: { from: \"php:n/j/y, g:i A\", to: iso } } | \"3/1/26, 9:05 PM\" | \"2026-03-01T21:05:00Z\"",
                "{ date: { from: \"php:d.m.Y\", to: yyyy } } | [ \"01.02.2026\", null ] | [ \"2026\", null ]",
                "{ date: { from: \"php:jS F Y\", to: yyyy-MM-dd } } | \"1ST march 2026\" | \"2026-03-01\"",
                "{ date: { from: \"php:d.m.Y\", to: \"php:z\" } } | \"01.01.2026\" | \"0\"",
                "{ date: { to: \"php:t L I\", zone: Europe/London } } | \"2028-02-01\" | \"29 1 0\"",
                "{ date: { to: \"php:t L I U\", zone: Europe/London } } | \"2026-06-01\" | \"30 0 1 1780272000\"",
                "{ date: { from: \"php:Y-m-d t\", to: yyyy-MM-dd } } | \"2026-02-03 28\" | \"2026-02-03\"",
                "{ date: { from: dd-MMM-yy, to: yyyy-MM-dd } } | \"03-MAR-26\" | \"2026-03-03\"",
                "{ date: { from: \"MM/dd/yyyy h:mm a\" } } | \"12/31/2026 2:05 pm\" | \"2026-12-31T14:05:00Z\"",
                // Weeks are those of ISO 8601, which begin on Mondays.
                "{ date: { from: \"YYYY-'W'ww-e\", to: yyyy-MM-dd } } | \"2026-W10-1\" | \"2026-03-02\"",
                "{ date: { to: \"YYYY-'W'ww-e\" } } | \"2027-01-03\" | \"2026-W53-7\"",
                "{ date: { to: \"'CW' ww\" } } | \"2026-03-02\" | \"CW 10\"",
                "{ date: { to: ww-e } } | \"2026-03-02\" | \"10-1\"",
                "{ date: { to: ww } } | \"2026-03-02\" | \"10\"",
                "{ date: { to: \"yyyy-MM-dd YYYY-'W'ww\" } } | \"2027-01-01\" | \"2027-01-01 2026-W53\"",
                "{ date: { to: \"yyyy-MM-dd (DDD)\" } } | \"2026-03-01\" | \"2026-03-01 (060)\"",
                "{ date: { from: \"php:U.u\" } } | \"1700000000.123456\" | \"2023-11-14T22:13:20.123456Z\"",
                "{ date: { from: \"php:x-m-d\", to: \"php:X\" } } | \"2026-03-01\" | \"+2026\"",
                "{ date: { from: \"php:X-m-d\", to: \"php:x\" } } | \"+2026-03-01\" | \"2026\"",
                "{ date: { to: \"php:e T P p\" } } | \"2026-03-01T09:05:07Z\" | \"UTC UTC +00:00 Z\"",
                "{ date: { to: \"php:\\\\g H\" } } | \"2026-03-01T09:05:07Z\" | \"g 09\"",
                "{ date: { from: \"php:jS F Y\", to: yyyy-MM-dd } } | \"3rd March 2026\" | \"2026-03-03\"",
                // No digit of a second is lost.
                "date | \"2026-03-01T10:00:00.123456+01:00\" | \"2026-03-01T10:00:00.123456+01:00\"",
                "date | \"2026-03-01T10:00:00.1234567Z\" | \"2026-03-01T10:00:00.123456700Z\"",
                "{ date: { from: epoch } } | 1700000000.123456 | \"2023-11-14T22:13:20.123456Z\"",
                "{ date: { from: epoch } } | -0.5 | \"1969-12-31T23:59:59.500Z\"",
                "{ businessDays: { add: -1, to: yyyy-MM-dd } } | \"2026-03-02\" | \"2026-02-27\"",
                "{ businessDays: { add: 1, zone: Asia/Tokyo, to: yyyy-MM-dd } } | \"2026-03-05T20:00:00Z\" | \"2026-03-09\"",
                "{ businessDays: { add: 1, weekend: [ friday, saturday ], to: yyyy-MM-dd } } | \"2026-03-05\" | \"2026-03-08\"",
                "{ businessDays: { add: 0, to: yyyy-MM-dd } } | \"2026-03-04\" | \"2026-03-04\"",
                "{ businessDays: { add: 1, holidays: [ 02-29 ], to: yyyy-MM-dd } } | \"2028-02-28\" | \"2028-03-01\"",
                "{ difference: { until: \"${run.gone ?? '2026-03-29T12:00:00+01:00'}\", unit: days, zone: Europe/London } } | \"2026-03-28T12:00:00Z\" | 1",
                "{ difference: { until: \"${run.gone ?? '2026-03-29T12:00:00+01:00'}\", unit: hours } } | \"2026-03-28T12:00:00Z\" | 23",
                "{ difference: { until: 2026-03-31, unit: days } } | \"2026-03-01\" | 30",
                "{ max: { as: date, with: 2026-03-05 } } | [ \"2026-03-01\", \"2026-02-01\" ] | \"2026-03-05\"",
                "{ difference: { until: paid, unit: months } } | \"2026-04-11\" | -1",
                "{ difference: { until: paid, unit: businessDays } } | \"2026-03-10\" | 0",
                "{ difference: { until: paid, unit: businessDays } } | \"2026-03-16\" | -4",
                "{ difference: { until: paid, unit: weeks } } | \"2026-02-24\" | 2",
                "age | \"2004-02-29\" | 22",
                "age | \"2000-03-01\" | 26",
                "isoWeek | \"2026-12-28T23:30:00-05:00\" | 2026-W53",
                "{ isoWeek: { zone: UTC } } | \"2027-01-03T23:30:00-05:00\" | 2027-W01",
                "{ datePart: { part: weekday } } | \"2026-03-01\" | 7",
                "{ datePart: { part: weekYear } } | \"2027-01-01\" | 2026",
                "{ datePart: { part: dayOfYear } } | \"2024-12-31\" | 366",
            })
    void yields(String then, String in, String out) {
        assertThat(Applied.to(then, in).toString())
                .isEqualTo(FakeScope.yaml(out).toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ date: { from: [ dd/MM/yyyy, iso ] } } | \"s3cret\" | date: the value is not a date in one of the forms 'dd/MM/yyyy', 'iso', it is text",
                "{ date: { from: \"php:d/m/Y\" } } | \"30/02/2026\" | date: the value is not a date in the form 'php:d/m/Y', it is text",
                "{ date: { from: \"php:jS F Y\" } } | \"1stnd March 2026\" | date: the value is not a date",
                "{ date: { from: \"yyyy-MM-dd HH ss\" } } | \"2026-03-01 09 30\" | date: the value is not a date",
                "{ date: { add: P999999999Y } } | \"2026-03-01\" | date: the date cannot be written in the form 'iso'",
                "age | \"s3cret\" | age: the value is not a date in the form 'iso', it is text",
                "age | { a: s3cret } | it is an object",
                "{ difference: { until: first, unit: days } } | \"2026-03-01\" | difference: 'first' is not an ISO 8601 date, it is text",
                "{ difference: { unit: businessDays } } | \"0001-01-01\" | difference: the dates are more than 100000 days apart",
            })
    void refuses(String then, String in, String message) {
        Applied.refuses(then, in, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ date: { to: d/m/Y } } | write php:d/m/Y to have them read as such",
                "{ date: { from: \"Y-m-d H:i:s\" } } | written in the date letters of PHP",
                "{ date: { to: YYYY-MM-dd } } | write yyyy for the year",
                "{ date: { to: YYYY-MM-DD } } | write yyyy for the year",
                "{ date: { from: dd/mm/yyyy } } | write MM for the month",
                "{ date: { to: yyyy-MM-DD } } | write dd for the day of the month",
                "{ date: { to: \"yyyy-MM-dd hh:mm\" } } | write HH for the hours of the whole day, or add a for AM and PM",
                "{ date: { from: \"php:d/m/Y h:i\" } } | write H for the hours of the whole day, or add a for AM and PM",
                "{ date: { to: \"php:d/m/Y g:i\" } } | write H for the hours of the whole day, or add a for AM and PM",
                "{ date: { to: \"YYYY-MM-dd 'W'ww\" } } | write yyyy for the year",
                "{ date: { to: yyyy-ww } } | write YYYY for that year",
                "{ date: { to: \"php:d/m/Y B\" } } | 'B' is not among the PHP date letters",
                "{ date: { from: [] } } | 'from' needs at least one form",
                "{ date: { add: P1X } } | 'P1X' is not a step of the calendar like P1M",
                "{ businessDays: { add: 1, holidays: [ 25.12. ] } } | '25.12.' is not a day like 2026-12-25",
                "{ businessDays: { add: 1, weekend: [ monday, tuesday, wednesday, thursday, friday, saturday, sunday ] } } | leaves no day",
                "{ businessDays: { add: 1, weekend: [ sun ] } } | 'sun' is not one of",
                "{ businessDays: { add: 100000 } } | at most 10000",
                "{ age: { unit: businessDays } } | use difference",
                "{ isoWeek: { zone: Mars } } | 'Mars' is not a time zone",
            })
    void saysWhatIsWrong(String then, String message) {
        Applied.isWrong(then, message);
    }

    @Property
    void aDayGoesThroughPhpLettersAndBack(@ForAll @IntRange(min = -700_000, max = 700_000) int day) {
        var date = Json.NODES.textNode(LocalDate.ofEpochDay(day).toString());

        var php = Applied.to("{ date: { to: \"php:l, j F Y\" } }", date);

        assertThat(Applied.to("{ date: { from: \"php:l, j F Y\", to: yyyy-MM-dd } }", php))
                .isEqualTo(date);
    }

    @Property
    void businessDaysForthAreBusinessDaysBack(
            @ForAll @IntRange(min = 0, max = 40_000) int day, @ForAll @IntRange(min = 1, max = 60) int days) {
        var from = Applied.to(
                "{ businessDays: { add: 0, to: yyyy-MM-dd } }",
                Json.NODES.textNode(LocalDate.ofEpochDay(day).toString()));

        var there = Applied.to("{ businessDays: { add: " + days + ", to: yyyy-MM-dd } }", from);

        assertThat(Applied.to("{ businessDays: { add: -" + days + ", to: yyyy-MM-dd } }", there))
                .isEqualTo(from);
    }
}
