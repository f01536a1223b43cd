package io.patchbay.flow;

import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.Entry;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives shapes without an id one that is made of the shape's name and, where that is taken, a number in file order. Such an
 * id changes when a shape of the same kind is put before it, so its history is then another's: the docs tell authors to give
 * ids.
 */
final class ShapeIds {

    /** The keys under which lists of shapes stand. */
    static final Set<String> LISTS = Set.of("shapes", "catch");

    private final Set<String> shapeNames;
    private final Set<String> taken = new HashSet<>();

    private ShapeIds(Set<String> shapeNames) {
        this.shapeNames = shapeNames;
    }

    /** The tree with an id in every shape. */
    static MapNode fill(MapNode flow, Set<String> shapeNames) {
        ShapeIds ids = new ShapeIds(shapeNames);
        ids.note(flow);
        return (MapNode) ids.filled(flow, false);
    }

    private void note(Node node) {
        if (node instanceof MapNode map) {
            if (map.get("id") instanceof ScalarNode id) {
                taken.add(id.text());
            }
            map.entries().values().forEach(entry -> note(entry.value()));
        } else if (node instanceof ListNode list) {
            list.items().forEach(this::note);
        }
    }

    private Node filled(Node node, boolean shape) {
        if (node instanceof ListNode list) {
            return new ListNode(
                    list.at(),
                    list.items().stream().map(item -> filled(item, shape)).toList());
        }
        if (!(node instanceof MapNode map)) {
            return node;
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        List<String> kinds =
                map.entries().keySet().stream().filter(shapeNames::contains).toList();
        if (shape && !map.entries().containsKey("id") && kinds.size() == 1) {
            String id = free(kinds.get(0));
            entries.put("id", new Entry(map.at(), "id", new ScalarNode(map.at(), id, id, false)));
        }
        map.entries()
                .forEach((key, entry) ->
                        entries.put(key, new Entry(entry.at(), key, filled(entry.value(), LISTS.contains(key)))));
        return new MapNode(map.at(), entries);
    }

    private String free(String shape) {
        String base = shape.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
        String id = base;
        for (int i = 2; !taken.add(id); i++) {
            id = base + "-" + i;
        }
        return id;
    }
}
