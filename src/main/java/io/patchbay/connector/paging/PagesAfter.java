package io.patchbay.connector.paging;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Request;
import io.patchbay.connector.limit.Governor;
import io.patchbay.payload.Json;
import io.patchbay.payload.StepException;
import org.jspecify.annotations.Nullable;

/** Pages of a list that is in order: the place of a pull is a text, behind which the next page begins. */
public abstract class PagesAfter extends FollowedPages {

    private static final String AFTER = "after";

    private final Governor governor;

    /** Pages of this request, under a limit. */
    protected PagesAfter(Request request, Governor governor) {
        super(request);
        this.governor = governor;
    }

    /** The page behind the one that ended with this text; empty at the beginning. */
    protected abstract PagePull.Fetched next(String after) throws StepException;

    /** The place behind a text. */
    public static JsonNode after(Object text) {
        return Json.NODES.objectNode().put(AFTER, text.toString());
    }

    @Override
    public final PagePull.@Nullable Fetched fetch(JsonNode state, boolean mayWait) throws StepException {
        if (!state.isEmpty() && !state.path(AFTER).isTextual()) {
            throw lostPlace();
        }
        Governor.Permit permit = permit(governor, mayWait);
        if (permit == null) {
            return null;
        }
        try {
            return next(state.path(AFTER).asText(""));
        } finally {
            permit.release();
        }
    }
}
