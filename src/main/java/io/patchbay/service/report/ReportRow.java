package io.patchbay.service.report;

import org.jspecify.annotations.Nullable;

/**
 * The newest row of an item.
 *
 * @param place in the report
 * @param run in which it happened
 * @param failure what speaks against it, or null for what was sent
 */
record ReportRow(ReportPlace place, String run, @Nullable Failure failure) {

    /**
     * A failure.
     *
     * @param state of the failed payload, as the table has it
     * @param again the run that it was started again with, or null
     * @param tries how often the item has failed since it was last sent
     */
    record Failure(
            String state,
            String shape,
            String code,
            String message,
            @Nullable String again,
            int tries) {}
}
