package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Node;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.List;

/** Mapping rules of Patchworks as fields of a map. */
final class PatchworksMap {

    private static final String[] RULES = {"rules", "mappings", "mapping_rules", "mapping", "fields", "maps"};
    private static final String[] CHAIN = {"transforms", "transform", "functions", "transformations"};

    private final PatchworksReading reading;
    private final PatchworksTransforms transforms;
    private final Report report;

    PatchworksMap(PatchworksTransforms transforms, PatchworksParts parts, Report report) {
        this.transforms = transforms;
        this.reading = parts.reading();
        this.report = report;
    }

    /** A rule with its paths as they are written. */
    private record Rule(Fields fields, Place place, List<String> sources, List<String> targets) {}

    Made map(Node node, Fields config, Place at) {
        List<Rule> rules = rules(node, config, at);
        PatchworksLists lists = PatchworksLists.of(
                rules.stream().map(Rule::sources).toList(),
                rules.stream().map(Rule::targets).toList());
        Made made = new Made();
        String from = format(config, at, "override_source_format", "source_format", "input_format");
        if (!from.isEmpty()) {
            made.shape("convert", Json.NODES.objectNode().put("to", "json").put("from", from));
        }
        ObjectNode map = Json.NODES.objectNode();
        ArrayNode fields = map.putArray("fields");
        transforms.begin(made);
        rules.forEach(rule -> rule(node, rule, lists, fields));
        if (lists.explode() != null) {
            map.putObject("explode").put("list", lists.explode());
        }
        if (config.flag(false, "wrap_input_payload", "wrap_input")) {
            map.put("wrapInput", true);
        }
        if (config.flag(false, "wrap_output_payload", "wrap_output")) {
            map.put("wrapOutput", true);
        } else if (lists.wrap()) {
            map.put("wrapOutput", true);
            report.look(
                    at,
                    "all rules of " + node.shown()
                            + " lead from one record into a list: its payload becomes a list of one",
                    "take wrapOutput away where a list comes in");
        }
        if (fields.isEmpty()) {
            report.lost(
                    node.place(),
                    node.shown() + " has no rules that are understood",
                    "rules are looked for under config.rules, with source, target and transforms");
            return Translator.stopped(node);
        }
        made.shape("map", map);
        if (lists.into() != null) {
            made.shape("manualPayload", lists.around());
        }
        String to = format(config, at, "target_format", "override_target_format", "output_format");
        if (!to.isEmpty()) {
            ObjectNode convert = Json.NODES.objectNode().put("to", to);
            if (to.equals("xml")) {
                convert.put("root", "records").put("element", "record");
                report.look(
                        node.place(),
                        "the names of XML's elements are not in the file: root 'records' and element 'record' were"
                                + " taken",
                        "with one object that has one member, convert: { to: xml } takes that as the root");
            }
            made.shape("convert", convert);
        }
        return made;
    }

    private List<Rule> rules(Node node, Fields config, Place at) {
        JsonNode theirs = config.get(RULES);
        Place place = reading.at(theirs, at.in(config.key(RULES)));
        if (theirs.isObject() && reading.of(theirs).has("rules", "mappings")) {
            JsonNode inner = reading.of(theirs).get("rules", "mappings");
            reading.of(theirs).pass("version", "name", "id");
            place = reading.at(inner, place);
            theirs = inner;
        }
        List<Rule> rules = new ArrayList<>();
        for (JsonNode one : reading.list(theirs)) {
            Fields rule = reading.of(one);
            Place here = reading.at(one, place.in(String.valueOf(rules.size())));
            List<String> sources = paths(rule.get("sources", "source", "source_fields", "source_field", "from"));
            List<String> targets = paths(rule.get("targets", "target", "target_field", "target_fields", "to"));
            rule.pass(
                    "id",
                    "uuid",
                    "name",
                    "display_name",
                    "order",
                    "position",
                    "data_type",
                    "type",
                    "source_type",
                    "target_type",
                    "description");
            if (targets.isEmpty()) {
                reading.whole(one);
                report.lost(
                        here,
                        "a rule of " + node.shown() + " says no target that is understood, and is left out",
                        null);
            } else {
                rules.add(new Rule(rule, here, sources, targets));
            }
        }
        return rules;
    }

    /** A format that is not JSON; empty where JSON, or what comes by itself, is meant. */
    private String format(Fields config, Place at, String... names) {
        String theirs = PatchworksParts.lower(config.text(names));
        return switch (theirs) {
            case "", "json", "none", "default" -> "";
            case "xml", "csv", "tsv", "yaml", "ndjson" -> theirs;
            case "txt", "text", "plain" -> "text";
            default -> {
                if (!theirs.startsWith("auto")) {
                    report.lost(
                            at.in(config.key(names)),
                            "the format '" + SourceText.shown(theirs) + "' is not known: it is taken for JSON",
                            "docs/reference/formats.md lists what convert knows");
                }
                yield "";
            }
        };
    }

    private void rule(Node node, Rule rule, PatchworksLists lists, ArrayNode fields) {
        ObjectNode field = Json.NODES.objectNode();
        List<String> targets = rule.targets().stream().map(lists::target).toList();
        if (targets.size() > 1) {
            targets.forEach(field.putArray("to")::add);
        } else {
            field.put("to", targets.get(0));
        }
        if (lists.odd(rule.sources(), rule.targets())) {
            report.lost(
                    rule.place(),
                    "the rule for '" + SourceText.shown(rule.targets().get(0))
                            + "' leads from a list into one record, or the other way, otherwise than the others of "
                            + node.shown() + ": here it works on each record by itself",
                    "explode, group and a manualPayload around a list change what a record is; docs/reference/shapes/map.md");
        }
        List<String> from = rule.sources().stream().map(lists::source).toList();
        JsonNode theirs = rule.fields().get(CHAIN);
        Place place = reading.at(theirs, rule.place().in(rule.fields().key(CHAIN)));
        List<JsonNode> chain = theirs.isObject() || theirs.isTextual() ? List.of(theirs) : reading.list(theirs);
        int all = -1;
        for (int i = 0; i < chain.size() && all < 0; i++) {
            all = transforms.takesAll(chain.get(i)) ? i : -1;
        }
        if (from.size() > 1 && all < 0) {
            from.forEach(field.putArray("from")::add);
            if (chain.isEmpty()) {
                report.look(
                        rule.place(),
                        "a rule with several sources and no function gives a list of them",
                        "concat joins them to one text");
            }
        } else if (!from.isEmpty()) {
            field.put("from", from.get(0));
        }
        if (from.size() > 1 && all > 0) {
            report.look(
                    rule.place(),
                    "functions before the one that joins several fields work on the first of them alone",
                    null);
        }
        ArrayNode then = Json.NODES.arrayNode();
        for (int i = 0; i < chain.size(); i++) {
            List<String> others = i == all && from.size() > 1 ? from.subList(1, from.size()) : List.of();
            JsonNode one = chain.get(i);
            transforms.add(
                    one,
                    reading.at(one, place.in(String.valueOf(i))),
                    new PatchworksTransforms.Target(field, then, others, lists));
        }
        if (field.size() == 1) {
            report.lost(
                    rule.place(),
                    "a rule of " + node.shown() + " for '"
                            + SourceText.shown(rule.targets().get(0))
                            + "' has no source that is understood, and is left out",
                    null);
            return;
        }
        if (!then.isEmpty()) {
            field.set("then", then);
        }
        fields.add(field);
    }

    private List<String> paths(JsonNode value) {
        return paths(reading, value);
    }

    static List<String> paths(PatchworksReading reading, JsonNode value) {
        List<String> paths = new ArrayList<>();
        if (value.isTextual() && !value.asText().isBlank()) {
            paths.add(value.asText());
        } else if (value.isArray()) {
            value.forEach(item -> paths.addAll(paths(reading, item)));
        } else if (value.isObject()) {
            Fields fields = reading.of(value);
            String path = fields.text("path", "payload_path", "field", "key", "value", "name");
            fields.pass(
                    "id", "uuid", "name", "key", "display_name", "data_type", "type", "tag", "entity", "description");
            if (!path.isBlank()) {
                paths.add(path);
            }
        }
        return paths;
    }
}
