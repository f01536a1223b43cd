package io.patchbay.payload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.dataformat.smile.databind.SmileMapper;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The Smile format of Jackson: JSON in binary, for what this program writes and reads again by itself. It takes half of the time and of
 * the room of JSON. Each number is read as what it was: one of decimal digits keeps them, a double is a double.
 */
final class Smile {

    private static final ObjectMapper MAPPER = SmileMapper.builder()
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .nodeFactory(Json.NODES)
            .build();

    static {
        MAPPER.getFactory().setStreamReadConstraints(Json.MAPPER.getFactory().streamReadConstraints());
    }

    private Smile() {}

    /** Writes a value; false when it holds what this format has no form for, as halves of characters: then some of it is written. */
    static boolean write(JsonNode value, OutputStream out) throws IOException {
        try {
            MAPPER.writeValue(out, value);
            return true;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** The value in what {@link #write} wrote. */
    static JsonNode read(byte[] bytes) throws IOException {
        return MAPPER.readTree(bytes);
    }
}
