package io.patchbay.connector.paging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.StepException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a list whose records come oldest first is behind us for good, while it is read. That is the last value that differs
 * from the greatest one seen: of records with the greatest one, further ones may come on the next page, and a system may leave out the
 * bound that it is asked with. Values that a request cannot tell apart count as one. A record that comes out of order, or has no
 * value, ends this: where the list is behind us is not known any more.
 */
final class OldestFirst {

    private static final String LAST = "last";
    private static final String SAFE = "safe";
    private static final String DISORDER = "disorder";

    private final CursorValues cursors;
    private final Told told;

    /** What a request would say of a value. */
    interface Told {
        String of(String value);
    }

    OldestFirst(CursorValues cursors, Told told) {
        this.cursors = cursors;
        this.told = told;
    }

    /**
     * Looks at the records of a page.
     *
     * @param high the greatest value of all pages before, or null
     */
    void seen(ObjectNode state, List<JsonNode> records, @Nullable String high) throws StepException {
        String greatest = high;
        for (JsonNode record : records) {
            if (state.has(DISORDER)) {
                return;
            }
            String value = cursors.value(record);
            String last = state.has(LAST) ? state.path(LAST).asText() : null;
            if (value == null) {
                disorder(state, "a record has no value there");
                return;
            }
            if (last != null && cursors.earlier(value, last)) {
                disorder(state, value + " comes behind " + last);
                return;
            }
            state.put(LAST, value);
            if (greatest == null) {
                greatest = value;
            } else if (cursors.earlier(greatest, value)) {
                if (!told.of(greatest).equals(told.of(value))) {
                    state.put(SAFE, greatest);
                }
                greatest = value;
            }
        }
    }

    private static void disorder(ObjectNode state, String why) {
        state.remove(SAFE);
        state.put(DISORDER, why);
    }

    /** The list is read from the same place a second time. */
    static void again(ObjectNode state) {
        state.remove(LAST);
    }

    /** Behind which value nothing is left to come; null when this is not known. */
    static @Nullable String safe(JsonNode state) {
        return state.has(SAFE) ? state.path(SAFE).asText() : null;
    }

    /** What is out of order, when it was not so before. */
    static @Nullable String noticed(JsonNode before, JsonNode after) {
        return before.has(DISORDER) || !after.has(DISORDER)
                ? null
                : after.path(DISORDER).asText();
    }
}
