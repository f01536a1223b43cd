package io.patchbay.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Doc;
import io.patchbay.connector.camel.InstanceCalls;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an endpoint is to be called with. */
@Doc("What an endpoint is to be called with")
record CallRequest(
        @Doc("Values for its inputs, by name") @Nullable Map<String, JsonNode> with,

        @Doc("What is sent: any JSON value; nothing when it is missing") @Nullable
        JsonNode payload,

        @Doc("Whether the answer tells what went over the wire, for a fixture of the connector") @Nullable
        Boolean record,

        @Doc(
                "Of a list so many pages are read, 1 to 100; without it, and without a cursor, the first is asked for as it is")
        @Nullable
        Integer pages,

        @Doc("How far the run before came in a list that grows: the list is read from there") @Nullable
        String cursor) {

    private static final int MOST_PAGES = 100;

    /** How far a list is read. */
    InstanceCalls.Reading reading() {
        int most = pages == null ? cursor == null ? 1 : MOST_PAGES : pages;
        if (most < 1 || most > MOST_PAGES) {
            throw Refusal.badRequest("'pages' is " + most + "; it must be 1 to " + MOST_PAGES + ".");
        }
        return new InstanceCalls.Reading(most, cursor, pages != null || cursor != null);
    }
}
