package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Node;
import io.patchbay.moving.PatchworksParts.Kind;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Steps of a flow of Patchworks as shapes. */
final class PatchworksShapes {

    /** What a step has that does nothing in a run. */
    static final String[] OF_STEP = {
        "position", "created_at", "updated_at", "version", "flow_version_id", "flow_id", "notes_count", "order"
    };

    private static final String[] RECIPIENTS = {
        "notification_groups",
        "email_groups",
        "groups",
        "notification_group",
        "emails",
        "recipients",
        "to",
        "notification_group_id"
    };
    private static final String[] CONFIG = {"config", "configuration", "settings", "options"};
    private static final String HINT = "look up what it does there, and say it in the words of docs/reference/shapes";

    private final PatchworksReading reading;
    private final PatchworksText texts;
    private final PatchworksParts parts;
    private final PatchworksScripts scripts;
    private final PatchworksCalls calls;
    private final PatchworksValues values;
    private final PatchworksMap maps;
    private final PatchworksConditions conditions;
    private final PatchworksStores stores;
    private final PatchworksRecords records;
    private final PatchworksTriggers triggers;
    private final FlowDraft flow;
    private final Report report;
    private boolean answered;

    PatchworksShapes(
            PatchworksText texts,
            PatchworksParts parts,
            PatchworksScripts scripts,
            PatchworksSystems systems,
            PatchworksTriggers triggers,
            FlowDraft flow,
            Report report) {
        this.reading = parts.reading();
        this.texts = texts;
        this.parts = parts;
        this.scripts = scripts;
        this.values = new PatchworksValues(reading, texts, parts.parcel(), report);
        this.calls = new PatchworksCalls(texts, parts, scripts, values, systems, report);
        this.stores = new PatchworksStores(texts, parts, report);
        this.maps = new PatchworksMap(new PatchworksTransforms(texts, parts, scripts, stores, report), parts, report);
        this.conditions = new PatchworksConditions(reading, texts, report);
        this.records = new PatchworksRecords(parts, conditions, report);
        this.triggers = triggers;
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
            case "track", "trackdata", "tracking" -> "trackdata";
            case "manual", "manualpayload" -> "manualpayload";
            case "deduplicate", "deduplication", "dedup" -> "dedupe";
            case "notification" -> "notify";
            case "assertion" -> "assert";
            default -> plain;
        };
    }

    static JsonNode config(PatchworksReading reading, Node node) {
        return reading.of(node.source()).get(CONFIG);
    }

    Made made(Node node) {
        Fields step = reading.of(node.source());
        step.pass(OF_STEP);
        JsonNode source = config(reading, node);
        Place at = reading.at(source, node.place().in(step.key(CONFIG)));
        Fields config = reading.of(source);
        // What stands here helps to draw a step, and does nothing in a run.
        config.pass("source_endpoint", "source_connector", "source_instance", "source_system", "schema");
        String kind = kind(node.type());
        Made made = shape(node, source, config, at, kind);
        String note = PatchworksShapes.either(step.text("description"), config.text("description"));
        note = PatchworksShapes.either(
                note, PatchworksShapes.either(step.text("notes", "note"), config.text("notes", "note")));
        config.pass("name");
        if (!note.isBlank() && !made.shapes().isEmpty()) {
            made.around("note", Translator.text(Secrecy.without(note.strip(), parts.parcel())));
        }
        if (!step.flag(true, "is_enabled", "enabled", "active", "is_active")
                || step.flag(false, "disabled", "is_disabled")) {
            if (made.fan() == null) {
                made.shapes().forEach(shape -> shape.put("disabled", true));
            } else {
                report.lost(
                        node.place(),
                        node.shown() + " is switched off there, and is not here: it has ways out",
                        "disabled: true lets everything pass it");
            }
        }
        reading.left(node.source(), node.place(), node.shown(), HINT);
        reading.whole(node.source());
        return made;
    }

    private Made shape(Node node, JsonNode source, Fields config, Place at, String kind) {
        if (Set.of("filter", "flowcontrol", "split", "dedupe", "trackdata", "route")
                .contains(kind)) {
            records.format(node, config, at);
        }
        return switch (kind) {
            case "connector" -> calls.connector(node, config, at);
            case "map" -> maps.map(node, config, at);
            case "filter" -> conditions.filter(node, config, at);
            case "flowcontrol" -> records.flowControl(node, config, at);
            case "split" -> records.split(node, config, at);
            case "route" -> conditions.route(node, source, at);
            case "branch" -> conditions.branch(source);
            case "trycatch" -> conditions.tries(config, at);
            case "manualpayload" -> manual(node, config, at);
            case "assert" -> asserted(node, config, at);
            case "notify" -> notified(node, config, at);
            case "setvariables" -> variables(node, config, at);
            case "runflow" -> runFlow(node, config, at);
            case "trackdata" -> records.track(node, config, at);
            case "addtocache", "cache" -> stores.cache(node, config, at, kind);
            case "loadfromcache" -> stores.load(config, at);
            case "dedupe" -> stores.deDupe(node, config, at);
            case "script" -> script(node, config, at);
            case "callback" -> callback(config, at);
            default -> {
                reading.whole(source);
                yield Translator.unknown(node, report, "shapes that are known stand in docs/reference/moving-in.md");
            }
        };
    }

    private Made manual(Node node, Fields config, Place at) {
        String[] names = {"payload", "text", "content", "body", "data"};
        JsonNode payload = config.get(names);
        if (payload.isMissingNode()) {
            report.lost(
                    at,
                    node.shown() + " has no payload that is understood: it is empty",
                    "json or text says what it is");
        }
        return new Made()
                .shape(
                        "manualPayload",
                        values.content(
                                payload, config.text("format", "type", "payload_format"), at.in(config.key(names))));
    }

    private Made asserted(Node node, Fields config, Place at) {
        String[] names = {"payload", "expected", "expected_payload", "value"};
        JsonNode expected = config.get(names);
        if (expected.isMissingNode()
                || (expected.isTextual() && expected.asText().isBlank())) {
            report.lost(at, node.shown() + " does not say what it expects", "say assert: { json: … }");
            return Translator.stopped(node);
        }
        ObjectNode content =
                values.content(expected, config.text("format", "type", "payload_format"), at.in(config.key(names)));
        content.remove("contentType");
        return new Made().shape("assert", content);
    }

    private Made notified(Node node, Fields config, Place at) {
        ObjectNode settings = Json.NODES.objectNode();
        String level = PatchworksParts.lower(config.text("level", "log_level", "severity"));
        String ours = switch (level) {
            case "", "info", "information", "notice", "success" -> "info";
            case "warn", "warning" -> "warn";
            case "error", "critical", "alert", "emergency", "failure" -> "error";
            case "debug", "trace" -> "debug";
            default -> "";
        };
        if (ours.isEmpty()) {
            report.lost(
                    at,
                    "the level '" + SourceText.shown(level) + "' is not known: it is info",
                    "log is debug, info, warn or error");
        }
        List<String> groups = new ArrayList<>();
        if (config.flag(true, "email", "send_email", "output_to_email", "send_emails")) {
            for (String name : RECIPIENTS) {
                JsonNode theirs = config.get(name);
                (theirs.isArray()
                                ? reading.list(theirs)
                                : theirs.isMissingNode() ? List.<JsonNode>of() : List.of(theirs))
                        .forEach(one -> groups.add(group(one, at)));
            }
        } else {
            config.pass(RECIPIENTS);
        }
        if (config.flag(groups.isEmpty(), "output_to_log", "log", "write_to_log", "add_to_log", "log_message")) {
            settings.put("log", either(ours, "info"));
        }
        if (!groups.isEmpty()) {
            groups.forEach(settings.putArray("to")::add);
            report.look(
                    at,
                    "notification groups are settings of the runtime: " + settings.path("to"),
                    "set patchbay.notifications.groups, see docs/reference/alerts.md");
        }
        String subject = config.text("subject", "email_subject");
        if (!subject.isBlank()) {
            settings.put("subject", texts.text(subject, at.in(config.key("subject", "email_subject")), true));
        }
        String[] names = {"template", "message", "text", "body", "content"};
        String text = config.text(names);
        if (text.isBlank()) {
            report.lost(at, node.shown() + " has no template that is understood", "say text: what it is to tell");
        }
        settings.put(
                "text",
                text.isBlank() ? "a notification without a text" : texts.text(text, at.in(config.key(names)), true));
        return new Made().shape("notify", settings);
    }

    private String group(JsonNode theirs, Place at) {
        String name = parts.name(Kind.GROUP, theirs);
        return name.matches("[^@\\s]+@[^@\\s]+")
                ? name
                : parts.ours(Kind.GROUP, name, "group-" + Fields.plain(name), at);
    }

    private Made variables(Node node, Fields config, Place at) {
        ObjectNode ofFlow = Json.NODES.objectNode();
        ObjectNode meta = Json.NODES.objectNode();
        UnaryOperator<String> named = name -> texts.meta(name, at);
        values.read(config.get("flow_variables", "flow"), at, UnaryOperator.identity(), ofFlow);
        values.read(config.get("metadata", "meta", "metadata_variables", "meta_variables"), at, named, meta);
        JsonNode both = config.get("variables", "values", "assignments");
        Place place = reading.at(both, at.in(config.key("variables", "values", "assignments")));
        int number = 0;
        for (JsonNode one : both.isArray() ? reading.list(both) : List.<JsonNode>of()) {
            Fields fields = reading.of(one);
            Place here = reading.at(one, place.in(String.valueOf(number++)));
            String name = fields.text(PatchworksValues.KEY);
            String kind = Fields.plain(fields.text("type", "scope", "kind", "variable_type"));
            boolean isMeta = kind.startsWith("meta");
            fields.pass("id", "uuid", "order", "position");
            if (name.isBlank() || !(isMeta || kind.isEmpty() || kind.startsWith("flow"))) {
                reading.whole(one);
                report.lost(
                        here,
                        "a variable of " + node.shown()
                                + " has no name, or is of a kind, that is not understood, and is left out",
                        "setVariables has flow and meta");
                continue;
            }
            if (kind.isEmpty() && !flow.declares(name)) {
                report.look(
                        here,
                        "'" + SourceText.shown(name)
                                + "' does not say whether it is of the flow or of the payload: it is one of the flow",
                        "move it to meta where it is metadata");
            }
            values.value(
                    name,
                    fields.get("value", "values", "default_value"),
                    here,
                    isMeta ? named : UnaryOperator.identity(),
                    isMeta ? meta : ofFlow);
        }
        if (both.isObject()) {
            values.read(both, at, UnaryOperator.identity(), ofFlow);
        }
        ofFlow.fieldNames().forEachRemaining(name -> flow.variable(name, Json.NODES.textNode("")));
        meta.fieldNames().forEachRemaining(name -> {
            JsonNode value = meta.get(name);
            if (!value.isTextual()) {
                meta.put(name, value.isValueNode() ? value.asText() : value.toString());
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
        if (!meta.isEmpty()) {
            settings.set("meta", meta);
        }
        return new Made().shape("setVariables", settings);
    }

    private Made runFlow(Node node, Fields config, Place at) {
        JsonNode named = config.get(
                "flow", "process_flow", "flow_name", "flow_id", "process_flow_id", "called_flow", "called_flow_id");
        String name = parts.name(Kind.FLOW, named);
        if (name.isBlank()) {
            return Translator.unknown(
                    node, report, "which flow it calls is not in the file; say runFlow: { flow: ID }");
        }
        String id = parts.ours(Kind.FLOW, name, "flow-" + Names.kebab("x" + name, "x"), at);
        report.look(
                at,
                "it starts flow '" + id + "', which must be there, active, and be called so",
                "import the file of '" + SourceText.shown(name) + "' with --as " + id);
        ObjectNode settings = Json.NODES.objectNode().put("flow", id);
        ObjectNode with = Json.NODES.objectNode();
        values.read(
                config.get("variables", "flow_variables", "called_flow_variables"),
                at.in("variables"),
                UnaryOperator.identity(),
                with);
        if (!with.isEmpty()) {
            settings.set("variables", with);
        }
        JsonNode payload = config.get("payload", "manual_payload");
        if (config.flag(!payload.isMissingNode(), "specify_payload_manually", "manual", "use_manual_payload")
                && !payload.asText("x").isBlank()
                && !payload.isMissingNode()) {
            ObjectNode content = values.content(
                    payload, config.text("payload_format", "format"), at.in(config.key("payload", "manual_payload")));
            settings.set("json", content.has("json") ? content.get("json") : content.get("text"));
        } else {
            reading.whole(payload);
        }
        String version = reading.name(config.get("version", "flow_version", "version_id", "flow_version_id"));
        if (!version.isBlank() && !version.matches("(?i)latest|deployed|default|current")) {
            report.look(
                    at,
                    "version '" + SourceText.shown(version)
                            + "' of the called flow is meant there; here it is the one that runs",
                    null);
        }
        String environment = reading.name(config.get("environment", "virtual_environment", "virtual_environment_id"));
        if (!environment.isBlank()) {
            report.lost(
                    at,
                    "the called flow runs in environment '" + SourceText.shown(environment) + "' there",
                    "an environment that names both flows starts its own; docs/reference/environments.md");
        }
        config.pass("apply_variables", "apply_flow_variables");
        return new Made().shape("runFlow", settings);
    }

    static String either(String text, String otherwise) {
        return text.isBlank() ? otherwise : text;
    }

    private Made script(Node node, Fields config, Place at) {
        String script = scripts.file(config, at, false);
        if (script == null) {
            return Translator.stopped(node);
        }
        ObjectNode settings = Json.NODES.objectNode().put("file", script).put("as", "text");
        ObjectNode with = Json.NODES.objectNode();
        values.read(
                config.get("variables", "script_variables", "values"),
                at.in("variables"),
                UnaryOperator.identity(),
                with);
        if (!with.isEmpty()) {
            settings.set("variables", with);
        }
        return new Made().shape("script", settings);
    }

    /** Only the first answers, and only where a caller waits. */
    private Made callback(Fields config, Place at) {
        config.pass("callback", "callback_id");
        if (answered || !triggers.callback()) {
            report.look(
                    at,
                    answered
                            ? "only the first callback answers, there and here: nothing is made of this one"
                            : "no caller waits for an answer, so nothing is made of the callback",
                    null);
            return new Made();
        }
        answered = true;
        ObjectNode settings = Json.NODES.objectNode().put("answer", "array");
        if (triggers.answerType() != null) {
            settings.put("contentType", triggers.answerType());
        }
        return new Made().shape("callback", settings);
    }

    /** Writes what steps declared beside the flow. */
    void write() {
        stores.write();
    }
}
