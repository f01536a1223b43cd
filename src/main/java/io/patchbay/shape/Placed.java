package io.patchbay.shape;

import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.problem.Location;
import org.jspecify.annotations.Nullable;

/**
 * Where a shape is placed.
 *
 * @param id the shape's id in the flow
 * @param settings the node that holds the settings; messages point into it
 * @param skips whether the run goes on without what fails here ({@code onError: skip})
 */
public record Placed(String id, Node settings, boolean skips) {

    /** Where a failure ends the run. */
    public Placed(String id, Node settings) {
        this(id, settings, false);
    }

    /** The place of a key of the settings, or of the settings where the key is not given. */
    public Location at(String key) {
        Node value = value(key);
        return value == null ? settings.at() : value.at();
    }

    /** The place of an item of the list under a key, or of the key's value where it is no such list. */
    public Location item(String key, int index) {
        Node item = itemNode(key, index);
        return item == null ? at(key) : item.at();
    }

    /** The place of what an item of the list under a key has under a key of its own, or else of the item. */
    public Location item(String key, int index, String inner) {
        Node value = itemNode(key, index) instanceof MapNode item ? item.get(inner) : null;
        return value == null ? item(key, index) : value.at();
    }

    /** The place where a name is written in the mapping under a key, or of the key's value where it is no such mapping. */
    public Location key(String key, String name) {
        Node.Entry entry = value(key) instanceof MapNode names ? names.entries().get(name) : null;
        return entry == null ? at(key) : entry.at();
    }

    /** The settings under a key, with the id of the shape. */
    public Placed in(String key) {
        Node value = value(key);
        return value == null ? this : new Placed(id, value);
    }

    private @Nullable Node value(String key) {
        return settings instanceof MapNode map ? map.get(key) : null;
    }

    private @Nullable Node itemNode(String key, int index) {
        return value(key) instanceof ListNode list && index < list.items().size()
                ? list.items().get(index)
                : null;
    }
}
