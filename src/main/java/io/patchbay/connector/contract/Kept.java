package io.patchbay.connector.contract;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an instance's contract.
 *
 * @param definition tells one declaration from another: what was seen for another one does not count
 * @param fields what records looked like, or null
 * @param statusClass first digit of the status that is usual, or null
 * @param findings what is otherwise now
 * @param lookedAt when it was last looked at, or null
 * @param problem why that look told nothing, or null
 */
record Kept(
        String instance,
        String definition,
        @Nullable Fields fields,
        @Nullable Integer statusClass,
        List<Finding> findings,
        @Nullable Instant lookedAt,
        @Nullable String problem) {

    Kept {
        findings = List.copyOf(findings);
    }

    /** Nothing was seen yet. */
    static Kept nothing(String instance, String definition) {
        return new Kept(instance, definition, null, null, List.of(), null, null);
    }
}
