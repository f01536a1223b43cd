package io.patchbay.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Binder;
import io.patchbay.canvas.YamlReader;
import io.patchbay.expression.FakeScope;
import io.patchbay.payload.StepException;
import io.patchbay.problem.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldMapTest {

    private static final String ORDER = """
            payload: { currency: GBP }
            record:
              name: "#1"
              note: null
              total: "12.50"
              customer: { first: Ann, address: { city: York } }
              line_items:
                - { sku: A, qty: 1, tax: [ { rate: 20 }, { rate: 5 } ] }
                - { qty: 2, tax: [] }
                - { sku: C, tax: [ { rate: 0 } ] }
              codes: [ x, y ]
              empty: []
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // rename, nest, unnest, copy subtrees
                "[ { to: no, from: name }, { to: a.b.c, from: customer.first }, { to: city, from: customer.address.city } ]"
                        + " | { no: \"#1\", a: { b: { c: Ann } }, city: York }",
                "[ { to: buyer, from: customer } ] | { buyer: { first: Ann, address: { city: York } } }",
                "[ { to: buyer, from: customer }, { to: buyer.address.zip, value: 1 } ]"
                        + " | { buyer: { first: Ann, address: { city: York, zip: 1 } } }",
                "[ { to: all, from: \"@\", then: [ count ] } ] | { all: 1 }",
                // missing and null
                "[ { to: a, from: gone }, { to: b, from: note }, { to: c, from: gone, then: [ upper, { default: x } ] } ]"
                        + " | { b: null, c: x }",
                // constants and templates
                "[ { to: a, value: 5 }, { to: b, value: { c: [ 1 ] } }, { to: d, value: null } ] | { a: 5, b: { c: [ 1 ] }, d: null }",
                "[ { to: a, template: \"${record.name} ${payload.currency}\" }, { to: b, template: \"${record.customer}\" } ]"
                        + " | { a: \"#1 GBP\", b: { first: Ann, address: { city: York } } }",
                "[ { to: a, template: \"${record.gone}\", then: [ { default: x } ] } ] | { a: x }",
                "[ { to: a, from: $.currency } ] | { a: GBP }",
                // positions
                "[ { to: \"a[1]\", from: name }, { to: \"a[0].b\", from: name } ] | { a: [ { b: \"#1\" }, \"#1\" ] }",
                // a list in the source alone
                "[ { to: skus, from: \"line_items[*].sku\" } ] | { skus: [ A, C ] }",
                "[ { to: skus, from: \"line_items[*].sku\", then: [ { join: + } ] } ] | { skus: A+C }",
                "[ { to: first, from: \"line_items[*].sku\", then: [ first, lower ] } ] | { first: a }",
                "[ { to: big, from: \"line_items[?(@.qty > 1)].qty\" } ] | { big: [ 2 ] }",
                // lined up item by item; a hole stays a hole
                "[ { to: \"lines[*].item\", from: \"line_items[*].sku\" }, { to: \"lines[*].n\", from: \"line_items[*].qty\" } ]"
                        + " | { lines: [ { item: A, n: 1 }, { n: 2 }, { item: C } ] }",
                "[ { to: \"lines[*].item\", from: \"line_items[*].sku\" }, { to: \"lines[*].code\", from: \"codes[*]\" } ]"
                        + " | { lines: [ { item: A, code: x }, { code: y }, { item: C } ] }",
                "[ { to: \"lines[*].code\", from: \"codes[*]\" }, { to: \"lines[*].item\", from: \"line_items[*].sku\", then: [ { default: none } ] } ]"
                        + " | { lines: [ { code: x, item: A }, { code: y, item: none }, { item: C } ] }",
                "[ { to: \"skus[*]\", from: \"line_items[*].sku\" } ] | { skus: [ A, C ] }",
                "[ { to: \"e[*].x\", from: \"empty[*].y\" }, { to: \"g[*].x\", from: \"gone[*].y\" } ] | { e: [] }",
                // two levels
                "[ { to: \"l[*].t[*].r\", from: \"line_items[*].tax[*].rate\" } ]"
                        + " | { l: [ { t: [ { r: 20 }, { r: 5 } ] }, { t: [] }, { t: [ { r: 0 } ] } ] }",
                "[ { to: \"l[*].rates\", from: \"line_items[*].tax[*].rate\" } ]"
                        + " | { l: [ { rates: [ 20, 5 ] }, {}, { rates: [ 0 ] } ] }",
                "[ { to: \"l[*].big\", from: \"line_items[?(@.qty)].qty\" } ] | { l: [ { big: 1 }, { big: 2 } ] }",
                // a list in the target alone
                "[ { to: \"l[*].s\", from: \"line_items[*].sku\" }, { to: \"l[*].c\", value: GBP }, { to: \"l[*].n\", from: name } ]"
                        + " | { l: [ { s: A, c: GBP, n: \"#1\" }, { c: GBP, n: \"#1\" }, { s: C, c: GBP, n: \"#1\" } ] }",
                "[ { to: \"l[*].c\", value: GBP } ] | {}",
            })
    void maps(String fields, String expected) throws StepException {
        FakeScope scope = FakeScope.of(ORDER);
        String before = scope.roots().toString();

        JsonNode out = map(fields).apply(scope.tree("record"), scope);

        assertThat(out.toString()).isEqualTo(FakeScope.yaml(expected).toString());
        assertThat(scope.roots().toString()).as("the record is not changed").isEqualTo(before);
    }

    @Test
    void carriesOtherMembersOverAndNeverChangesTheRecord() throws StepException {
        FakeScope scope = FakeScope.of("record: { a: 1, b: { c: 2, d: 3 }, e: [ { f: 1 } ] }");
        String before = scope.roots().toString();

        JsonNode out = map("[ { to: a, value: 9 }, { to: b.c, value: 9 }, { to: \"e[*].g\", value: 9 } ]")
                .with(true, Renames.NONE, List.of())
                .apply(scope.tree("record"), scope);

        assertThat(out).isEqualTo(FakeScope.yaml("{ a: 9, b: { c: 9, d: 3 }, e: [ { f: 1, g: 9 } ] }"));
        assertThat(scope.roots().toString()).isEqualTo(before);
    }

    @Test
    void aConstantIsTheSameForEveryRecord() throws StepException {
        FakeScope scope = FakeScope.of("record: { id: 7 }");
        FieldMap map = map("[ { to: a, value: { x: 1 } }, { to: a.y, from: id } ]");

        map.apply(scope.tree("record"), scope);
        JsonNode second = map.apply(FakeScope.yaml("{}"), scope);

        assertThat(second).isEqualTo(FakeScope.yaml("{ a: { x: 1 } }"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[ { to: n, from: customer.first, then: [ number ] } ] | field 'n': number: the value is not a number",
                "[ { to: \"l[*].n\", from: \"line_items[*].sku\", then: [ number ] } ] | field 'l[*].n': number: the value is not",
                "[ { to: t, template: \"x ${record.gone}\" } ] | field 't': ${record.gone} has no value here",
                "[ { to: a, from: name }, { to: a.b, from: name } ] | field 'a.b': another field made a value there that is no object",
                "[ { to: a, from: name }, { to: \"a[0]\", from: name } ] | field 'a[0]': another field made a value there that is no list",
            })
    void namesTheFieldAndShowsNoValue(String fields, String message) {
        FakeScope scope = FakeScope.of(ORDER);

        assertThatThrownBy(() -> map(fields).apply(scope.tree("record"), scope))
                .isInstanceOf(StepException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("Ann");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[ { to: a } ] | field 'a' needs one of 'from'",
                "[ { to: a, from: b, value: c } ] | field 'a' needs one of 'from'",
                "[ { from: b } ] | needs the key 'to'",
                "[ { to: a, form: b } ] | did you mean 'from'?",
                "[ { to: a, value: \"${record.x}\" } ] | write 'template' instead of 'value'",
                "[ { to: a, value: 1, then: [ text ] } ] | field 'a' is constant",
                "[ { to: a, from: b }, { to: a, from: c } ] | m.yaml:1:23: field 'a' is written twice [DUPLICATE_TARGET]",
                "[ { to: \"a[\", from: \"b[\" } ] | 'b[' is not a path",
                "[ { to: \"a[*].b[*]\", from: \"c[*]\" } ] | has more [*] than its source",
                "[ { to: a, from: b, then: [ uper, lowr ] } ] | did you mean 'lower'?",
                "[ { to: a, from: b, then: [ count, stripHtml ] } ] | m.yaml:1:36: 'stripHtml' takes text or a date, and 'count' before it",
                "[] | a list of fields is expected here",
                "{ to: a, from: b } | a list of fields is expected here, found mapping",
            })
    void saysWhatIsWrongWithAField(String fields, String message) {
        Problems problems = new Problems();

        assertThat(read(fields, problems)).isEmpty();
        assertThat(problems.toString()).contains(message);
    }

    @Test
    void namesWhatItReads() {
        assertThat(
                        map("[ { to: a, template: \"${flow.x}\" }, { to: b, from: c, then: [ { lookup: { table: t } }, { default: \"${run.id}\" } ] } ]")
                                .reads())
                .extracting(ref -> ref.root() + "." + ref.name())
                .containsExactlyInAnyOrder("flow.x", "table.t", "run.id");
    }

    private static FieldMap map(String yaml) {
        Problems problems = new Problems();
        Optional<FieldMap> map = read(yaml, problems);
        assertThat(problems.list()).isEmpty();
        return map.orElseThrow();
    }

    private static Optional<FieldMap> read(String yaml, Problems problems) {
        return new YamlReader()
                .read("m.yaml", yaml, problems)
                .map(node -> new Binder(Map.of()).bind(node, FieldMap.class, problems));
    }
}
