package io.patchbay.flow;

import io.patchbay.canvas.Node.Entry;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Gives shapes without an id one that is made of the shape's name and, where that is taken, a number in file order. Such an
 * id changes when a shape of the same kind is put before it, so its history is then another's: the docs tell authors to give
 * ids.
 */
final class ShapeIds {

    private final ShapeTree shapes;
    private final Set<String> taken = new HashSet<>();

    private ShapeIds(ShapeTree shapes) {
        this.shapes = shapes;
    }

    /** The tree with an id in every shape whose kind is known. */
    static MapNode fill(MapNode flow, ShapeTree shapes) {
        ShapeIds ids = new ShapeIds(shapes);
        shapes.replaced(flow, ids::noted);
        return shapes.replaced(flow, ids::filled);
    }

    private MapNode noted(MapNode shape) {
        if (shape.get("id") instanceof ScalarNode id) {
            taken.add(id.text());
        }
        return shapes.within(shape, this::noted);
    }

    private MapNode filled(MapNode shape) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        if (!shape.entries().containsKey("id")) {
            shapes.kind(shape)
                    .map(this::free)
                    .ifPresent(id ->
                            entries.put("id", new Entry(shape.at(), "id", new ScalarNode(shape.at(), id, id, false))));
        }
        entries.putAll(shapes.within(shape, this::filled).entries());
        return new MapNode(shape.at(), entries);
    }

    private String free(String kind) {
        String base = kind.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
        String id = base;
        for (int i = 2; !taken.add(id); i++) {
            id = base + "-" + i;
        }
        return id;
    }
}
