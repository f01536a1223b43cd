package io.patchbay.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import io.patchbay.problem.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlPatchTest {

    private static String set(String text, String value, Object... path) throws Exception {
        YamlPatch patch = YamlPatch.of(text).orElseThrow();
        assertThat(patch.set(List.of(path), Json.MAPPER.readTree(value))).isTrue();
        return patch.text();
    }

    private static JsonNode read(String text) {
        Problems problems = new Problems();
        Node node = new YamlReader().read("a.yaml", text, problems).orElse(null);
        assertThat(problems.list()).isEmpty();
        assertThat(node).as(text).isNotNull();
        return Literals.json(java.util.Objects.requireNonNull(node));
    }

    @Test
    void keepsCommentsOrderAndLayoutAroundAValue() throws Exception {
        String text = """
                # above
                a:   1   # one
                b: [ x,  y ]   # two

                c: { d: "é😀", e: 5 } # three
                f:
                  # within
                  - g: 1
                    h: 2    # four
                  - i
                """;

        assertThat(set(text, "7", "c", "e")).isEqualTo(text.replace("5", "7"));
        assertThat(set(text, "{\"g\":1,\"h\":\"new\"}", "f", 0)).isEqualTo(text.replace("h: 2", "h: new"));
        assertThat(set(text, "[\"x\"]", "b")).isEqualTo(text.replace("[ x,  y ]", "[ x ]"));
        assertThat(set(text, "\"true\"", "a")).isEqualTo(text.replace("a:   1   #", "a:   \"true\"   #"));
    }

    @Test
    void blocksGrowAndShrinkInTheirPlace() throws Exception {
        String text = """
                a:
                  b: 1 # one
                  c: 2
                # below
                list:
                - x # first
                - y
                - z
                """;

        assertThat(set(text, "{\"b\":1,\"c\":2,\"d\":{\"e\":[1]}}", "a"))
                .isEqualTo(text.replace("  c: 2\n", "  c: 2\n  d: { e: [ 1 ] }\n"));
        assertThat(set(text, "{\"b\":1}", "a")).isEqualTo(text.replace("  c: 2\n", ""));
        assertThat(set(text, "[\"x\",\"w\"]", "list")).isEqualTo(text.replace("- y\n- z\n", "- w\n"));
        assertThat(set(text, "[\"x\",\"y\",\"z\",{\"a\":1}]", "list")).isEqualTo(text + "- { a: 1 }\n");
    }

    @Test
    void writesWhatIsMissing() throws Exception {
        assertThat(set(
                        "cases:\n  - name: a\n    start: {}\n  - name: b\n",
                        "{\"outcome\":\"failed\"}",
                        "cases",
                        0,
                        "expect"))
                .isEqualTo("cases:\n  - name: a\n    start: {}\n    expect: { outcome: failed }\n  - name: b\n");
        assertThat(set("cases: [ { name: a } ]\n", "{\"x\":1}", "cases", 0, "expect"))
                .isEqualTo("cases: [ { name: a, expect: { x: 1 } } ]\n");
        assertThat(set("a: 1\nexpect:\nb: 2\n", "{\"x\":1}", "expect")).isEqualTo("a: 1\nexpect: { x: 1 }\nb: 2\n");
        assertThat(set("a: 1\nexpect: # filled\n", "[]", "expect")).isEqualTo("a: 1\nexpect: [] # filled\n");
        assertThat(set("a: 1", "2", "b")).isEqualTo("a: 1\nb: 2");
    }

    @Test
    void keepsTheLineEndsOfTheFile() throws Exception {
        assertThat(set("a:\r\n  b: 1\r\nc: 2\r\n", "{\"b\":1,\"x\":2}", "a"))
                .isEqualTo("a:\r\n  b: 1\r\n  x: 2\r\nc: 2\r\n");
    }

    @Test
    void anAliasIsLeftAlone() throws Exception {
        YamlPatch patch = YamlPatch.of("a: &same { x: 1 }\nb: *same\n").orElseThrow();

        assertThat(patch.set(List.of("b", "x"), Json.MAPPER.readTree("2"))).isFalse();
        assertThat(patch.set(List.of("b"), Json.MAPPER.readTree("2"))).isFalse();
        assertThat(patch.text()).isEqualTo("a: &same { x: 1 }\nb: *same\n");
    }

    /** Whatever stands in a place before and comes there, the file says it afterwards, and the rest as it was. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\" a\"",
                "\"a: b # c\"",
                "\"*\"",
                "\"null\"",
                "\"NO\"",
                "\"1\"",
                "\"2026-01-01\"",
                "\"- a\"",
                "\"a\\nb\"",
                "\"a\\nb\\n\"",
                "\"a\\n\\nb\\n\\n\"",
                "\"\\n a\"",
                "\"a\\r\\nb\"",
                "\"\\u0000\\u007f\\u2028\\ufeff\"",
                "\"\\ud83d\\ude00\"",
                "\"a\\tb\"",
                "\"\\\"\\\\\"",
                "null",
                "true",
                "0",
                "-1.50",
                "12345678901234567890.5",
                "[]",
                "{}",
                "[[1,[2]],[]]",
                "{\"a b\":{\"\":1,\"null\":2,\"c:\":[{\"d\":\"x\\ny\"}]}}",
                "[{\"long\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\"text\":\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\",\"n\":{\"x\":\"l\\nm\"}}]"
            })
    void whatIsWrittenIsRead(String value) throws Exception {
        JsonNode wanted = Json.MAPPER.readTree(value);
        List<String> places = List.of(
                "1",
                "|\n      text\n      more\n",
                "\n      k: v # c\n      l:\n        - 1\n",
                "\n  - a\n  -\n  - b: 1\n    c: 2",
                "[ 1, { a: b } ] # end",
                "{ a: 1 }",
                "# nothing",
                "\"quoted\"   # said",
                ">-\n      folded\n      text\n\n");
        for (String place : places) {
            String text = "x: 1\nlist:\n  - at: " + place + "\n    z: { y: 2 }\n# end\nlast: 3\n";
            if (place.startsWith("\n  -")) {
                text = "x: 1\nlist:\n- at: " + place + "\n  z: { y: 2 }\n# end\nlast: 3\n";
            }
            String changed = set(text, value, "list", 0, "at");

            assertThat(read(changed).at("/list/0/at")).as(changed).isEqualTo(wanted(wanted));
            assertThat(read(changed).at("/list/0/z/y").asInt()).as(changed).isEqualTo(2);
            assertThat(changed).startsWith("x: 1\nlist:\n").endsWith("# end\nlast: 3\n");
            assertThat(set(changed, value, "list", 0, "at")).as("a second time").isEqualTo(changed);
        }
        assertThat(read(set("a: { b: [ 1, 2 ] }", value, "a", "b", 1)).at("/a/b/1"))
                .isEqualTo(wanted(wanted));
        assertThat(read(set("a:\n  - 1\n  - 2\n", value, "a", 0)).at("/a/0")).isEqualTo(wanted(wanted));
    }

    private static JsonNode wanted(JsonNode value) {
        return read("v: " + YamlText.flow(value)).path("v");
    }
}
