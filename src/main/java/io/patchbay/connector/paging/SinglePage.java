package io.patchbay.connector.paging;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import org.jspecify.annotations.Nullable;

/** One answer is all there is in a list, or in a window of it. */
record SinglePage() implements Pager {

    @Override
    public JsonNode first() {
        return Json.NODES.objectNode();
    }

    @Override
    public Turn turn(JsonNode state) {
        return Turn.PLAIN;
    }

    @Override
    public @Nullable JsonNode next(JsonNode state, PageAnswer answer) {
        return null;
    }
}
