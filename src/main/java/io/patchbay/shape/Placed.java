package io.patchbay.shape;

import io.patchbay.canvas.Node;
import io.patchbay.problem.Location;

/**
 * Where a shape is placed.
 *
 * @param id the shape's id in the flow
 * @param settings the node that holds the settings; messages point into it
 */
public record Placed(String id, Node settings) {

    /** The place of a key of the settings, or of the settings where the key is not given. */
    public Location at(String key) {
        if (settings instanceof Node.MapNode map) {
            Node.Entry entry = map.entries().get(key);
            if (entry != null) {
                return entry.value().at();
            }
        }
        return settings.at();
    }
}
