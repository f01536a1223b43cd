package io.patchbay.mapping.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.patchbay.expression.FakeScope;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FunctionsTest {

    private static final FakeScope SCOPE = Applied.SCOPE;

    static Stream<Arguments> examples() {
        return Functions.all().stream()
                .map(FunctionType::spec)
                .flatMap(spec -> spec.examples().stream().map(example -> Arguments.of(spec.name(), example)));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleGivesWhatItSays(String name, FunctionSpec.Example example) {
        FunctionCall call = Applied.call(example.then());
        assertThat(call.name()).isEqualTo(name);
        JsonNode in = FakeScope.yaml(example.in());

        if (example.fails()) {
            assertThatThrownBy(() -> call.apply(in, SCOPE.tree("record"), SCOPE))
                    .isInstanceOf(FunctionException.class)
                    .hasMessage(example.out());
        } else {
            assertThat(call.apply(in, SCOPE.tree("record"), SCOPE).toString())
                    .isEqualTo(
                            example.out().equals("missing")
                                    ? ""
                                    : FakeScope.yaml(example.out()).toString());
        }
    }

    @Test
    void everyFunctionHasAnExampleThatWorks() {
        assertThat(Functions.all())
                .allSatisfy(type -> assertThat(type.spec().examples().get(0).fails())
                        .as(type.spec().name())
                        .isFalse());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ number: {} } | \"12.50\" | 12.50",
                "{ number: {} } | 007 | 7",
                "number | -3 | -3",
                "{ number: { decimals: 0 } } | 2.5 | 3",
                "{ number: { decimals: 0, rounding: halfEven } } | 2.5 | 2",
                "{ number: { decimals: 2 } } | 3 | 3.00",
                "{ number: { decimals: 1, rounding: down } } | -0.19 | -0.1",
                "{ number: { groupSeparator: \",\" } } | \"1,234.5\" | 1234.5",
                "{ number: { decimalSeparator: \",\" } } | \"12,5\" | 12.5",
                "number | [ \"1\", 2 ] | [ 1, 2 ]",
                "{ date: {} } | \"2026-03-01\" | \"2026-03-01T00:00:00Z\"",
                "{ date: {} } | \"2026-03-01T10:00:00.123+0100\" | \"2026-03-01T10:00:00.123+01:00\"",
                "{ date: { to: yyyy-MM-dd } } | \"2026-03-01T23:30:00-05:00\" | \"2026-03-01\"",
                "{ date: { to: yyyy-MM-dd, zone: UTC } } | \"2026-03-01T23:30:00-05:00\" | \"2026-03-02\"",
                "{ date: { from: dd/MM/yyyy, to: yyyyMMdd } } | \"28/02/2026\" | \"20260228\"",
                "{ date: { from: yyyyMMdd } } | 20260228 | \"2026-02-28T00:00:00Z\"",
                "{ date: { from: \"dd MMM yyyy HH:mm\", fromZone: Europe/London } } | \"01 Jul 2026 12:00\" | \"2026-07-01T12:00:00+01:00\"",
                "{ date: { fromZone: Europe/London } } | \"2026-07-01T12:00:00\" | \"2026-07-01T12:00:00+01:00\"",
                "{ date: { from: epoch } } | 1772366400 | \"2026-03-01T12:00:00Z\"",
                "{ date: { from: epochMillis, to: epoch } } | 1772366400999 | 1772366400",
                "{ date: { to: epochMillis } } | \"2026-03-01T12:00:00Z\" | 1772366400000",
                "{ date: { add: 1d } } | \"2026-02-28T12:00:00Z\" | \"2026-03-01T12:00:00Z\"",
                "{ date: { add: -2h, to: HH:mm } } | \"2026-02-28T12:00:00Z\" | \"10:00\"",
                "{ date: { round: endOfDay, zone: Europe/London } } | \"2026-06-30T23:30:00Z\" | \"2026-07-01T23:59:59+01:00\"",
                "{ date: { round: startOfDay } } | \"2026-06-30T23:30:00Z\" | \"2026-06-30T00:00:00Z\"",
                "{ lookup: { table: carriers } } | 1 | one",
                "{ lookup: { table: carriers, else: null } } | UPS | null",
                "{ lookup: { table: carriers, else: 0 } } | [ DHL, UPS ] | [ \"7\", 0 ]",
                "{ concat: { with: [ first, last ] } } | x | xAnnArcher",
                "{ concat: { with: [ none, gone ] } } | x | x",
                "{ default: \"${flow.currency}\" } | null | GBP",
                "{ default: { a: 1 } } | null | { a: 1 }",
                "{ default: 1 } | 0 | 0",
                "{ default: 1 } | false | false",
                "boolean | 1 | true",
                "boolean | \"NO\" | false",
                "{ boolean: } | true | true",
                "{ replace: { search: a.b, by: x } } | \"a.b acb\" | \"x acb\"",
                "{ replace: { search: \"(a)(b)\", by: \"$2$1\", regex: true } } | abab | baba",
                "{ split: \", \" } | \"a, b\" | [ a, b ]",
                "{ join: \"\" } | [ 1, null, b ] | 1b",
                "{ join: \"-\" } | a | a",
                "{ prefix: \"${record.shop}-\" } | [ 1, 2 ] | [ uk-1, uk-2 ]",
                "{ cut: 1 } | \"\uD83D\uDE80x\" | \"\uD83D\uDE80\"",
                "text | 1E+2 | \"100\"",
                "text | true | \"true\"",
                "count | [] | 0",
                "upper | null | null",
            })
    void yields(String then, String in, String out) {
        JsonNode result = Applied.call(then).apply(FakeScope.yaml(in), SCOPE.tree("record"), SCOPE);

        assertThat(result.toString()).isEqualTo(FakeScope.yaml(out).toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "number | s3cret | number: the value is not a number",
                "{ number: { decimalSeparator: \",\" } } | \"1.234\" | number: the value is not a number",
                "number | 1e999999 | number: the value is not a number",
                "number | { a: s3cret } | number: the value is not a number",
                "date | s3cret | date: the value is not a date in the form 'iso'",
                "date | 2026-02-30 | date: the value is not a date",
                "{ date: { from: dd/MM/yyyy } } | 31/02/2026 | date: the value is not a date in the form 'dd/MM/yyyy'",
                "{ date: { from: epoch } } | 99999999999999999999 | date: the value is not a date",
                "{ date: { from: epoch } } | s3cret | date: the value is not a date",
                "{ date: { to: HH:mm:ss VV } } | { a: s3cret } | date: the value is not a date",
                "{ lookup: { table: carriers } } | s3cret | lookup: table 'carriers' has no such key, and there is no 'else'",
                "{ lookup: { table: gone } } | DHL | lookup: there is no table 'gone'",
                "boolean | s3cret | boolean: the value is neither true nor false",
                "boolean | { a: 1 } | boolean: the value is neither true nor false",
                "upper | { a: s3cret } | upper: the value is an object, not text",
                "{ split: x } | { a: s3cret } | split: the value is an object",
                "{ join: x } | [ [ s3cret ] ] | join: the value is a list, not text",
                "{ replace: { search: a, by: $9, regex: true } } | a | replace: 'by' names a group",
            })
    void refusesAValueOfTheWrongKindWithoutShowingIt(String then, String in, String message) {
        assertThatThrownBy(() -> Applied.call(then).apply(FakeScope.yaml(in), SCOPE.tree("record"), SCOPE))
                .isInstanceOf(FunctionException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "uper | there is no function 'uper' [UNKNOWN_FUNCTION] | did you mean 'upper'?",
                "{ dat: {} } | x.yaml:1:3: there is no function 'dat' | did you mean 'date'?",
                "uppercase | there is no function 'uppercase' | that is written here as upper",
                "{ Concatenate: x } | there is no function 'Concatenate' | that is written here as { concat",
                "{ str_replace: x } | there is no function 'str_replace' | that is written here as { replace",
                "{ chunks: 2 } | what stands behind 'chunks' must be a mapping, found number '2' | for example { chunks: { of: 2 } }",
                "{ round: 2 } | what stands behind 'round' must be a mapping | for example { round: { decimals: 2 } }",
                "lookup | function 'lookup' needs settings | carriers",
                "{ date: {}, upper: } | one name with its settings | begin each",
                "[ upper ] | a function is a name |",
                "5 | a function is a name |",
                "{ date: { to: nonsense } } | 'nonsense' is not a date pattern |",
                "{ date: { zone: Mars } } | 'Mars' is not a time zone |",
                "{ date: { add: 1 } } | '1' is not a duration |",
                "{ date: { form: iso } } | has no key 'form' | did you mean 'from'?",
                "{ number: { decimals: 99 } } | 'decimals' must be at least 0 and at most 30 |",
                "{ number: { rounding: halfup } } | 'halfup' is not one of | halfUp",
                "{ number: { decimalSeparator: xx } } | 'decimalSeparator' must be one character |",
                "{ replace: { search: \"(\", regex: true } } | is not a regular expression |",
                "{ replace: { search: \"\" } } | 'search' must not be empty |",
                "{ concat: { with: [ \"a[\" ] } } | 'a[' is not a path |",
                "{ trim: { x: 1 } } | trim has no key 'x' |",
                "{ prefix: \"${secret.x}\" } | 'secret' cannot be read here |",
                "{ cut: x } | a whole number is expected here |",
            })
    void saysWhatIsWrongWithAFunction(String then, String message, String hint) {
        assertThat(Applied.problems(then)).contains(message).contains(hint == null ? "" : hint);
    }

    @Test
    void noFunctionIsLookedForUnderTheNameOfAnother() {
        assertThat(Functions.byName().keySet())
                .noneMatch(name -> Elsewhere.of(name).isPresent());
    }

    @Test
    void missingAndNullPassByUnlessTheSpecSaysWhatBecomesOfThem() {
        JsonNode record = SCOPE.tree("record");
        for (FunctionType type : Functions.all()) {
            FunctionSpec spec = type.spec();
            if (spec.nothing() != null) {
                continue;
            }
            FunctionCall call = Applied.call(spec.examples().get(0).then());
            assertThat(call.apply(MissingNode.getInstance(), record, SCOPE).isMissingNode())
                    .as(spec.name())
                    .isTrue();
            assertThat(call.apply(NullNode.getInstance(), record, SCOPE).isNull())
                    .as(spec.name())
                    .isTrue();
        }
    }
}
