package io.patchbay.connector.paging;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Endpoint.Paging;
import io.patchbay.expression.Values;
import io.patchbay.payload.StepException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The answer's body names the URL of the next page, absolute or relative to this one. */
record NextUrl(Paging paging, Pagers.LinkGuard guard) implements LinkedPager {

    @Override
    public @Nullable JsonNode next(JsonNode state, PageAnswer answer) throws StepException {
        JsonNode url = Objects.requireNonNull(paging.cursor()).find(answer.tree());
        boolean more = paging.hasMore() == null || Pagers.truth(paging.hasMore().find(answer.tree()));
        return !more || Values.empty(url) ? null : Links.state(Values.text(url), answer.uri(), guard);
    }
}
