package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Node;
import io.patchbay.moving.PatchworksParts.Kind;
import io.patchbay.payload.Json;
import java.util.List;

/** Steps of Patchworks that cut payloads, and that write down what is in them. */
final class PatchworksRecords {

    private final PatchworksParts parts;
    private final PatchworksReading reading;
    private final PatchworksConditions conditions;
    private final Report report;

    PatchworksRecords(PatchworksParts parts, PatchworksConditions conditions, Report report) {
        this.parts = parts;
        this.reading = parts.reading();
        this.conditions = conditions;
        this.report = report;
    }

    /** Of what format payloads are where a step looks at records: here they are those of JSON. */
    void format(Node node, Fields config, Place at) {
        String format = PatchworksParts.lower(config.text("payload_format", "format"));
        if (!format.isEmpty() && !format.equals("json") && !format.startsWith("auto")) {
            report.lost(
                    at.in(config.key("payload_format", "format")),
                    node.shown() + " reads " + SourceText.shown(format) + " there; here it reads records of JSON",
                    "put convert: { from: " + format.replaceAll("[^a-z]", "")
                            + ", to: json } before it, and one back behind it");
        }
    }

    Made flowControl(Node node, Fields config, Place at) {
        ObjectNode settings = Json.NODES.objectNode();
        String level = config.text("batch_level", "level", "path", "data_path").strip();
        String path = PatchworksText.field(level);
        if (!level.isBlank() && !path.equals("@")) {
            if (level.replaceFirst("^payload\\.", "").startsWith("*.")) {
                report.lost(
                        at,
                        node.shown()
                                + " cuts a list within each record of a list: here the list on top, or one list from the root, is cut",
                        "put a split of " + SourceText.shown(path) + " before it");
            }
            settings.put("level", path.replaceAll("\\[\\*]$", ""));
        }
        String size = config.text("batch_size", "size", "batch", "limit").strip();
        boolean known = size.matches("[1-9][0-9]{0,5}");
        if (!known) {
            report.lost(
                    at,
                    "how many records a batch has, '" + SourceText.shown(size) + "', is not understood: it is 1",
                    "size is from 1 to 1000000");
        }
        settings.put("size", known ? Integer.parseInt(size) : 1);
        if (config.flag(
                        false,
                        "do_not_wrap_single_records_in_an_array",
                        "do_not_wrap_single_records",
                        "do_not_wrap_single_record",
                        "do_not_wrap",
                        "no_wrap",
                        "unwrap_single")
                || !config.flag(true, "wrap_single_records", "wrap_single")) {
            if (settings.path("size").asInt() == 1) {
                settings.put("wrapSingle", false);
            } else {
                report.look(at, "batches of more than one record are lists, also where the last has one alone", null);
            }
        }
        return new Made().shape("flowControl", settings);
    }

    Made split(Node node, Fields config, Place at) {
        String level = config.text("level_to_split", "level", "split_level", "path", "data_path", "field");
        if (level.isBlank()) {
            return Translator.unknown(node, report, "its level is not in the file; say split: { level: PATH }");
        }
        if (PatchworksText.hasBrackets(level)) {
            report.lost(
                    at,
                    "the level '" + SourceText.shown(level) + "' holds a placeholder, which no path here can",
                    "say split: { level: PATH }");
            return Translator.stopped(node);
        }
        ObjectNode settings =
                Json.NODES.objectNode().put("level", PatchworksText.field(level).replaceAll("\\[\\*]$", ""));
        String wrapper = config.text("wrapper_key", "wrapper", "wrap_key");
        if (!wrapper.isBlank()) {
            settings.put("wrapper", wrapper);
        }
        return new Made().shape("split", settings);
    }

    Made track(Node node, Fields config, Place at) {
        String entity = parts.name(Kind.ENTITY, config.get("entity", "entity_type", "entity_type_id"));
        if (entity.isBlank()) {
            report.look(at, node.shown() + " does not say what kind of thing it tracks: it is 'record'", "say entity");
        }
        ObjectNode settings =
                Json.NODES.objectNode().put("entity", PatchworksParts.lower(PatchworksShapes.either(entity, "record")));
        String direction = Fields.plain(config.text("direction"));
        boolean send = direction.matches("(send|out|push).*");
        if (!send && !direction.matches("(receive|in|pull).*")) {
            report.look(
                    at,
                    "the direction '" + SourceText.shown(direction) + "' of " + node.shown() + " is taken for receive",
                    "direction is receive or send");
        }
        settings.put("direction", send ? "send" : "receive");
        ArrayNode fields = settings.putArray("fields");
        JsonNode theirs = config.get("fields", "field_paths", "paths", "field", "field_path", "path");
        List<String> paths =
                theirs.isTextual() ? List.of(theirs.asText().split("\\s*,\\s*")) : PatchworksMap.paths(reading, theirs);
        paths.stream().filter(one -> !one.isBlank()).forEach(one -> fields.add(PatchworksText.field(one)));
        if (fields.isEmpty()) {
            return Translator.unknown(
                    node, report, "its fields are not in the file; say trackData: { entity, direction, fields }");
        }
        JsonNode success = config.get("success_criteria", "success", "criteria", "conditions");
        ObjectNode condition = conditions.all(node, success, reading.at(success, at.in("success_criteria")));
        if (condition != null) {
            settings.set("success", condition);
        }
        return new Made().shape("trackData", settings);
    }
}
