package io.patchbay.api;

import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.run.RunStatus;
import io.patchbay.trial.dry.Captured;
import io.patchbay.trial.dry.DryReport;
import io.patchbay.trial.dry.DryRuns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Dry runs that send one order, and remember what they were told. */
public final class FakeDryRuns implements DryRuns {

    public final List<Map<String, String>> asked = new ArrayList<>();
    public final List<String> triggers = new ArrayList<>();
    public @Nullable RuntimeException refusal;

    /** As it was in the beginning. */
    public void clear() {
        asked.clear();
        triggers.clear();
        refusal = null;
    }

    @Override
    public Duration longest() {
        return Duration.ofSeconds(30);
    }

    @Override
    public CompletableFuture<DryReport> run(String flow, String trigger, Body body, Map<String, String> meta) {
        asked.add(meta);
        triggers.add(trigger);
        if (refusal != null) {
            return CompletableFuture.failedFuture(refusal);
        }
        Captured write = new Captured(
                "push",
                Captured.Kind.REQUEST,
                "POST",
                "https://erp.example.com/orders",
                Map.of("Authorization", "***"),
                null,
                Json.NODES.objectNode().put("id", 1),
                "application/json",
                8,
                false,
                "201 of the fixture 'orders-create'");
        return CompletableFuture.completedFuture(new DryReport(
                flow,
                "0123456789ab",
                RunStatus.SUCCEEDED,
                null,
                12,
                List.of(),
                List.of(write),
                Map.of("push", 3L),
                false,
                List.of(),
                List.of(),
                null));
    }
}
