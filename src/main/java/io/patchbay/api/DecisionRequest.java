package io.patchbay.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Doc;
import io.patchbay.run.WaitingPayloads.Word;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who decides about a payload that waits, and what they say. */
@Doc("Who decides about a payload that waits, and what they say")
record DecisionRequest(
        @Doc("Who decides, at most 200 characters: stands in the metadata, and in the list")
        String by,

        @Doc("What they say, at most 2000 characters") @Nullable
        String note,

        @Doc("What goes into the payload where the shape says 'into' or 'output: data', any JSON; for approve alone")
        @Nullable
        JsonNode data,

        @Doc("True: it goes on under the flow as it is now; else under the revision that it came with") @Nullable
        Boolean today) {

    static final int LONGEST_NAME = 200;
    static final int LONGEST_NOTE = 2_000;

    /** Reads a request's body. */
    static Word read(byte[] body, boolean approve) {
        JsonNode given = JsonRequest.object(
                body, approve ? List.of("by", "note", "data", "today") : List.of("by", "note", "today"));
        return new Word(
                JsonRequest.needed(given, "by", LONGEST_NAME, "say who decides"),
                JsonRequest.text(given, "note", LONGEST_NOTE),
                given.get("data"),
                JsonRequest.flag(given, "today"));
    }
}
