package io.patchbay.connector.paging;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Endpoint.Paging;
import io.patchbay.payload.StepException;
import org.jspecify.annotations.Nullable;

/** The answer's Link header names the URL of the next page (RFC 8288, relation {@code next}). */
record LinkHeader(Paging paging, Pagers.LinkGuard guard) implements LinkedPager {

    @Override
    public @Nullable JsonNode next(JsonNode state, PageAnswer answer) throws StepException {
        String next = LinkValues.next(answer.links());
        return next == null ? null : Links.state(LinkValues.address(next), answer.uri(), guard);
    }
}
