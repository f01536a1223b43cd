package io.patchbay.route;

import static io.patchbay.route.FlowFixture.aStart;
import static io.patchbay.route.FlowFixture.claim;
import static io.patchbay.route.FlowFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.run.Slot;
import io.patchbay.run.jdbc.RunCaches;
import io.patchbay.shape.Stores;
import io.patchbay.shape.cache.Caches;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Two programs on one PostgreSQL work a key out once between them. */
class CachedByTwoProgramsIT {

    private static final String ONCE = """
            shapes:
              - id: once
                cached: { cache: shared, key: "sum-${record.n}", shapes: [ { id: summed, work-out: {} } ] }
              - { id: told, send: {} }
            """;

    @TempDir
    Path folder;

    @Test
    void workAKeyOutOnceBetweenThem() throws Exception {
        CachedTest.WorkOut work = new CachedTest.WorkOut();
        AtomicInteger waiting = new AtomicInteger();
        work.during = () -> await().atMost(Duration.ofSeconds(30)).until(() -> waiting.get() >= 7);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                Store one = open(postgres, "one");
                Store two = open(postgres, "two");
                FlowFixture first = program(one, work, waiting);
                FlowFixture second = program(two, work, waiting)) {
            List<CompletableFuture<Boolean>> runs = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                FlowFixture program = i % 2 == 0 ? first : second;
                String id = "run-" + i;
                runs.add(CompletableFuture.supplyAsync(
                                () -> program.runner.run(claim(aStart(id, json("{\"n\":1}")), 1, 0), Slot.NONE),
                                threads)
                        .thenCompose(run -> run));
            }
            for (CompletableFuture<Boolean> run : runs) {
                assertThat(run.get(60, TimeUnit.SECONDS)).isTrue();
            }

            assertThat(work.count).hasValue(1);
            for (FlowFixture program : List.of(first, second)) {
                assertThat(program.checkpoints.outcomes)
                        .hasSize(4)
                        .extracting(RunRecord::status)
                        .containsOnly(RunStatus.SUCCEEDED);
                assertThat(program.shapes.effects).hasSize(4).containsOnly("told:101");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private FlowFixture program(Store store, CachedTest.WorkOut work, AtomicInteger waiting) {
        FlowFixture flows = new FlowFixture(4);
        flows.types.add(work);
        flows.services = new HashMap<>(Map.of(
                Caches.class,
                new WatchedCaches(RunCaches.on(store, Clock.systemUTC()), waiting),
                Stores.class,
                new Stores(Map.of("shared", CachedTest.COMPANY), Map.of())));
        flows.start(folder.resolve("spill-" + System.identityHashCode(flows)));
        flows.deploy(ONCE);
        return flows;
    }

    private Store open(EmbeddedPostgres postgres, String name) throws Exception {
        return Store.open(
                new StoreProperties(
                        postgres.getJdbcUrl("postgres", "postgres"), "postgres", null, 6, DataSize.ofBytes(0)),
                folder.resolve(name),
                Clock.systemUTC());
    }
}
