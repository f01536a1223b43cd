package io.patchbay.moving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Node;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Steps of a flow of Patchworks as shapes. */
final class PatchworksShapes {

    private final PatchworksText texts;
    private final PatchworksParts parts;
    private final PatchworksSystems systems;
    private final PatchworksMap maps;
    private final PatchworksConditions conditions;
    private final PatchworksStores stores;
    private final FlowDraft flow;
    private final Report report;

    PatchworksShapes(
            PatchworksText texts, PatchworksParts parts, PatchworksSystems systems, FlowDraft flow, Report report) {
        this.texts = texts;
        this.parts = parts;
        this.systems = systems;
        this.maps = new PatchworksMap(texts, parts, report);
        this.conditions = new PatchworksConditions(texts, report);
        this.stores = new PatchworksStores(texts, parts.parcel(), report);
        this.flow = flow;
        this.report = report;
    }

    /** A step's type in one word. */
    static String kind(String type) {
        String plain = Fields.plain(type).replaceAll("(step|shape)$", "");
        return switch (plain) {
            case "connection" -> "connector";
            case "addcache", "cacheadd", "addtocache" -> "addtocache";
            case "loadcache", "cacheload", "loadfromcache" -> "loadfromcache";
            case "batch", "flowcontrol" -> "flowcontrol";
            case "try", "trycatch" -> "trycatch";
            case "runflow", "runprocessflow", "processflow", "subflow" -> "runflow";
            case "setvariable", "setvariables", "variables" -> "setvariables";
            case "track", "trackdata" -> "trackdata";
            case "manual", "manualpayload" -> "manualpayload";
            default -> plain;
        };
    }

    Made made(Node node) {
        Fields config = new Fields(node.source().path("config"));
        config.pass(
                "name",
                "description",
                "notes",
                "note",
                "source_endpoint",
                "source_connector",
                "source_instance",
                "source_system",
                "payload_format",
                "schema");
        Made made = shape(node, config, kind(node.type()));
        Translator.left(node, config, node.place().in("config"), report);
        return made;
    }

    private Made shape(Node node, Fields config, String kind) {
        Place at = node.place().in("config");
        return switch (kind) {
            case "connector" -> connector(node, config, at);
            case "map" -> maps.map(node, config);
            case "filter" -> conditions.filter(node, config, at);
            case "flowcontrol" -> flowControl(config);
            case "split" -> split(node, config);
            case "route" -> conditions.route(node, config, at);
            case "branch" -> conditions.branch(config);
            case "trycatch" -> conditions.tries(config);
            case "manualpayload" ->
                new Made()
                        .shape(
                                "manualPayload",
                                content(
                                        config.get("payload", "text", "content", "body", "data"),
                                        config.text("format", "type"),
                                        at));
            case "assert" -> asserted(config, at);
            case "notify" -> notified(node, config, at);
            case "setvariables" -> variables(node, config, at);
            case "runflow" -> runFlow(node, config, at);
            case "trackdata" -> track(node, config, at);
            case "addtocache", "cache" -> stores.cache(node, config, at, kind);
            case "loadfromcache" -> stores.load(config, at);
            case "dedupe" -> stores.deDupe(node, config);
            case "script" -> script(node, config, at);
            case "callback" ->
                new Made().shape("callback", Json.NODES.objectNode().put("answer", "array"));
            default -> Translator.unknown(node, report, "shapes that are known stand in docs/reference/moving-in.md");
        };
    }

    private Made connector(Node node, Fields config, Place at) {
        PatchworksSystems.Call call = systems.call(config, at);
        if (call == null) {
            report.lost(
                    at,
                    node.shown() + " does not say which instance and endpoint it calls in a way that is understood",
                    "write connection: { instance: NAME, endpoint: ID } in its place");
            config.pass("variables", "filters", "timeout", "retries");
            return Translator.stopped(node);
        }
        ObjectNode settings =
                Json.NODES.objectNode().put("instance", call.instance()).put("endpoint", call.endpoint());
        ObjectNode with = Json.NODES.objectNode();
        values(config.get("variables", "endpoint_variables", "parameters"), at.in("variables"), with);
        values(config.get("filters", "optional_parameters", "endpoint_filters"), at.in("filters"), with);
        if (!with.isEmpty()) {
            settings.set("with", with);
            with.fieldNames().forEachRemaining(name -> systems.input(call, name));
        }
        String handling = Fields.plain(config.text("response_handling", "output", "on_response"));
        if (handling.contains("original")
                || handling.contains("nothing")
                || handling.contains("input")
                || handling.contains("ignore")) {
            settings.put("output", "input");
        } else if (!handling.isEmpty() && !handling.contains("response")) {
            report.lost(
                    at,
                    "the response handling '" + handling + "' is not understood: what goes on is the answer",
                    "output is response, input or { into: NAME }");
        }
        String wrapping = Fields.plain(config.text("payload_wrapping", "wrapping"));
        if (wrapping.contains("wrap") && !wrapping.contains("raw") && !wrapping.contains("un")) {
            report.lost(
                    at,
                    "payload wrapping '" + wrapping + "' is not translated",
                    "put a collect (all payloads) or a map with wrapOutput: true (each) before it");
        }
        JsonNode response = config.get("response_script", "response_script_id", "response_script_version");
        if (!response.isMissingNode() && !response.asText("x").isBlank()) {
            String script = parts.script(
                    new Fields(Json.NODES.objectNode().set("script", response)), at.in("response_script"), false);
            if (script != null) {
                settings.putObject("response").putObject("script").put("file", script);
            }
        }
        Made made = new Made().shape("connection", settings);
        String timeout = config.text("request_timeout", "timeout");
        if (timeout.matches("[1-9][0-9]{0,6}")) {
            made.around("timeout", Translator.text(timeout + "s"));
        }
        String retries = config.text("retries", "max_retries", "retry_count");
        if (retries.matches("[0-9]{1,2}")) {
            made.around("retries", Json.NODES.objectNode().put("count", Integer.parseInt(retries)));
        }
        return made;
    }

    /** Named values: an object, or a list of objects with a key and a value. */
    private void values(JsonNode theirs, Place at, ObjectNode into) {
        if (theirs.isObject()) {
            theirs.properties().forEach(one -> {
                if (!one.getValue().isNull()) {
                    value(one.getKey(), one.getValue(), at.in(one.getKey()), into);
                }
            });
            return;
        }
        int number = 0;
        for (JsonNode one : theirs) {
            Fields fields = new Fields(one);
            JsonNode value = fields.get("value", "values", "default", "default_value");
            if (!value.isMissingNode()) {
                value(fields.text("key", "name", "alias", "variable"), value, at.in(String.valueOf(number)), into);
            }
            number++;
        }
    }

    private void value(String key, JsonNode value, Place at, ObjectNode into) {
        String name = Names.variable(key);
        if (Secrecy.named(key) && value.isTextual() && Secrecy.value(value.asText())) {
            parts.parcel().guard(value.asText());
            report.lost(
                    at,
                    "the value of '" + SourceText.shown(key) + "' is a secret, which no flow can name: it is left out",
                    "make it a setting of the instance");
            return;
        }
        into.set(name, texts.value(value, at));
    }

    private Made flowControl(Fields config) {
        ObjectNode settings = Json.NODES.objectNode();
        String level = config.text("batch_level", "level", "path", "data_path");
        if (!level.isBlank()) {
            String path = PatchworksText.field(level);
            if (!path.equals("@")) {
                settings.put("level", path.replaceAll("\\[\\*]$", ""));
            }
        }
        settings.put("size", Math.max(1, config.whole(1, 1_000_000, "batch_size", "size", "batch", "limit")));
        if (config.flag(
                        false,
                        "do_not_wrap_single_records_in_an_array",
                        "do_not_wrap_single_records",
                        "do_not_wrap",
                        "no_wrap",
                        "unwrap_single")
                || !config.flag(true, "wrap_single_records", "wrap_single")) {
            settings.put("wrapSingle", false);
        }
        return new Made().shape("flowControl", settings);
    }

    private Made split(Node node, Fields config) {
        String level = config.text("level_to_split", "level", "split_level", "path", "data_path", "field");
        if (level.isBlank()) {
            return Translator.unknown(node, report, "its level is not in the file; say split: { level: PATH }");
        }
        ObjectNode settings =
                Json.NODES.objectNode().put("level", PatchworksText.field(level).replaceAll("\\[\\*]$", ""));
        String wrapper = config.text("wrapper_key", "wrapper", "wrap_key");
        if (!wrapper.isBlank()) {
            settings.put("wrapper", wrapper);
        }
        return new Made().shape("split", settings);
    }

    /** JSON where it is some, a text of its format otherwise. */
    private ObjectNode content(JsonNode theirs, String format, Place at) {
        JsonNode value = theirs;
        if (theirs.isTextual()) {
            try {
                JsonNode parsed = Json.MAPPER.readTree(theirs.asText());
                value = parsed.isContainerNode()
                                && !format.toLowerCase(Locale.ROOT).matches("xml|csv|txt|text")
                        ? parsed
                        : theirs;
            } catch (JsonProcessingException e) {
                value = theirs;
            }
        }
        if (value.isContainerNode()) {
            return Json.NODES.objectNode().set("json", texts.value(value, at));
        }
        ObjectNode text = Json.NODES.objectNode().put("text", texts.text(value.asText(), at, false));
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "xml" -> text.put("contentType", "application/xml");
            case "csv" -> text.put("contentType", "text/csv");
            case "json" -> text.put("contentType", "application/json");
            default -> text;
        };
    }

    private Made asserted(Fields config, Place at) {
        ObjectNode content =
                content(config.get("payload", "expected", "expected_payload", "value"), config.text("format"), at);
        content.remove("contentType");
        return new Made().shape("assert", content);
    }

    private Made notified(Node node, Fields config, Place at) {
        ObjectNode settings = Json.NODES.objectNode();
        String level = config.text("level", "log_level", "severity")
                .toLowerCase(Locale.ROOT)
                .replace("warning", "warn");
        List<JsonNode> groups = new ArrayList<>();
        for (String name : List.of("notification_groups", "email_groups", "groups", "emails", "recipients", "to")) {
            groups.addAll(PatchworksParts.list(config.get(name)));
        }
        if (config.flag(groups.isEmpty(), "output_to_log", "log", "write_to_log")) {
            settings.put("log", List.of("debug", "info", "warn", "error").contains(level) ? level : "info");
        }
        if (!groups.isEmpty()) {
            ArrayNode to = settings.putArray("to");
            groups.forEach(one -> {
                String name = PatchworksParts.name(one);
                to.add(name.contains("@") ? name : Names.kebab(name, "ops"));
            });
            report.look(
                    at,
                    "notification groups are settings of the runtime: " + to,
                    "set patchbay.notifications.groups, see docs/reference/alerts.md");
        }
        String subject = config.text("subject", "email_subject");
        if (!subject.isBlank()) {
            settings.put("subject", texts.text(subject, at.in("subject"), true));
        }
        String text = config.text("template", "message", "text", "body", "content");
        if (text.isBlank()) {
            report.lost(at, node.shown() + " has no template that is understood", "say text: what it is to tell");
        }
        settings.put(
                "text", text.isBlank() ? "a notification without a text" : texts.text(text, at.in("template"), true));
        return new Made().shape("notify", settings);
    }

    private Made variables(Node node, Fields config, Place at) {
        ObjectNode ofFlow = Json.NODES.objectNode();
        ObjectNode meta = Json.NODES.objectNode();
        values(config.get("flow_variables", "flow"), at.in("flow_variables"), ofFlow);
        values(config.get("metadata", "meta", "metadata_variables", "meta_variables"), at.in("metadata"), meta);
        int number = 0;
        for (JsonNode one : config.get("variables", "values", "assignments")) {
            Fields fields = new Fields(one);
            String name = fields.text("name", "key", "variable");
            boolean isMeta = Fields.plain(fields.text("type", "scope", "kind")).startsWith("meta");
            value(name, fields.get("value"), at.in("variables").in(String.valueOf(number++)), isMeta ? meta : ofFlow);
        }
        ofFlow.fieldNames().forEachRemaining(name -> flow.variable(name, Json.NODES.textNode("")));
        meta.fieldNames().forEachRemaining(name -> {
            if (!meta.get(name).isTextual()) {
                meta.put(name, meta.get(name).toString());
            }
        });
        if (ofFlow.isEmpty() && meta.isEmpty()) {
            report.lost(
                    at,
                    node.shown() + " sets nothing that is understood",
                    "variables are looked for under config.variables, config.flow_variables and config.metadata");
            return Translator.stopped(node);
        }
        ObjectNode settings = Json.NODES.objectNode();
        if (!ofFlow.isEmpty()) {
            settings.set("flow", ofFlow);
        }
        if (!meta.isEmpty() || ofFlow.isEmpty()) {
            settings.set("meta", meta);
        }
        return new Made().shape("setVariables", settings);
    }

    private Made runFlow(Node node, Fields config, Place at) {
        JsonNode named = config.get("flow", "process_flow", "flow_name", "flow_id", "process_flow_id", "called_flow");
        String name = PatchworksParts.name(named);
        for (JsonNode one : parts.beside("flows", "process_flows", "called_flows")) {
            Fields fields = new Fields(one);
            if (fields.text("id", "flow_id").equals(name)
                    && !fields.text("name").isBlank()) {
                name = fields.text("name");
            }
        }
        if (name.isBlank()) {
            return Translator.unknown(
                    node, report, "which flow it calls is not in the file; say runFlow: { flow: ID }");
        }
        String id = Names.kebab(name, "flow-" + Names.kebab("x" + name, "x"));
        report.look(
                at,
                "it starts flow '" + id + "', which must be there, active, and be called so",
                "import the file of '" + SourceText.shown(name) + "' with --as " + id);
        ObjectNode settings = Json.NODES.objectNode().put("flow", id);
        ObjectNode with = Json.NODES.objectNode();
        values(config.get("variables", "flow_variables"), at.in("variables"), with);
        if (!with.isEmpty()) {
            settings.set("variables", with);
        }
        JsonNode payload = config.get("payload", "manual_payload");
        if (config.flag(!payload.isMissingNode(), "specify_payload_manually", "manual")
                && !payload.asText("x").isBlank()
                && !payload.isMissingNode()) {
            ObjectNode content = content(payload, config.text("payload_format", "format"), at);
            settings.set("json", content.has("json") ? content.get("json") : content.get("text"));
        }
        config.pass("version", "flow_version", "version_id", "environment", "apply_variables");
        return new Made().shape("runFlow", settings);
    }

    private Made track(Node node, Fields config, Place at) {
        ObjectNode settings = Json.NODES
                .objectNode()
                .put(
                        "entity",
                        either(PatchworksParts.name(config.get("entity", "entity_type")), "record")
                                .toLowerCase(Locale.ROOT));
        settings.put("direction", Fields.plain(config.text("direction")).startsWith("send") ? "send" : "receive");
        ArrayNode fields = settings.putArray("fields");
        for (JsonNode one : config.get("fields", "field_paths", "paths", "field")) {
            fields.add(PatchworksText.field(PatchworksParts.name(one)));
        }
        if (config.get("field").isTextual()) {
            fields.add(PatchworksText.field(config.text("field")));
        }
        if (fields.isEmpty()) {
            return Translator.unknown(
                    node, report, "its fields are not in the file; say trackData: { entity, direction, fields }");
        }
        List<ObjectNode> success = new ArrayList<>();
        int number = 0;
        for (JsonNode one : config.get("success_criteria", "success", "criteria")) {
            ObjectNode condition = conditions.condition(
                    node, new Fields(one), at.in("success_criteria").in(String.valueOf(number++)));
            if (condition != null) {
                success.add(condition);
            }
        }
        if (!success.isEmpty()) {
            settings.set("success", Conditions.join(success, false));
        }
        return new Made().shape("trackData", settings);
    }

    static String either(String text, String otherwise) {
        return text.isBlank() ? otherwise : text;
    }

    private Made script(Node node, Fields config, Place at) {
        String script = parts.script(config, at, false);
        if (script == null) {
            return Translator.stopped(node);
        }
        ObjectNode settings = Json.NODES.objectNode().put("file", script).put("as", "text");
        ObjectNode with = Json.NODES.objectNode();
        values(config.get("variables", "script_variables"), at.in("variables"), with);
        if (!with.isEmpty()) {
            settings.set("variables", with);
        }
        return new Made().shape("script", settings);
    }
}
