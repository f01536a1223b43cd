package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Node;
import io.patchbay.payload.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Mapping rules of Patchworks as fields of a map. */
final class PatchworksMap {

    private final PatchworksText texts;
    private final PatchworksParts parts;
    private final Report report;

    PatchworksMap(PatchworksText texts, PatchworksParts parts, Report report) {
        this.texts = texts;
        this.parts = parts;
        this.report = report;
    }

    Made map(Node node, Fields config) {
        ObjectNode map = Json.NODES.objectNode();
        ArrayNode fields = map.putArray("fields");
        JsonNode rules = config.get("rules", "mappings", "mapping_rules", "mapping", "fields", "maps");
        JsonNode list = rules.isObject() && rules.path("rules").isArray() ? rules.path("rules") : rules;
        Place place = node.place().in("config").in("rules");
        int number = 0;
        for (JsonNode rule : list) {
            rule(node, new Fields(rule), place.in(String.valueOf(number++)), fields);
        }
        if (config.flag(false, "wrap_input_payload", "wrap_input", "wrapInput")) {
            map.put("wrapInput", true);
        }
        if (config.flag(false, "wrap_output_payload", "wrap_output", "wrapOutput")) {
            map.put("wrapOutput", true);
        }
        String from = config.text("override_source_format", "source_format", "input_format")
                .toLowerCase(Locale.ROOT);
        String to = config.text("target_format", "override_target_format", "output_format")
                .toLowerCase(Locale.ROOT);
        config.pass(
                "source_endpoint",
                "target_endpoint",
                "source_connector",
                "target_connector",
                "source_instance",
                "target_instance",
                "source_system",
                "target_system");
        Made made = new Made();
        if (!from.isEmpty() && !from.equals("json") && !from.startsWith("auto")) {
            made.shape("convert", Json.NODES.objectNode().put("to", "json").put("from", format(from)));
        }
        if (fields.isEmpty()) {
            report.lost(
                    node.place(),
                    node.shown() + " has no rules that are understood",
                    "rules are looked for under config.rules, with source, target and transforms");
            return Translator.stopped(node);
        } else {
            made.shape("map", map);
        }
        if (!to.isEmpty() && !to.equals("json") && !to.startsWith("auto")) {
            ObjectNode convert = Json.NODES.objectNode().put("to", format(to));
            if (to.equals("xml")) {
                convert.put("root", "records").put("element", "record");
                report.look(
                        node.place(),
                        "the names of XML's elements are not in the file: root 'records' and element 'record' were"
                                + " taken",
                        null);
            }
            made.shape("convert", convert);
        }
        return made;
    }

    private static String format(String theirs) {
        return theirs.equals("txt") ? "text" : theirs;
    }

    private void rule(Node node, Fields rule, Place place, ArrayNode fields) {
        List<String> sources = paths(rule.get("sources", "source", "source_fields", "source_field", "from"));
        List<String> targets = paths(rule.get("targets", "target", "target_field", "target_fields", "to"));
        rule.pass("id", "name", "display_name", "order", "position", "data_type", "type", "source_type", "target_type");
        if (targets.isEmpty()) {
            report.lost(
                    place, "a rule of " + node.shown() + " says no target that is understood, and is left out", null);
            return;
        }
        ObjectNode field = Json.NODES.objectNode();
        field.put("to", PatchworksText.target(targets.get(0)));
        if (targets.size() > 1) {
            ArrayNode all = field.putArray("to");
            targets.forEach(one -> all.add(PatchworksText.target(one)));
        }
        List<String> from = sources.stream().map(PatchworksText::field).toList();
        ArrayNode then = Json.NODES.arrayNode();
        List<JsonNode> transforms = new ArrayList<>();
        JsonNode chain = rule.get("transforms", "transform", "functions", "transformations");
        (chain.isObject() ? Json.NODES.arrayNode().add(chain) : chain).forEach(transforms::add);
        boolean several = from.size() > 1;
        boolean whole = several && !transforms.isEmpty() && takesAll(transforms.get(0));
        if (!from.isEmpty()) {
            if (several && !whole) {
                ArrayNode all = field.putArray("from");
                from.forEach(all::add);
            } else {
                field.put("from", from.get(0));
            }
        }
        int number = 0;
        for (JsonNode transform : transforms) {
            transform(
                    new Fields(transform),
                    place.in("transforms").in(String.valueOf(number)),
                    from,
                    number == 0,
                    field,
                    then);
            number++;
        }
        if (field.size() == 1) {
            report.lost(
                    place,
                    "a rule of " + node.shown() + " for '" + targets.get(0)
                            + "' has no source that is understood, and is left out",
                    null);
            return;
        }
        if (!then.isEmpty()) {
            field.set("then", then);
        }
        Translator.left(node, rule, place, report);
        fields.add(field);
    }

    /** Functions that take the first source, and name the others in their settings. */
    private static boolean takesAll(JsonNode transform) {
        String kind = kind(new Fields(transform));
        return List.of("concatenate", "concat", "math", "fallback").contains(kind);
    }

    private static String kind(Fields transform) {
        return Fields.plain(transform.text("type", "function", "name", "key"));
    }

    private static List<String> paths(JsonNode value) {
        List<String> paths = new ArrayList<>();
        if (value.isTextual() && !value.asText().isBlank()) {
            paths.add(value.asText());
        } else if (value.isArray()) {
            value.forEach(item -> paths.addAll(paths(item)));
        } else if (value.isObject()) {
            String path = new Fields(value).text("path", "payload_path", "field", "key", "value", "name");
            if (!path.isBlank()) {
                paths.add(path);
            }
        }
        return paths;
    }

    private void transform(
            Fields transform, Place place, List<String> sources, boolean first, ObjectNode field, ArrayNode then) {
        String kind = kind(transform);
        Fields of = transform.get("settings", "config", "options", "parameters").isObject()
                ? transform.in("settings", "config", "options", "parameters")
                : transform;
        List<String> others = first && sources.size() > 1 ? sources.subList(1, sources.size()) : List.of();
        switch (kind) {
            case "join" -> function(then, "join", Translator.text(of.text("delimiter", "separator", "glue")));
            case "split" -> split(of.text("delimiter", "separator"), place, then);
            case "format", "dateformat", "formatdate" -> {
                String to = of.text("custom", "custom_format", "format", "to");
                function(then, "date", Json.NODES.objectNode().put("to", date(to)));
            }
            case "rounddate" ->
                function(
                        then,
                        "date",
                        Json.NODES
                                .objectNode()
                                .put(
                                        "round",
                                        of.text("round", "to", "direction")
                                                        .toLowerCase(Locale.ROOT)
                                                        .contains("end")
                                                ? "endOfDay"
                                                : "startOfDay"));
            case "customdynamicdate", "dynamicdate" -> dynamic(of, place, field, then);
            case "customnumber", "customstring", "customboolean" -> custom(kind, of, place, field);
            case "math" -> math(of, others, place, then);
            case "roundnumber", "round" ->
                function(
                        then,
                        "round",
                        Json.NODES
                                .objectNode()
                                .put("decimals", of.whole(0, 30, "decimal_places", "decimals", "precision")));
            case "concatenate", "concat" -> {
                ObjectNode concat = Json.NODES.objectNode();
                others.forEach(concat.putArray("with")::add);
                function(
                        then,
                        "concat",
                        concat.put(
                                "separator",
                                of.text("joining_character", "joining_characters", "separator", "delimiter", "glue")));
            }
            case "prefix", "suffix" ->
                function(
                        then,
                        kind,
                        Translator.text(texts.text(of.text("prefix", "suffix", "text", "value"), place, false)));
            case "replace" -> {
                ObjectNode replace = Json.NODES.objectNode().put("search", of.text("search", "find", "from"));
                function(then, "replace", replace.put("by", of.text("replacement", "replace", "by", "to")));
            }
            case "casttoboolean", "boolean" -> bool(of, then);
            case "fallback" -> fallback(of, others, place, then);
            case "map", "lookup", "crossreferencelookup" -> lookup(of, place, then);
            case "script" -> {
                String script = parts.script(of, place, true);
                if (script != null) {
                    function(then, "script", Json.NODES.objectNode().put("file", script));
                }
            }
            case "upper", "uppercase" -> then.add("upper");
            case "lower", "lowercase" -> then.add("lower");
            case "trim", "first", "last", "count", "sum", "abs", "floor", "ceil", "title" -> then.add(kind);
            default ->
                report.lost(
                        place,
                        "the transform '" + SourceText.shown(kind) + "' of '"
                                + field.path("to").asText() + "' has no counterpart here and is left out",
                        "docs/reference/functions.md lists what there is");
        }
    }

    private static void function(ArrayNode then, String name, JsonNode settings) {
        then.addObject().set(name, settings);
    }

    private void split(String delimiter, Place place, ArrayNode then) {
        String plain = delimiter.replaceAll("\\\\(.)", "$1");
        if (delimiter.replaceAll("\\\\.", "").matches(".*[\\[\\](){}*+?|^$.].*")) {
            report.lost(
                    place,
                    "split by the regular expression '" + SourceText.shown(delimiter)
                            + "': here the delimiter is taken as it is",
                    "replace what the expression finds by one delimiter first, with replace and regex: true");
        }
        function(then, "split", Translator.text(plain));
    }

    /** Forms that the picker offers have names; a form of one's own has letters of PHP. */
    private static String date(String form) {
        String plain = Fields.plain(form);
        if (plain.isEmpty() || plain.startsWith("iso8601")) {
            return "iso";
        }
        return plain.contains("epoch") || plain.contains("unix") ? "epoch" : "php:" + form;
    }

    private void dynamic(Fields of, Place place, ObjectNode field, ArrayNode then) {
        JsonNode date = texts.value(
                Json.NODES
                        .objectNode()
                        .put("unit", of.text("unit"))
                        .put("adjustment", of.text("adjustment", "amount", "value")),
                place);
        field.remove("from");
        field.set("template", date.isTextual() ? date : Translator.text("${run.queuedAt}"));
        String round = Fields.plain(of.text("round", "rounding"));
        if (round.contains("start") || round.contains("end")) {
            function(
                    then,
                    "date",
                    Json.NODES.objectNode().put("round", round.contains("end") ? "endOfDay" : "startOfDay"));
        }
    }

    private void custom(String kind, Fields of, Place place, ObjectNode field) {
        JsonNode value = of.get("value", "text", "string", "number", "boolean", "custom_value");
        field.remove("from");
        if (kind.equals("customboolean")) {
            field.put("value", value.asBoolean(value.asText().equals("true")));
        } else if (kind.equals("customnumber") && value.asText().matches("-?[0-9]{1,15}(\\.[0-9]{1,15})?")) {
            field.put("value", new BigDecimal(value.asText()));
        } else {
            field.put("template", texts.text(value.asText(), place, false));
        }
    }

    private void math(Fields of, List<String> others, Place place, ArrayNode then) {
        String operation = Fields.plain(of.text("operation", "operator", "type_of_operation", "action"));
        ArrayNode terms = Json.NODES.arrayNode();
        others.forEach(terms::add);
        String number = of.text("number", "operand");
        if (number.matches("-?[0-9]{1,15}(\\.[0-9]{1,15})?")) {
            terms.add(new BigDecimal(number));
        }
        switch (operation) {
            case "add", "subtract", "multiply" -> function(then, operation, terms);
            case "divide" -> function(then, "divide", Json.NODES.objectNode().set("by", terms));
            default ->
                report.lost(
                        place,
                        "math with the operation '" + SourceText.shown(operation) + "' is left out",
                        "there are add, subtract, multiply and divide");
        }
    }

    private static void bool(Fields of, ArrayNode then) {
        String yes = of.text("true_values", "true");
        String no = of.text("false_values", "false");
        if (yes.isEmpty() && no.isEmpty()) {
            then.add("truthy");
            return;
        }
        ObjectNode bool = Json.NODES.objectNode();
        for (String one : yes.split(",", -1)) {
            bool.withArrayProperty("true").add(one.strip());
        }
        for (String one : no.split(",", -1)) {
            bool.withArrayProperty("false").add(one.strip());
        }
        function(then, "boolean", bool);
    }

    private void fallback(Fields of, List<String> others, Place place, ArrayNode then) {
        JsonNode value = of.get("value", "static_value", "fallback", "default");
        if (!others.isEmpty()) {
            ArrayNode terms = Json.NODES.arrayNode();
            others.forEach(terms::add);
            function(then, "coalesce", terms);
        }
        if (!value.isMissingNode()) {
            function(then, "default", texts.value(value, place));
        }
    }

    private void lookup(Fields of, Place place, ArrayNode then) {
        String table = parts.table(
                of.get("lookup_table", "table", "cross_reference", "cross_reference_lookup", "lookup"), place);
        ObjectNode lookup = Json.NODES.objectNode().put("table", table);
        String direction = Fields.plain(of.text("direction"));
        if (direction.startsWith("right")) {
            lookup.put("from", "right").put("to", "left");
        }
        String type = Conditions.type(of.text("output_type", "type_of_output"));
        if (type.equals("number") || type.equals("boolean")) {
            lookup.put("as", type);
        }
        if (Fields.plain(of.text("match_type", "match")).contains("insensitive")) {
            lookup.put("match", "ignoreCase");
        }
        report.look(
                place,
                "what becomes of a value that table '" + table
                        + "' has not is said nowhere in the file: it is kept as it is",
                "say else: fail, else: null or what stands in");
        function(then, "lookup", lookup.put("else", "keep"));
    }
}
