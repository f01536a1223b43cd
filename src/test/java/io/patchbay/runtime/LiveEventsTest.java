package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patchbay.payload.Body;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import io.patchbay.run.WaitingPayload;
import io.patchbay.run.jdbc.JdbcWaits;
import io.patchbay.shape.wait.Awaits;
import io.patchbay.shape.wait.Decision;
import io.patchbay.shape.wait.WaitState;
import io.patchbay.shape.wait.Waits;
import io.patchbay.store.SqlWork;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Events on a real store; what takes the payloads on is written by hand. */
class LiveEventsTest {

    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");
    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final Set<String> broken = ConcurrentHashMap.newKeySet();
    private final Set<String> threads = ConcurrentHashMap.newKeySet();
    private final CountDownLatch free = new CountDownLatch(1);
    private volatile boolean hangs;
    private volatile Instant now = NOW;
    private Store store;
    private JdbcWaits rows;
    private LiveEvents events;

    @BeforeEach
    void open() throws Exception {
        store = Store.open(StoreProperties.embedded(), folder, Clock.systemUTC());
        rows = new JdbcWaits(store);
        events = events(Duration.ofDays(1), 10_000);
    }

    @AfterEach
    void close() throws Exception {
        free.countDown();
        events.close();
        store.close();
    }

    private LiveEvents events(Duration early, long most) {
        WaitsProperties bounds = new WaitsProperties(
                100, 100, DataSize.ofMegabytes(1), Duration.ofDays(1), early, most, 100, DataSize.ofKilobytes(1));
        return new LiveEvents(rows, this::release, bounds, new WaitCounts(bounds), new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        });
    }

    private CompletableFuture<WaitingPayload> release(WaitingPayload waited, Decision says, SqlWork more) {
        threads.add(Thread.currentThread().getName());
        if (hangs) {
            try {
                free.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        if (broken.contains(waited.id())) {
            throw new IllegalStateException("its content cannot be read");
        }
        String run = "run-" + waited.id();
        return store.commits()
                .write(tx -> {
                    rows.decide(waited.id(), says, run).run(tx);
                    more.run(tx);
                })
                .thenApply(written -> waited.with(says, run));
    }

    private CompletableFuture<Waits.Arrival> arrive(String id, String key) {
        WaitingPayload one = new WaitingPayload(
                id,
                new WaitingPayload.Left("r-" + id, now, "orders", "abc", "paid", "r1/pull.0", false),
                new WaitingPayload.Wish(Awaits.EVENT, key, null, null, now.plusSeconds(9_999)),
                now,
                null,
                null,
                2,
                Map.of(),
                null);
        Body body = new Body.Bytes("{}".getBytes(StandardCharsets.UTF_8), "application/json");
        return rows.arrive(one, new Payload(new Lineage("r1/pull.0"), body, RecordPath.ROOT, Map.of()));
    }

    private CompletableFuture<Waits.Told> tell(@Nullable String id, String key) {
        return events.tell(new Waits.Event(id, "", key, null, null, "api", null));
    }

    private WaitState state(String id) {
        return rows.find(id).orElseThrow().state();
    }

    @Test
    void whatCannotGoOnKeepsNobodyBehindItAndGoesOnWhenItCan() {
        arrive("w1", "k").join();
        arrive("w2", "k").join();
        arrive("w3", "other").join();
        broken.addAll(List.of("w1", "w3"));

        Waits.Told told = tell("e1", "k").join();
        assertThat(told.runs()).containsExactly("run-w2");
        assertThat(told.left()).isEqualTo(1);
        Waits.Told none = tell("e2", "other").join();
        assertThat(none.runs()).isEmpty();
        assertThat(none.kept()).as("it is not for those that come later").isNull();
        assertThat(none.left()).isEqualTo(1);

        now = NOW.plus(Duration.ofHours(20));
        events.missed();
        events.sweep();
        assertThat(state("w1")).isEqualTo(WaitState.WAITING);
        broken.remove("w3");
        events.missed();
        assertThat(state("w3")).as("behind w1, which is still broken").isEqualTo(WaitState.RELEASED);
        broken.clear();
        events.missed();
        assertThat(state("w1")).isEqualTo(WaitState.RELEASED);
        assertThat(rows.events().kept()).isZero();
        assertThat(tell("e1", "k").join().before()).isTrue();
    }

    @Test
    void anEventLetsSomeGoOnInItsCallAndTheRestWithTheTicks() {
        List<CompletableFuture<Waits.Arrival>> all = new ArrayList<>();
        for (int i = 0; i < 620; i++) {
            all.add(arrive("w%03d".formatted(i), "k"));
        }
        all.forEach(CompletableFuture::join);

        Waits.Told told = tell(null, "k").join();

        assertThat(told.runs()).hasSize(500).doesNotHaveDuplicates();
        assertThat(told.left()).isEqualTo(120);
        now = NOW.plusSeconds(1);
        arrive("later", "k").join();
        now = NOW.plusSeconds(10);
        events.missed();
        assertThat(rows.under("k", null, 500)).extracting(WaitingPayload::id).containsExactly("later");
        assertThat(rows.events().kept()).isZero();
    }

    @Test
    void withoutRoomForLaterOnesAnEventStillReachesThoseThatWait() {
        events.close();
        events = events(Duration.ZERO, 0);
        arrive("w1", "k").join();
        broken.add("w1");
        assertThat(tell(null, "k").join().left()).isEqualTo(1);
        assertThat(tell(null, "nobody").join()).isEqualTo(new Waits.Told(List.of(), null, false));
        assertThat(rows.events().kept()).as("the one that is owed").isEqualTo(1);

        now = NOW.plus(Duration.ofHours(20));
        events.sweep();
        broken.clear();
        events.missed();

        assertThat(state("w1")).isEqualTo(WaitState.RELEASED);
    }

    @Test
    void tooManyEventsAtOnceAreRefusedAndHoldFewThreads() {
        for (int i = 0; i < 8; i++) {
            arrive("w" + i, "k" + i).join();
        }
        hangs = true;
        List<CompletableFuture<Waits.Told>> told = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            told.add(tell("e" + i, "k" + i % 8));
        }
        await().atMost(SOON).until(() -> threads.size() == 4);

        assertThatThrownBy(() -> tell("more", "k1").join()).cause().isInstanceOfSatisfying(StepException.class, why -> {
            assertThat(why.code()).isEqualTo("EVENTS_BUSY");
            assertThat(why.retryable()).isTrue();
            assertThat(why.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        });
        assertThat(rows.events().find(JdbcWaits.digest("more")))
                .as("it may be told again")
                .isEmpty();
        free.countDown();
        await().atMost(SOON).until(() -> told.stream().allMatch(CompletableFuture::isDone));
        assertThat(told).noneMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(threads).hasSize(4).allSatisfy(name -> assertThat(name).startsWith("patchbay-events-"));
        assertThat(tell("more", "k1").join().before()).isFalse();
    }
}
