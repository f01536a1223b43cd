package io.patchbay.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.Scope;
import io.patchbay.payload.Bucket;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.shape.Watch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Tells watchers of a payload that passed a shape. It is told behind the mark of the send, so that what was learned of it never comes
 * to the disk before that; a run that is taken up again finds the mark and tells again.
 *
 * @param left places of records that failed in this life of the run
 */
record Told(Run run, String shape, Payload payload, Set<Integer> left) implements Watch.Passed {

    /**
     * Tells whoever watches the shape.
     *
     * @param attempt the try that succeeded; null when an earlier life of the run sent it
     * @param input the payload as it reached the shape, or null for a bucket
     */
    static void of(Run run, String shape, @Nullable Try attempt, @Nullable Payload input, @Nullable Bucket bucket) {
        List<Watch.Watcher> watchers = new ArrayList<>(run.rules().watchers().getOrDefault(shape, List.of()));
        watchers.addAll(run.menders(shape));
        if (watchers.isEmpty()) {
            return;
        }
        Set<Integer> left = new HashSet<>();
        if (attempt != null) {
            attempt.failedRecords().forEach(failed -> left.add(failed.index()));
        }
        if (input != null) {
            new Told(run, shape, parsed(input), left).tell(watchers);
        } else if (bucket != null) {
            bucket.forEach(payload -> new Told(run, shape, parsed(payload), Set.of()).tell(watchers));
        }
    }

    private void tell(List<Watch.Watcher> watchers) {
        for (Watch.Watcher watcher : watchers) {
            run.writes().mark(told(watcher));
        }
    }

    private CompletableFuture<Void> told(Watch.Watcher watcher) {
        try {
            return watcher.passed(this);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e); // like a mark that could not be written
        }
    }

    private static Payload parsed(Payload payload) {
        try {
            return payload.parsed();
        } catch (StepException e) {
            return payload; // whoever reads it says what is wrong
        }
    }

    @Override
    public boolean failed(int index) {
        return left.contains(index)
                || run.progress()
                        .failed()
                        .containsKey(shape + "|"
                                + Try.failedRecord(payload.lineage(), shape, index)
                                        .text());
    }

    @Override
    public String runId() {
        return run.identity().id();
    }

    @Override
    public String life() {
        return run.life();
    }

    @Override
    public @Nullable String replays() {
        return run.replays();
    }

    @Override
    public Scope scope(JsonNode record) {
        return new RunScope(run, payload, record);
    }

    @Override
    public void log(LogLevel level, String text) {
        run.log(shape, level, text);
    }
}
