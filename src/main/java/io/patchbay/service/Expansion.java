package io.patchbay.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Literals;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.payload.Json;
import io.patchbay.problem.Location;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes the flow that a service becomes: the same file always becomes the same text. */
final class Expansion {

    private static final int KEYS = 4;

    private final ServiceFile file;
    private final MapNode canvas;
    private final String path;
    private final String reference;
    private final FlowText out = new FlowText();

    /**
     * Of one service.
     *
     * @param canvas what the file says, with its places
     * @param path of the file
     * @param reference where it stands in a record that is sent
     */
    Expansion(ServiceFile file, MapNode canvas, String path, String reference) {
        this.file = file;
        this.canvas = canvas;
        this.path = path;
        this.reference = reference;
    }

    ServiceFlow flow() {
        Location top = canvas.at();
        out.remark(0, "Made from " + path + ", which is the file to change.", top);
        out.entry(0, "flow", text(file.service()), at("service"));
        copied("name");
        copied("note");
        copied("labels");
        copied("status");
        out.entry(0, "variables", variables(), at("variables"));
        settings();
        trigger();
        out.line("shapes:", top);
        source();
        filters();
        new MappingText(file, canvas, out).write();
        script();
        destination();
        return out.done(constants());
    }

    private void copied(String key) {
        Node node = canvas.get(key);
        if (node != null) {
            out.entry(0, key, Literals.json(node), at(key));
        }
    }

    private ObjectNode variables() {
        ObjectNode all = Json.NODES.objectNode();
        file.variables().forEach(all::set);
        ObjectNode with = Json.NODES.objectNode();
        constants().forEach(with::set);
        all.set(ServiceFlow.WITH, with);
        all.set(ServiceFlow.ONLY, Json.NODES.arrayNode());
        all.put(ServiceFlow.UNFILTERED, false);
        return all;
    }

    /** Values for the source's inputs that are the same in each run. */
    private Map<String, JsonNode> constants() {
        Map<String, JsonNode> constants = new LinkedHashMap<>();
        file.source().with().forEach((name, value) -> {
            if (!computed(value)) {
                constants.put(name, value);
            }
        });
        return constants;
    }

    private void settings() {
        out.line("settings:", canvas.at());
        ArrayNode keys = Json.NODES.arrayNode();
        References.keys(file, reference).forEach(keys::add);
        out.entry(2, "businessKey", keys, at("reference"));
        for (String key : new String[] {"priority", "capture", "alerts"}) {
            Node node = canvas.get(key);
            if (node != null) {
                out.entry(2, key, Literals.json(node), at(key));
            }
        }
    }

    private void trigger() {
        if (!(canvas.get("trigger") instanceof ListNode list) || list.items().isEmpty()) {
            return;
        }
        out.line("trigger:", list.at());
        String zone = file.source().zone();
        for (Node item : list.items()) {
            JsonNode value = Literals.json(item);
            if (zone != null && value.get("schedule") instanceof ObjectNode schedule && schedule.has("cron")) {
                putAbsent(schedule, "zone", text(zone));
            }
            out.item(2, value, item.at());
        }
    }

    private void source() {
        ServiceSource source = file.source();
        Location at = at("source");
        if (!source.pull()) {
            return;
        }
        begin(ServiceFlow.SOURCE, file.entity() + " of " + source.instance(), at);
        retries(source.attempts(), at);
        ObjectNode connection = call(source.instance(), source.endpoint(file.entity()));
        ObjectNode with = Json.NODES.objectNode();
        source.with()
                .forEach((name, value) -> with.set(
                        name, computed(value) ? value : text("${flow." + ServiceFlow.WITH + "['" + name + "']}")));
        putFull(connection, "with", with);
        Node incremental = in("source", "incremental");
        if (incremental != null) {
            connection.set("incremental", Literals.json(incremental));
        }
        if (source.pageSize() != null) {
            connection.put("pageSize", source.pageSize());
        }
        out.entry(KEYS, "connection", connection, at);
    }

    private void filters() {
        Location at = canvas.get("filters") == null ? at("reference") : at("filters");
        begin("filters", "Records that are sent; a run may be for some alone, or for all", at);
        out.line("    onError: skip", at);
        out.line("    filter:", at);
        out.line("      keep:", at);
        out.line("        any:", at);
        ObjectNode all = Json.NODES.objectNode();
        all.putArray("all")
                .add(noneNamed())
                .add(condition("${flow." + ServiceFlow.UNFILTERED + "}", "is", Json.NODES.booleanNode(true)));
        ObjectNode named =
                condition(file.reference().sides().source().toString(), "in", text("${flow." + ServiceFlow.ONLY + "}"));
        named.put("as", "text");
        out.item(10, named, at);
        out.item(10, all, at);
        out.line("          - all:", at);
        out.item(14, noneNamed(), at);
        if (canvas.get("filters") instanceof ListNode list) {
            list.items().forEach(item -> out.item(14, Literals.json(item), item.at()));
        }
    }

    private static ObjectNode noneNamed() {
        return condition("${flow." + ServiceFlow.ONLY + "}", "empty", Json.NODES.booleanNode(true));
    }

    private static ObjectNode condition(String field, String operator, JsonNode value) {
        return Json.NODES.objectNode().put("field", field).set(operator, value);
    }

    private void script() {
        if (file.script() != null) {
            Location at = at("script");
            begin("script", "Over the whole payload, before it is sent", at);
            out.line("    onError: skip", at);
            out.entry(KEYS, "script", Literals.json(Objects.requireNonNull(canvas.get("script"))), at);
        }
    }

    private void destination() {
        ServiceDestination destination = file.destination();
        Location at = at("destination");
        if (destination.batch() != null) {
            begin("batches", "Records that are sent together", at);
            out.entry(KEYS, "flowControl", Json.NODES.objectNode().put("size", destination.batch()), at);
        }
        begin(ServiceFlow.DESTINATION, file.entity() + " to " + destination.instance(), at);
        out.line("    onError: skip", at);
        retries(destination.attempts(), at);
        ObjectNode connection = call(destination.instance(), destination.endpoint(file.entity()));
        Node with = in("destination", "with");
        if (with != null) {
            connection.set("with", Literals.json(with));
        }
        connection.put("output", "input");
        out.entry(KEYS, "connection", connection, at);
        begin(ServiceFlow.SENT, "What was sent, for the report", at);
        out.line("    onError: skip", at);
        ObjectNode track = Json.NODES.objectNode();
        track.put("entity", file.entity()).put("direction", "send");
        track.putArray("fields").add(reference);
        track.put("source", destination.instance());
        out.entry(KEYS, "trackData", track, at);
    }

    private void begin(String id, String name, Location at) {
        out.line("", at);
        out.line("  - id: " + id, at);
        out.entry(KEYS, "name", text(name), at);
    }

    private void retries(@Nullable Integer attempts, Location at) {
        if (attempts != null) {
            out.line("    retries: { count: " + (attempts - 1) + " }", at);
        }
    }

    private static ObjectNode call(String instance, String endpoint) {
        return Json.NODES.objectNode().put("instance", instance).put("endpoint", endpoint);
    }

    private static void putFull(ObjectNode into, String key, ObjectNode value) {
        if (!value.isEmpty()) {
            into.set(key, value);
        }
    }

    static void putAbsent(ObjectNode into, String key, JsonNode value) {
        if (!into.has(key)) {
            into.set(key, value);
        }
    }

    /** Whether a value is made in each run, and so cannot be a variable. */
    private static boolean computed(JsonNode value) {
        return value.isTextual()
                ? value.textValue().contains("${")
                : value.toString().contains("${");
    }

    static JsonNode text(String text) {
        return Json.NODES.textNode(text);
    }

    private @Nullable Node in(String key, String inner) {
        return canvas.get(key) instanceof MapNode map ? map.get(inner) : null;
    }

    private Location at(String key) {
        return canvas.place(key);
    }
}
