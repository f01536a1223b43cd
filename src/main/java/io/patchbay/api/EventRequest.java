package io.patchbay.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Doc;
import io.patchbay.shape.wait.Waits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event for payloads that wait. */
@Doc("An event for payloads that wait")
record EventRequest(
        @Doc("What it is told under, as the shapes' 'key' says; at most 300 characters")
        String key,

        @Doc("Only payloads of this flow hear of it, at most 100 characters") @Nullable
        String flow,

        @Doc("What comes with it, any JSON: goes where the shape says 'into' or 'output: data'") @Nullable
        JsonNode data,

        @Doc("Who tells it, at most 200 characters; 'api' unless said") @Nullable
        String by,

        @Doc("What they say, at most 2000 characters") @Nullable
        String note,

        @Doc("The same for the same event, at most 200 characters: told again, it releases nothing more") @Nullable
        String id) {

    private static final int LONGEST_ID = 200;
    private static final int LONGEST_FLOW = 100;

    /** Reads a request's body. */
    static Waits.Event read(byte[] body) {
        JsonNode given = JsonRequest.object(body, List.of("key", "flow", "data", "by", "note", "id"));
        String by = JsonRequest.text(given, "by", DecisionRequest.LONGEST_NAME);
        String id = JsonRequest.text(given, "id", LONGEST_ID);
        return new Waits.Event(
                id == null ? null : "api " + id,
                "",
                JsonRequest.needed(given, "key", Waits.LONGEST_KEY, "say what payloads wait for"),
                JsonRequest.text(given, "flow", LONGEST_FLOW),
                given.get("data"),
                by == null || by.isBlank() ? "api" : by,
                JsonRequest.text(given, "note", DecisionRequest.LONGEST_NOTE));
    }
}
