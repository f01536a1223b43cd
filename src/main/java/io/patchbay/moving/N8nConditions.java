package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Node;
import io.patchbay.moving.Made.Fan;
import io.patchbay.moving.Made.Outlet;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Conditions of nodes of n8n, in all forms that they had. */
final class N8nConditions {

    /** Nothing is false there. */
    private static final Set<String> TRUTHS = Set.of("", "true", "false");

    private static final Pattern TRUTH = Pattern.compile("=\\s*\\{\\{\\s*(true|false)\\s*}}\\s*");

    private final N8nText texts;
    private final Report report;
    private final N8nComparisons comparisons;

    N8nConditions(N8nText texts, Report report) {
        this.texts = texts;
        this.report = report;
        this.comparisons = new N8nComparisons(report);
    }

    Made either(Node node, Fields parameters, Place at) {
        ObjectNode condition = condition(node, parameters, at);
        if (condition == null) {
            return Translator.stopped(node);
        }
        return new Made()
                .fan(Fan.ROUTE, Json.NODES.objectNode().put("match", "first"))
                .outlet("0", new Outlet("true", condition, false))
                .outlet("1", new Outlet("false", null, true));
    }

    /** The conditions of If and Filter: version 2 lists them, version 1 has them by type. Null where one of them is not understood. */
    @Nullable
    ObjectNode condition(Node node, Fields parameters, Place at) {
        JsonNode conditions = parameters.get("conditions");
        if (conditions.path("conditions").isArray()) {
            return second(node, conditions, at.in("conditions"));
        }
        boolean any = parameters.text("combineOperation").equals("any")
                || parameters.text("combineConditions").equalsIgnoreCase("or");
        List<ObjectNode> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> type : conditions.properties()) {
            int number = 0;
            for (JsonNode one : type.getValue()) {
                Fields fields = new Fields(one);
                String word = fields.text("operation").isBlank()
                        ? switch (type.getKey()) {
                            case "number" -> "smaller";
                            case "dateTime" -> "after";
                            default -> "equal";
                        }
                        : fields.text("operation");
                ObjectNode ours = compared(
                        node,
                        fields.text("value1"),
                        word,
                        type.getKey(),
                        fields.get("value2"),
                        at.in("conditions").in(type.getKey()).in(String.valueOf(number++)));
                if (ours == null) {
                    return null;
                }
                all.add(ours);
            }
        }
        return joined(node, all, any, at);
    }

    private @Nullable ObjectNode second(Node node, JsonNode conditions, Place at) {
        List<ObjectNode> all = new ArrayList<>();
        JsonNode sensitive = conditions.path("options").path("caseSensitive");
        boolean ignored = node.source()
                .path("parameters")
                .path("options")
                .path("ignoreCase")
                .asBoolean();
        boolean loose = ignored || (sensitive.isBoolean() && !sensitive.asBoolean());
        if (loose) {
            report.lost(
                    at,
                    node.shown() + " does not mind upper and lower case; conditions here do",
                    "put both sides into lower case in a map before it, or use matches: (?i)…");
        }
        int number = 0;
        for (JsonNode one : conditions.path("conditions")) {
            JsonNode operator = one.path("operator");
            ObjectNode ours = compared(
                    node,
                    one.path("leftValue").asText(),
                    operator.path("operation").asText("equals"),
                    operator.path("type").asText(),
                    one.path("rightValue"),
                    at.in("conditions").in(String.valueOf(number++)));
            if (ours == null) {
                return null;
            }
            all.add(ours);
        }
        return joined(node, all, conditions.path("combinator").asText().equals("or"), at);
    }

    private @Nullable ObjectNode joined(Node node, List<ObjectNode> all, boolean any, Place at) {
        if (all.isEmpty()) {
            report.lost(
                    at, node.shown() + " has no condition that is understood", "say when: { field: NAME, is: VALUE }");
            return null;
        }
        return Conditions.join(all, any);
    }

    private @Nullable ObjectNode compared(Node node, String left, String word, String type, JsonNode right, Place at) {
        String ourType = Conditions.type(type);
        Matcher truth = TRUTH.matcher(right.asText());
        JsonNode constant =
                truth.matches() ? Json.NODES.booleanNode(truth.group(1).equals("true")) : right;
        if (ourType.equals("boolean")) {
            Boolean wanted = wanted(word, constant);
            ObjectNode written =
                    wanted == null ? null : comparisons.compared(left, at).orElse(null);
            if (wanted != null && written != null) {
                return wanted ? written : Conditions.not(written);
            }
        }
        String numeric = ourType.equals("number") ? N8nComparisons.number(left).orElse(null) : null;
        String field = numeric == null ? texts.field(left, at) : numeric;
        ObjectNode ours = field == null
                ? null
                : Conditions.of(field, word, ourType, texts.value(constant, at)).orElse(null);
        if (ours == null) {
            report.lost(
                    at,
                    "a condition of " + node.shown() + " (" + SourceText.shown(left) + " " + SourceText.shown(word)
                            + ") is not translated",
                    "a condition compares a field of a record: docs/reference/conditions.md");
        }
        return ours;
    }

    /** What a comparison on the left must come to; null where the operator says something else of it, or that is worked out, too. */
    private static @Nullable Boolean wanted(String word, JsonNode right) {
        String text = right.asText().strip().toLowerCase(Locale.ROOT);
        Boolean said = TRUTHS.contains(text) ? text.equals("true") : null;
        return switch (Fields.plain(word)) {
            case "true" -> true;
            case "false" -> false;
            case "equal", "equals" -> said;
            case "notequal", "notequals" -> said == null ? null : !said;
            default -> null;
        };
    }

    Made several(Node node, Fields parameters, Place at) {
        JsonNode rules = parameters.get("rules");
        JsonNode list = rules.path("values").isArray() ? rules.path("values") : rules.path("rules");
        JsonNode options = node.source().path("parameters").path("options");
        if (parameters.text("mode").equals("expression") || !list.isArray() || list.isEmpty()) {
            parameters.pass("output", "numberOutputs", "value1", "dataType", "fallbackOutput", "outputsAmount");
            return Translator.unknown(
                    node, report, "a switch by an expression is a route: say when each path is taken");
        }
        boolean all = options.path("allMatchingOutputs").asBoolean();
        Made made = new Made().fan(Fan.ROUTE, Json.NODES.objectNode().put("match", all ? "all" : "first"));
        String value = parameters.text("value1");
        String type = parameters.text("dataType");
        int number = 0;
        for (JsonNode one : list) {
            Place here = at.in("rules").in(String.valueOf(number));
            ObjectNode condition = one.path("conditions").isObject()
                    ? second(node, one.path("conditions"), here)
                    : compared(node, value, one.path("operation").asText("equal"), type, one.path("value2"), here);
            if (condition == null) {
                return Translator.stopped(node);
            }
            String name = one.path("outputKey").asText("");
            int out = one.path("output").asInt(number);
            // Several rules may lead to one way out.
            Outlet before = made.outlets().get(String.valueOf(out));
            ObjectNode when = before == null || before.when() == null
                    ? condition
                    : Conditions.join(List.of(before.when(), condition), true);
            made.outlet(String.valueOf(out), new Outlet(name.isBlank() ? "output-" + out : name, when, false));
            number++;
        }
        JsonNode fallback =
                options.has("fallbackOutput") ? options.path("fallbackOutput") : parameters.get("fallbackOutput");
        if (fallback.asText().equals("extra")) {
            made.outlet(String.valueOf(number), new Outlet("otherwise", null, true));
        } else if (fallback.asText().matches("[0-9]+") && !made.outlets().containsKey(fallback.asText())) {
            made.outlet(fallback.asText(), new Outlet("otherwise", null, true));
        } else if (fallback.asText().matches("[0-9]+")) {
            report.lost(
                    at,
                    node.shown() + " sends what meets nothing to output " + fallback.asText() + ", which has a rule",
                    "give the path of that output another condition");
        }
        return made;
    }
}
