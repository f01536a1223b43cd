package io.patchbay.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The values of a flow's variables in one run. Safe for use by several threads. */
public final class Variables {

    private final Map<String, JsonNode> values;
    private volatile Map<String, String> given = Map.of();

    /** With the flow's own values. */
    Variables(Map<String, JsonNode> own) {
        this.values = new ConcurrentHashMap<>(own);
    }

    /** A value, or null. */
    @Nullable
    JsonNode get(String name) {
        return values.get(name);
    }

    /** Sets a value for the rest of the run. */
    void set(String name, JsonNode value) {
        values.put(name, value);
    }

    /** Sets a value that comes with the start, as text. */
    synchronized void give(String name, String text) {
        JsonNode value = typed(text);
        set(name, value);
        Map<String, String> more = new LinkedHashMap<>(given);
        more.put(name, value.toString());
        given = more;
    }

    /** What came with the start, as JSON in text, until it is forgotten. */
    Map<String, String> given() {
        return given;
    }

    /** What came with the start is kept elsewhere by now. */
    synchronized void forgetGiven() {
        given = Map.of();
    }

    /** The values as they are now. */
    Map<String, JsonNode> all() {
        return Map.copyOf(values);
    }

    /** A number, boolean, list or object where the text is one in JSON; text otherwise. */
    public static JsonNode typed(String text) {
        try {
            JsonNode node = Json.MAPPER.readTree(text);
            return node.isMissingNode() ? Json.NODES.textNode(text) : node;
        } catch (JsonProcessingException e) {
            return Json.NODES.textNode(text);
        }
    }
}
