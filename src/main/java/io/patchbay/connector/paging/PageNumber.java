package io.patchbay.connector.paging;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Endpoint.Paging;
import io.patchbay.payload.Json;
import io.patchbay.payload.StepException;
import org.jspecify.annotations.Nullable;

/** Pages are counted: {@code ?page=2}. */
record PageNumber(Paging paging) implements Pager {

    private static final String PAGE = "page";
    private static final String SEEN = "records";

    @Override
    public JsonNode first() {
        Long start = paging.config().start();
        return state(start == null ? 1 : start, 0);
    }

    private static JsonNode state(long page, long seen) {
        return Json.NODES.objectNode().put(PAGE, page).put(SEEN, seen);
    }

    @Override
    public Turn turn(JsonNode state) throws StepException {
        if (!state.path(PAGE).isIntegralNumber()) {
            throw Pagers.lostPlace();
        }
        return Pagers.inject(paging.config(), state.path(PAGE));
    }

    @Override
    public @Nullable JsonNode next(JsonNode state, PageAnswer answer) {
        long seen = state.path(SEEN).asLong() + answer.records();
        return Pagers.ends(paging, answer, seen) ? null : state(state.path(PAGE).asLong() + 1, seen);
    }
}
