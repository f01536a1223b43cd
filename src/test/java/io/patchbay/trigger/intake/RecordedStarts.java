package io.patchbay.trigger.intake;

import io.patchbay.payload.Body;
import io.patchbay.queue.Once;
import io.patchbay.trigger.Answer;
import io.patchbay.trigger.Starts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Keeps what was started in memory and answers what the test says. */
final class RecordedStarts implements Starts {

    record Started(String flow, String trigger, Body body, Map<String, String> meta) {
        String text() {
            return body instanceof Body.Bytes bytes
                    ? new String(bytes.bytes(), java.nio.charset.StandardCharsets.UTF_8)
                    : body instanceof Body.Tree tree ? tree.tree().toString() : "";
        }
    }

    final List<Started> started = new CopyOnWriteArrayList<>();
    final Map<String, String> remembered = new ConcurrentHashMap<>();
    volatile Function<Started, CompletableFuture<String>> onStart =
            start -> CompletableFuture.completedFuture("run-" + started.size());
    volatile Function<Started, CompletableFuture<Answer>> onCall = call -> new CompletableFuture<>();

    @Override
    public CompletableFuture<String> start(
            String id, String flow, String trigger, Body body, Map<String, String> meta, Instant at) {
        Started start = new Started(flow, trigger, body, meta);
        started.add(start);
        return onStart.apply(start);
    }

    @Override
    public CompletableFuture<String> startOnce(
            Once once, String flow, String trigger, Body body, Map<String, String> meta, Instant at) {
        String before = remembered.get(once.key());
        if (before != null) {
            return CompletableFuture.completedFuture(before);
        }
        return start(null, flow, trigger, body, meta, at).thenApply(run -> {
            remembered.put(once.key(), run);
            return run;
        });
    }

    @Override
    public CompletableFuture<Answer> call(
            String flow, String trigger, Body body, Map<String, String> meta, Duration timeout) {
        Started call = new Started(flow, trigger, body, meta);
        started.add(call);
        return onCall.apply(call).orTimeout(timeout.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
    }
}
