package io.patchbay.service.report;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which items are meant: those for which all that is said holds.
 *
 * @param statuses only these; all when empty
 * @param text that the reference or the reason holds, upper and lower case alike
 * @param reference only this one
 * @param since happened at this instant or later
 * @param until happened before this instant
 */
public record ReportQuery(
        Set<ItemStatus> statuses,
        @Nullable String text,
        @Nullable String reference,
        Instant since,
        Instant until) {

    public ReportQuery {
        statuses = Set.copyOf(statuses);
    }

    boolean wants(ItemStatus status) {
        return statuses.isEmpty() || statuses.contains(status);
    }
}
