package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Node;
import io.patchbay.moving.Made.Fan;
import io.patchbay.moving.Made.Outlet;
import io.patchbay.payload.Json;
import org.jspecify.annotations.Nullable;

/** The node switch as a route, and its rules as conditions. */
final class NodeRedConditions {

    private final NodeRedText texts;
    private final Report report;

    NodeRedConditions(NodeRedText texts, Report report) {
        this.texts = texts;
        this.report = report;
    }

    Made switched(Node node, Fields fields) {
        String field = texts.field(fields.text("property"), fields.text("propertyType"));
        boolean all = !fields.text("checkall").equals("false");
        Made made = new Made().fan(Fan.ROUTE, Json.NODES.objectNode().put("match", all ? "all" : "first"));
        fields.pass("repair");
        int number = 0;
        for (JsonNode rule : fields.get("rules")) {
            Place at = node.place().in("rules").in(String.valueOf(number));
            String word = rule.path("t").asText();
            if (word.equals("else")) {
                made.outlet(String.valueOf(number), new Outlet("otherwise", null, true));
            } else {
                ObjectNode condition = field == null ? null : condition(field, word, rule, at);
                if (condition == null) {
                    report.lost(
                            at,
                            "a rule of " + node.shown() + " (" + SourceText.shown(word) + ") is not translated",
                            "docs/reference/conditions.md lists what a condition can say");
                    return Translator.stopped(node);
                }
                made.outlet(String.valueOf(number), new Outlet("output-" + (number + 1), condition, false));
            }
            number++;
        }
        return number == 0 ? Translator.unknown(node, report, "it has no rules") : made;
    }

    private @Nullable ObjectNode condition(String field, String word, JsonNode rule, Place at) {
        String type = rule.path("vt").asText("str");
        JsonNode value = texts.value(rule.path("v").asText(), type, at);
        String as = type.equals("num") ? "number" : "";
        if (value == null) {
            return null;
        }
        return switch (word) {
            case "null" -> Json.NODES.objectNode().put("field", field).put("exists", false);
            case "nnull" -> Json.NODES.objectNode().put("field", field).put("exists", true);
            case "empty" -> Json.NODES.objectNode().put("field", field).put("empty", true);
            case "nempty" -> Json.NODES.objectNode().put("field", field).put("empty", false);
            case "true", "false" -> Json.NODES.objectNode().put("field", field).put("is", word.equals("true"));
            case "btwn" -> {
                ObjectNode between = Json.NODES.objectNode().put("field", field).put("as", "number");
                JsonNode second =
                        texts.value(rule.path("v2").asText(), rule.path("v2t").asText("num"), at);
                between.putArray("between").add(value).add(second == null ? value : second);
                yield between;
            }
            case "regex" -> {
                ObjectNode matches = Conditions.of(field, word, "", value).orElse(null);
                if (matches != null && rule.path("case").asBoolean()) {
                    matches.put("matches", "(?i)" + matches.path("matches").asText());
                }
                yield matches;
            }
            default -> Conditions.of(field, word, as, value).orElse(null);
        };
    }
}
