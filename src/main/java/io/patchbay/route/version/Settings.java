package io.patchbay.route.version;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import io.patchbay.route.version.Change.Kind;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Compares what is said under two keys, down to the values that differ. */
final class Settings {

    /** What tells an item of a list from the others, where all have it: a field of a map its target. */
    private static final List<String> NAMES = List.of("to", "id", "name");

    private static final String TARGET = "to";

    private final BiConsumer<String, Difference> told;

    private Settings(BiConsumer<String, Difference> told) {
        this.told = told;
    }

    /**
     * A value that differs.
     *
     * @param before null when there was none
     * @param after null when there is none
     * @param field whether it is a field of a map, or within one
     */
    record Difference(@Nullable JsonNode before, @Nullable JsonNode after, boolean field) {
        Kind kind() {
            return before == null ? Kind.ADDED : after == null ? Kind.REMOVED : Kind.CHANGED;
        }
    }

    /** @param told is told of each value that differs, by its path */
    static void compare(JsonNode before, JsonNode after, BiConsumer<String, Difference> told) {
        new Settings(told).nodes("", before, after, false);
    }

    private void nodes(String path, @Nullable JsonNode before, @Nullable JsonNode after, boolean field) {
        if (before != null && before.equals(after)) {
            return;
        }
        if (before instanceof ObjectNode old && after instanceof ObjectNode now) {
            Set<String> keys = new LinkedHashSet<>();
            now.fieldNames().forEachRemaining(keys::add);
            old.fieldNames().forEachRemaining(keys::add);
            keys.forEach(key -> nodes(path.isEmpty() ? key : path + "." + key, old.get(key), now.get(key), field));
        } else if (before instanceof ArrayNode old && after instanceof ArrayNode now) {
            lists(path, old, now, field);
        } else {
            told.accept(path, new Difference(before, after, field));
        }
    }

    private void lists(String path, ArrayNode old, ArrayNode now, boolean field) {
        for (String name : NAMES) {
            Map<String, JsonNode> was = named(old, name);
            Map<String, JsonNode> is = named(now, name);
            if (was != null && is != null) {
                boolean fields = field || name.equals(TARGET);
                Set<String> keys = new LinkedHashSet<>(is.keySet());
                keys.addAll(was.keySet());
                keys.forEach(key -> nodes(path + "[" + key + "]", was.get(key), is.get(key), fields));
                if (was.keySet().equals(is.keySet())
                        && !List.copyOf(was.keySet()).equals(List.copyOf(is.keySet()))) {
                    told.accept(path + " in another order", new Difference(names(was), names(is), fields));
                }
                return;
            }
        }
        if (old.size() == now.size()) {
            for (int i = 0; i < now.size(); i++) {
                nodes(path + "[" + i + "]", old.get(i), now.get(i), field);
            }
        } else {
            told.accept(path, new Difference(old, now, field));
        }
    }

    private static ArrayNode names(Map<String, JsonNode> items) {
        ArrayNode names = Json.NODES.arrayNode();
        items.keySet().forEach(names::add);
        return names;
    }

    /** The items of a list by what they have under a key; null when one has nothing there, or two have the same. */
    private static @Nullable Map<String, JsonNode> named(ArrayNode list, String key) {
        Map<String, JsonNode> items = new LinkedHashMap<>();
        for (JsonNode item : list) {
            JsonNode name = item.get(key);
            if (name == null || !name.isValueNode() || items.put(name.asText(), item) != null) {
                return null;
            }
        }
        return items;
    }
}
