package io.patchbay.trigger.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.patchbay.payload.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Names and values in the form of {@code application/x-www-form-urlencoded} (WHATWG URL), UTF-8, from a query or a body.
 */
final class Fields {

    private static final int MOST = 1_000;

    private Fields() {}

    /** Reads the text. @throws IllegalArgumentException if an escape is wrong or there are more than 1,000 fields */
    static Map<String, List<String>> read(String text) {
        Map<String, List<String>> fields =
                new QueryStringDecoder(text, StandardCharsets.UTF_8, false, MOST + 1, true).parameters();
        if (fields.values().stream().mapToInt(List::size).sum() > MOST) {
            throw new IllegalArgumentException("more than " + MOST + " fields");
        }
        return fields;
    }

    /** The fields as a JSON object in their order: text, or a list of texts for a name that stands more than once. */
    static JsonNode json(Map<String, List<String>> fields) {
        ObjectNode object = Json.NODES.objectNode();
        fields.forEach((name, values) -> {
            if (values.size() == 1) {
                object.put(name, values.get(0));
            } else {
                ArrayNode list = object.putArray(name);
                values.forEach(list::add);
            }
        });
        return object;
    }
}
