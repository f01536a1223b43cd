package io.patchbay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.expression.TargetPath;
import io.patchbay.expression.Values;
import io.patchbay.mapping.function.FunctionException;
import io.patchbay.payload.Json;
import java.util.List;

/** A place in the record that is being made, where a value can be read and put. */
sealed interface Slot {

    /** What is there; missing when nothing is. */
    JsonNode current();

    /** Puts a value there. */
    void put(JsonNode value);

    /** A member of an object. */
    record InObject(ObjectNode object, String name) implements Slot {
        @Override
        public JsonNode current() {
            return object.path(name);
        }

        @Override
        public void put(JsonNode value) {
            object.set(name, value);
        }
    }

    /** An item of a list; items before it that do not exist become null. */
    record InList(ArrayNode list, int index) implements Slot {
        @Override
        public JsonNode current() {
            return list.path(index);
        }

        @Override
        public void put(JsonNode value) {
            while (list.size() <= index) {
                list.addNull();
            }
            list.set(index, value);
        }
    }

    /** The end of a list. */
    record AtEnd(ArrayNode list) implements Slot {
        @Override
        public JsonNode current() {
            return MissingNode.getInstance();
        }

        @Override
        public void put(JsonNode value) {
            list.add(value);
        }
    }

    /** The object that is there, made when there is nothing. */
    default ObjectNode asObject() {
        JsonNode here = current();
        if (here instanceof ObjectNode object) {
            return object;
        }
        if (!Values.absent(here)) {
            throw new FunctionException("another field made a value there that is no object");
        }
        ObjectNode made = Json.NODES.objectNode();
        put(made);
        return made;
    }

    /** The list that is there, made when there is nothing. */
    default ArrayNode asList() {
        JsonNode here = current();
        if (here instanceof ArrayNode list) {
            return list;
        }
        if (!Values.absent(here)) {
            throw new FunctionException("another field made a value there that is no list");
        }
        ArrayNode made = Json.NODES.arrayNode();
        put(made);
        return made;
    }

    /** The place that steps without {@code [*]} lead to from here. */
    default Slot along(List<TargetPath.Step> steps) {
        Slot slot = this;
        for (TargetPath.Step step : steps) {
            slot = step instanceof TargetPath.Member member
                    ? new InObject(slot.asObject(), member.name())
                    : new InList(slot.asList(), ((TargetPath.Item) step).index());
        }
        return slot;
    }
}
