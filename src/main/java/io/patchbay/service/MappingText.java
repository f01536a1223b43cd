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
import java.util.Map;
import java.util.Objects;

/** The part of the flow that makes the destination's record of the source's. */
final class MappingText {

    private static final int ITEMS = 8;

    private final ServiceFile file;
    private final MapNode canvas;
    private final FlowText out;

    MappingText(ServiceFile file, MapNode canvas, FlowText out) {
        this.file = file;
        this.canvas = canvas;
        this.out = out;
    }

    void write() {
        MapNode groups = (MapNode) Objects.requireNonNull(canvas.get("mapping"));
        Location at = groups.at();
        begin("mapping", at);
        if (file.source().zone() != null) {
            out.remark(ITEMS, ServiceFlow.DATES + file.source().zone(), at);
        }
        groups.entries().forEach((name, group) -> {
            out.remark(ITEMS, name, group.at());
            ((ListNode) group.value()).items().forEach(item -> out.item(ITEMS, zoned(Literals.json(item)), item.at()));
        });
        file.values().forEach((name, map) -> {
            Location place = canvas.place("values", name);
            out.remark(ITEMS, "values: " + name, place);
            out.item(ITEMS, field(map), place);
        });
        if (!file.metafields().isEmpty()) {
            metafields();
        }
    }

    private void begin(String id, Location at) {
        out.line("", at);
        out.line("  - id: " + id, at);
        out.line("    onError: skip", at);
        out.line("    map:", at);
        if (id.equals("metafields")) {
            out.line("      keepOthers: true", at);
        }
        out.line("      fields:", at);
    }

    private static ObjectNode field(ValueMap map) {
        ObjectNode field = Json.NODES.objectNode();
        field.put("to", map.to().toString()).put("from", map.from().toString());
        ObjectNode function = Json.NODES.objectNode();
        Map<String, String> pairs = map.pairs();
        if (pairs == null) {
            function.putObject("lookup").put("table", map.table());
        } else {
            ObjectNode of = function.putObject("case").putObject("of");
            pairs.forEach((left, right) -> {
                if (map.reverse()) {
                    of.put(right, left);
                } else {
                    of.put(left, right);
                }
            });
        }
        JsonNode otherwise = map.otherwise();
        if (otherwise != null) {
            ((ObjectNode) function.elements().next()).set("else", otherwise);
        }
        field.putArray("then").add(function);
        return field;
    }

    /** Each stands at a place of its own; those without a value leave theirs empty, and then the list is closed up. */
    private void metafields() {
        ListNode list = (ListNode) Objects.requireNonNull(canvas.get("metafields"));
        int index = 0;
        for (Metafield one : file.metafields()) {
            MapNode node = (MapNode) list.items().get(index);
            String to = "metafields[" + index + "].";
            ObjectNode there =
                    Json.NODES.objectNode().put("field", one.from().toString()).put("exists", true);
            out.item(ITEMS, constant(to + "namespace", one.namespace(), there), node.at());
            out.item(ITEMS, constant(to + "key", one.key(), there), node.at());
            out.item(ITEMS, constant(to + "type", one.type(), there), node.at());
            ObjectNode value = Json.NODES.objectNode();
            value.put("to", to + "value").put("from", one.from().toString());
            Node then = node.get("then");
            if (then != null) {
                value.set("then", Literals.json(then));
            }
            value.set("when", there);
            out.item(ITEMS, zoned(value), node.at());
            index++;
        }
        begin("metafields", list.at());
        ObjectNode closed = Json.NODES.objectNode().put("to", "metafields").put("from", "metafields");
        closed.putArray("then").add("compact");
        out.item(ITEMS, closed, list.at());
    }

    private static ObjectNode constant(String to, String value, ObjectNode when) {
        ObjectNode field = Json.NODES.objectNode().put("to", to).put("value", value);
        field.set("when", when);
        return field;
    }

    /** Dates that come without an offset are in the source's zone. */
    private JsonNode zoned(JsonNode field) {
        String zone = file.source().zone();
        if (zone == null || !(field.get("then") instanceof ArrayNode then)) {
            return field;
        }
        for (int i = 0; i < then.size(); i++) {
            JsonNode function = then.get(i);
            if (function.isTextual() && function.textValue().equals("date")) {
                ObjectNode date = Json.NODES.objectNode();
                date.putObject("date").put("fromZone", zone);
                then.set(i, date);
            } else if (function.get("date") instanceof ObjectNode settings) {
                Expansion.putAbsent(settings, "fromZone", Expansion.text(zone));
            }
        }
        return field;
    }
}
