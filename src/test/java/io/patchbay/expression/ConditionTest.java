package io.patchbay.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.canvas.Binder;
import io.patchbay.canvas.YamlReader;
import io.patchbay.problem.Problems;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {

    /** Queued at 2026-03-01T12:00:00Z. */
    private static final FakeScope SCOPE = FakeScope.of("""
            payload: { currency: GBP }
            meta: { status: paid }
            flow: { most: 10, wanted: [ paid, sent ] }
            record:
              status: paid
              text: "10"
              decimal: "1.0"
              number: 10.00
              whole: 7
              yes: "TRUE"
              flag: true
              note: null
              blank: ""
              words: hello there
              none: []
              tags: [ red, blue ]
              lines: [ { qty: 1, sku: A }, { qty: 20 } ]
              placed: "2026-03-01T11:00:00+01:00"
              day: "2026-02-27"
            """);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ field: status, is: paid }",
                "{ field: status, isNot: sent }",
                "{ field: status, in: [ paid, sent ] }",
                "{ field: status, notIn: [ open ] }",
                "{ field: status, is: \"${meta.status}\" }",
                "{ field: status, in: \"${flow.wanted}\" }",
                "{ field: $.currency, is: GBP }",
                "{ field: \"${meta.status}\", is: paid }",
                "{ field: number, is: 10 }",
                "{ field: number, above: 9.99 }",
                "{ field: number, atLeast: 10 }",
                "{ field: number, atMost: 10.0 }",
                "{ field: whole, below: 10 }",
                "{ field: whole, between: [ 7, 8 ] }",
                "{ field: text, as: number, is: 10 }",
                "{ field: text, as: number, above: 9 }",
                "{ field: decimal, as: number, is: 1 }",
                "{ field: decimal, as: number, in: [ 2, \"1.00\" ] }",
                "{ field: whole, as: number, below: \"${flow.most}\" }",
                "{ field: whole, as: text, is: \"7\" }",
                "{ field: words, as: text, above: abc }",
                "{ field: yes, as: boolean, is: true }",
                "{ field: flag, is: true }",
                "{ field: placed, before: 2026-03-01T10:00:01Z }",
                "{ field: placed, after: -3h }",
                "{ field: placed, before: -1h }",
                "{ field: placed, after: \"${run.queuedAt - 3h}\" }",
                "{ field: placed, as: date, between: [ 2026-03-01, +1d ] }",
                "{ field: placed, as: date, is: 2026-03-01T10:00:00Z }",
                "{ field: day, as: date, atMost: 2026-02-27 }",
                "{ field: words, contains: llo }",
                "{ field: words, startsWith: hello }",
                "{ field: words, endsWith: there }",
                "{ field: words, matches: \"h.*e\" }",
                "{ field: whole, matches: \"[0-9]\" }",
                "{ field: tags, contains: red }",
                "{ field: \"lines[*].qty\", contains: 20 }",
                "{ field: \"lines[*].qty\", above: 19 }",
                "{ field: \"lines[*].sku\", is: A }",
                "{ field: \"lines[*].sku\", isNot: B }",
                "{ field: status, exists: true }",
                "{ field: gone, exists: false }",
                "{ field: note, exists: false }",
                "{ field: note, is: null }",
                "{ field: gone, is: null }",
                "{ field: status, isNot: null }",
                "{ field: gone, isNot: paid }",
                "{ field: note, notIn: [ paid ] }",
                "{ field: gone, empty: true }",
                "{ field: note, empty: true }",
                "{ field: blank, empty: true }",
                "{ field: none, empty: true }",
                "{ field: words, empty: false }",
                "{ all: [ { field: status, is: paid }, { field: whole, above: 1 } ] }",
                "{ any: [ { field: status, is: open }, { field: whole, above: 1 } ] }",
                "{ not: { field: status, is: open } }",
                "{ not: { any: [ { field: gone, exists: true }, { not: { field: flag, is: true } } ] } }",
            })
    void accepts(String condition) {
        assertThat(test(condition)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ field: status, is: Paid }",
                "{ field: text, is: 10 }",
                "{ field: number, is: \"10\" }",
                "{ field: gone, is: paid }",
                "{ field: gone, above: 1 }",
                "{ field: note, as: number, below: 1 }",
                "{ field: gone, before: -1h }",
                "{ field: gone, contains: x }",
                "{ field: gone, startsWith: \"\" }",
                "{ field: note, matches: \".*\" }",
                "{ field: note, in: [ paid ] }",
                "{ field: words, matches: hello }",
                "{ field: \"lines[*].sku\", isNot: A }",
                "{ field: \"lines[*].qty\", above: 20 }",
                "{ field: none, is: red }",
                "{ field: tags, is: green }",
                "{ all: [ { field: status, is: paid }, { field: whole, above: 7 } ] }",
                "{ any: [ { field: status, is: open }, { field: whole, above: 7 } ] }",
            })
    void declines(String condition) {
        assertThat(test(condition)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ field: words, as: number, above: 1 } | field 'words' is not a number",
                "{ field: words, before: -1h } | field 'words' is not a date",
                "{ field: words, as: boolean, is: true } | field 'words' is not true or false",
                "{ field: text, above: 1 } | field 'text' is not a number; with 'as'",
                "{ field: whole, as: number, above: \"${meta.status}\" } | what field 'whole' is compared with is not a number",
                "{ field: status, is: \"${flow.gone}\" } | ${flow.gone} has no value here",
            })
    void aFieldOfTheWrongKindIsAnErrorThatNamesItAndShowsNoValue(String condition, String message) {
        assertThatThrownBy(() -> test(condition))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("hello")
                .hasMessageContaining("(c.flow.yaml:1:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ field: a, abvoe: 1 } | 1:13: a condition has no operator 'abvoe' [UNKNOWN_OPERATOR] | did you mean 'above'?",
                "{ field: a, equals: 1 } | 1:13: a condition has no operator 'equals' | did you mean 'is'?",
                "{ field: a, '>=': 1 } | 1:13: a condition has no operator '>=' | did you mean 'atLeast'?",
                "{ feild: a, is: 1 } | 1:3: a condition has no operator 'feild' | did you mean 'field'?",
                "{ field: a, iz: 1 } | 1:13: a condition has no operator 'iz' | did you mean",
                "{ field: a } | 1:1: a condition needs an operator [MISSING_KEY] | is, above",
                "{ is: 1 } | 1:1: a condition needs the key 'field' [MISSING_KEY] | path",
                "{ field: a, above: 1, below: 3 } | 1:23: a condition has one operator, found 'above' and 'below' | all:",
                "{ field: a, above: x } | 1:20: 'above' cannot tell what to compare as [NEEDS_TYPE] | as: number",
                "{ field: a, above: \"${flow.x}\" } | [NEEDS_TYPE] | as: number",
                "{ field: a, as: number, above: x } | 1:32: 'x' is not a number [WRONG_TYPE] |",
                "{ field: a, before: yesterday } | 1:21: 'yesterday' is not a date [WRONG_TYPE] | -2h",
                "{ field: a, as: nubmer, is: 1 } | 'nubmer' is not one of | did you mean 'number'?",
                "{ field: a, in: paid } | 1:17: 'in' needs a list, found text |",
                "{ field: a, between: [ 1 ] } | 'between' needs a list of two, found list |",
                "{ field: a, is: [ 1 ] } | 'is' needs one value, found list |",
                "{ field: a, exists: yes } | 'exists' needs true or false, found text |",
                "{ field: a, matches: \"(\" } | '(' is not a regular expression | RE2",
                "{ field: a, matches: \"${flow.x}\" } | cannot hold a placeholder |",
                "{ field: 'a[', is: 1 } | 1:13: 'a[' is not a path | ",
                "{ field: a, is: \"${secret.x}\" } | 'secret' cannot be read here | settings",
                "{ all: [], any: [] } | has no key |",
                "{ all: { field: a, is: 1 } } | 'all' needs a list of conditions, found mapping |",
                "[ { field: a, is: 1 } ] | a condition is expected here, found list | write all:",
                "paid | a condition must be a mapping, found text |",
            })
    void saysWhatIsWrongWithACondition(String condition, String message, String hint) {
        Problems problems = new Problems();

        assertThat(read(condition, problems)).isEmpty();
        assertThat(problems.toString()).contains(message).contains(hint == null ? "" : hint);
    }

    @Test
    void findsAllProblemsOfAllConditions() {
        Problems problems = new Problems();
        read("all: [ { field: a, iz: 1 }, { field: 'b[', is: 1 }, { any: [ { field: c, before: x } ] } ]", problems);

        assertThat(problems.errors()).isEqualTo(3);
    }

    @Test
    void namesWhatItReads() {
        Problems problems = new Problems();
        Condition condition = read(
                        "any: [ { field: a, is: \"${flow.x}\" }, { not: { field: \"${meta.b}\", in: [ \"${run.id}\" ] } } ]",
                        problems)
                .orElseThrow();

        assertThat(condition.reads())
                .extracting(ref -> ref.root() + "." + ref.name())
                .containsExactlyInAnyOrder("flow.x", "meta.b", "run.id");
    }

    private static boolean test(String yaml) {
        Problems problems = new Problems();
        Optional<Condition> condition = read(yaml, problems);
        assertThat(problems.list()).isEmpty();
        return condition.orElseThrow().test(SCOPE.tree("record"), SCOPE);
    }

    private static Optional<Condition> read(String yaml, Problems problems) {
        return new YamlReader()
                .read("c.flow.yaml", yaml, problems)
                .map(node -> new Binder(Map.of()).bind(node, Condition.class, problems));
    }
}
