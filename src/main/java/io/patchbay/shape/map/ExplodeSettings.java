package io.patchbay.shape.map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import io.patchbay.expression.TargetPath;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a record of each item of a list that a record has. */
@Doc("One record for each item of a list in the record")
public record ExplodeSettings(
        @Doc("The list: names, like line_items or order.lines; in each new record the item stands in its place")
        TargetPath list,

        @Doc("Member of the new record that gets the item's number, from 1") @Nullable
        TargetPath number,

        @Doc("What becomes of a record whose list is empty, null or missing") @Default("drop")
        WhenEmpty whenEmpty,

        @Doc("Most records that one record may become; a record that would become more fails")
        @Default("10000")
        @Range(min = 1, max = 1_000_000)
        int most) {

    /** What becomes of a record without items. */
    public enum WhenEmpty {
        /** It is dropped. */
        DROP,
        /** It stays one record, without the list. */
        KEEP,
        /** It fails. */
        FAIL
    }

    /** @throws IllegalArgumentException when a path holds more than names */
    public ExplodeSettings {
        names(list, "list");
        if (number != null) {
            names(number, "number");
        }
    }

    private static void names(TargetPath path, String key) {
        if (!path.steps().stream().allMatch(TargetPath.Member.class::isInstance)) {
            throw new IllegalArgumentException("'" + key + "' of explode holds names only, found '" + path
                    + "'; explode twice, in two maps, for two levels");
        }
    }

    /** The records that a record becomes. A list that is one value (no list) counts as that item. */
    List<JsonNode> records(JsonNode record) throws StepException {
        JsonNode items = record;
        for (TargetPath.Step step : list.steps()) {
            items = items.path(((TargetPath.Member) step).name());
        }
        boolean none = items.isMissingNode() || items.isNull() || (items.isArray() && items.isEmpty());
        if (none) {
            return switch (whenEmpty) {
                case DROP -> List.of();
                case KEEP -> List.of(put(record, list, 0, null));
                case FAIL ->
                    throw new StepException(Owner.AUTHOR, "NO_ITEMS", "explode: there are no items at '" + list + "'");
            };
        }
        if (!(items instanceof ArrayNode several)) {
            return List.of(numbered(record, 1));
        }
        if (several.size() > most) {
            throw new StepException(
                    Owner.LIMIT,
                    "TOO_MANY_RECORDS",
                    "explode: the record would become " + several.size() + " records, the most is " + most
                            + "; a larger 'most' of explode lets it");
        }
        List<JsonNode> records = new ArrayList<>(several.size());
        for (int i = 0; i < several.size(); i++) {
            records.add(numbered(put(record, list, 0, several.get(i)), i + 1));
        }
        return records;
    }

    private JsonNode numbered(JsonNode record, int count) {
        return number == null ? record : put(record, number, 0, Json.NODES.numberNode(count));
    }

    /** A record that has something else at a place and shares the rest; nothing there for null. */
    private static JsonNode put(JsonNode record, TargetPath path, int depth, @Nullable JsonNode value) {
        if (depth == path.steps().size()) {
            return value == null ? Json.NODES.nullNode() : value;
        }
        ObjectNode copy = Json.NODES.objectNode();
        if (record instanceof ObjectNode object) {
            copy.setAll(object);
        }
        String name = ((TargetPath.Member) path.steps().get(depth)).name();
        boolean last = depth == path.steps().size() - 1;
        if (last && value == null) {
            return copy.without(name);
        }
        return copy.set(name, put(copy.path(name), path, depth + 1, value));
    }
}
