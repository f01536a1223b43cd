package io.patchbay.trial;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Content as test files write it, and read from them. */
public final class Bytes {

    private Bytes() {}

    /** What Base64 stands for. @throws IllegalArgumentException if it is none */
    static byte[] of(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'base64' is no Base64: " + e.getMessage(), e);
        }
    }

    /** JSON as a value where the media type says so or is not known, text where it is text, else Base64; nothing as null. */
    public static JsonNode shown(byte[] content, String contentType) {
        if (content.length == 0) {
            return Json.NODES.nullNode();
        }
        boolean unknown = contentType.isEmpty() || contentType.startsWith("application/octet-stream");
        if (Json.isType(contentType) || unknown) {
            try {
                JsonNode tree = Json.MAPPER.readTree(content);
                if (tree != null && !tree.isMissingNode()) {
                    return tree;
                }
            } catch (IOException e) {
                // it is none
            }
        }
        try {
            return Json.NODES.textNode(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString());
        } catch (CharacterCodingException e) {
            return Json.NODES.textNode("base64:" + Base64.getEncoder().encodeToString(content));
        }
    }
}
