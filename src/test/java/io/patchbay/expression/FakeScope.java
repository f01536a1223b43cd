package io.patchbay.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.patchbay.canvas.Literals;
import io.patchbay.canvas.YamlReader;
import io.patchbay.problem.Problems;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A scope whose roots stand in one tree: {@code {record: …, flow: {…}, table: {carriers: {…}}}}. */
public record FakeScope(JsonNode roots, Instant queuedAt) implements Scope {

    /** Queued at 2026-03-01T12:00:00Z. */
    public static FakeScope of(String yaml) {
        return new FakeScope(yaml(yaml), Instant.parse("2026-03-01T12:00:00Z"));
    }

    /** YAML as a JSON value. */
    public static JsonNode yaml(String yaml) {
        Problems problems = new Problems();
        return new YamlReader()
                .read("data", yaml, problems)
                .map(Literals::json)
                .orElseThrow(() -> new AssertionError(problems.toString()));
    }

    @Override
    public JsonNode tree(String root) {
        return roots.path(root);
    }

    @Override
    public JsonNode named(String root, String name) {
        return orNull(roots.path(root).path(name));
    }

    @Override
    public @Nullable LookupTable table(String name) {
        JsonNode table = roots.path("table").path(name);
        Map<String, String> values = new LinkedHashMap<>();
        table.properties()
                .forEach(one -> values.put(one.getKey(), one.getValue().asText()));
        return table.isMissingNode() ? null : LookupTable.of(values);
    }

    /** Any function of any script gives the value in capitals. */
    @Override
    public JsonNode script(String file, String function, ObjectNode data) {
        return TextNode.valueOf(data.path("value").asText().toUpperCase(Locale.ROOT));
    }

    /** The key is the value of {@code secret}. */
    @Override
    public byte[] proof(String secret, String algorithm, byte[] content) {
        return Proofs.with(roots.path("secret").path(secret).asText(), algorithm, content);
    }

    private static JsonNode orNull(JsonNode node) {
        return node instanceof MissingNode ? null : node;
    }
}
