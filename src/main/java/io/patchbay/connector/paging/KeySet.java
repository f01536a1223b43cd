package io.patchbay.connector.paging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.Endpoint.Paging;
import io.patchbay.connector.Place;
import io.patchbay.expression.Values;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The next page begins behind the key of the last record: {@code ?since_id=4711}. Keys that are numbers must keep the direction
 * in which they began; texts may be ordered in any way, so they only must not stay the same.
 */
record KeySet(Paging paging) implements Pager {

    private static final String KEY = "key";
    private static final String WAY = "way";
    private static final String UNREAD = "unread";
    private static final String FULL = "full";

    @Override
    public JsonNode first() {
        Long start = paging.config().start();
        return start == null ? Json.NODES.objectNode() : Json.NODES.objectNode().put(KEY, start);
    }

    @Override
    public Turn turn(JsonNode state) throws StepException {
        JsonNode key = Pagers.held(state, KEY);
        return key.isMissingNode() ? Pagers.sized(paging.config(), null) : Pagers.inject(paging.config(), key);
    }

    /** Behind a key are the same records, on whatever way the list came to it. */
    @Override
    public String place(JsonNode state) {
        return KEY + " " + state.path(KEY);
    }

    @Override
    public @Nullable String again(JsonNode state, JsonNode next) {
        return paging.cursor() == null ? place(next) : null;
    }

    @Override
    public @Nullable JsonNode next(JsonNode state, PageAnswer answer) throws StepException {
        boolean more = paging.hasMore() == null
                ? answer.records() > 0
                : Pagers.truth(paging.hasMore().find(answer.tree()));
        if (!more || onlyAgain(state, answer)) {
            return null;
        }
        JsonNode key = key(answer);
        JsonNode before = state.path(KEY);
        if (key.equals(before)) {
            throw stays();
        }
        ObjectNode next = Json.NODES.objectNode().set(KEY, key);
        if (paging.cursor() == null && answer.unreadLast() > 0) {
            next.put(UNREAD, answer.unreadLast());
        }
        if (state.path(FULL).asBoolean() || isFull(answer)) {
            next.put(FULL, true);
        }
        int way = key.isNumber() && before.isNumber() ? key.decimalValue().compareTo(before.decimalValue()) : 0;
        int wayBefore = state.path(WAY).asInt(0);
        if (way != 0 && wayBefore != 0 && way != wayBefore) {
            throw stays();
        }
        return way == 0 ? next : next.put(WAY, way);
    }

    /**
     * Whether nothing came but records that could not be read, and it is the end: they stood behind the key already, as they have none
     * to go on from and so come a second time, or there is place for more on the page, in a list that gave full ones before.
     */
    private boolean onlyAgain(JsonNode state, PageAnswer answer) {
        return paging.cursor() == null
                && answer.unread() > 0
                && answer.unread() == answer.records()
                && (answer.unread() <= state.path(UNREAD).asInt(0)
                        || (state.path(FULL).asBoolean() && !isFull(answer)));
    }

    private boolean isFull(PageAnswer answer) {
        Integer size = paging.config().pageSize();
        return size != null && answer.records() >= size;
    }

    private JsonNode key(PageAnswer answer) throws StepException {
        Place place = paging.cursor() != null ? paging.cursor() : Objects.requireNonNull(paging.key());
        JsonNode from = paging.cursor() != null ? answer.tree() : answer.last();
        JsonNode key = from == null ? null : place.find(from);
        if (key == null || Values.empty(key) || !key.isValueNode()) {
            if (from == null && answer.unread() > 0) {
                throw new StepException(
                        Owner.REMOTE,
                        "NO_KEY",
                        "no record of a page could be read, so " + place
                                + ", by which the list is paged, is not known");
            }
            throw new StepException(
                    Owner.AUTHOR,
                    "NO_KEY",
                    (paging.cursor() != null ? "the answer" : "the last record") + " has no " + place
                            + ", by which the list is paged");
        }
        return key;
    }

    private static StepException stays() {
        return new StepException(
                Owner.REMOTE,
                "REPEATED_CURSOR",
                "the key of the last record does not advance from page to page: the system does not look at it, or does not"
                        + " order the list by it");
    }
}
