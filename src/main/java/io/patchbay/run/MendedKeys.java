package io.patchbay.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.StepException;
import io.patchbay.shape.Watch;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Resolves failed payloads of earlier runs when records that are about the same pass the shape in which they failed.
 *
 * @param before only those that failed before this
 */
record MendedKeys(Checkpoints checkpoints, RunRules rules, String flow, String shape, Instant before)
        implements Watch.Watcher {

    @Override
    public CompletableFuture<Void> passed(Watch.Passed passed) {
        Set<String> keys = new LinkedHashSet<>();
        try {
            List<JsonNode> records = passed.payload().records();
            for (int i = 0; i < records.size(); i++) {
                JsonNode record = records.get(i);
                String key =
                        passed.failed(i) ? null : BusinessKeys.of(rules.businessKey(), record, passed.scope(record));
                if (key != null) {
                    keys.add(key);
                }
            }
        } catch (StepException e) {
            return CompletableFuture.completedFuture(null); // what is no JSON has no records
        }
        if (keys.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return checkpoints.passed(flow, shape, before, List.copyOf(keys)).thenAccept(resolved -> {
            if (resolved > 0) {
                passed.log(
                        LogLevel.INFO,
                        "resolved " + resolved + (resolved == 1 ? " failed payload" : " failed payloads")
                                + " of earlier runs: the same passed");
            }
        });
    }
}
