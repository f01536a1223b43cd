package io.patchbay.expression.jsonpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.payload.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The compliance test suite of the JSONPath standard, commit 7be7c1f of 2026-05-21 (jsonpath-standard/jsonpath-compliance-test-suite,
 * under the licence that lies beside it); a line per case, of which names and tags are left out.
 */
class ComplianceTest {

    @TestFactory
    List<DynamicTest> answersAsTheStandardHasIt() throws IOException {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("compliance.jsonl"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines().map(ComplianceTest::test).toList();
        }
    }

    private static DynamicTest test(String line) {
        try {
            JsonNode one = Json.MAPPER.readTree(line);
            String selector = one.path("selector").textValue();
            return DynamicTest.dynamicTest(one.path("name").textValue(), () -> {
                if (one.path("invalid_selector").asBoolean()) {
                    assertThatThrownBy(() -> JsonPath.compile(selector))
                            .as(selector)
                            .isInstanceOf(JsonPathException.class);
                } else {
                    finds(one, selector);
                }
            });
        } catch (IOException e) {
            throw new IllegalStateException(line, e);
        }
    }

    private static void finds(JsonNode one, String selector) {
        JsonNode document = one.path("document");
        ArrayNode found = Json.NODES.arrayNode();
        JsonPath.compile(selector).find(document, () -> document).forEach(found::add);
        Stream<JsonNode> right = one.has("result")
                ? Stream.of(one.path("result"))
                : StreamSupport.stream(one.path("results").spliterator(), false);
        assertThat(right.anyMatch(each -> Comparing.same(each, found)))
                .as(selector + " gives " + found + ", expected " + one.path("result") + one.path("results"))
                .isTrue();
    }
}
