package io.patchbay.run.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.shape.dedupe.Pools.Answer;
import io.patchbay.shape.dedupe.Pools.Asking;
import io.patchbay.shape.dedupe.Pools.Key;
import io.patchbay.store.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What holds of pools on either database. */
final class PoolChecks {

    private PoolChecks() {}

    static Asking asking(String run, String life, @Nullable String replays) {
        return new Asking("orders", "", Duration.ofDays(90), run, life, replays);
    }

    static Asking asking(String run) {
        return asking(run, "1", null);
    }

    static List<Key> keys(String... texts) {
        return IntStream.range(0, texts.length)
                .mapToObj(i -> new Key(texts[i], "m." + i))
                .toList();
    }

    /** A start that waits or runs. */
    static void started(Store store, String run) throws SQLException {
        change(
                store,
                "insert into start (seq, id, flow, status, due, size, trigger_kind, priority, queued_at, content_type, epoch, crashes)"
                        + " values (?, ?, 'f', 'C', 0, 0, 'manual', 3, ?, 'x', 1, 0)",
                (long) run.hashCode(),
                run,
                Instant.now().atOffset(ZoneOffset.UTC));
    }

    /** The start of a run is gone, its record says that it ended. */
    static void over(Store store, String run) throws SQLException {
        change(store, "delete from start where id = ?", run);
        Object now = Instant.now().atOffset(ZoneOffset.UTC);
        change(
                store,
                "insert into run (id, flow, revision, trigger_kind, status, queued_at, started_at, ended_at, resumed, shapes, owner)"
                        + " values (?, 'f', 'r', 'manual', 'failed', ?, ?, ?, 0, '[]', 'o')",
                run,
                now,
                now,
                now);
    }

    private static void change(Store store, String sql, Object... values) throws SQLException {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    static int remember(JdbcPools pools, Asking asking, String... keys) throws Exception {
        return pools.remember(asking, List.of(keys)).get(20, TimeUnit.SECONDS);
    }

    /** Many threads, as of several flows, claim the same pages in different orders: each key has one claimant. */
    static void oneClaimsEachKey(Store store, List<JdbcPools> replicas) throws Exception {
        int threads = 8;
        int keys = 250;
        int pages = 6;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<int[]>> work = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                String run = "run-" + t;
                started(store, run);
                JdbcPools its = replicas.get(t % replicas.size());
                List<Integer> order =
                        new ArrayList<>(IntStream.range(0, keys).boxed().toList());
                Collections.shuffle(order, new java.util.Random(t));
                work.add(() -> {
                    int[] won = new int[pages * keys];
                    for (int page = 0; page < pages; page++) {
                        int first = page * keys;
                        List<Key> asked = order.stream()
                                .map(i -> new Key("k" + (first + i), run + "." + i))
                                .toList();
                        List<Answer> answers = its.claim(asking(run), asked);
                        for (int i = 0; i < keys; i++) {
                            won[first + order.get(i)] = answers.get(i) == Answer.NEW ? 1 : 0;
                            assertThat(answers.get(i)).isIn(Answer.NEW, Answer.CLAIMED);
                        }
                    }
                    return won;
                });
            }
            int[] sum = new int[pages * keys];
            for (Future<int[]> won : pool.invokeAll(work)) {
                int[] its = won.get(60, TimeUnit.SECONDS);
                Arrays.setAll(sum, i -> sum[i] + its[i]);
            }
            assertThat(sum).containsOnly(1);
        } finally {
            pool.shutdownNow();
        }
    }

    /** A claim holds while its run goes on or waits, and is remembered, released or taken over then. */
    static void claimsGoWithTheirRuns(Store store, JdbcPools pools) throws Exception {
        started(store, "one");
        started(store, "two");
        assertThat(pools.claim(asking("one"), keys("a", "b", "a")))
                .containsExactly(Answer.NEW, Answer.NEW, Answer.REPEATED);
        assertThat(pools.claim(asking("one"), keys("a", "b", "a")))
                .as("the same records, tried again")
                .containsExactly(Answer.NEW, Answer.NEW, Answer.REPEATED);
        assertThat(pools.claim(asking("two"), keys("a", "b", "c")))
                .containsExactly(Answer.CLAIMED, Answer.CLAIMED, Answer.NEW);
        assertThat(pools.look(asking("two"), keys("a")))
                .as("a claim is not known")
                .containsExactly(Answer.NEW);

        assertThat(remember(pools, asking("one"), "a", "c", "x"))
                .as("not claimed by it")
                .isEqualTo(2);
        assertThat(pools.claim(asking("two"), keys("a"))).containsExactly(Answer.KNOWN);
        assertThat(pools.look(asking("two"), keys("a"))).containsExactly(Answer.KNOWN);

        assertThat(pools.claim(asking("one", "2", null), keys("z", "b", "a")))
                .as("what an earlier life claimed is its own; what it sent is known")
                .containsExactly(Answer.NEW, Answer.NEW, Answer.KNOWN);
        assertThat(pools.claim(asking("one", "2", null), keys("a")))
                .as("the very record that was sent goes on, for shapes behind")
                .containsExactly(Answer.NEW);

        over(store, "one");
        assertThat(pools.claim(asking("two"), keys("b", "a"))).containsExactly(Answer.NEW, Answer.KNOWN);
        assertThat(pools.claimed(asking("two"), List.of("m.0", "m.2", "none")))
                .containsOnlyKeys("m.0", "m.2")
                .containsEntry("m.2", "c");
    }

    /** What is learned at once is known to all but to the run that is taken up again, and to a replay of it. */
    static void learnsAtOnce(JdbcPools pools) {
        assertThat(pools.learn(asking("one"), keys("a", "a", "b")))
                .containsExactly(Answer.NEW, Answer.REPEATED, Answer.NEW);
        assertThat(pools.learn(asking("two"), keys("a", "c"))).containsExactly(Answer.KNOWN, Answer.NEW);
        assertThat(pools.learn(asking("one", "2", null), keys("x", "a"))).containsExactly(Answer.NEW, Answer.NEW);
        assertThat(pools.learn(asking("three", "1", "one"), keys("y", "b"))).containsExactly(Answer.NEW, Answer.NEW);
        assertThat(pools.learn(asking("four"), keys("b"))).containsExactly(Answer.KNOWN);
    }

    /** An operator's view. */
    static void listsForgetsAndTakesIn(JdbcPools pools) throws Exception {
        KeptPools kept = pools.kept();
        assertThat(kept.add(
                        "orders",
                        List.of(
                                new KeptPools.Line("", "a1"),
                                new KeptPools.Line("", "a2"),
                                new KeptPools.Line("e", "a1")),
                        Duration.ofDays(1)))
                .isEqualTo(3);
        assertThat(kept.add(
                        "orders",
                        List.of(new KeptPools.Line("", "a2"), new KeptPools.Line("", "b")),
                        Duration.ofDays(1)))
                .isEqualTo(1);
        assertThat(pools.look(asking("one"), keys("a1", "b", "c")))
                .containsExactly(Answer.KNOWN, Answer.KNOWN, Answer.NEW);
        assertThat(kept.pools()).containsExactly(new KeptPools.PoolSize("orders", 4, 0));
        List<KeptPools.PoolKey> first = kept.keys("orders", new KeptPools.Query(null, null, null, 3));
        assertThat(first).extracting(KeptPools.PoolKey::key).containsExactly("a1", "a2", "b");
        assertThat(kept.keys("orders", new KeptPools.Query(null, null, new KeptPools.Place("", "b"), 3)))
                .extracting(KeptPools.PoolKey::entity)
                .containsExactly("e");
        assertThat(kept.keys("orders", new KeptPools.Query("", "a", null, 9))).hasSize(2);
        assertThat(kept.forget("orders", "", "a1")).isTrue();
        assertThat(kept.forget("orders", "", "a1")).isFalse();
        assertThat(kept.forgetAll("orders", null, "a")).isEqualTo(2);
        assertThat(kept.forgetAll("orders", null, null)).isEqualTo(1);
    }

    /** A clock that can be put forward. */
    static final class Hands extends Clock {
        private volatile Instant now = Instant.now();

        void forward(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
