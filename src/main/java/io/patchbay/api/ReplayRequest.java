package io.patchbay.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Doc;
import io.patchbay.payload.Body;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

    private static final List<String> KEYS = List.of("edited", "contentType", "revision", "again", "from");

    /** Reads a request's body; none is a request with nothing said. */
    static ReplayRequest read(byte[] body) {
        JsonNode given = JsonRequest.object(body, KEYS);
        Revision revision = Refusal.constant(Revision.class, "revision", JsonRequest.text(given, "revision"));
        return new ReplayRequest(
                given.get("edited"),
                JsonRequest.text(given, "contentType"),
                revision == null ? Revision.OWN : revision,
                JsonRequest.flag(given, "again"),
                JsonRequest.text(given, "from"));
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
}
