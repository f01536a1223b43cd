package io.patchbay.expression;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Values under texts: all whose texts a longer text begins with are found by one look into a sorted map, and by what each begins with itself. */
final class Prefixes<V> {

    private final TreeMap<String, V> values = new TreeMap<>();
    /** Of each text the longest other one that it begins with. */
    private final Map<String, String> shorter = new HashMap<>();

    /** The value under a text, made when there is none. */
    V under(String text, Supplier<V> made) {
        return values.computeIfAbsent(text, any -> made.get());
    }

    /** No text comes any more. */
    void end() {
        List<String> open = new ArrayList<>();
        for (String text : values.keySet()) {
            while (!open.isEmpty() && !text.startsWith(open.get(open.size() - 1))) {
                open.remove(open.size() - 1);
            }
            if (!open.isEmpty()) {
                shorter.put(text, open.get(open.size() - 1));
            }
            open.add(text);
        }
    }

    Iterable<V> all() {
        return values.values();
    }

    /** Each value whose text a text begins with. Between a text and a longer one that begins with it, all begin with it. */
    void each(String text, Consumer<V> taker) {
        @Nullable String at = values.floorKey(text);
        while (at != null && !text.startsWith(at)) {
            at = shorter.get(at);
        }
        while (at != null) {
            V value = values.get(at);
            if (value != null) {
                taker.accept(value);
            }
            at = shorter.get(at);
        }
    }
}
