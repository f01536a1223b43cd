package io.patchbay.connector.paging;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Endpoint.Paging;
import io.patchbay.connector.definition.PaginatorConfig;
import io.patchbay.connector.definition.ResultWindowConfig;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import org.jspecify.annotations.Nullable;

/** Fails a list that is longer than the system is ready to show, before its end is silently missing. */
record ResultWindow(Pager pager, Paging paging) implements AroundPager {

    /** Whether there are more records than the system shows. */
    static boolean exceeded(Paging paging, PageAnswer answer) {
        ResultWindowConfig window = paging.config().resultWindow();
        if (window == null) {
            return false;
        }
        boolean full =
                paging.config().type() == PaginatorConfig.Type.TIME_WINDOW && answer.records() >= window.maxRecords();
        return full
                || (paging.total() != null && paging.total().find(answer.tree()).asLong(0) > window.maxRecords());
    }

    static StepException tooMany(Paging paging, String where) {
        ResultWindowConfig window = paging.config().resultWindow();
        return new StepException(
                Owner.LIMIT,
                "RESULT_WINDOW",
                "the list has more than " + (window == null ? 0 : window.maxRecords()) + " records" + where
                        + ", and the system does not show more (paginator.resultWindow)");
    }

    @Override
    public @Nullable JsonNode next(JsonNode state, PageAnswer answer) throws StepException {
        if (state.equals(first()) && exceeded(paging, answer)) {
            throw tooMany(paging, "");
        }
        return pager.next(state, answer);
    }
}
