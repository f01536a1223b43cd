package io.patchbay.connector.paging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.patchbay.connector.paging.PagePull.Fetched;
import io.patchbay.payload.Pull.Aside;
import io.patchbay.payload.StepException;

/**
 * What a page holds, to be compared with the next one.
 *
 * @param records those that could be read
 * @param unread a fingerprint of those that could not
 * @param any whether there are any of either kind; not where all that could be read was passed over, which is not compared
 */
record Held(JsonNode records, long unread, boolean any) {

    static final Held NOTHING = new Held(MissingNode.getInstance(), 0, false);

    private static final long PRIME = 0x100000001b3L; // FNV-1

    static Held of(Fetched fetched) throws StepException {
        long print = 0xcbf29ce484222325L;
        for (Aside aside : fetched.asides()) {
            for (byte one : aside.payload().bytes()) {
                print = (print ^ (one & 0xff)) * PRIME;
            }
            print = (print ^ '\n') * PRIME;
        }
        boolean any = (!fetched.empty() && fetched.page().recordCount() > 0)
                || (!fetched.asides().isEmpty() && !fetched.passedOver());
        return new Held(fetched.page().tree(), print, any);
    }

    /** Whether two pages that follow one another are the same: a system that does not look at the page number gives one again and again. */
    boolean repeats(Held before) {
        return any && before.any && unread == before.unread && records.equals(before.records);
    }
}
