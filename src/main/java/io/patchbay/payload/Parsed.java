package io.patchbay.payload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Parses JSON with messages that say what was found instead, without showing the payload. */
final class Parsed {

    private static final int SNIFFED = 64;

    private Parsed() {}

    static JsonNode json(byte[] bytes, String contentType) throws StepException {
        try {
            JsonNode tree = Json.MAPPER.readTree(bytes);
            if (tree == null || tree.isMissingNode()) {
                throw new StepException(Owner.REMOTE, "NOT_JSON", "JSON was expected, the content is empty");
            }
            return tree;
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")";
            String what = e.getClass().getSimpleName().equals("JsonEOFException")
                    ? "the JSON ends too early" + place
                    : "JSON was expected, found " + looksLike(bytes, contentType) + place;
            throw new StepException(Owner.REMOTE, "NOT_JSON", what);
        } catch (IOException e) {
            throw new StepException(Owner.INTERNAL, "NOT_JSON", "the content cannot be read", e);
        }
    }

    private static String looksLike(byte[] bytes, String contentType) {
        String start = new String(bytes, 0, Math.min(SNIFFED, bytes.length), StandardCharsets.UTF_8)
                .stripLeading()
                .toLowerCase(java.util.Locale.ROOT);
        if (start.startsWith("<!doctype html") || start.startsWith("<html")) {
            return "a page of HTML";
        }
        return start.startsWith("<") ? "XML" : "content of type '" + contentType + "'";
    }
}
