package io.patchbay.trial.dry;

import io.patchbay.payload.Body;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Runs deployed flows without changing anything outside. */
public interface DryRuns {

    /** Longest that a dry run may take. */
    Duration longest();

    /**
     * Runs a flow as it is deployed.
     *
     * @param flow the flow's id
     * @param trigger what the run says started it
     * @param body the payload it begins with; whoever gives it deletes it
     * @param meta metadata of the payload; {@code var.NAME} sets the flow's variable NAME
     * @return completes when it is over; fails with {@link DryRunRefusedException} when it cannot begin
     */
    CompletableFuture<DryReport> run(String flow, String trigger, Body body, Map<String, String> meta);
}
