package io.patchbay.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.camel.World;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Payload;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a counterpart sees of a declared limit: 32 callers call as quickly as they may; the most requests in any window of a
 * second as they came in, how many a second came on the whole, and how many were on their way at once.
 */
public final class GovernorBench {

    private static final int CALLERS = 32;
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("bench.seconds", 20));

    private GovernorBench() {}

    /** Runs every algorithm and prints a line for each. */
    public static void main(String[] args) throws Exception {
        Map<String, String> policies = new LinkedHashMap<>();
        policies.put("tokenBucket, 40 and 20 a second", "{algorithm: tokenBucket, limit: 40, refill: 20, period: 1s}");
        policies.put("leakyBucket, 20 a second", "{algorithm: leakyBucket, limit: 20, period: 1s}");
        policies.put("fixedWindow, 20 a second", "{algorithm: fixedWindow, limit: 20, period: 1s}");
        policies.put("slidingWindow, 20 a second", "{algorithm: slidingWindow, limit: 20, period: 1s}");
        policies.put("concurrency, 4 at once, each 50 ms", "{algorithm: concurrency, limit: 4}");
        for (Map.Entry<String, String> policy : policies.entrySet()) {
            measure(policy.getKey(), policy.getValue());
        }
        System.exit(0);
    }

    private static void measure(String name, String policy) throws Exception {
        ConcurrentLinkedQueue<Long> arrivals = new ConcurrentLinkedQueue<>();
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        long answerAfter = policy.contains("concurrency") ? 50 : 0;
        try (World world = new World(Files.createTempDirectory("patchbay-bench-governor"))) {
            world.serve("/api/items", exchange -> {
                arrivals.add(System.nanoTime());
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                try {
                    Thread.sleep(answerAfter);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                now.decrementAndGet();
                World.json(exchange, 200, "{\"ok\":true}");
            });
            world.shop(
                    "{none: {type: none}}",
                    "rateLimit: {maxWait: 5m, policies: [" + policy + "]}",
                    "items.get: {kind: read, method: GET, path: /items}",
                    "");
            call(world);
            arrivals.clear();
            long end = System.nanoTime() + TIME.toNanos();
            ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                all.add(callers.submit(() -> {
                    int calls = 0;
                    while (System.nanoTime() < end) {
                        call(world);
                        calls++;
                    }
                    return calls;
                }));
            }
            for (Future<Integer> one : all) {
                one.get();
            }
            callers.shutdown();
            tell(
                    name,
                    arrivals.stream()
                            .mapToLong(Long::longValue)
                            .filter(at -> at < end)
                            .toArray(),
                    most.get());
        }
    }

    private static JsonNode call(World world) throws Exception {
        Payload answer = world.answer(
                "connector:shop/items.get", World.payload("{}"), new FakeAttempt(Map.of(), Map.of(), null, 0), null);
        return answer.parsed().tree();
    }

    private static void tell(String name, long[] at, int together) {
        Arrays.sort(at);
        int most = 0;
        int from = 0;
        for (int to = 0; to < at.length; to++) {
            while (at[to] - at[from] >= 1_000_000_000L) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        System.out.printf(
                "%-36s %.1f a second on the whole, at most %d in any second, at most %d at once%n",
                name, at.length * 1e9 / TIME.toNanos(), most, together);
    }
}
