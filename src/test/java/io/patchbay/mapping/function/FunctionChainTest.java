package io.patchbay.mapping.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.problem.Problems;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionChainTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "count; stripHtml | 'stripHtml' takes text or a date, and 'count' before it yields a number | put 'text' before it",
                "{ split: x }; count; trim; upper; title; stripHtml; not | 'not' takes true or false, and 'stripHtml' before it yields text |",
                "upper; { get: a } | 'get' takes an object, and 'upper' before it yields text | leave one of them out",
                "keys; { get: a } | 'get' takes an object, and 'keys' before it yields text |",
                "splitName; stripHtml | 'stripHtml' takes text or a date, and 'splitName' before it yields an object | leave one",
                "{ chunks: { of: 2 } }; { join: x } | 'join' takes text or a number or a date or true or false, and 'chunks' before it yields a list | put 'flatten'",
                "{ split: a }; { split: b }; stripHtml | 'stripHtml' takes text or a date, and 'split' before it yields a list |",
                "date; { add: 1 } | 'add' takes text or a number, and 'date' before it yields a date |",
                "boolean; number | 'number' takes text or a number, and 'boolean' before it yields true or false |",
                "sum; first; age | 'age' takes text or a date, and 'sum' before it yields a number |",
            })
    void aChainThatCannotWorkIsAnError(String chain, String message, String hint) {
        Problems problems = new Problems();

        assertThat(FunctionChain.check(calls(chain), problems)).isFalse();
        assertThat(problems.toString())
                .contains("x.yaml:1:")
                .contains(message)
                .contains("[WRONG_CHAIN]")
                .contains(hint == null ? "" : hint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "count; text; upper",
                "{ number: { decimals: 2 } }; { replace: { search: \".\", by: \",\" } }",
                "{ split: x }; upper; sort; first; title",
                "{ date: { to: epoch } }; { add: 1 }",
                "{ date: { from: dd/MM/yyyy } }; age; { add: 1 }; { prefix: x }",
                "toEntries; { sort: { by: key } }; { get: value }; sum",
                "fromJson; upper",
                "{ default: 1 }; upper",
                "{ chunks: { of: 2 } }; first; upper",
                "{ chunks: { of: 2 } }; flatten; upper",
                "{ chunks: { of: 2 } }; count; { add: 1 }",
                "{ script: { file: a.js, wholeList: true } }; count",
                "{ case: { of: { a: 1 } } }; upper",
                "{ multiply: 2 }; { round: { decimals: 2 } }; { add: 1 }; { toMinor: { currency: GBP } }",
                "date; { date: { to: yyyy-MM-dd } }; { date: { to: dd/MM/yyyy } }",
            })
    void aChainThatMayWorkIsLeftAlone(String chain) {
        Problems problems = new Problems();

        assertThat(FunctionChain.check(calls(chain), problems)).isTrue();
        assertThat(problems.list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ round: { decimals: 2 } }; { multiply: quantity } | 'round' before 'multiply' has dropped digits",
                "{ number: { decimals: 0 } }; { add: 1 }; { divide: { by: 3 } } | 'number' before 'divide' has dropped digits",
                "{ date: { to: yyyy-MM-dd } }; { date: { add: 2h } } | 'date' before 'date' has dropped the time of day",
            })
    void aChainThatDropsWhatItNeedsIsAWarning(String chain, String message) {
        Problems problems = new Problems();

        assertThat(FunctionChain.check(calls(chain), problems)).isTrue();
        assertThat(problems.anyError()).isFalse();
        assertThat(problems.toString()).contains(message).contains("[LOSSY_CHAIN]");
    }

    /** What the examples yield is of the kind that the spec promises. */
    @Test
    void everyFunctionGivesTheKindThatItSays() {
        for (FunctionType type : Functions.all()) {
            for (FunctionSpec.Example example : type.spec().examples()) {
                if (example.fails() || example.in().equals("null")) {
                    continue;
                }
                FunctionCall call = Applied.call(example.then());
                var result = Applied.to(example.then(), example.in());
                ValueKind own = call.function().gives();
                ValueKind kind = own == null ? type.spec().gives() : own;
                boolean mapped =
                        io.patchbay.expression.FakeScope.yaml(example.in()).isArray()
                                && !type.spec().wholeList();
                if (result.isMissingNode() || mapped) {
                    continue;
                }
                if (type.spec().givesList() || example.then().contains("all: true")) {
                    assertThat(result.isArray()).as(example.toString()).isTrue();
                } else {
                    assertThat(fits(result, kind))
                            .as(example + " gives " + kind)
                            .isTrue();
                }
            }
        }
    }

    private static boolean fits(com.fasterxml.jackson.databind.JsonNode value, ValueKind kind) {
        return switch (kind) {
            case TEXT, DATE -> value.isTextual();
            case NUMBER -> value.isNumber();
            case BOOLEAN -> value.isBoolean();
            case OBJECT -> value.isObject();
            case LIST -> value.isArray();
            case ANY, SAME -> true;
        };
    }

    private static List<FunctionCall> calls(String chain) {
        return Stream.of(chain.split("; ")).map(Applied::call).toList();
    }
}
