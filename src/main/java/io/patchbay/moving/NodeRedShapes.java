package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Node;
import io.patchbay.moving.Made.Fan;
import io.patchbay.moving.Made.Outlet;
import io.patchbay.payload.Json;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Nodes of Node-RED as shapes. */
final class NodeRedShapes {

    private static final Pattern VARIABLES =
            Pattern.compile("\\bflow\\.(?:get|set)\\(\\s*['\"]([A-Za-z_][A-Za-z0-9_]*)['\"]");
    private static final Pattern ENVIRONMENT = Pattern.compile("\\benv\\.get\\(\\s*['\"]([A-Za-z_][A-Za-z0-9_]*)['\"]");

    private final NodeRedText texts;
    private final Parcel parcel;
    private final Report report;
    private final NodeRedConditions conditions;
    private final NodeRedRequests requests;
    private final NodeRedChanges changes;
    private final NodeRedCatches catches;

    NodeRedShapes(NodeRedText texts, Parcel parcel, Report report, NodeRedCatches catches) {
        this.catches = catches;
        this.texts = texts;
        this.parcel = parcel;
        this.report = report;
        this.conditions = new NodeRedConditions(texts, report);
        this.requests = new NodeRedRequests(texts, parcel, report);
        this.changes = new NodeRedChanges(texts, parcel, report);
    }

    Made made(Node node) {
        Fields fields = new Fields(node.source());
        fields.pass(
                "id",
                "type",
                "z",
                "g",
                "name",
                "x",
                "y",
                "w",
                "h",
                "wires",
                "info",
                "outputs",
                "inputs",
                "inputLabels",
                "outputLabels",
                "l",
                "d",
                "icon",
                "links",
                "scope",
                "uncaught",
                NodeRedSubflows.PROPERTIES);
        Made made = shape(node, fields);
        catches.around(node, made);
        if (fields.flag(false, "d")) {
            report.lost(
                    node.place(),
                    node.shown() + " is switched off: nothing passes it there, and here everything passes it unchanged",
                    "take it out, with what follows");
            made.shapes().forEach(shape -> shape.put("disabled", true));
        }
        String info = fields.text("info");
        if (!info.isBlank() && !made.shapes().isEmpty()) {
            made.shapes().get(0).put("note", Secrecy.without(info, parcel));
        }
        Translator.left(node, fields, node.place(), report);
        return made;
    }

    private Made shape(Node node, Fields fields) {
        Place at = node.place();
        return switch (node.type()) {
            case "function" -> function(node, fields);
            case "switch" -> conditions.switched(node, fields);
            case "change" -> changes.change(node, fields);
            case "http request" -> requests.request(node, fields);
            case "http response" -> {
                fields.pass("headers");
                String status = fields.text("statusCode");
                yield new Made()
                        .shape(
                                "callback",
                                Json.NODES
                                        .objectNode()
                                        .put("answer", "one")
                                        .put(
                                                "status",
                                                status.matches("[2-5][0-9]{2}") ? Integer.parseInt(status) : 200));
            }
            case "debug" -> debug(fields);
            case "template" -> template(node, fields);
            case "split" -> split(node, fields);
            case "join" -> join(node, fields);
            case "delay" -> delay(node, fields);
            case "json" -> {
                fields.pass("property", "action", "pretty");
                report.look(
                        at,
                        node.shown()
                                + " reads or writes JSON: content that says it is JSON is read by every shape, other"
                                + " content is converted",
                        null);
                yield new Made()
                        .shape(
                                "convert",
                                Json.NODES.objectNode().put("to", "json").put("from", "json"));
            }
            case "csv", "xml", "yaml" -> {
                String kind = node.type();
                fields.passRest();
                report.look(
                        at,
                        node.shown() + " is taken for one that reads " + kind
                                + "; its other settings are not translated",
                        "a convert with to: " + kind + " writes it");
                yield new Made()
                        .shape(
                                "convert",
                                Json.NODES.objectNode().put("to", "json").put("from", kind));
            }
            case NodeRedSubflows.ENTRY -> {
                report.look(at, "the nodes of subflow '" + SourceText.shown(node.name()) + "' stand here", null);
                yield new Made();
            }
            case "catch" -> {
                report.look(at, node.shown() + ": what fails comes to what follows", null);
                yield new Made();
            }
            case "link call" -> {
                fields.pass("linkType", "timeout");
                // Where it was not joined, it has its own wires only.
                yield catches.joined(node)
                        ? new Made()
                        : Translator.unknown(
                                node,
                                report,
                                "give what it calls a flow of its own, and call it with runFlow: { flow: ID, wait: true"
                                        + " }");
            }
            case "junction", "link in", "link out" -> {
                fields.pass("mode");
                report.look(at, node.shown() + " is a wire, and has no shape", null);
                yield new Made();
            }
            default -> {
                fields.passRest();
                yield Translator.unknown(
                        node,
                        report,
                        node.type().startsWith("subflow:")
                                ? "give the subflow a flow of its own, and call it with runFlow: { flow: ID, wait:"
                                        + " true }"
                                : "nodes that are known stand in docs/reference/moving-in.md");
            }
        };
    }

    private Made function(Node node, Fields fields) {
        String code = Secrecy.code(fields.text("func"), node.place(), node.name(), report, parcel);
        int outputs = Math.max(1, node.source().path("outputs").asInt(1));
        for (String part : List.of("initialize", "finalize")) {
            if (!fields.text(part).isBlank()) {
                report.lost(
                        node.place().in(part),
                        node.shown() + ": the code of '" + part + "' is left out",
                        "what it sets up can stand above the function of the script");
            }
        }
        fields.get("libs")
                .forEach(lib -> report.lost(
                        node.place().in("libs"),
                        node.shown() + " uses the package "
                                + SourceText.shown(lib.path("module").asText()) + ", which no script has here",
                        null));
        fields.pass("noerr", "timeout");
        List<String> missing = Adapters.missing(code);
        if (!missing.isEmpty()) {
            report.lost(
                    node.place(),
                    "the code of " + node.shown() + " uses " + String.join(", ", missing)
                            + ", which no script has here",
                    "docs/reference/scripts.md says what a script has");
        }
        Matcher names = VARIABLES.matcher(code);
        while (names.find()) {
            texts.variables().add(names.group(1));
        }
        report.look(
                node.place(),
                "the code of " + node.shown()
                        + " has an adapter around it: what a message has beside its payload is metadata, as texts",
                "read it, and give it a test");
        String script = parcel.script(
                node.id().replaceFirst(".*/", ""),
                node.name().isBlank() ? "function" : node.name(),
                ".js",
                Adapters.nodeRed("node '" + node.name() + "' of Node-RED", code, outputs));
        ObjectNode settings = Json.NODES.objectNode().put("file", script);
        ObjectNode environment = environment(node, code);
        if (!environment.isEmpty()) {
            settings.set("variables", environment);
        }
        Made made = new Made().shape("script", settings).endsEmpty();
        if (outputs == 1) {
            return made;
        }
        report.lost(
                node.place(),
                node.shown() + " has " + outputs
                        + " ways out: records behind it are { out, payload }, by whose 'out' a route sends them",
                "let each path begin with split: { level: payload }, or let the script give what a condition can tell"
                        + " apart");
        made.fan(Fan.ROUTE, Json.NODES.objectNode());
        for (int i = 0; i < outputs; i++) {
            made.outlet(
                    String.valueOf(i),
                    new Outlet(
                            "output-" + (i + 1),
                            Json.NODES.objectNode().put("field", "out").put("is", String.valueOf(i + 1)),
                            false));
        }
        return made;
    }

    /** What code reads of its surroundings: properties of its subflow, or what the program was started with. */
    private ObjectNode environment(Node node, String code) {
        ObjectNode variables = Json.NODES.objectNode();
        Matcher names = ENVIRONMENT.matcher(code);
        while (names.find()) {
            JsonNode property = node.source().path(NodeRedSubflows.PROPERTIES).path(names.group(1));
            JsonNode value = property.isObject()
                    ? texts.value(
                            property.path("value").asText(),
                            property.path("type").asText(),
                            node.place())
                    : Translator.text("${os." + names.group(1) + " ?? ''}");
            if (value != null) {
                variables.set(names.group(1), value);
            }
        }
        return variables;
    }

    private Made debug(Fields fields) {
        String what = fields.text("complete");
        fields.pass("active", "tosidebar", "console", "tostatus", "targetType", "statusVal", "statusType");
        String text =
                what.isBlank() || what.equals("true") || what.equals("false") ? "payload" : NodeRedText.property(what);
        return new Made()
                .shape("notify", Json.NODES.objectNode().put("log", "debug").put("text", "${" + text + " ?? ''}"));
    }

    private Made template(Node node, Fields fields) {
        String field = fields.text("field").isBlank() ? "payload" : fields.text("field");
        String text = fields.text("template");
        boolean plain = fields.text("syntax").equals("plain");
        fields.pass("fieldType", "format", "output");
        String ours = plain
                ? Translator.literal(text)
                : texts.mustache(text, node.place().in("template"), true);
        String way = NodeRedText.inPayload(field);
        if (way == null) {
            return new Made()
                    .shape(
                            "setVariables",
                            Json.NODES
                                    .objectNode()
                                    .set(
                                            "meta",
                                            Json.NODES
                                                    .objectNode()
                                                    .put(
                                                            NodeRedText.property(field)
                                                                    .replaceFirst("^meta\\.", ""),
                                                            ours)));
        }
        if (way.isEmpty()) {
            return new Made().shape("manualPayload", Json.NODES.objectNode().put("text", ours));
        }
        ObjectNode map = Json.NODES.objectNode();
        map.putArray("fields").addObject().put("to", way).put("template", ours);
        return new Made().shape("map", map.put("keepOthers", true));
    }

    private Made split(Node node, Fields fields) {
        int size = Math.max(1, fields.whole(1, 1_000_000, "arraySplt"));
        fields.pass("splt", "spltType", "arraySpltType", "stream", "addname", "property");
        report.look(
                node.place(),
                node.shown() + " is taken for one that splits a list; texts and objects are not split",
                "a convert with to: lines, or a script, splits a text");
        return new Made()
                .shape("flowControl", Json.NODES.objectNode().put("size", size).put("wrapSingle", size > 1));
    }

    private Made join(Node node, Fields fields) {
        String mode = fields.text("mode");
        String build = fields.text("build");
        int count = fields.whole(0, 1_000_000, "count");
        String joiner = fields.text("joiner");
        fields.pass(
                "property",
                "propertyType",
                "key",
                "joinerType",
                "timeout",
                "accumulate",
                "reduceRight",
                "useparts",
                "reduceExp",
                "reduceInit",
                "reduceInitType",
                "reduceFixup");
        if (mode.equals("reduce") || (mode.equals("custom") && !build.equals("array") && !build.isBlank())) {
            return Translator.unknown(
                    node,
                    report,
                    "a collect makes one list of all; a script behind it makes of it what '"
                            + SourceText.shown(mode + " " + build + " " + joiner) + "' says");
        }
        ObjectNode collect = Json.NODES.objectNode();
        if (count > 0) {
            collect.put("size", count);
        } else {
            collect.put("all", true);
        }
        return new Made().shape("collect", collect);
    }

    private Made delay(Node node, Fields fields) {
        String kind = fields.text("pauseType");
        String timeout = fields.text("timeout");
        String unit = fields.text("timeoutUnits");
        String rate = fields.text("rate");
        fields.pass(
                "nbRateUnits", "rateUnits", "randomFirst", "randomLast", "randomUnits", "drop", "allowrate", "outputs");
        if (kind.equals("delay") && timeout.matches("[0-9]{1,9}")) {
            String letter = Translator.unit(unit, "s");
            return new Made().shape("delay", Json.NODES.objectNode().put("for", timeout + letter));
        }
        if (kind.equals("rate")
                && rate.matches("[1-9][0-9]{0,4}")
                && !node.source().path("drop").asBoolean()) {
            String letter = Translator.unit(node.source().path("rateUnits").asText(), "s");
            String count = node.source().path("nbRateUnits").asText("1");
            return new Made()
                    .shape(
                            "throttle",
                            Json.NODES
                                    .objectNode()
                                    .put("payloads", Integer.parseInt(rate))
                                    .put("per", (count.matches("[1-9][0-9]{0,4}") ? count : "1") + letter));
        }
        return Translator.unknown(node, report, "say delay: { for: TIME } or throttle: { payloads: N, per: TIME }");
    }
}
