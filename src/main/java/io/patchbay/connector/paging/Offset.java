package io.patchbay.connector.paging;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Endpoint.Paging;
import io.patchbay.payload.Json;
import io.patchbay.payload.StepException;
import org.jspecify.annotations.Nullable;

/**
 * Records are counted: {@code ?offset=200}. The next page begins behind the records that came, not behind those that were
 * asked for, so a system that gives fewer than asked loses none.
 */
record Offset(Paging paging) implements Pager {

    private static final String OFFSET = "offset";

    @Override
    public JsonNode first() {
        Long start = paging.config().start();
        return Json.NODES.objectNode().put(OFFSET, start == null ? 0L : start);
    }

    @Override
    public Turn turn(JsonNode state) throws StepException {
        if (!state.path(OFFSET).isIntegralNumber()) {
            throw Pagers.lostPlace();
        }
        return Pagers.inject(paging.config(), state.path(OFFSET));
    }

    @Override
    public @Nullable JsonNode next(JsonNode state, PageAnswer answer) {
        Long start = paging.config().start();
        long offset = state.path(OFFSET).asLong() + answer.records();
        return Pagers.ends(paging, answer, offset - (start == null ? 0 : start))
                ? null
                : Json.NODES.objectNode().put(OFFSET, offset);
    }
}
