package io.patchbay.connector.paging;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import org.jspecify.annotations.Nullable;

/**
 * A method of paging. It has no state of its own: where a pull stands is a JSON value, so that it can be kept and a broken
 * pull can go on.
 */
public interface Pager {

    /** Where a pull begins. */
    JsonNode first();

    /** The request for a page. @throws StepException when the state is none of this method's */
    Turn turn(JsonNode state) throws StepException;

    /** Where the pull goes on after an answer; null, or a state with a member {@code end}, at the end. @throws StepException when the answer leads astray */
    @Nullable
    JsonNode next(JsonNode state, PageAnswer answer) throws StepException;

    /** Whether a page is not to be given on, because its records come again in others. */
    default boolean leavesOut(JsonNode state, PageAnswer answer) {
        return false;
    }

    /** How far a pull came that ended in this state; null for a list that is pulled from its beginning each time. */
    default Pull.@Nullable Reached reached(JsonNode end) {
        return null;
    }
}
