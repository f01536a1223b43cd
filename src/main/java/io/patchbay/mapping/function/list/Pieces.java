package io.patchbay.mapping.function.list;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.Json;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists cut to pieces and put together. */
final class Pieces {

    static final FunctionType SLICE = SettingsFunction.of(
            spec(
                            "slice",
                            "The items from position `from` (0 is the first) to before position `to`. Negative positions count"
                                    + " from the end; what lies outside of the list is left out.")
                    .from(Set.of(ValueKind.ANY), ValueKind.SAME)
                    .toList()
                    .example("{ slice: { from: 1, to: 3 } }", "[ a, b, c, d ]", "[ b, c ]")
                    .example("{ slice: { from: -2 } }", "[ a, b, c ]", "[ b, c ]"),
            SliceSettings.class,
            settings -> (value, record, scope) -> slice(Lists.of(value), settings));

    static final FunctionType ITEM = SettingsFunction.of(
            spec("item", "The item at a position (0 is the first, -1 the last); missing when there is none.")
                    .from(Set.of(ValueKind.ANY), ValueKind.SAME)
                    .example("{ item: 1 }", "[ a, b ]", "b")
                    .example("{ item: -3 }", "[ a, b ]", "missing"),
            Integer.class,
            index -> (value, record, scope) -> {
                ArrayNode items = Lists.of(value);
                return items.path(index < 0 ? items.size() + index : index);
            });

    static final FunctionType FLATTEN = SettingsFunction.alone(
            spec("flatten", "The items of lists in the list, in its place: one level, or as many as `levels` says.")
                    .toList()
                    .example("flatten", "[ a, [ b, [ c ] ] ]", "[ a, b, [ c ] ]")
                    .example("{ flatten: { levels: 2 } }", "[ a, [ b, [ c ] ] ]", "[ a, b, c ]"),
            FlattenSettings.class,
            settings -> (value, record, scope) -> {
                ArrayNode flat = Json.NODES.arrayNode();
                flatten(Lists.of(value), settings.levels(), flat);
                return flat;
            });

    static final FunctionType CHUNKS = SettingsFunction.of(
            spec("chunks", "The list as a list of lists of so many items each; the last may have fewer.")
                    .from(Set.of(ValueKind.ANY), ValueKind.LIST)
                    .toList()
                    .example("{ chunks: { of: 2 } }", "[ a, b, c ]", "[ [ a, b ], [ c ] ]"),
            ChunkSettings.class,
            settings -> (value, record, scope) -> {
                ArrayNode chunks = Json.NODES.arrayNode();
                for (JsonNode item : Lists.of(value)) {
                    boolean next =
                            chunks.isEmpty() || chunks.get(chunks.size() - 1).size() >= settings.of();
                    ArrayNode chunk = next ? chunks.addArray() : (ArrayNode) chunks.get(chunks.size() - 1);
                    chunk.add(item);
                }
                return chunks;
            });

    /** Settings. */
    @Doc("Which items are kept")
    record SliceSettings(
            @Doc("Position of the first item; negative counts from the end") @Default("0")
            int from,

            @Doc("Position after the last item; negative counts from the end; the end when left out") @Nullable
            Integer to) {}

    /** Settings. */
    @Doc("How far lists are opened")
    record FlattenSettings(
            @Doc("How many levels of lists") @Default("1") @Range(min = 1, max = 100)
            int levels) {}

    /** Settings. */
    @Doc("How long the lists are")
    record ChunkSettings(
            @Doc("Items in each list") @Range(min = 1, max = 1_000_000)
            int of) {}

    private Pieces() {}

    private static FunctionSpec spec(String name, String text) {
        return FunctionSpec.of(Group.ARRAY, name, text).ofLists();
    }

    private static JsonNode slice(ArrayNode items, SliceSettings settings) {
        int from = position(settings.from(), items.size());
        int to = settings.to() == null ? items.size() : position(settings.to(), items.size());
        ArrayNode slice = Json.NODES.arrayNode();
        for (int i = from; i < to; i++) {
            slice.add(items.get(i));
        }
        return slice;
    }

    private static int position(int written, int size) {
        return (int) Math.max(0, Math.min(size, written < 0 ? (long) size + written : written));
    }

    private static void flatten(ArrayNode items, int levels, ArrayNode flat) {
        for (JsonNode item : items) {
            if (item instanceof ArrayNode inner && levels > 0) {
                flatten(inner, levels - 1, flat);
            } else {
                flat.add(item);
            }
        }
    }
}
