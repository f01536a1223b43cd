package io.patchbay.route;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a revision hung on outside its file and its scripts, as digests: enough to say that it is otherwise now.
 *
 * @param tables lookup tables by name
 * @param shapes by the id of a shape, what it resolved to: the definition of an endpoint, a schema, a cache
 */
public record Parts(Map<String, String> tables, Map<String, String> shapes) {
    public Parts {
        tables = Map.copyOf(new TreeMap<>(tables));
        shapes = Map.copyOf(new TreeMap<>(shapes));
    }
}
