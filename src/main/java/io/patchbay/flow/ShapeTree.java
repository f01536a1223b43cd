package io.patchbay.flow;

import io.patchbay.canvas.Key;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.Entry;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.Step;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Finds shapes in a file's tree before it is bound: where the model says that a shape stands, so that content of a user that
 * looks like one is left alone.
 */
final class ShapeTree {

    private final Map<String, ShapeType<?>> kinds;

    /** @param kinds the kinds of shapes by their key */
    ShapeTree(Map<String, ShapeType<?>> kinds) {
        this.kinds = kinds;
    }

    /** The kind of a shape; empty when no key or more than one names it. */
    Optional<String> kind(MapNode shape) {
        var named = shape.entries().keySet().stream().filter(kinds::containsKey).toList();
        return named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty();
    }

    /** A file with each of its outermost shapes replaced. */
    MapNode replaced(MapNode file, UnaryOperator<MapNode> shape) {
        return (MapNode) replaced(file, FlowFile.class, shape);
    }

    /** A shape with each of the shapes that stand in it, but not in one of those, replaced. */
    MapNode within(MapNode outer, UnaryOperator<MapNode> shape) {
        Map<String, Entry> entries = new LinkedHashMap<>(outer.entries());
        entries.replaceAll((key, entry) -> {
            ShapeType<?> kind = kinds.get(key);
            return kind == null ? entry : new Entry(entry.at(), key, replaced(entry.value(), kind.settings(), shape));
        });
        return new MapNode(outer.at(), entries);
    }

    private static Node replaced(Node node, Type type, UnaryOperator<MapNode> shape) {
        if (node instanceof ListNode list && type instanceof ParameterizedType of) {
            return new ListNode(
                    list.at(),
                    list.items().stream()
                            .map(item -> replaced(item, of.getActualTypeArguments()[0], shape))
                            .toList());
        }
        if (!(node instanceof MapNode map) || !(type instanceof Class<?> model)) {
            return node;
        }
        if (model == Step.class) {
            return shape.apply(map);
        }
        return model.isRecord() ? members(map, model, shape) : map;
    }

    private static MapNode members(MapNode map, Class<?> model, UnaryOperator<MapNode> shape) {
        Map<String, Entry> entries = new LinkedHashMap<>(map.entries());
        for (RecordComponent member : model.getRecordComponents()) {
            Key named = member.getAnnotation(Key.class);
            entries.computeIfPresent(
                    named == null ? member.getName() : named.value(),
                    (key, entry) ->
                            new Entry(entry.at(), key, replaced(entry.value(), member.getGenericType(), shape)));
        }
        return new MapNode(map.at(), entries);
    }
}
