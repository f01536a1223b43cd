package io.patchbay.queue;

import static io.patchbay.queue.Starts.PARALLEL;
import static io.patchbay.queue.Starts.accept;
import static io.patchbay.queue.Starts.end;
import static io.patchbay.queue.Starts.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patchbay.payload.Body;
import io.patchbay.queue.StartQueue.Policy;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Two replicas on one PostgreSQL. */
class TableQueueIT {

    private static final QueueProperties BOUNDS = new QueueProperties(
            100_000, 100_000, DataSize.ofMegabytes(100), Duration.ofMinutes(1), Duration.ofSeconds(2), 3);

    private static EmbeddedPostgres postgres;
    private static int databases;

    @TempDir
    Path data;

    private StoreProperties settings;
    private Replica one;
    private Replica two;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "on").start();
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void open() throws Exception {
        String name = "queue" + databases++;
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        settings = new StoreProperties(postgres.getJdbcUrl("postgres", name), "postgres", null, 6, DataSize.ofBytes(0));
        one = new Replica("one");
        two = new Replica("two");
    }

    @AfterEach
    void close() throws Exception {
        one.close();
        two.close();
    }

    @Test
    void anEventThatComesToBothReplicasAtOnceStartsOneRun() throws Exception {
        for (Replica replica : List.of(one, two)) {
            replica.queue.policies(Map.of("a", PARALLEL));
        }
        int events = 300;
        List<java.util.concurrent.CompletableFuture<String>> writes = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            Once once = new Once("event-" + i, Duration.ofHours(1));
            for (Replica replica : i % 2 == 0 ? List.of(one, two) : List.of(two, one)) {
                writes.add(replica.queue.accept(Starts.of("a", "webhook"), once));
            }
        }
        Set<String> runs = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < writes.size(); i += 2) {
            String run = writes.get(i).get(30, TimeUnit.SECONDS);
            assertThat(writes.get(i + 1).get(30, TimeUnit.SECONDS)).isEqualTo(run);
            runs.add(run);
        }
        assertThat(runs).hasSize(events);
        try (var connection = one.store.database().dataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*), count(distinct id) from start")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(events);
        }
    }

    @Test
    void noStartIsClaimedTwiceAndNoneIsLost() throws Exception {
        Set<String> accepted = ConcurrentHashMap.newKeySet();
        Set<String> claimed = ConcurrentHashMap.newKeySet();
        AtomicInteger doubled = new AtomicInteger();
        int all = 2_000;
        Map<String, Policy> policies = Map.of("a", PARALLEL, "b", PARALLEL, "c", PARALLEL);
        CountDownLatch done = new CountDownLatch(2);
        for (Replica replica : List.of(one, two)) {
            replica.queue.policies(policies);
            List<java.util.concurrent.CompletableFuture<Boolean>> writes = new ArrayList<>();
            for (int i = 0; i < all / 2; i++) {
                Start start = Starts.of(List.of("a", "b", "c").get(i % 3), "webhook");
                accepted.add(start.id());
                writes.add(replica.queue.accept(start));
            }
            writes.forEach(write -> assertThat(write.join()).isTrue());
        }
        for (Replica replica : List.of(one, two)) {
            new Thread(() -> {
                        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
                        while (claimed.size() < all && System.nanoTime() < until) {
                            for (Claim claim : replica.queue.claim(16)) {
                                if (!claimed.add(claim.start().id())) {
                                    doubled.incrementAndGet();
                                }
                                end(replica.store, replica.queue, claim).join();
                            }
                        }
                        done.countDown();
                    })
                    .start();
        }
        assertThat(done.await(90, TimeUnit.SECONDS)).isTrue();
        assertThat(doubled.get()).isZero();
        assertThat(claimed).isEqualTo(accepted);
    }

    @Test
    void oneRunAtATimeHoldsOverAllReplicas() throws Exception {
        Map<String, Policy> policies =
                Map.of("single", new Policy(Overlap.QUEUE, 1, "r"), "three", new Policy(Overlap.PARALLEL, 3, "r"));
        for (int i = 0; i < 10; i++) {
            accept(one.queue, Starts.of("single", "webhook"));
            accept(two.queue, Starts.of("three", "webhook"));
        }
        one.queue.policies(policies);
        two.queue.policies(policies);
        List<Claim> claims = new ArrayList<>();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            claims.addAll(one.queue.claim(2));
            claims.addAll(two.queue.claim(2));
            return claims.size() >= 4;
        });
        claims.addAll(one.queue.claim(10));
        claims.addAll(two.queue.claim(10));
        assertThat(claims.stream().map(claim -> claim.start().flow()))
                .containsExactlyInAnyOrder("single", "three", "three", "three");
    }

    @Test
    void aDeadReplicasStartsComeBackWhenItsLeaseEndsAndItsLateEndIsRefused() throws Exception {
        Start start = Starts.of("a", "webhook");
        accept(one.queue, start);
        one.queue.policies(Map.of("a", PARALLEL));
        Claim dead = one.queue.claim(1).get(0);
        one.stopRenewing();
        two.queue.policies(Map.of("a", PARALLEL));
        List<Claim> taken = new ArrayList<>();
        await().atMost(Duration.ofSeconds(20)).until(() -> taken.addAll(two.queue.claim(1)));
        assertThat(ids(taken)).containsExactly(start.id());
        assertThat(taken.get(0).crashes()).isEqualTo(1);
        assertThatThrownBy(() -> end(one.store, one.queue, dead).get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(StaleClaimException.class);
        end(two.store, two.queue, taken.get(0)).get(10, TimeUnit.SECONDS);
    }

    @Test
    void aLivingReplicaKeepsItsClaimsHoweverLongTheyTake() throws Exception {
        accept(one.queue, Starts.of("a", "webhook"));
        one.queue.policies(Map.of("a", PARALLEL));
        two.queue.policies(Map.of("a", PARALLEL));
        Claim claim = one.queue.claim(1).get(0);
        await().during(Duration.ofSeconds(5))
                .atMost(Duration.ofMinutes(1))
                .until(() -> two.queue.claim(1).isEmpty());
        end(one.store, one.queue, claim).get(10, TimeUnit.SECONDS);
    }

    @Test
    void aRestartedReplicaHasItsOwnClaimsBackAtOnceAndNotTheOthers() throws Exception {
        for (int i = 0; i < 4; i++) {
            accept(one.queue, Starts.of("a", "webhook"));
        }
        two.queue.policies(Map.of("a", PARALLEL));
        one.queue.policies(Map.of("a", PARALLEL));
        List<Claim> others = new ArrayList<>();
        await().atMost(Duration.ofMinutes(1)).until(() -> others.addAll(two.queue.claim(2)));
        List<Claim> own = one.queue.claim(10);
        assertThat(own).hasSize(4 - others.size());
        one.crash();
        one.queue.policies(Map.of("a", PARALLEL));
        List<Claim> again = one.queue.claim(10);
        assertThat(ids(again)).containsExactlyInAnyOrderElementsOf(ids(own));
        assertThat(again).allMatch(claim -> claim.crashes() == 1 && claim.epoch() == 2);
    }

    @Test
    void skipAndLatestHoldOverAllReplicas() throws Exception {
        one.queue.policies(
                Map.of("skip", new Policy(Overlap.SKIP, 1, "r"), "last", new Policy(Overlap.LATEST, 1, "r")));
        two.queue.policies(
                Map.of("skip", new Policy(Overlap.SKIP, 1, "r"), "last", new Policy(Overlap.LATEST, 1, "r")));
        assertThat(accept(one.queue, Starts.of("skip", "schedule"))).isTrue();
        assertThat(accept(two.queue, Starts.of("skip", "schedule"))).isFalse();
        accept(one.queue, Starts.of("last", "schedule"));
        Start newer = Starts.of("last", "schedule");
        accept(two.queue, newer);
        assertThat(two.queue.lists().list("last", QueuedStart.State.WAITING, null, 10))
                .extracting(QueuedStart::id)
                .containsExactly(newer.id());
    }

    @Test
    void aBodyInAFileIsOnlyClaimedByAReplicaThatSeesIt() throws Exception {
        accept(one.queue, Starts.of("a", "webhook", new Body.Bytes(new byte[100_000], "x/y")));
        two.queue.policies(Map.of("a", PARALLEL));
        await().during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(6))
                .until(() -> two.queue.claim(1).isEmpty());
        one.queue.policies(Map.of("a", PARALLEL));
        await().atMost(Duration.ofSeconds(5)).until(() -> one.queue.claim(1).size() == 1);
    }

    @Test
    void aStartWithTheSameIdIsWrittenOnce() throws Exception {
        Start start = Starts.of("a", "file");
        assertThat(accept(one.queue, start)).isTrue();
        assertThat(accept(two.queue, start)).isTrue();
        one.queue.policies(Map.of("a", PARALLEL));
        List<Claim> claims = one.queue.claim(10);
        assertThat(claims).hasSize(1);
        end(one.store, one.queue, claims.get(0)).get(10, TimeUnit.SECONDS);
        assertThat(accept(two.queue, start)).isTrue();
        two.queue.policies(Map.of("a", PARALLEL));
        assertThat(two.queue.claim(10)).isEmpty();
    }

    /** A process, as far as the database can tell. */
    private final class Replica {
        private final String name;
        private Store store;
        private TableQueue queue;

        Replica(String name) throws Exception {
            this.name = name;
            open();
        }

        private void open() throws Exception {
            store = Store.open(settings, data.resolve(name), Clock.systemUTC());
            queue = new TableQueue(store, BOUNDS, Clock.systemUTC());
        }

        void crash() throws Exception {
            stopRenewing();
            store.close();
            open();
        }

        void stopRenewing() {
            queue.stopHousekeeping();
        }

        void close() throws Exception {
            queue.close();
            store.close();
        }
    }
}
