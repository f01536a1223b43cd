package io.patchbay.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.Entry;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.payload.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a flow file says, without how it is written: comments, the order of keys and the form of the text are gone. It is made of any
 * file that is a mapping, whether it could run or not.
 *
 * @param around all that is said outside of shapes
 * @param shapes all shapes, each before those that it holds
 */
public record Outline(ObjectNode around, List<Shape> shapes) {

    private static final String MARK = "\0shape";

    public Outline {
        shapes = List.copyOf(shapes);
    }

    /**
     * A shape.
     *
     * @param id its id, or the one that it is given
     * @param kind the kind of shape; empty when no key names one
     * @param within the list that it stands in, like {@code by-carrier: paths[post].shapes}
     * @param settings all that it says, but for the shapes in it
     */
    public record Shape(String id, String kind, String within, ObjectNode settings) {}

    static Outline of(MapNode file, ShapeTree tree) {
        List<Shape> shapes = new ArrayList<>();
        List<MapNode> inner = new ArrayList<>();
        MapNode marked = tree.replaced(file, shape -> mark(shape, inner));
        Walk walk = new Walk(tree, shapes);
        ObjectNode around = walk.open(marked, inner, "");
        return new Outline(around, shapes);
    }

    private static MapNode mark(MapNode shape, List<MapNode> all) {
        all.add(shape);
        String index = String.valueOf(all.size() - 1);
        ScalarNode value = new ScalarNode(shape.at(), index, index, true);
        return new MapNode(shape.at(), Map.of(MARK, new Entry(shape.at(), MARK, value)));
    }

    /** Goes down from what holds shapes to these. */
    private record Walk(ShapeTree tree, List<Shape> shapes) {

        /** What a holder says, when the shapes in it are noted. */
        ObjectNode open(MapNode marked, List<MapNode> inner, String prefix) {
            ObjectNode json = (ObjectNode) json(marked);
            Map<Integer, String> places = new HashMap<>();
            strip(json, "", places);
            for (int i = 0; i < inner.size(); i++) {
                note(inner.get(i), prefix + places.getOrDefault(i, ""));
            }
            return json;
        }

        private void note(MapNode shape, String within) {
            String id = shape.get("id") instanceof ScalarNode scalar ? scalar.text() : "";
            int at = shapes.size();
            List<MapNode> inner = new ArrayList<>();
            MapNode marked = tree.within(shape, one -> mark(one, inner));
            shapes.add(new Shape(id, "", within, Json.NODES.objectNode())); // its place, before those that it holds
            ObjectNode settings = open(marked, inner, id + ": ");
            settings.remove("id");
            shapes.set(at, new Shape(id, tree.kind(shape).orElse(""), within, settings));
        }
    }

    /** Takes marks out of lists, and lists that hold nothing else out of what they stand in. */
    private static boolean strip(JsonNode node, String path, Map<Integer, String> places) {
        if (node instanceof ArrayNode list) {
            boolean all = !list.isEmpty();
            for (int i = 0; i < list.size(); i++) {
                JsonNode item = list.get(i);
                if (item.has(MARK)) {
                    places.put(item.path(MARK).asInt(), path);
                } else {
                    all = false;
                    strip(item, path + "[" + named(item, i) + "]", places);
                }
            }
            return all;
        }
        if (node instanceof ObjectNode map) {
            List<String> gone = new ArrayList<>();
            map.properties().forEach(field -> {
                String inner = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
                if (strip(field.getValue(), inner, places)) {
                    gone.add(field.getKey());
                }
            });
            map.remove(gone);
        }
        return false;
    }

    private static String named(JsonNode item, int index) {
        return item.path("name").isTextual() ? item.path("name").asText() : String.valueOf(index);
    }

    /** A tree as JSON; numbers that are the same are written in one way. */
    private static JsonNode json(Node node) {
        if (node instanceof MapNode map) {
            ObjectNode json = Json.NODES.objectNode();
            map.entries().forEach((key, entry) -> json.set(key, json(entry.value())));
            return json;
        }
        if (node instanceof ListNode list) {
            ArrayNode json = Json.NODES.arrayNode();
            list.items().forEach(item -> json.add(json(item)));
            return json;
        }
        return scalar(((ScalarNode) node).value());
    }

    private static JsonNode scalar(@Nullable Object value) {
        if (value instanceof BigDecimal number) {
            BigDecimal bare = number.stripTrailingZeros();
            return bare.scale() <= 0 && bare.precision() - bare.scale() <= 18
                    ? Json.NODES.numberNode(bare.longValueExact())
                    : Json.NODES.numberNode(bare);
        }
        return value instanceof Long number
                ? Json.NODES.numberNode(number.longValue())
                : value instanceof Boolean truth
                        ? Json.NODES.booleanNode(truth)
                        : value == null ? Json.NODES.nullNode() : Json.NODES.textNode(String.valueOf(value));
    }
}
