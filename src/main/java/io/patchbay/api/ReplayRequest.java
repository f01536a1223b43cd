package io.patchbay.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Doc;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** How a failed payload is replayed. */
@Doc("How a failed payload is replayed")
record ReplayRequest(
        @Doc("Other content: any JSON, or text when contentType is not JSON; left out, it is replayed as it was")
        @Nullable
        JsonNode edited,

        @Doc("Media type of the other content; JSON unless told") @Nullable
        String contentType,

        @Doc("'own': the revision that ran (the default); 'today': the flow as it is now")
        Revision revision,

        @Doc("True to replay one that was replayed or resolved already")
        boolean again,

        @Doc(
                "The shape at which it enters, or 'start' for the beginning of the flow; left out, the shape in which it failed")
        @Nullable
        String from) {

    /** Under which revision. */
    enum Revision {
        /** The one that ran. */
        OWN,
        /** The one that is deployed. */
        TODAY
    }

    private static final Set<String> KEYS = Set.of("edited", "contentType", "revision", "again", "from");

    /** Reads a request's body; none is a request with nothing said. */
    static ReplayRequest read(byte[] body) {
        JsonNode given = tree(body);
        given.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                throw Refusal.badRequest("Key " + Refusal.quoted(key)
                        + " is not known; there are edited, contentType, revision, again and from.");
            }
        });
        Revision revision = Refusal.constant(Revision.class, "revision", text(given, "revision"));
        JsonNode again = given.path("again");
        if (!again.isMissingNode() && !again.isBoolean()) {
            throw Refusal.badRequest("again must be true or false.");
        }
        return new ReplayRequest(
                given.get("edited"),
                text(given, "contentType"),
                revision == null ? Revision.OWN : revision,
                again.booleanValue(),
                text(given, "from"));
    }

    /** The other content as a payload's body; null when there is none. */
    @Nullable
    Body body() {
        if (edited == null) {
            return null;
        }
        if (contentType == null || json(contentType)) {
            return new Body.Tree(edited);
        }
        if (!edited.isTextual()) {
            throw Refusal.badRequest("edited must be text when contentType is " + Refusal.quoted(contentType) + ".");
        }
        return new Body.Bytes(edited.textValue().getBytes(StandardCharsets.UTF_8), contentType);
    }

    private static boolean json(String contentType) {
        try {
            MediaType type = MediaType.parseMediaType(contentType);
            return type.getSubtype().equals("json") || type.getSubtype().endsWith("+json");
        } catch (InvalidMediaTypeException e) {
            throw Refusal.badRequest("contentType " + Refusal.quoted(contentType) + " is not a media type.");
        }
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
        } catch (JsonProcessingException e) {
            throw Refusal.badRequest(
                    "The body is not JSON: line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ".");
        } catch (java.io.IOException e) {
            throw new IllegalStateException("bytes in memory cannot be read", e);
        }
        throw Refusal.badRequest("The body must be a JSON object.");
    }

    private static @Nullable String text(JsonNode given, String key) {
        JsonNode value = given.path(key);
        if (!value.isMissingNode() && !value.isNull() && !value.isTextual()) {
            throw Refusal.badRequest(key + " must be text.");
        }
        return value.textValue();
    }
}
