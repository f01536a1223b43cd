package io.patchbay.trigger.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.patchbay.payload.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Names and values in the form of {@code application/x-www-form-urlencoded} (WHATWG URL), UTF-8, from a query or a body.
 */
final class Fields {

    private static final int MOST = 1_000;
    private static final Pattern REPLACEMENT = Pattern.compile("\uFFFD|(?i:%EF%BF%BD)");

    private Fields() {}

    /** Reads the text. @throws IllegalArgumentException if an escape is wrong or no UTF-8, or there are more than 1,000 fields */
    static Map<String, List<String>> read(String text) {
        Map<String, List<String>> fields =
                new QueryStringDecoder(text, StandardCharsets.UTF_8, false, MOST + 1, true).parameters();
        if (fields.values().stream().mapToInt(List::size).sum() > MOST) {
            throw new IllegalArgumentException("more than " + MOST + " fields");
        }
        fields.forEach((name, values) -> {
            requireUtf8(text, name);
            values.forEach(value -> requireUtf8(text, value));
        });
        return fields;
    }

    /**
     * Refuses what was no UTF-8: decoders put U+FFFD in its place and say nothing, so that two different texts would look the
     * same.
     *
     * @param escaped the text before its escapes were read
     * @throws IllegalArgumentException if {@code decoded} holds that character and {@code escaped} does not
     */
    static void requireUtf8(String escaped, String decoded) {
        if (decoded.indexOf('\uFFFD') >= 0 && !REPLACEMENT.matcher(escaped).find()) {
            throw new IllegalArgumentException("an escape is no UTF-8");
        }
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
