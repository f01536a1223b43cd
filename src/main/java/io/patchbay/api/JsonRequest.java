package io.patchbay.api;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import io.patchbay.payload.KeyTwice;
import io.patchbay.payload.NotJson;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;
import org.springframework.web.ErrorResponseException;

/** Bodies of requests that are JSON objects, read by hand so that what is not known in them is told. */
final class JsonRequest {

    private JsonRequest() {}

    /** The bytes of a request. @throws BodyTooLargeException when there are more */
    static byte[] bytes(HttpServletRequest request, DataSize limit) throws IOException {
        long most = limit.toBytes();
        byte[] bytes =
                new EndingStream(request.getInputStream()).readNBytes((int) Math.min(most + 1, Integer.MAX_VALUE));
        if (bytes.length > most) {
            throw new BodyTooLargeException(most);
        }
        return bytes;
    }

    /**
     * The object of a body; nothing is an empty one.
     *
     * @param keys that it may have
     */
    static JsonNode object(byte[] body, List<String> keys) {
        JsonNode given = tree(body);
        given.fieldNames().forEachRemaining(key -> {
            if (!keys.contains(key)) {
                int last = keys.size() - 1;
                String known = last == 0
                        ? "there is " + keys.get(0)
                        : "there are " + String.join(", ", keys.subList(0, last)) + " and " + keys.get(last);
                throw Refusal.badRequest("Key " + Refusal.quoted(key) + " is not known; " + known + ".");
            }
        });
        return given;
    }

    private static JsonNode tree(byte[] body) {
        if (body.length == 0) {
            return Json.NODES.objectNode();
        }
        try {
            JsonNode given = Json.MAPPER.readTree(body);
            if (given != null && given.isObject()) {
                return given;
            }
        } catch (KeyTwice e) {
            throw notJson(Refusal.sentence(NotJson.sentence(e, "", null)));
        } catch (JsonParseException e) {
            throw notJson("The body is not JSON: line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr() + ".");
        } catch (IOException e) { // beyond a bound of the reader, which names no place, or in no UTF
            throw notJson(Refusal.sentence(NotJson.sentence(e, "", null)));
        }
        throw Refusal.badRequest("The body must be a JSON object.");
    }

    private static ErrorResponseException notJson(String detail) {
        return Refusal.of(HttpStatus.BAD_REQUEST, "NOT_JSON", detail);
    }

    /** A text, or null where there is none. */
    static @Nullable String text(JsonNode given, String key) {
        JsonNode value = given.path(key);
        if (!value.isMissingNode() && !value.isNull() && !value.isTextual()) {
            throw Refusal.badRequest(key + " must be text.");
        }
        String text = value.textValue();
        if (text != null && text.indexOf('\0') >= 0) {
            throw Refusal.badRequest(key + " must have no NUL character.");
        }
        return text;
    }

    /** The same, of so many characters at most. */
    static @Nullable String text(JsonNode given, String key, int most) {
        String text = text(given, key);
        if (text != null && text.length() > most) {
            throw Refusal.badRequest(key + " has at most " + most + " characters.");
        }
        return text;
    }

    /** The same; there must be some. */
    static String needed(JsonNode given, String key, int most, String why) {
        String text = text(given, key, most);
        if (text == null || text.isBlank()) {
            throw Refusal.badRequest(key + " is missing: " + why + ".");
        }
        return text;
    }

    /** True or false; false where there is nothing. */
    static boolean flag(JsonNode given, String key) {
        JsonNode value = given.path(key);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw Refusal.badRequest(key + " must be true or false.");
        }
        return value.booleanValue();
    }
}
