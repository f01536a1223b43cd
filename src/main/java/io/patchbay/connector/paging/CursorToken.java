package io.patchbay.connector.paging;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Endpoint.Paging;
import io.patchbay.expression.Values;
import io.patchbay.payload.Json;
import io.patchbay.payload.StepException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The answer names a token for the next page. */
record CursorToken(Paging paging) implements Pager {

    private static final String CURSOR = "cursor";

    @Override
    public JsonNode first() {
        return Json.NODES.objectNode();
    }

    @Override
    public Turn turn(JsonNode state) throws StepException {
        JsonNode cursor = Pagers.held(state, CURSOR);
        return cursor.isMissingNode() ? Pagers.sized(paging.config(), null) : Pagers.inject(paging.config(), cursor);
    }

    @Override
    public @Nullable JsonNode next(JsonNode state, PageAnswer answer) {
        JsonNode cursor = Objects.requireNonNull(paging.cursor()).find(answer.tree());
        if (Values.empty(cursor) || !cursor.isValueNode()) {
            return null;
        }
        if (paging.hasMore() != null && !Pagers.truth(paging.hasMore().find(answer.tree()))) {
            return null;
        }
        return Json.NODES.objectNode().set(CURSOR, cursor);
    }
}
