package io.patchbay.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.moving.Import.Dialect;
import io.patchbay.moving.Import.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are large, or become so: what is made of them has a bound. */
class LargeImportsTest {

    @Test
    void moreStepsThanAnybodyDrawsAreRefused() {
        assertThatThrownBy(() -> Imports.of(Dialect.PATCHWORKS, steps(100_000))).hasMessageContaining("values");
        assertThatThrownBy(() -> Imports.of(Dialect.PATCHWORKS, steps(5_000)))
                .hasMessageContaining("5000 steps, more than 2000");
    }

    private static String steps(int count) {
        StringBuilder steps = new StringBuilder();
        for (int i = 0; i < count; i++) {
            steps.append(i == 0 ? "" : ",")
                    .append("{\"id\":\"")
                    .append(i)
                    .append("\",\"type\":\"notify\",\"config\":{\"template\":\"x\"},\"position\":{\"x\":1,\"y\":2}}");
        }
        return "{\"flow\":{\"name\":\"x\",\"versions\":[{\"steps\":[" + steps + "],\"connections\":[]}]}}";
    }

    @Test
    void fansInsideOfFansEndSomewhere() {
        StringBuilder nodes = new StringBuilder();
        StringBuilder wires = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            nodes.append(i == 0 ? "" : ",")
                    .append("{\"name\":\"n")
                    .append(i)
                    .append(
                            "\",\"type\":\"n8n-nodes-base.if\",\"typeVersion\":2,\"parameters\":{\"conditions\":{\"conditions\":[{\"leftValue\":\"={{"
                                    + " $json.a"
                                    + " }}\",\"rightValue\":\"1\",\"operator\":{\"type\":\"string\",\"operation\":\"equals\"}}]}}}");
            int one = Math.min(399, 2 * i + 1);
            wires.append(i == 0 ? "" : ",")
                    .append("\"n")
                    .append(i)
                    .append("\":{\"main\":[[{\"node\":\"n")
                    .append(one)
                    .append("\"}],[{\"node\":\"n")
                    .append(Math.min(399, one + 1))
                    .append("\"},{\"node\":\"n")
                    .append(Math.min(399, i + 3))
                    .append("\"}]]}");
        }
        Result made = Imports.of(
                Dialect.N8N, "{\"name\":\"deep\",\"nodes\":[" + nodes + "],\"connections\":{" + wires + "}}");
        assertThat(made.flows()).containsExactly("deep");
        String all = Imports.shown(made);
        for (int i = 0; i < 400; i++) {
            assertThat(all).contains("n" + i);
        }
    }

    @Test
    void propertiesThatMakeEachOtherLargerAreRefused() {
        StringBuilder nodes = new StringBuilder();
        for (int level = 0; level < 12; level++) {
            nodes.append("""
                    {"id": "s%1$d", "type": "subflow", "name": "S%1$d", "in": [{"wires": [{"id": "n%1$d"}]}], "out": [],
                     "env": [{"name": "A", "type": "str", "value": "x"}]},
                    {"id": "n%1$d", "z": "s%1$d", "type": "subflow:s%2$d", "wires": [],
                     "env": [{"name": "A", "type": "str", "value": "%3$s"}]},
                    """.formatted(level, level + 1, "{{env.A}}".repeat(10)));
        }
        String file = "[" + nodes + """
                {"id": "s12", "type": "subflow", "name": "S12", "in": [{"wires": [{"id": "d"}]}], "out": [],
                 "env": [{"name": "A", "type": "str", "value": "x"}]},
                {"id": "d", "z": "s12", "type": "debug", "name": "{{env.A}}", "wires": []},
                {"id": "t", "type": "tab", "label": "T"},
                {"id": "i", "z": "t", "type": "inject", "repeat": "60", "wires": [["u"]]},
                {"id": "u", "z": "t", "type": "subflow:s0", "env": [{"name": "A", "type": "str", "value": "xxxxxxxxxx"}], "wires": []}]
                """;

        assertThatThrownBy(() -> Imports.of(Dialect.NODE_RED, file))
                .isInstanceOf(MovingException.class)
                .hasMessageStartingWith("given.json:15:1: the node 'n3': ")
                .hasMessageContaining("a value of it has more than 65536 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{env.A}}", "${A}", "B", "type: A"})
    void subflowsThatAreLargeInEachOfManyPlacesAreRefused(String name) {
        String large = "x".repeat(60_000);
        StringBuilder nodes = new StringBuilder("""
                [{"id": "t", "type": "tab", "label": "T"},
                 {"id": "i", "z": "t", "type": "inject", "repeat": "60", "wires": [["u0"]]},
                 {"id": "s", "type": "subflow", "name": "S", "in": [{"wires": [{"id": "d0"}]}], "out": [],
                  "env": [{"name": "A", "type": "str", "value": "%s"}]}
                """.formatted(name.equals("B") ? "" : large));
        for (int i = 0; i < 20; i++) {
            nodes.append("""
                    ,{"id": "u%1$d", "z": "t", "type": "subflow:s", "wires": []}
                    ,{"id": "d%1$d", "z": "s", "type": "change", "name": "%2$s", "rules": [%3$s], "wires": []}
                    """.formatted(
                    i,
                    name.equals("B") ? large : name,
                    name.equals("type: A") ? "{\"t\": \"set\", \"p\": \"a\", \"to\": \"A\", \"tot\": \"env\"}" : ""));
        }

        assertThatThrownBy(() -> Imports.of(Dialect.NODE_RED, nodes + "]"))
                .isInstanceOf(MovingException.class)
                .hasMessageMatching(
                        "given\\.json:\\d+:2: the node 'd\\d+': with it .* more than 16 million characters.*");
    }

    @Test
    void aTextWithoutPropertiesIsNotCopiedForEachUseOfItsSubflow() {
        SourceText.Document document = SourceText.read("given.json", """
                [{"id": "s", "type": "subflow", "name": "S", "in": [], "out": [], "env": [{"name": "A", "type": "str", "value": "a"}]},
                 {"id": "f", "z": "s", "type": "function", "func": "return msg; // env.A", "name": "{{env.A}}", "wires": []},
                 {"id": "u", "type": "subflow:s", "wires": []}]
                """);

        JsonNode copy = new NodeRedSubflows(document, new Report("given.json"))
                .expanded(document.root()).stream()
                        .map(NodeRedSubflows.Placed::node)
                        .filter(node -> node.path("id").asText().equals("u/f"))
                        .findFirst()
                        .orElseThrow();

        assertThat(copy.path("name").asText()).isEqualTo("a");
        assertThat(copy.path("func").textValue())
                .isSameAs(document.root().path(1).path("func").textValue());
    }
}
