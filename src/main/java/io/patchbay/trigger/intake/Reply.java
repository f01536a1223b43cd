package io.patchbay.trigger.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller gets.
 *
 * @param status HTTP status
 * @param contentType the body's media type; null without a body
 * @param body never changed after this
 * @param headers further headers
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed on, not compared
record Reply(int status, @Nullable String contentType, byte[] body, Map<String, String> headers) {

    private static final byte[] NOTHING = new byte[0];

    /** An answer with a body in JSON. */
    static Reply json(int status, JsonNode body) {
        return new Reply(status, "application/json", body.toString().getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** Text as it is, anything else as JSON, nothing for null. */
    static Reply of(int status, @Nullable JsonNode body, @Nullable String contentType) {
        if (body == null || body.isNull()) {
            return new Reply(status, null, NOTHING, Map.of());
        }
        String type =
                contentType != null ? contentType : body.isTextual() ? "text/plain; charset=utf-8" : "application/json";
        String text = body.isTextual() ? body.textValue() : body.toString();
        return new Reply(status, type, text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** A problem document (RFC 9457) with a code for programs. The detail says what the caller may know. */
    static Reply problem(int status, String title, String code, String detail) {
        return problem(status, title, code, detail, null);
    }

    /** A problem document with a list of what is wrong. */
    static Reply problem(int status, String title, String code, String detail, @Nullable JsonNode errors) {
        ObjectNode document = Json.NODES
                .objectNode()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .put("code", code);
        if (errors != null) {
            document.set("errors", errors);
        }
        byte[] body = document.toString().getBytes(StandardCharsets.UTF_8);
        return new Reply(status, "application/problem+json", body, Map.of());
    }

    /** This answer with one more header. */
    Reply with(String name, String value) {
        Map<String, String> more = new java.util.LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, contentType, body, Map.copyOf(more));
    }
}
