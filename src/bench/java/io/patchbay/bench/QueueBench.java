package io.patchbay.bench;

import com.github.f4b6a3.uuid.UuidCreator;
import io.patchbay.payload.Body;
import io.patchbay.queue.Claim;
import io.patchbay.queue.Overlap;
import io.patchbay.queue.Priority;
import io.patchbay.queue.QueueProperties;
import io.patchbay.queue.Start;
import io.patchbay.queue.StartQueue.Policy;
import io.patchbay.queue.TableQueue;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.springframework.util.unit.DataSize;

/**
 * The start queue alone: durable accepts from 128 callers that each wait for their sync, then claims of 64 with their
 * acknowledgements; on the H2 file and, with the argument {@code postgresql}, on PostgreSQL with fsync.
 */
public final class QueueBench {

    private static final int CALLERS = 128;
    private static final int FLOWS = Integer.getInteger("flows", 50);
    private static final int CLAIMS = 64;
    private static final Duration WARM = Duration.ofSeconds(8);
    private static final Duration MEASURED = Duration.ofSeconds(15);

    private QueueBench() {}

    /** Measures and prints. */
    public static void main(String[] args) throws Exception {
        Path data = Files.createTempDirectory(Path.of("target"), "queue-bench-");
        if (args.length > 0 && args[0].equals("postgresql")) {
            try (EmbeddedPostgres postgres =
                    EmbeddedPostgres.builder().setServerConfig("fsync", "on").start()) {
                measure(
                        "PostgreSQL",
                        new StoreProperties(
                                postgres.getJdbcUrl("postgres", "postgres"), "postgres", null, 8, DataSize.ofBytes(0)),
                        data);
            }
        } else {
            measure("H2 file", StoreProperties.embedded(), data);
        }
        System.exit(0);
    }

    private static void measure(String name, StoreProperties settings, Path data) throws Exception {
        QueueProperties bounds = new QueueProperties(
                10_000_000, 10_000_000, DataSize.ofGigabytes(100), Duration.ofMinutes(1), Duration.ofSeconds(30), 3);
        try (Store store = Store.open(settings, data, Clock.systemUTC());
                TableQueue queue = new TableQueue(store, bounds, Clock.systemUTC())) {
            accept(queue, WARM);
            long[] took = accept(queue, MEASURED);
            System.out.printf(
                    "%s: %d accepts/s, p50 %.1f ms, p99 %.1f ms, longest %.1f ms%n",
                    name,
                    took.length / MEASURED.toSeconds(),
                    took[took.length / 2] / 1e6,
                    took[(int) (took.length * 0.99)] / 1e6,
                    took[took.length - 1] / 1e6);
            Map<String, Policy> policies = new HashMap<>();
            for (int i = 0; i < FLOWS; i++) {
                policies.put("flow" + i, new Policy(Overlap.PARALLEL, 1_000_000, "revision"));
            }
            queue.policies(policies);
            claim(store, queue, WARM);
            long before = System.nanoTime();
            int claimed = claim(store, queue, MEASURED);
            System.out.printf(
                    "%s: %d claims and acknowledgements/s, groups of %d over %d flows%n",
                    name, (long) (claimed * 1e9 / (System.nanoTime() - before)), CLAIMS, FLOWS);
        }
    }

    private static long[] accept(TableQueue queue, Duration how) throws InterruptedException {
        byte[] body = new byte[2_048];
        new Random(7).nextBytes(body);
        long end = System.nanoTime() + how.toNanos();
        List<long[]> all = new ArrayList<>();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            Random random = new Random(i);
            Thread caller = new Thread(() -> {
                long[] took = new long[200_000];
                int n = 0;
                while (System.nanoTime() < end && n < took.length) {
                    long begin = System.nanoTime();
                    queue.accept(start("flow" + random.nextInt(FLOWS), body)).join();
                    took[n++] = System.nanoTime() - begin;
                }
                synchronized (all) {
                    all.add(Arrays.copyOf(took, n));
                }
            });
            callers.add(caller);
            caller.start();
        }
        for (Thread caller : callers) {
            caller.join();
        }
        return all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    }

    private static Start start(String flow, byte[] body) {
        return new Start(
                UuidCreator.getTimeOrderedEpoch().toString(),
                flow,
                "webhook",
                Priority.REGULAR,
                Clock.systemUTC().instant(),
                new Body.Bytes(body, "application/json"),
                Map.of("path.order", "17"),
                null,
                null);
    }

    /** Claims while the acknowledgements of the group before are on their way, as a dispatcher does. */
    private static int claim(Store store, TableQueue queue, Duration how) {
        long end = System.nanoTime() + how.toNanos();
        int claimed = 0;
        CompletableFuture<Void> before = CompletableFuture.completedFuture(null);
        while (System.nanoTime() < end) {
            List<Claim> claims = queue.claim(CLAIMS);
            if (claims.isEmpty()) {
                break;
            }
            before.join();
            before = CompletableFuture.allOf(claims.stream()
                    .map(claim -> store.progress().write(queue.acknowledge(claim)))
                    .toArray(CompletableFuture[]::new));
            claimed += claims.size();
        }
        before.join();
        return claimed;
    }
}
