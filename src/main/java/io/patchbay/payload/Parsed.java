package io.patchbay.payload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Parses JSON with messages that say what was found instead, without showing the payload. */
final class Parsed {

    private static final int SNIFFED = 64;

    private static final String CONVERTED =
            "; a 'convert' before with 'json: { duplicateKeys: last }' takes the last of its values";

    private Parsed() {}

    static JsonNode json(byte[] bytes, String contentType) throws StepException {
        try {
            JsonNode tree = Json.MAPPER.readTree(bytes);
            if (tree == null || tree.isMissingNode()) {
                throw new StepException(Owner.REMOTE, "NOT_JSON", "JSON was expected, the content is empty");
            }
            return tree;
        } catch (JsonProcessingException | CharConversionException e) {
            String start = new String(bytes, 0, Math.min(SNIFFED, bytes.length), StandardCharsets.UTF_8);
            throw new StepException(
                    Owner.REMOTE,
                    "NOT_JSON",
                    NotJson.sentence(e, start, contentType) + (e instanceof KeyTwice ? CONVERTED : ""));
        } catch (IOException e) {
            throw new StepException(Owner.INTERNAL, "NOT_JSON", "the content cannot be read", e);
        }
    }
}
