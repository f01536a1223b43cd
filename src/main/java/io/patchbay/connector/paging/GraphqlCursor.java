package io.patchbay.connector.paging;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Endpoint.Paging;
import io.patchbay.connector.Place;
import io.patchbay.connector.definition.InjectConfig;
import io.patchbay.expression.Values;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Forward pages of a GraphQL connection: variables {@code first} and {@code after} go in, {@code pageInfo} says how it goes on
 * (GraphQL Cursor Connections Specification, sections Arguments and PageInfo).
 */
record GraphqlCursor(Paging paging) implements Pager {

    private static final String CURSOR = "cursor";

    @Override
    public JsonNode first() {
        return Json.NODES.objectNode();
    }

    @Override
    public Turn turn(JsonNode state) throws StepException {
        JsonNode cursor = Pagers.held(state, CURSOR);
        Map<String, JsonNode> variables = new LinkedHashMap<>();
        Integer size = paging.config().pageSize();
        if (size != null) {
            String name = paging.config().pageSizeParam();
            variables.put(name == null ? "first" : name, Json.NODES.numberNode(size));
        }
        if (!cursor.isMissingNode()) {
            InjectConfig inject = paging.config().inject();
            String name = inject == null ? null : inject.name();
            variables.put(name == null ? "after" : name, cursor);
        }
        return new Turn(null, Map.of(), Map.of(), variables);
    }

    @Override
    public @Nullable JsonNode next(JsonNode state, PageAnswer answer) throws StepException {
        Place more = Objects.requireNonNull(paging.hasMore());
        Place end = Objects.requireNonNull(paging.cursor());
        JsonNode hasNext = more.find(answer.tree());
        JsonNode cursor = end.find(answer.tree());
        if (hasNext.isMissingNode() && cursor.isMissingNode() && answer.records() > 0) {
            throw new StepException(
                    Owner.AUTHOR,
                    "NO_PAGE_INFO",
                    "the answer has neither " + more + " nor " + end
                            + ": the query must select pageInfo { hasNextPage endCursor }");
        }
        boolean ends = hasNext.isMissingNode() ? Values.empty(cursor) : !Pagers.truth(hasNext);
        if (ends) {
            return null;
        }
        if (Values.empty(cursor) || !cursor.isValueNode()) {
            throw new StepException(
                    Owner.REMOTE, "NO_CURSOR", more + " says that there is more, and " + end + " does not say where");
        }
        return Json.NODES.objectNode().set(CURSOR, cursor);
    }
}
