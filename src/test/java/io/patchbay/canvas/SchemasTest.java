package io.patchbay.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import io.patchbay.payload.Json;
import io.patchbay.problem.Problems;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A schema must say yes and no where the binder does. */
class SchemasTest {

    private static final ObjectNode SCHEMA =
            new Schemas(new Binder(Map.of())).document(BinderTest.AllSettings.class, "urn:test", "Test");

    @Test
    void isAValidSchemaOfDraft202012() {
        JsonSchema meta = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(meta.validate(SCHEMA)).isEmpty();
    }

    @Test
    void tellsDefaultsDescriptionsAndBounds() {
        JsonNode all = SCHEMA.at("/$defs/BinderTest.AllSettings");

        assertThat(all.get("description").asText()).isEqualTo("Everything that can be bound");
        assertThat(all.at("/properties/count").toString())
                .isEqualTo("{\"type\":\"integer\",\"minimum\":1,\"maximum\":9,\"default\":3}");
        assertThat(all.get("required").toString()).isEqualTo("[\"name\"]");
        assertThat(all.at("/properties/catch/type").asText()).isEqualTo("string");
        assertThat(all.get("properties").has("later")).isFalse();
        assertThat(SCHEMA.toString()).doesNotContain("green");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ name: x }",
                "{ name: x, count: 9, big: 9000000000, exact: 1.5, flag: true, pause: 2h, size: 64KB, colour: darkRed }",
                "{ name: x, words: [ a ], numbers: { a: 1 }, inner: { a: x }, inners: [ { a: y, b: z } ], any: [ 1 ], raw: 1 }",
            })
    void acceptsWhatTheBinderTakes(String yaml) {
        assertThat(binds(yaml)).isTrue();
        assertThat(schema().validate(json(yaml))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ nmae: x, name: y }",
                "{ count: 3 }",
                "{ name: [ x ] }",
                "{ name: x, count: 0 }",
                "{ name: x, count: 10 }",
                "{ name: x, count: 1.5 }",
                "{ name: x, flag: yes }",
                "{ name: x, pause: 5 minutes }",
                "{ name: x, size: big }",
                "{ name: x, colour: dark }",
                "{ name: x, words: a }",
                "{ name: x, numbers: { a: b } }",
                "{ name: x, inner: { b: x } }",
                "{ name: x, inners: [ x ] }",
                "{ name: x, later: 1 }",
                "[ 1 ]",
            })
    void refusesWhatTheBinderRefuses(String yaml) {
        assertThat(binds(yaml)).isFalse();
        assertThat(schema().validate(json(yaml))).isNotEmpty();
    }

    private static JsonSchema schema() {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SCHEMA, SchemaValidatorsConfig.builder().build());
    }

    private static boolean binds(String yaml) {
        Problems problems = new Problems();
        return new Binder(Map.of()).bind(node(yaml), BinderTest.AllSettings.class, problems) != null;
    }

    private static JsonNode json(String yaml) {
        return Json.MAPPER.valueToTree(Literals.json(node(yaml)));
    }

    private static Node node(String yaml) {
        return new YamlReader().read("f.yaml", yaml, new Problems()).orElseThrow();
    }
}
