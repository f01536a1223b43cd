package io.patchbay.trigger.intake;

import io.patchbay.trigger.HookPath;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds doors by path. Built once for each generation and not changed after: looking up needs no lock. A literal segment wins
 * over a variable, from left to right.
 */
final class Doors {

    static final Doors NONE = new Doors();

    private static final int MOST_SEGMENTS = 64;

    private final Node root = new Node();

    /**
     * What a path leads to.
     *
     * @param byMethod the doors there, by HTTP method
     * @param values what stands for the path's variables, in order, still percent-encoded
     */
    record Found(Map<String, Door> byMethod, List<String> values) {

        @Nullable
        Door door(String method) {
            return byMethod.get(method);
        }

        Set<String> methods() {
            return new TreeSet<>(byMethod.keySet());
        }
    }

    private static final class Node {
        final Map<String, Node> literals = new HashMap<>();

        @Nullable
        Node variable;

        final Map<String, Door> doors = new HashMap<>();
    }

    /** Adds a door; the first one at a path and method stays. */
    void add(HookPath path, Door door) {
        Node node = root;
        for (HookPath.Segment segment : path.segments()) {
            if (!segment.variable()) {
                node = node.literals.computeIfAbsent(segment.text(), any -> new Node());
            } else {
                if (node.variable == null) {
                    node.variable = new Node();
                }
                node = node.variable;
            }
        }
        for (String method : door.methods()) {
            node.doors.putIfAbsent(method, door);
        }
    }

    /** What is at a path as it came in the request, without its prefix; null when nothing is. */
    @Nullable
    Found find(String path) {
        String[] segments = path.split("/", -1);
        if (segments.length > MOST_SEGMENTS) {
            return null;
        }
        String[] values = new String[segments.length];
        return find(root, segments, 0, values, 0);
    }

    private static @Nullable Found find(Node node, String[] segments, int depth, String[] values, int filled) {
        if (depth == segments.length) {
            return node.doors.isEmpty()
                    ? null
                    : new Found(node.doors, Arrays.asList(values).subList(0, filled));
        }
        Node literal = node.literals.get(segments[depth]);
        if (literal != null) {
            Found found = find(literal, segments, depth + 1, values, filled);
            if (found != null) {
                return found;
            }
        }
        if (node.variable == null || segments[depth].isEmpty()) {
            return null;
        }
        values[filled] = segments[depth];
        return find(node.variable, segments, depth + 1, values, filled + 1);
    }

    /** All doors, for their secrets. */
    List<Door> all() {
        Map<Door, Boolean> all = new LinkedHashMap<>();
        collect(root, all);
        return List.copyOf(all.keySet());
    }

    private static void collect(Node node, Map<Door, Boolean> all) {
        node.doors.values().forEach(door -> all.put(door, true));
        node.literals.values().forEach(child -> collect(child, all));
        if (node.variable != null) {
            collect(node.variable, all);
        }
    }
}
