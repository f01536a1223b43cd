package io.patchbay.queue;

import com.github.f4b6a3.uuid.UuidCreator;
import io.patchbay.payload.Body;
import io.patchbay.queue.StartQueue.Policy;
import io.patchbay.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Starts for tests, and what tests do with them. */
final class Starts {

    static final Policy PARALLEL = new Policy(Overlap.PARALLEL, 1_000, "rev1");

    private Starts() {}

    static Start of(String flow, String trigger) {
        return of(flow, trigger, new Body.Bytes("{\"n\":1}".getBytes(StandardCharsets.UTF_8), "application/json"));
    }

    static Start of(String flow, String trigger, Body body) {
        return new Start(
                UuidCreator.getTimeOrderedEpoch().toString(),
                flow,
                trigger,
                Priority.REGULAR,
                Instant.now(),
                body,
                Map.of("path.sku", "A 1"),
                null,
                null);
    }

    static boolean accept(StartQueue queue, Start start) throws Exception {
        return queue.accept(start).get(20, TimeUnit.SECONDS);
    }

    static CompletableFuture<Void> end(Store store, TableQueue queue, Claim claim) {
        return store.commits().write(queue.acknowledge(claim));
    }

    static List<String> ids(List<Claim> claims) {
        return claims.stream().map(claim -> claim.start().id()).toList();
    }
}
