package io.patchbay.payload.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.YamlReader;
import io.patchbay.payload.Json;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Problems;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaReaderTest {

    private static final String ORDER = """
            {"$schema": "https://json-schema.org/draft/2020-12/schema",
             "type": "object", "required": ["id"],
             "properties": {
               "id": {"type": "integer"},
               "status": {"enum": ["open", "paid"]},
               "code": {"pattern": "^[A-Z]{3}$"},
               "lines": {"type": "array", "items": {"$ref": "#/$defs/line"}}},
             "$defs": {"line": {"type": "object", "required": ["sku"], "properties": {
               "sku": {"type": "string"}, "parts": {"type": "array", "items": {"$ref": "#/$defs/line"}}}}}}
            """;

    private static List<String> problems(String text) {
        Problems problems = new Problems();
        new YamlReader().read("order.schema.json", text, problems).ifPresent(root -> SchemaReader.read(root, problems));
        return problems.list().stream().map(Problem::toString).toList();
    }

    private static PayloadSchema schema(String text) {
        Problems problems = new Problems();
        var root = new YamlReader().read("order.schema.json", text, problems);
        PayloadSchema schema =
                SchemaReader.read(root.orElseThrow(() -> new AssertionError(problems.toString())), problems);
        assertThat(problems.list()).isEmpty();
        return Objects.requireNonNull(schema);
    }

    private static List<String> violations(String schema, String value) throws Exception {
        JsonNode tree = Json.MAPPER.readTree(value);
        return schema(schema).violations(tree).stream()
                .map(one -> one.full(text -> text))
                .toList();
    }

    @Test
    void saysWhereAValueIsNotAsTheSchemaSays() throws Exception {
        assertThat(violations(ORDER, "{\"id\":1,\"status\":\"paid\",\"code\":\"ABC\",\"lines\":[{\"sku\":\"a\"}]}"))
                .isEmpty();
        assertThat(
                        violations(
                                ORDER,
                                "{\"status\":\"gone\",\"code\":\"abc\",\"lines\":[{\"sku\":\"a\"},{\"sku\":5,\"parts\":[{}]}]}"))
                .containsExactlyInAnyOrder(
                        "$: required property 'id' not found",
                        "$.status: does not have a value in the enumeration [\"open\", \"paid\"]; it is \"gone\"",
                        "$.code: does not match the regex pattern ^[A-Z]{3}$; it is \"abc\"",
                        "$.lines[1].sku: integer found, string expected; it is 5",
                        "$.lines[1].parts[0]: required property 'sku' not found");
    }

    @Test
    void namesAtMostTwentyViolationsAndOfALargeValueTheFirst() throws Exception {
        String list = "{\"items\": {\"type\": \"string\"}}";
        assertThat(violations(list, "[" + "1,".repeat(99) + "1]")).hasSize(PayloadSchema.MOST);
        assertThat(violations(list, "[" + "1,".repeat(200_000) + "1]")).hasSize(1);
    }

    @Test
    void shortensLongValuesAndNames() throws Exception {
        assertThat(violations("{\"type\": \"integer\"}", "\"" + "x".repeat(5_000) + "\""))
                .singleElement()
                .satisfies(text -> assertThat(text).hasSizeLessThan(150).endsWith("…"));
        assertThat(violations("{\"additionalProperties\": false}", "{\"" + "x".repeat(5_000) + "\":1}"))
                .singleElement()
                .satisfies(text -> assertThat(text).hasSizeLessThan(700));
    }

    @Test
    void bearsAValueAsDeepAsJsonMayBe() throws Exception {
        String recursive = "{\"type\": \"array\", \"items\": {\"$ref\": \"#\"}}";
        assertThat(violations(recursive, "[".repeat(199) + "5" + "]".repeat(199)))
                .singleElement()
                .satisfies(text -> assertThat(text).contains("integer found, array expected"));
    }

    @Test
    void aPatternThatOthersDoNotComeToAnEndWithTakesNoTime() throws Exception {
        assertThat(violations("{\"pattern\": \"^(a+)+$\"}", "\"" + "a".repeat(50_000) + "!\""))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type": "objekt"} | order.schema.json:1:10 | this is no JSON Schema
            {"$schema": "http://json-schema.org/draft-07/schema#"} | :1:13 | schemas are of the draft 2020-12
            {"items": {"$ref": "https://example.com/a.json"}} | :1:20 | leads out of this document
            {"items": {"$ref": "other.schema.json#/a"}} | :1:20 | leads out of this document
            {"items": {"$ref": "file:///etc/passwd"}} | :1:20 | leads out of this document
            {"items": {"$ref": "#/$defs/nope"}} | :1:20 | names nothing in this document
            {"items": {"$id": "https://example.com/b", "$ref": "#/$defs/nope"}} | :1:19 | '$id' is not taken here
            {"pattern": "(?=a)b"} | :1:13 | expressions are RE2
            {"patternProperties": {"(a": {}}} | :1:24 | is not a regular expression
            {"$ref": "#"} | :1:1 | would never end
            {"properties": {"a": {"anyOf": [{"$ref": "#/properties/a"}]}}} | : | would never end
            [1] | :1:1 | must be a mapping
            """)
    void refusesWithThePlaceWhatWouldFailLaterOrReachOut(String schema, String place, String what) {
        assertThat(problems(schema))
                .anySatisfy(problem -> assertThat(problem).contains(place).contains(what));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"properties\": {\"$ref\": {\"type\": \"string\"}}}",
                "{\"const\": {\"$ref\": \"https://example.com\"}}",
                "{\"default\": {\"pattern\": \"(?=a)\"}}",
                "{\"$id\": \"https://example.com/order.json\", \"$ref\": \"#/$defs/a\", \"$defs\": {\"a\": {}}}"
            })
    void namesOfMembersAndValuesAreNoReferences(String schema) {
        assertThat(problems(schema)).isEmpty();
    }
}
