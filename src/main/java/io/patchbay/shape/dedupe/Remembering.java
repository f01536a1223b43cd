package io.patchbay.shape.dedupe;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.ExpressionException;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.shape.Stores;
import io.patchbay.shape.Surroundings;
import io.patchbay.shape.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Remembers the keys of what passed the shape that sends. */
final class Remembering implements Watch.Watcher {

    private final DeDupeSettings settings;
    private final RecordKey key;
    private final Surroundings around;
    private final Duration keep;

    Remembering(DeDupeSettings settings, DeDupeSettings.Remember remember, Surroundings around) {
        this.settings = settings;
        this.key = remember.key() != null ? remember.key() : settings.key();
        this.around = around;
        this.keep = Stores.of(around).pool(settings.pool()).keep();
    }

    @Override
    public CompletableFuture<Void> passed(Watch.Passed passed) {
        Pools pools = around.service(Pools.class);
        Pools.Asking asking = new Pools.Asking(
                settings.pool(), settings.entityName(), keep, passed.runId(), passed.life(), passed.replays());
        List<String> keys = new ArrayList<>();
        int without = 0;
        List<JsonNode> records = records(passed.payload());
        for (int i = 0; i < records.size(); i++) {
            if (passed.failed(i)) {
                continue;
            }
            String found = key(records.get(i), passed);
            if (found != null) {
                keys.add(found);
            } else {
                without++;
            }
        }
        if (without > 0 && (without > 1 || !alone(passed, asking, pools, keys))) {
            passed.log(
                    LogLevel.WARN,
                    without + (without == 1 ? " record has" : " records have") + " passed without a value at '" + key
                            + "': not remembered in pool '" + settings.pool()
                            + "', and sent again by the next run; say with remember: { key: … } where the key stands here");
        }
        if (keys.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return pools.remember(asking, keys).thenAccept(strange -> {
            if (strange > 0) {
                passed.log(
                        LogLevel.WARN,
                        strange + " of " + keys.size() + " keys that passed were not claimed by this run and are not"
                                + " remembered in pool '" + settings.pool()
                                + "'; say with remember: { key: … } where the key stands here");
            }
        });
    }

    private static List<JsonNode> records(Payload payload) {
        try {
            return payload.records();
        } catch (StepException e) {
            return List.of(io.patchbay.payload.Json.NODES.missingNode()); // no JSON has no key
        }
    }

    private @Nullable String key(JsonNode record, Watch.Passed passed) {
        try {
            String found = key.of(record, passed.scope(record));
            return found == null ? null : found.replace('\0', '\uFFFD');
        } catch (ExpressionException e) {
            return null;
        }
    }

    /** A record that is alone in its payload, and was when it was claimed, is the one that was claimed. */
    private static boolean alone(Watch.Passed passed, Pools.Asking asking, Pools pools, List<String> keys) {
        if (!keys.isEmpty() || records(passed.payload()).size() != 1) {
            return false;
        }
        List<String> found = List.copyOf(
                pools.claimed(asking, Marks.before(passed.payload().lineage())).values());
        keys.addAll(found.size() == 1 ? found : List.of());
        return found.size() == 1;
    }
}
