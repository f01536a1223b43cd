package io.patchbay.canvas;

import io.patchbay.problem.Location;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node of a YAML file with the place where it stands. */
public sealed interface Node {

    /** Where the node begins. */
    Location at();

    /** What an author would call this kind of node: {@code text}, {@code number}, {@code list}, ... */
    String kind();

    /**
     * A mapping.
     *
     * @param at where it begins
     * @param entries by key, in file order
     */
    record MapNode(Location at, Map<String, Entry> entries) implements Node {
        public MapNode {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public String kind() {
            return "mapping";
        }

        /** The value of a key, or null. */
        public @Nullable Node get(String key) {
            Entry entry = entries.get(key);
            return entry == null ? null : entry.value();
        }

        /** Where something stands in it: the last of these keys that is there, each within the one before. */
        public Location place(String... keys) {
            Location place = at;
            Node node = this;
            for (String key : keys) {
                Entry entry = node instanceof MapNode map ? map.entries().get(key) : null;
                if (entry == null) {
                    return place;
                }
                place = entry.at();
                node = entry.value();
            }
            return place;
        }
    }

    /** A key of a mapping with its value; the key has a place of its own. */
    record Entry(Location at, String key, Node value) {}

    /** A sequence. */
    record ListNode(Location at, List<Node> items) implements Node {
        public ListNode {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "list";
        }
    }

    /**
     * A scalar, resolved by the YAML 1.2 core schema.
     *
     * @param at where it begins
     * @param value a String, Long, BigDecimal or Boolean; null for an empty or null scalar
     * @param text the scalar as it was written, without quotes
     * @param quoted whether it was quoted or a block scalar, and so is text for certain
     * @param origin where its characters stand in the file
     */
    record ScalarNode(Location at, @Nullable Object value, String text, boolean quoted, Origin origin) implements Node {

        /** A scalar whose inner places are not known. */
        public ScalarNode(Location at, @Nullable Object value, String text, boolean quoted) {
            this(at, value, text, quoted, Origin.unknown(at));
        }

        /** Where the character at this index of the text stands in the file. */
        public Location at(int index) {
            return origin.at(text, index);
        }

        @Override
        public String kind() {
            if (value == null) {
                return "nothing";
            }
            if (value instanceof Boolean) {
                return "boolean";
            }
            return value instanceof Long || value instanceof BigDecimal ? "number" : "text";
        }
    }
}
