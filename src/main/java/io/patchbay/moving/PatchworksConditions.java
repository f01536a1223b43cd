package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Node;
import io.patchbay.moving.Made.Fan;
import io.patchbay.moving.Made.Outlet;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Steps of Patchworks that look at records and send them somewhere. */
final class PatchworksConditions {

    private final PatchworksText texts;
    private final Report report;

    PatchworksConditions(PatchworksText texts, Report report) {
        this.texts = texts;
        this.report = report;
    }

    Made filter(Node node, Fields config, Place at) {
        Made made = new Made();
        boolean all = config.flag(false, "keep_matching", "keepMatching", "keep");
        JsonNode filters = config.get("filters", "conditions", "rules");
        boolean or = Fields.plain(config.text("combinator", "operator", "match", "logic"))
                .matches("or|any");
        List<ObjectNode> keep = new ArrayList<>();
        List<ObjectNode> drop = new ArrayList<>();
        int number = 0;
        for (JsonNode one : filters) {
            Fields fields = new Fields(one);
            boolean kept = fields.flag(all, "keep_matching", "keepMatching", "keep");
            ObjectNode condition = condition(node, fields, at.in("filters").in(String.valueOf(number++)));
            if (condition != null) {
                (kept ? keep : drop).add(condition);
            }
        }
        if (!keep.isEmpty()) {
            made.shape(
                    "filter",
                    Json.NODES
                            .objectNode()
                            .<ObjectNode>set("keep", Conditions.join(keep, or))
                            .put("dropEmpty", false));
        }
        if (!drop.isEmpty()) {
            made.shape(
                    "filter",
                    Json.NODES
                            .objectNode()
                            .<ObjectNode>set("drop", Conditions.join(drop, or))
                            .put("dropEmpty", false));
        }
        if (made.shapes().isEmpty()) {
            report.lost(
                    at,
                    node.shown() + " has no filter that is understood",
                    "filters are looked for under config.filters, with field, operator and value");
            return Translator.stopped(node);
        }
        return made;
    }

    @Nullable
    ObjectNode condition(Node node, Fields fields, Place at) {
        JsonNode named = fields.get("field", "path", "field_path", "key", "source");
        String path =
                named.isObject() ? new Fields(named).text("path", "payload_path", "key", "name") : named.asText("");
        String word = fields.text("operator", "operation", "condition", "comparison");
        JsonNode value = fields.get("value", "compare_to", "compare_value", "values");
        fields.pass("id", "name", "order", "display_name", "description");
        String field = path.contains("[[") ? texts.text(path, at, false) : PatchworksText.field(path);
        if (path.isBlank()) {
            report.lost(
                    at, "a condition of " + node.shown() + " names no field that is understood, and is left out", null);
            return null;
        }
        String type = Conditions.type(fields.text("type", "data_type", "value_type"));
        ObjectNode condition = Conditions.of(field, word, type, texts.value(value, at.in("value")))
                .orElse(null);
        if (condition == null) {
            report.lost(
                    at,
                    "the operator '" + SourceText.shown(word) + "' of " + node.shown()
                            + " is not known, and its condition is left out",
                    "docs/reference/conditions.md lists what there is");
        }
        Translator.left(node, fields, at, report);
        return condition;
    }

    Made route(Node node, Fields config, Place at) {
        Made made = new Made().fan(Fan.ROUTE, Json.NODES.objectNode());
        int number = 0;
        for (JsonNode one : config.get("routes", "paths", "conditions_by_route")) {
            Fields fields = new Fields(one);
            Place here = at.in("routes").in(String.valueOf(number));
            List<ObjectNode> conditions = new ArrayList<>();
            int index = 0;
            for (JsonNode condition : fields.get("conditions", "filters", "rules")) {
                ObjectNode ours = condition(
                        node, new Fields(condition), here.in("conditions").in(String.valueOf(index++)));
                if (ours != null) {
                    conditions.add(ours);
                }
            }
            boolean or = Fields.plain(fields.text("combinator", "operator", "match", "logic"))
                    .matches("or|any");
            String name = fields.text("name", "label", "title");
            String id = fields.text("id", "uuid", "key");
            fields.pass("order", "position", "description");
            Translator.left(node, fields, here, report);
            made.outlet(
                    id.isBlank() ? name.isBlank() ? String.valueOf(number) : name : id,
                    new Outlet(
                            name.isBlank() ? "route-" + (number + 1) : name,
                            conditions.isEmpty() ? null : Conditions.join(conditions, or),
                            false));
            number++;
        }
        return fanned(made);
    }

    Made branch(Fields config) {
        Made made = new Made().fan(Fan.BRANCH, Json.NODES.objectNode());
        int number = 0;
        for (JsonNode one : config.get("branches", "paths", "routes")) {
            Fields fields = new Fields(one);
            String name = fields.text("name", "label", "title");
            String id = fields.text("id", "uuid", "key");
            made.outlet(
                    id.isBlank() ? name.isBlank() ? String.valueOf(number) : name : id,
                    new Outlet(name.isBlank() ? "branch-" + (number + 1) : name, null, false));
            number++;
        }
        return fanned(made);
    }

    /** Ways out that the configuration does not name are made of the wires. */
    private static Made fanned(Made made) {
        return made.outlets().isEmpty() ? made.outlet("", new Outlet("all", null, false)) : made;
    }

    Made tries(Fields config) {
        String action = Fields.plain(config.text("action_on_exception", "on_exception", "action", "exception_action"));
        String outcome = action.contains("partial") || action.isEmpty()
                ? "partial"
                : action.contains("fail") ? "fail" : "succeed";
        return new Made()
                .fan(Fan.TRY, Json.NODES.objectNode().put("outcome", outcome))
                .outlet("try", new Outlet("try", null, false))
                .outlet("catch", new Outlet("catch", null, false));
    }
}
