package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Literals;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.YamlPatch;
import io.patchbay.canvas.YamlReader;
import io.patchbay.payload.Differences;
import io.patchbay.problem.Problems;
import java.util.List;

/** Writes into the tests of a script what their calls did. A case that should fail and did not, or the reverse, stays as it is. */
final class ScriptUpdate {

    private ScriptUpdate() {}

    /** The file's text anew. */
    static String of(String text, ScriptTests.Results results) {
        YamlPatch patch = YamlPatch.of(text).orElse(null);
        Node root = new YamlReader().read("", text, new Problems()).orElse(null);
        if (patch == null || !(root instanceof MapNode map) || !(map.get("cases") instanceof ListNode cases)) {
            return text;
        }
        for (int i = 0; i < results.cases().size(); i++) {
            ScriptTests.Came came = results.cases().get(i).came();
            if (!(cases.items().get(i) instanceof MapNode one)
                    || (came.error() != null && one.get("error") == null)
                    || (came.error() == null && one.get("error") != null)) {
                continue;
            }
            update(patch, one, i, came, results.cases().get(i).passed());
        }
        return patch.text();
    }

    private static void update(YamlPatch patch, MapNode one, int at, ScriptTests.Came came, boolean passed) {
        JsonNode value = came.value();
        Node expect = one.get("expect");
        JsonNode old = expect == null ? Json.object() : Literals.json(expect);
        if (value != null && (old.isNull() || (old.isObject() && old.isEmpty()))) {
            if (expect != null || one.get("logs") == null) {
                patch.set(List.of("cases", at, "expect"), value);
            }
        } else if (value != null && !passed) {
            patch.set(List.of("cases", at, "expect"), renewed(old, value));
        }
        Node logs = one.get("logs");
        if (logs != null && !passed) {
            ArrayNode lines = io.patchbay.payload.Json.NODES.arrayNode();
            came.log().forEach(lines::add);
            patch.set(List.of("cases", at, "logs"), lines);
        }
        String error = came.error();
        Node wanted = one.get("error");
        if (error != null
                && wanted != null
                && !error.contains(Literals.json(wanted).asText())) {
            patch.set(List.of("cases", at, "error"), io.patchbay.payload.Json.NODES.textNode(error));
        }
    }

    /** Of an object the members that stand there; what is the same stays as it was written. */
    private static JsonNode renewed(JsonNode old, JsonNode found) {
        if (!old.isObject() || !found.isObject()) {
            return same(old, found) ? old : found;
        }
        ObjectNode renewed = Json.object();
        old.properties().stream().filter(member -> found.has(member.getKey())).forEach(member -> {
            JsonNode its = found.get(member.getKey());
            renewed.set(member.getKey(), same(member.getValue(), its) ? member.getValue() : its);
        });
        return renewed;
    }

    private static boolean same(JsonNode old, JsonNode found) {
        return Differences.of(old, found).isEmpty();
    }
}
