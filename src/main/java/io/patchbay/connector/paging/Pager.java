package io.patchbay.connector.paging;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.util.List;
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

    /** Where the records of a page come from, by which one that cannot be read is told from those of other pages. */
    default String place(JsonNode state) {
        return state.toString();
    }

    /**
     * The place of which those records of a page are the first ones that stand behind the last one that can be read: they come again
     * with the next page.
     *
     * @return null where none comes again
     */
    default @Nullable String again(JsonNode state, JsonNode next) {
        return null;
    }

    /** Whether a page is not to be given on, because its records come again in others. */
    default boolean leavesOut(JsonNode state, PageAnswer answer) {
        return false;
    }

    /** Which records of a page are given on, for lists that hold more than was asked for. */
    default List<JsonNode> kept(JsonNode state, List<JsonNode> records) throws StepException {
        return records;
    }

    /** Where the list begins that a state is in. */
    default JsonNode begin(JsonNode state) {
        return first();
    }

    /** Where the window of time that a state is in begins, cut in halves; null when there is none, or none so small. */
    default @Nullable JsonNode cut(JsonNode state) {
        return null;
    }

    /**
     * How far a pull came when all that came before this state is delivered, and nothing that follows can lie before that; null
     * when this cannot be told.
     */
    default Pull.@Nullable Reached delivered(JsonNode state) {
        return null;
    }

    /** What is to be said of a page that led from one state to the next; null for nothing. */
    default @Nullable String noticed(JsonNode state, JsonNode next) {
        return null;
    }

    /** How far a pull came that ended in this state; null for a list that is pulled from its beginning each time. */
    default Pull.@Nullable Reached reached(JsonNode end) {
        return null;
    }
}
