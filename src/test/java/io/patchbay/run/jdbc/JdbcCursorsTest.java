package io.patchbay.run.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import io.patchbay.payload.Body;
import io.patchbay.payload.CursorKind;
import io.patchbay.queue.Claim;
import io.patchbay.queue.Overlap;
import io.patchbay.queue.Priority;
import io.patchbay.queue.QueueProperties;
import io.patchbay.queue.StaleClaimException;
import io.patchbay.queue.Start;
import io.patchbay.queue.StartQueue.Policy;
import io.patchbay.queue.TableQueue;
import io.patchbay.run.Checkpoints;
import io.patchbay.run.PullCursor;
import io.patchbay.run.PullCursor.Key;
import io.patchbay.run.PullCursor.Move;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcCursorsTest {

    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private static final Key ORDERS = new Key("orders", "shop-uk", "orders.list");
    private static final Key ITEMS = new Key("items", "shop-uk", "items.list");

    @TempDir
    Path data;

    private Store store;
    private TableQueue queue;
    private JdbcRuns runs;

    @BeforeEach
    void open() throws Exception {
        store = Store.open(StoreProperties.embedded(), data, Clock.systemUTC());
        queue = new TableQueue(store, QueueProperties.defaults(), Clock.systemUTC());
        queue.policies(Map.of("orders", new Policy(Overlap.PARALLEL, 100, "rev1")));
        runs = new JdbcRuns(store, queue, queue.lists(), HistoryProperties.defaults(), Clock.systemUTC());
    }

    @AfterEach
    void close() throws Exception {
        runs.close();
        store.close();
    }

    private String finish(@Nullable Claim claim, Move... moves) throws Exception {
        String id = claim == null
                ? UuidCreator.getTimeOrderedEpochPlus1().toString()
                : claim.start().id();
        RunRecord record = new RunRecord(
                id,
                "orders",
                "rev1",
                "manual",
                RunStatus.SUCCEEDED,
                NOW,
                NOW,
                NOW,
                null,
                null,
                0,
                List.of(),
                List.of(),
                List.of());
        get(runs.checkpoints().finish(record, claim, Checkpoints.Moves.of(List.of(moves))));
        return id;
    }

    private static Move time(Key key, @Nullable String from, String to) {
        return new Move(key, key.digest().isEmpty() ? "" : "{}", CursorKind.DATETIME, from, to);
    }

    @Test
    void aRunMovesItsCursorsWithItsOutcomeAndTheyAreThereAfterACrash() throws Exception {
        String first =
                finish(null, time(ORDERS, null, "2026-01-01T00:00:00Z"), time(ITEMS, null, "2026-01-02T00:00:00Z"));
        assertThat(runs.cursors().find(ORDERS))
                .contains(new PullCursor(ORDERS, "", CursorKind.DATETIME, "2026-01-01T00:00:00Z", NOW, first));

        finish(null, time(ORDERS, "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"));
        close();
        open();

        assertThat(runs.checkpoints().cursor(ORDERS))
                .isEqualTo(new PullCursor.At(CursorKind.DATETIME, "2026-02-01T00:00:00Z"));
        assertThat(runs.cursors().list(null)).extracting(PullCursor::key).containsExactly(ITEMS, ORDERS);
        assertThat(runs.cursors().list("orders")).extracting(PullCursor::key).containsExactly(ORDERS);
        assertThat(runs.checkpoints().cursor(new Key("other", "shop-uk", "orders.list")))
                .isNull();
    }

    @Test
    void aCursorTakesTheKindOfWhatMovesIt() throws Exception {
        finish(null, new Move(ORDERS, "", CursorKind.SEQUENCE, null, "17"));
        finish(null, time(ORDERS, "17", "2026-02-01T00:00:00Z"));

        assertThat(runs.cursors().find(ORDERS).orElseThrow().kind()).isEqualTo(CursorKind.DATETIME);
    }

    @Test
    void listsOfOtherInputsHaveCursorsOfTheirOwn() throws Exception {
        Key one = new Key("orders", "shop-uk", "orders.list", "a");
        Key other = new Key("orders", "shop-uk", "orders.list", "b");
        finish(null, time(one, null, "2026-01-01T00:00:00Z"), time(other, null, "2026-02-01T00:00:00Z"));
        finish(null, time(one, "2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z"));

        assertThat(runs.cursors().find(ORDERS)).isEmpty();
        assertThat(runs.cursors().find(one).orElseThrow().inputs()).isEqualTo("{}");
        assertThat(runs.cursors().list("orders"))
                .extracting(PullCursor::position)
                .containsExactly("2026-03-01T00:00:00Z", "2026-02-01T00:00:00Z");
    }

    @Test
    void aCursorThatStandsElsewhereByNowStays() throws Exception {
        String first = finish(null, time(ORDERS, null, "2026-01-01T00:00:00Z"));

        finish(null, time(ORDERS, null, "2026-05-01T00:00:00Z"));
        finish(null, time(ORDERS, "2025-01-01T00:00:00Z", "2026-05-01T00:00:00Z"));

        assertThat(runs.cursors().find(ORDERS).orElseThrow())
                .isEqualTo(new PullCursor(ORDERS, "", CursorKind.DATETIME, "2026-01-01T00:00:00Z", NOW, first));
    }

    @Test
    void aRunThatWasFencedOffMovesNothing() throws Exception {
        String id = UuidCreator.getTimeOrderedEpochPlus1().toString();
        get(queue.accept(new Start(id, "orders", "webhook", Priority.REGULAR, NOW, Body.EMPTY, Map.of(), null, null)));
        Claim claim = queue.claim(1).get(0);
        finish(claim, time(ORDERS, null, "2026-01-01T00:00:00Z"));

        assertThatThrownBy(() -> finish(claim, time(ORDERS, "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z")))
                .hasCauseInstanceOf(StaleClaimException.class);

        assertThat(runs.checkpoints().cursor(ORDERS))
                .isEqualTo(new PullCursor.At(CursorKind.DATETIME, "2026-01-01T00:00:00Z"));
    }

    @Test
    void anOperatorPutsAndForgetsACursor() throws Exception {
        finish(null, new Move(ORDERS, "", CursorKind.SEQUENCE, null, "17"));

        assertThat(get(runs.cursors().put(ORDERS, "5"))).isTrue();
        PullCursor put = runs.cursors().find(ORDERS).orElseThrow();
        assertThat(put.position()).isEqualTo("5");
        assertThat(put.run()).isNull();
        assertThat(get(runs.cursors().forget(ORDERS))).isTrue();

        assertThat(runs.cursors().find(ORDERS)).isEmpty();
        assertThat(get(runs.cursors().put(ORDERS, "5"))).isFalse();
        assertThat(get(runs.cursors().forget(ORDERS))).isFalse();
    }

    @Test
    void whatWasSeenIsChangedOnlyWhileItIsSo() throws Exception {
        finish(null, new Move(ORDERS, "", CursorKind.SEQUENCE, null, "17"));
        PullCursor seen = runs.cursors().find(ORDERS).orElseThrow();

        assertThat(get(runs.cursors().put(seen, "5"))).isTrue();
        assertThat(get(runs.cursors().put(seen, "6"))).isFalse();
        assertThat(get(runs.cursors().forget(seen))).isFalse();

        PullCursor now = runs.cursors().find(ORDERS).orElseThrow();
        assertThat(now.position()).isEqualTo("5");
        assertThat(get(runs.cursors().forget(now))).isTrue();
        assertThat(runs.cursors().find(ORDERS)).isEmpty();
    }

    @Test
    void aPositionHasTheFormOfItsKind() {
        assertThat(PullCursor.position(CursorKind.DATETIME, "2026-03-01T12:00:00Z"))
                .isEqualTo("2026-03-01T12:00:00Z");
        assertThat(PullCursor.position(CursorKind.SEQUENCE, "1e3")).isEqualTo("1000");
        assertThatThrownBy(() -> PullCursor.position(CursorKind.DATETIME, "yesterday"))
                .hasMessage("'yesterday' is not a time like 2026-03-01T12:00:00Z");
        assertThatThrownBy(() -> PullCursor.position(CursorKind.SEQUENCE, "x")).hasMessage("'x' is not a number");
        assertThatThrownBy(() -> PullCursor.position(CursorKind.SEQUENCE, "1e999999999"))
                .hasMessage("'1e999999999' is not a number");
        assertThatThrownBy(() -> PullCursor.position(CursorKind.TOKEN, " ")).hasMessageContaining("1 to 4000");
        PullCursor time = new PullCursor(ORDERS, "", CursorKind.DATETIME, "2026-03-01T12:00:00Z", NOW, null);
        assertThat(time.back(Duration.ofDays(1))).isEqualTo("2026-02-28T12:00:00Z");
        PullCursor token = new PullCursor(ORDERS, "", CursorKind.TOKEN, "t", NOW, null);
        assertThatThrownBy(() -> token.back(Duration.ofDays(1))).hasMessageContaining("only a cursor that is a time");
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }
}
