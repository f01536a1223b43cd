package io.patchbay.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;

/** Values of flow variables that come with a start as text. */
final class Variables {

    private Variables() {}

    /** A number, boolean, list or object where the text is one in JSON; text otherwise. */
    static JsonNode typed(String text) {
        try {
            JsonNode node = Json.MAPPER.readTree(text);
            return node.isMissingNode() ? Json.NODES.textNode(text) : node;
        } catch (JsonProcessingException e) {
            return Json.NODES.textNode(text);
        }
    }
}
