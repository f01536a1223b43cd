package io.patchbay.mapping.function.list;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.expression.FakeScope;
import io.patchbay.mapping.function.Applied;
import io.patchbay.payload.Json;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListFunctionsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "sum | [] | 0",
                "sum | 7 | 7",
                "sum | [ 9223372036854775807, 1 ] | 9223372036854775808",
                "avg | [ 1, 2 ] | 1.5",
                "avg | [ null, 3 ] | 3",
                "{ avg: { of: n, decimals: 0, rounding: halfEven } } | [ { n: 2 }, { n: 3 } ] | 2",
                "{ min: { as: text } } | [ b, a ] | a",
                "{ max: { as: value } } | [ 1, a ] | a",
                "{ max: { with: none } } | [ 2 ] | 2",
                "{ min: { with: \"${record.gone ?? 1}\" } } | [ 2 ] | 1",
                "{ sort: { as: text } } | [ 10, 9, 1 ] | [ 1, 10, 9 ]",
                "{ sort: { as: number, order: descending } } | [ \"10\", 9, null, 100 ] | [ 100, \"10\", 9, null ]",
                "{ sort: { by: a } } | [ { a: 2, n: 1 }, { a: 1, n: 2 }, { a: 2, n: 3 } ] | [ { a: 1, n: 2 }, { a: 2, n: 1 }, { a: 2, n: 3 } ]",
                "sort | x | [ x ]",
                "distinct | [ 0, 0.0, \"0\", null, null ] | [ 0, \"0\", null ]",
                "distinct | [ { a: 1 }, { a: 1 } ] | [ { a: 1 } ]",
                "{ slice: { to: -1 } } | [ a, b, c ] | [ a, b ]",
                "{ slice: { from: 5 } } | [ a ] | []",
                "{ slice: { from: -2147483648, to: 2147483647 } } | [ a ] | [ a ]",
                "{ item: -1 } | [ a, b ] | b",
                "{ item: 0 } | x | x",
                "flatten | [ [], [ [] ] ] | [ [] ]",
                "{ flatten: { levels: 9 } } | [ [ [ [ a ] ] ], b ] | [ a, b ]",
                "{ chunks: { of: 3 } } | [] | []",
                "{ append: [ \"${flow.currency}\", gone ] } | [ a, b ] | [ a, b, GBP ]",
                "reverse | x | [ x ]",
                "compact | [ null ] | []",
                "{ pick: { where: { any: [ { field: n, above: 2 }, { field: n, exists: false } ] } } } | [ { n: 1 }, { n: 3 }, { x: 1 } ] | [ { n: 3 }, { x: 1 } ]",
                "{ pick: { where: { field: shop, is: uk } } } | [ { a: 1 } ] | []",
                "{ fromEntries: { twice: first } } | [ { key: a, value: 1 }, { key: a, value: 2 } ] | { a: 1 }",
                "fromEntries | [ { key: 7 } ] | { \"7\": null }",
                "fromEntries | [] | {}",
                "toEntries | {} | []",
                "{ get: \"a[*].b\" } | { a: [ { b: 1 }, { b: 2 } ] } | [ 1, 2 ]",
                "{ only: gone } | { a: 1 } | {}",
                "{ without: [ a, b ] } | [ { a: 1, c: 2 }, { b: 1 } ] | [ { c: 2 }, {} ]",
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
                "sum | [ { a: s3cret } ] | sum: the value is not a number, it is an object",
                "max | [ s3cret ] | max: the value is not a number, it is text",
                "{ sort: { as: date } } | [ s3cret, x ] | sort: an item is not an ISO 8601 date, it is text",
                "sort | [ { a: s3cret }, { a: 1 } ] | sort: the value is an object, not text",
                "keys | [ s3cret ] | keys: the value is not an object, it is text",
                "fromEntries | [ s3cret ] | fromEntries: item 1 has no key at 'key'",
            })
    void refuses(String then, String in, String message) {
        Applied.refuses(then, in, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ pick: { where: { field: n, abov: 2 } } } | did you mean 'above'?",
                "{ toEntries: { key: a, value: a } } | must not be the same",
                "{ chunks: { of: 0 } } | 'of' must be at least 1",
                "{ only: { a: 1 } } | this value must be text",
            })
    void saysWhatIsWrong(String then, String message) {
        Applied.isWrong(then, message);
    }

    @Property
    void anObjectGoesToEntriesAndBack(@ForAll Map<String, Integer> members) {
        ObjectNode object = Json.NODES.objectNode();
        members.forEach(object::put);

        assertThat(Applied.to("fromEntries", Applied.to("toEntries", object)).toString())
                .isEqualTo(object.toString());
    }
}
