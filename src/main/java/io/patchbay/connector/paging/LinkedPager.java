package io.patchbay.connector.paging;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Endpoint.Paging;
import io.patchbay.payload.StepException;

/** Paging by an address that the answer names: methods differ in where it stands. */
interface LinkedPager extends Pager {

    Paging paging();

    /** Refuses an address that leads away. */
    Pagers.LinkGuard guard();

    @Override
    default JsonNode first() {
        return Links.FIRST;
    }

    @Override
    default Turn turn(JsonNode state) throws StepException {
        return Links.turn(state, paging(), guard());
    }
}
