package io.patchbay.connector.paging;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.StepException;
import org.jspecify.annotations.Nullable;

/** What watches another method of paging and asks as that one does. */
interface AroundPager extends Pager {

    Pager pager();

    @Override
    default JsonNode first() {
        return pager().first();
    }

    @Override
    default String place(JsonNode state) {
        return pager().place(state);
    }

    @Override
    default @Nullable String again(JsonNode state, JsonNode next) {
        return pager().again(state, next);
    }

    @Override
    default Turn turn(JsonNode state) throws StepException {
        return pager().turn(state);
    }
}
