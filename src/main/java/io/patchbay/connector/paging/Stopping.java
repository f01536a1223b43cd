package io.patchbay.connector.paging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.patchbay.connector.Endpoint.Paging;
import io.patchbay.connector.definition.PaginatorConfig.StopWhen;
import io.patchbay.expression.Condition;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.LookupTable;
import io.patchbay.expression.Scope;
import io.patchbay.payload.StepException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Ends a list where its definition says, although the method of paging would go on. The page at which it ends still counts.
 * Counted lists look at the ways that have to do with counting themselves.
 */
record Stopping(Pager pager, Paging paging) implements AroundPager {

    @Override
    public @Nullable JsonNode next(JsonNode state, PageAnswer answer) throws StepException {
        JsonNode next = pager.next(state, answer);
        StopWhen stop = paging.config().stopWhen();
        return next == null || stop == null || ends(stop, state, next, answer) ? null : next;
    }

    private boolean ends(StopWhen stop, JsonNode state, JsonNode next, PageAnswer answer) throws StepException {
        return switch (stop) {
            case EMPTY_PAGE -> answer.records() == 0;
            case SHORT_PAGE ->
                answer.records() < Objects.requireNonNull(paging.config().pageSize());
            case REPEATED_CURSOR -> next.equals(state);
            case HAS_MORE_FALSE ->
                !Pagers.truth(Objects.requireNonNull(paging.hasMore()).find(answer.tree()));
            case EXPRESSION -> holds(Objects.requireNonNull(paging.stop()), answer);
            default -> false;
        };
    }

    private static boolean holds(Condition stop, PageAnswer answer) throws StepException {
        try {
            return stop.test(answer.tree(), new Answered(answer));
        } catch (ExpressionException e) {
            throw StepException.of(e);
        }
    }

    /** The answer, for a condition: as what the condition is about, and as the payload. */
    private record Answered(PageAnswer answer) implements Scope {

        @Override
        public JsonNode tree(String root) {
            return root.equals("payload") ? answer.tree() : MissingNode.getInstance();
        }

        @Override
        public @Nullable JsonNode named(String root, String name) {
            return null;
        }

        @Override
        public @Nullable LookupTable table(String name) {
            return null;
        }

        @Override
        public Instant queuedAt() {
            return answer.queuedAt();
        }
    }
}
