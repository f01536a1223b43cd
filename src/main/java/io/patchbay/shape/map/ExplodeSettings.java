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
import java.util.AbstractList;
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

        @Doc(
                "Most records that one record may become; a record that would become more fails, and so does one whose new records would"
                        + " have more than 200 times as many, and more than two million, of its other members")
        @Default("10000")
        @Range(min = 1, max = 1_000_000)
        int most) {

    /** Members of the old record that a new one has, for as many new ones as there may be. */
    private static final int MEMBERS = 200;

    /** For fewer records than this it makes no difference how many there may be. */
    private static final int LEAST_BOUND = 10_000;

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
            if (number.steps().equals(list.steps())) {
                throw new IllegalArgumentException("'number' of explode would stand in the place of the item");
            }
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
                case KEEP -> List.of(without(record, 0));
                case FAIL ->
                    throw new StepException(Owner.AUTHOR, "NO_ITEMS", "explode: there are no items at '" + list + "'");
            };
        }
        if (!(items instanceof ArrayNode several)) {
            return List.of(numbered(record, items, 1));
        }
        if (several.size() > most) {
            throw new StepException(
                    Owner.LIMIT,
                    "TOO_MANY_RECORDS",
                    "explode: the record would become " + several.size() + " records, the most is " + most
                            + "; a larger 'most' of explode lets it");
        }
        long copied = (long) several.size() * members(record);
        long bound = (long) Math.max(most, LEAST_BOUND) * MEMBERS;
        if (copied > bound) {
            throw new StepException(
                    Owner.LIMIT,
                    "TOO_MANY_RECORDS",
                    "explode: " + several.size() + " records would have " + copied
                            + " members of the record they come from, the"
                            + " most is " + bound
                            + "; take out what the map does not need in a map before, or set a"
                            + " larger 'most'");
        }
        for (JsonNode item : several) {
            numberable(record, item);
        }
        return new Exploded(record, several);
    }

    /** The new records, each made when it is looked at: all at once they would hold the old one many times. */
    private final class Exploded extends AbstractList<JsonNode> {
        private final JsonNode record;
        private final ArrayNode items;

        Exploded(JsonNode record, ArrayNode items) {
            this.record = record;
            this.items = items;
        }

        @Override
        public JsonNode get(int index) {
            JsonNode made = put(record, list, 0, items.get(index));
            return number == null ? made : put(made, number, 0, Json.NODES.numberNode(index + 1));
        }

        @Override
        public int size() {
            return items.size();
        }
    }

    /** Members that each new record has of the old one: those on the way to the list. */
    private long members(JsonNode record) {
        long members = 0;
        JsonNode place = record;
        for (TargetPath.Step step : list.steps()) {
            members += place.size();
            place = place.path(((TargetPath.Member) step).name());
        }
        return members;
    }

    private JsonNode numbered(JsonNode record, JsonNode item, int count) throws StepException {
        numberable(record, item);
        return number == null ? record : put(record, number, 0, Json.NODES.numberNode(count));
    }

    /** A number must not stand in the place of a value that has no members. */
    private void numberable(JsonNode record, JsonNode item) throws StepException {
        if (number == null) {
            return;
        }
        JsonNode place = record;
        for (int i = 0; i < number.steps().size() - 1; i++) {
            place = place.path(((TargetPath.Member) number.steps().get(i)).name());
            boolean theItem = number.steps().subList(0, i + 1).equals(list.steps());
            place = theItem ? item : place;
            if (!place.isObject() && !place.isMissingNode() && !place.isNull()) {
                throw new StepException(
                        Owner.AUTHOR,
                        "BAD_FIELD",
                        "explode: '" + number + "' would write over "
                                + (theItem ? "an item that is no object" : "a value that is no object")
                                + "; let 'number' name a member beside the list");
            }
        }
    }

    /** The record without the list, where there is one to take out. */
    private JsonNode without(JsonNode record, int depth) {
        String name = ((TargetPath.Member) list.steps().get(depth)).name();
        if (!(record instanceof ObjectNode object) || !object.has(name)) {
            return record;
        }
        ObjectNode copy = Json.NODES.objectNode();
        copy.setAll(object);
        if (depth == list.steps().size() - 1) {
            return copy.without(name);
        }
        return copy.set(name, without(object.get(name), depth + 1));
    }

    /** A record that has something else at a place and shares the rest. */
    private static JsonNode put(JsonNode record, TargetPath path, int depth, JsonNode value) {
        if (depth == path.steps().size()) {
            return value;
        }
        ObjectNode copy = Json.NODES.objectNode();
        if (record instanceof ObjectNode object) {
            copy.setAll(object);
        }
        String name = ((TargetPath.Member) path.steps().get(depth)).name();
        return copy.set(name, put(copy.path(name), path, depth + 1, value));
    }
}
