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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Steps of Patchworks that look at records and send them somewhere. */
final class PatchworksConditions {

    private static final String[] CONDITIONS = {"conditions", "filters", "rules", "criteria"};
    private static final String[] JOINED = {"combinator", "operator", "match", "logic", "condition_type", "conjunction"
    };

    private final PatchworksReading reading;
    private final PatchworksText texts;
    private final Report report;
    /** How many conditions were left out since it was last asked. */
    private int left;

    PatchworksConditions(PatchworksReading reading, PatchworksText texts, Report report) {
        this.reading = reading;
        this.texts = texts;
        this.report = report;
    }

    Made filter(Node node, Fields config, Place at) {
        Made made = new Made();
        boolean all = config.flag(false, "keep_matching", "keep");
        JsonNode filters = config.get("filters", "conditions", "rules", "filter");
        Place place = reading.at(filters, at.in(config.key("filters", "conditions", "rules", "filter")));
        boolean or = any(config, at);
        List<ObjectNode> keep = new ArrayList<>();
        List<ObjectNode> drop = new ArrayList<>();
        left = 0;
        int number = 0;
        for (JsonNode one : items(filters)) {
            Fields fields = reading.of(one);
            boolean kept = fields.flag(all, "keep_matching", "keep");
            ObjectNode condition = condition(node, one, reading.at(one, place.in(String.valueOf(number++))));
            if (condition != null) {
                (kept ? keep : drop).add(condition);
            }
        }
        if (keep.isEmpty() && drop.isEmpty()) {
            report.lost(
                    at,
                    node.shown() + " has no filter that is understood",
                    "filters are looked for under config.filters, with field, operator and value");
            return Translator.stopped(node);
        }
        if (drop.size() > 1 || (!drop.isEmpty() && !keep.isEmpty())) {
            report.look(
                    place,
                    "how several filters of a step work together when some of them remove is not public: "
                            + (or ? "a record goes that meets any of them" : "a record goes that meets all of them"),
                    "say any in place of all, or give each a filter of its own, where it is otherwise there");
        }
        stop(made, node);
        if (!keep.isEmpty()) {
            shape(made, "keep", Conditions.join(keep, or));
        }
        if (!drop.isEmpty()) {
            shape(made, "drop", Conditions.join(drop, or));
        }
        return made;
    }

    private static void shape(Made made, String word, ObjectNode condition) {
        ObjectNode settings = Json.NODES.objectNode();
        settings.set(word, condition);
        made.shape("filter", settings.put("dropEmpty", false));
    }

    /** Where a condition is missing records would go where they do not belong: a run ends before it. */
    private void stop(Made made, Node node) {
        if (left > 0) {
            ObjectNode settings = Json.NODES.objectNode();
            made.shape(
                    "assert", settings.put("text", "not translated: a condition of " + SourceText.shown(node.type())));
            left = 0;
        }
    }

    private Iterable<JsonNode> items(JsonNode theirs) {
        return theirs.isObject()
                        && (reading.of(theirs).has("field", "path", "field_path")
                                || reading.of(theirs).has(CONDITIONS))
                ? List.of(theirs)
                : reading.list(theirs);
    }

    private boolean any(Fields fields, Place at) {
        String said = Fields.plain(fields.text(JOINED));
        if (!said.isEmpty() && !said.matches("or|any|and|all|matchall|matchany")) {
            report.lost(
                    at,
                    "how conditions are joined is said by '" + SourceText.shown(said)
                            + "', which is not understood: all must hold",
                    "any: [ … ] in place of all: [ … ]");
        }
        return said.matches("or|any|matchany");
    }

    /** A condition, or a group of some; null where it is not understood, which was told. */
    @Nullable
    ObjectNode condition(Node node, JsonNode theirs, Place at) {
        Fields fields = reading.of(theirs);
        fields.pass("id", "uuid", "name", "order", "position", "display_name", "description", "label");
        if (fields.has(CONDITIONS)) {
            return group(node, fields, at);
        }
        JsonNode named = fields.get("field", "path", "field_path", "key", "source");
        String path = named.isObject()
                ? reading.of(named).text("path", "payload_path", "key", "field", "name")
                : named.isValueNode() ? named.asText("") : "";
        if (named.isObject()) {
            reading.whole(named);
        }
        if (path.isBlank()) {
            left++;
            report.lost(
                    at, "a condition of " + node.shown() + " names no field that is understood, and is left out", null);
            return null;
        }
        String word = fields.text("operator", "operation", "condition", "comparison");
        String theirType = fields.text("type", "data_type", "value_type", "field_type");
        String type = Conditions.type(theirType);
        if (type.isEmpty()
                && !theirType.isBlank()
                && !Set.of("array", "list", "any", "auto").contains(Fields.plain(theirType))) {
            report.look(
                    at.in(fields.key("type", "data_type", "value_type", "field_type")),
                    "the type '" + SourceText.shown(theirType) + "' of a condition is not known: nothing is converted",
                    "as is text, number, date or boolean");
        }
        String field = field(path, at);
        ObjectNode condition = field == null ? null : compared(fields, field, word, type, at);
        if (condition == null) {
            left++;
            report.lost(
                    at,
                    "the condition '" + SourceText.shown(path) + " " + SourceText.shown(word) + "' of " + node.shown()
                            + " is not understood, and is left out",
                    "docs/reference/conditions.md lists what there is");
        }
        return condition;
    }

    private @Nullable ObjectNode group(Node node, Fields fields, Place at) {
        List<ObjectNode> all = new ArrayList<>();
        JsonNode inner = fields.get(CONDITIONS);
        Place place = reading.at(inner, at);
        int number = 0;
        boolean whole = true;
        for (JsonNode one : items(inner)) {
            ObjectNode condition = condition(node, one, reading.at(one, place.in(String.valueOf(number++))));
            whole &= condition != null;
            if (condition != null) {
                all.add(condition);
            }
        }
        boolean or = any(fields, at);
        return all.isEmpty() || !whole ? null : Conditions.join(all, or);
    }

    /** The field: a path, or what a placeholder names; null where a placeholder is a part of a path. */
    private @Nullable String field(String path, Place at) {
        if (!PatchworksText.hasBrackets(path)) {
            return PatchworksText.field(path);
        }
        String plain = path.strip();
        if (plain.matches("\\[\\[\\s*payload\\.[^\\[\\]]*]]")) {
            return PatchworksText.field(plain.substring(2, plain.length() - 2).strip());
        }
        String named = texts.only(path, at);
        return named == null ? null : "${" + named + "}";
    }

    private @Nullable ObjectNode compared(Fields fields, String field, String word, String type, Place at) {
        JsonNode given = fields.get("value", "compare_to", "compare_value", "values", "target_value");
        Place place = at.in(fields.key("value", "compare_to", "compare_value", "values", "target_value"));
        JsonNode value = given;
        if (type.equals("date") && !given.isContainerNode() && fields.has("unit", "interval_unit", "date_unit")) {
            ObjectNode date = Json.NODES.objectNode().put("unit", fields.text("unit", "interval_unit", "date_unit"));
            date.put("amount", given.isMissingNode() ? fields.text("amount", "adjustment", "offset") : given.asText());
            value = texts.value(date.put("direction", fields.text("direction", "sign", "modifier")), at);
            if (value.isContainerNode()) {
                return null;
            }
        } else if (given.isObject() && reading.of(given).has("from", "min", "start")) {
            Fields range = reading.of(given);
            value = Json.NODES
                    .arrayNode()
                    .add(texts.value(range.get("from", "min", "start"), place))
                    .add(texts.value(range.get("to", "max", "end"), place));
        } else {
            value = given.isMissingNode() ? given : texts.value(given, place);
        }
        if (type.equals("date")
                && value.isTextual()
                && !value.asText().contains("${")
                && !value.asText().isBlank()
                && !value.asText().strip().matches("[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?")) {
            return null;
        }
        if (value.isTextual() && type.equals("date")) {
            value = Translator.text(value.asText().strip().replaceFirst("^([0-9-]{10}) ", "$1T"));
        }
        if (value.isObject() || (value.isMissingNode() && !Conditions.needsNone(word))) {
            return null;
        }
        return Conditions.of(field, word, type, value).orElse(null);
    }

    /** Conditions that a step has beside what it does, joined; null where it has none. */
    @Nullable
    ObjectNode all(Node node, JsonNode theirs, Place at) {
        List<ObjectNode> all = new ArrayList<>();
        int number = 0;
        for (JsonNode one : items(theirs)) {
            ObjectNode condition = condition(node, one, reading.at(one, at.in(String.valueOf(number++))));
            if (condition != null) {
                all.add(condition);
            }
        }
        return all.isEmpty() ? null : Conditions.join(all, false);
    }

    /** The ways out of a step that has some, each with its id, its name, or its number. */
    record Way(String key, String name, JsonNode source) {}

    static List<Way> ways(PatchworksReading reading, JsonNode config, String kind) {
        Fields fields = reading.of(config);
        JsonNode theirs = kind.equals("branch")
                ? fields.get("branches", "paths", "routes", "outputs")
                : fields.get("routes", "paths", "conditions_by_route", "branches", "outputs");
        List<Way> ways = new ArrayList<>();
        for (JsonNode one : reading.list(theirs)) {
            Fields of = one.isObject() ? reading.of(one) : new Fields(one);
            String name = one.isTextual() ? one.asText() : of.text("name", "label", "title");
            String id = of.text("id", "uuid", "key");
            of.pass("id", "uuid", "key", "order", "position", "description");
            ways.add(new Way(id.isBlank() ? name.isBlank() ? String.valueOf(ways.size()) : name : id, name, one));
        }
        return ways;
    }

    Made route(Node node, JsonNode config, Place at) {
        Made made = new Made().fan(Fan.ROUTE, Json.NODES.objectNode().put("parallel", true));
        int number = 0;
        left = 0;
        for (Way way : ways(reading, config, "route")) {
            Place here = reading.at(way.source(), at.in("routes").in(String.valueOf(number)));
            Fields fields = reading.of(way.source());
            List<ObjectNode> conditions = new ArrayList<>();
            JsonNode theirs = fields.get(CONDITIONS);
            Place place = reading.at(theirs, here.in("conditions"));
            int index = 0;
            for (JsonNode condition : items(theirs)) {
                ObjectNode ours = condition(node, condition, reading.at(condition, place.in(String.valueOf(index++))));
                if (ours != null) {
                    conditions.add(ours);
                }
            }
            boolean or = any(fields, here);
            boolean otherwise = conditions.isEmpty()
                    && fields.flag(false, "is_default", "default", "otherwise", "else", "fallback");
            made.outlet(
                    way.key(),
                    new Outlet(
                            way.name().isBlank() ? "route-" + (number + 1) : way.name(),
                            conditions.isEmpty() ? null : Conditions.join(conditions, or),
                            otherwise));
            number++;
        }
        stop(made, node);
        return fanned(made);
    }

    Made branch(JsonNode config) {
        Made made = new Made().fan(Fan.BRANCH, Json.NODES.objectNode());
        for (Way way : ways(reading, config, "branch")) {
            made.outlet(
                    way.key(),
                    new Outlet(
                            way.name().isBlank() ? "branch-" + (made.outlets().size() + 1) : way.name(), null, false));
        }
        return fanned(made);
    }

    /** Ways out that the configuration does not name are made of the wires. */
    private static Made fanned(Made made) {
        return made.outlets().isEmpty() ? made.outlet("", new Outlet("all", null, false)) : made;
    }

    Made tries(Fields config, Place at) {
        String said = config.text("action_on_exception", "on_exception", "action", "exception_action", "outcome");
        String action = Fields.plain(said);
        boolean known = action.isEmpty() || action.matches(".*(partial|fail|succe).*");
        if (!known) {
            report.lost(
                    at.in(config.key("action_on_exception", "on_exception", "action", "exception_action", "outcome")),
                    "the action on an exception '" + SourceText.shown(said.toLowerCase(Locale.ROOT))
                            + "' is not understood: the run goes through in part",
                    "outcome is partial, succeed or fail");
        }
        String outcome = action.contains("partial") || action.isEmpty() || !known
                ? "partial"
                : action.contains("fail") ? "fail" : "succeed";
        return new Made()
                .fan(Fan.TRY, Json.NODES.objectNode().put("outcome", outcome))
                .outlet("try", new Outlet("try", null, false))
                .outlet("catch", new Outlet("catch", null, false));
    }
}
