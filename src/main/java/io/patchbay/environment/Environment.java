package io.patchbay.environment;

import io.patchbay.canvas.Node.MapNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An environment.
 *
 * @param file where it is written
 * @param said what its file says
 * @param tree the file, for places in it
 * @param flows all its flows by id, those of its packages among them, in the order of the file
 */
public record Environment(String file, EnvironmentFile said, MapNode tree, Map<String, FlowIn> flows) {

    public Environment {
        flows = Collections.unmodifiableMap(new LinkedHashMap<>(flows));
    }

    /** Its id. */
    public String id() {
        return said.environment();
    }

    /** What people call it. */
    public String name() {
        String name = said.name();
        return name == null ? id() : name;
    }

    /** What stands before the paths of its flows. */
    public String prefix() {
        String prefix = said.prefix();
        return prefix == null ? id() : prefix;
    }

    /** What a flow is called in it. */
    public String flow(String base) {
        return flow(base, id());
    }

    /** What a flow is called in an environment. */
    public static String flow(String base, String environment) {
        return base + "@" + environment;
    }

    /** What a flow is called without its environment. */
    public static String base(String flow) {
        int at = flow.indexOf('@');
        return at < 0 ? flow : flow.substring(0, at);
    }

    /** The environment of a flow; null when it is in none. */
    public static @Nullable String of(String flow) {
        int at = flow.indexOf('@');
        return at < 0 ? null : flow.substring(at + 1);
    }

    /** What a flow of it is known by in place of a file. */
    public String file(String base) {
        return file + "#" + base;
    }

    /** Ids of its flows. */
    public Set<String> ids() {
        return flows.keySet();
    }
}
