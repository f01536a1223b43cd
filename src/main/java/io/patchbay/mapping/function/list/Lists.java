package io.patchbay.mapping.function.list;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.payload.Json;
import java.util.function.Predicate;

/** What functions of lists have in common. */
final class Lists {

    private Lists() {}

    /** The list; a value that is none is a list of one. */
    static ArrayNode of(JsonNode value) {
        return value instanceof ArrayNode list ? list : Json.NODES.arrayNode(1).add(value);
    }

    /** The items that are wanted, in their order. */
    static ArrayNode filtered(JsonNode value, Predicate<JsonNode> wanted) {
        ArrayNode items = Json.NODES.arrayNode();
        for (JsonNode item : of(value)) {
            if (wanted.test(item)) {
                items.add(item);
            }
        }
        return items;
    }
}
