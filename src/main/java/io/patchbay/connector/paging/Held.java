package io.patchbay.connector.paging;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.paging.PagePull.Fetched;
import io.patchbay.payload.Pull.Aside;
import io.patchbay.payload.StepException;
import java.util.List;

/**
 * What the system sent as a page, to be compared with the next one: what an endpoint leaves out of it counts, too.
 *
 * @param records those that could be read, or the whole content in their place
 * @param unread a fingerprint of those that could not
 * @param any whether there are any of either kind
 */
record Held(List<JsonNode> records, long unread, boolean any) {

    static final Held NOTHING = new Held(List.of(), 0, false);

    private static final long PRIME = 0x100000001b3L; // FNV-1

    static Held of(Fetched fetched) throws StepException {
        long print = 0xcbf29ce484222325L;
        for (Aside aside : fetched.asides()) {
            for (byte one : aside.payload().bytes()) {
                print = (print ^ (one & 0xff)) * PRIME;
            }
            print = (print ^ '\n') * PRIME;
        }
        List<JsonNode> records = !fetched.sent().isEmpty() ? fetched.sent() : content(fetched);
        return new Held(records, print, !records.isEmpty() || !fetched.asides().isEmpty());
    }

    private static List<JsonNode> content(Fetched fetched) throws StepException {
        return fetched.empty() || fetched.page().recordCount() == 0
                ? List.of()
                : List.of(fetched.page().tree());
    }

    /** Whether two pages that follow one another are the same: a system that does not look at the page number gives one again and again. */
    boolean repeats(Held before) {
        return any && before.any && unread == before.unread && records.equals(before.records);
    }
}
