package io.patchbay.run.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.run.RunHistory.Slice;
import io.patchbay.run.WaitingPayload;
import io.patchbay.run.WaitingPayloads.NotNowException;
import io.patchbay.run.WaitingPayloads.Query;
import io.patchbay.shape.wait.Awaits;
import io.patchbay.shape.wait.Decision;
import io.patchbay.shape.wait.WaitState;
import io.patchbay.shape.wait.Waits;
import io.patchbay.store.BodyFiles;
import io.patchbay.store.SqlWork;
import io.patchbay.store.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store must keep of payloads that wait, whatever database it is on. */
abstract class WaitsContract {

    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");

    @TempDir
    Path folder;

    private Store store;
    private JdbcWaits waits;

    abstract Store open(Path folder) throws Exception;

    @BeforeEach
    void open() throws Exception {
        store = open(folder);
        waits = new JdbcWaits(store);
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    private static WaitingPayload fresh(String id, String run, Awaits kind, @Nullable String key) {
        return new WaitingPayload(
                id,
                new WaitingPayload.Left(run, NOW, "orders", "abc", "approved", "r1/pull.0", false),
                new WaitingPayload.Wish(kind, key, "Order 7", "Please look", NOW.plusSeconds(60)),
                NOW,
                null,
                null,
                8,
                Map.of("shop", "\"uk\""),
                null);
    }

    private static Payload payload(String text) {
        return new Payload(
                new Lineage("r1/pull.0"),
                new Body.Bytes(text.getBytes(StandardCharsets.UTF_8), "application/json"),
                RecordPath.ROOT,
                Map.of("source", "shop"));
    }

    private static Decision decision(WaitState state) {
        return new Decision(state, "ada", "fine", NOW.plusSeconds(5), Json.NODES.numberNode(5));
    }

    private Waits.Arrival arrive(WaitingPayload one) {
        return waits.arrive(one, payload("{\"id\":7}")).join();
    }

    private static JdbcEvents.Event event(String id, String key, @Nullable String flow) {
        Decision says = new Decision(WaitState.RELEASED, "api", null, NOW, Json.NODES.textNode(id));
        return new JdbcEvents.Event(id, key, flow, says, NOW.plusSeconds(600), false, 0);
    }

    @Test
    void keepsAPayloadOnceAndTellsTheRunThatTakesItOnWhatWasDecided() {
        WaitingPayload one = fresh("w1", "r1", Awaits.APPROVAL, "order:7");
        assertThat(arrive(one)).isEqualTo(new Waits.Kept("w1"));
        assertThat(arrive(fresh("w2", "r1", Awaits.APPROVAL, "order:7"))).isEqualTo(new Waits.Kept("w1"));
        assertThat(waits.find("w1")).contains(one);
        assertThat(waits.payload("w1").orElseThrow().meta()).containsEntry("source", "shop");

        Decision approved = decision(WaitState.APPROVED);
        store.commits().write(waits.decide("w1", approved, "r2")).join();

        assertThat(waits.find("w1")).contains(one.with(approved, "r2"));
        assertThat(waits.payload("w1")).as("it went on").isEmpty();
        assertThat(arrive(fresh("w3", "r2", Awaits.APPROVAL, null))).isEqualTo(new Waits.Decided("w1", approved));
        assertThat(waits.known("r2", "approved", "r1/pull.0")).contains(new Waits.Decided("w1", approved));
        assertThat(arrive(fresh("w4", "r1", Awaits.APPROVAL, null)))
                .as("the first run, taken up again, lets nothing pass")
                .isEqualTo(new Waits.Kept("w1"));
        assertThat(arrive(fresh("w5", "r3", Awaits.APPROVAL, null)))
                .as("a replay waits again")
                .isEqualTo(new Waits.Kept("w5"));
        assertThatThrownBy(() -> store.commits()
                        .write(waits.decide("w1", decision(WaitState.REJECTED), "r9"))
                        .join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(NotNowException.class);
    }

    /** A flow may make what nobody could send: what cannot be read any more would hold its payload for ever. */
    @Test
    void whatCameWithADecisionIsReadHoweverManyKeysItHas() {
        ObjectNode large = Json.NODES.objectNode();
        for (int i = 0; i <= Json.MOST_KEYS; i++) {
            large.put("k" + i, i);
        }
        arrive(fresh("w1", "r1", Awaits.APPROVAL, "order:7"));
        Decision says = new Decision(WaitState.APPROVED, "ada", "fine", NOW, large);

        store.commits().write(waits.decide("w1", says, "r2")).join();

        assertThat(waits.find("w1").orElseThrow().decision()).isEqualTo(says);
    }

    @Test
    void listsInPartsByAllThatMayBeAsked() {
        for (int i = 0; i < 5; i++) {
            arrive(fresh("w" + i, "r" + i, i % 2 == 0 ? Awaits.APPROVAL : Awaits.EVENT, "k" + i));
        }
        waits.decided("w2", decision(WaitState.REJECTED)).join();
        Query waiting = new Query("orders", null, "approved", null, null, WaitState.WAITING);

        Slice<WaitingPayload> first = waits.list(waiting, null, 3);
        assertThat(first.data()).extracting(WaitingPayload::id).containsExactly("w0", "w1", "w3");
        assertThat(waits.list(waiting, first.next(), 3).data())
                .extracting(WaitingPayload::id)
                .containsExactly("w4");
        assertThat(waits.list(new Query(null, "r1", null, "k1", Awaits.EVENT, null), null, 9)
                        .data())
                .hasSize(1);
        assertThat(waits.list(new Query("other", null, null, null, null, null), null, 9)
                        .data())
                .isEmpty();
        assertThat(waits.payload("w2"))
                .as("nothing took it on, so it is still there")
                .isPresent();
        assertThat(waits.counts()).containsOnlyKeys("orders");
        assertThat(waits.counts().get("orders")).isEqualTo(new JdbcWaits.Count(4, 32));
        assertThat(waits.over(NOW.plusSeconds(59), null, 9)).isEmpty();
        assertThat(waits.over(NOW.plusSeconds(60), null, 3)).hasSize(3);
        waits.sweep(NOW.plusSeconds(6));
        assertThat(waits.find("w2")).isEmpty();
        assertThat(waits.find("w1")).isPresent();
    }

    @Test
    void thoseWhoseTimeIsOverComePartByPart() {
        for (int i = 0; i < 5; i++) {
            arrive(fresh("w" + i, "r" + i, Awaits.APPROVAL, null));
        }
        List<WaitingPayload> first = waits.over(NOW.plusSeconds(60), null, 3);
        List<WaitingPayload> rest = waits.over(NOW.plusSeconds(60), first.get(2), 3);

        assertThat(first).extracting(WaitingPayload::id).containsExactly("w0", "w1", "w2");
        assertThat(rest).extracting(WaitingPayload::id).containsExactly("w3", "w4");
    }

    @Test
    void whatWasDecidedIsKnownUntilItsRunHasEnded() throws Exception {
        for (String id : List.of("w1", "w2")) {
            arrive(fresh(id, "r-" + id, Awaits.APPROVAL, null));
            store.commits()
                    .write(waits.decide(id, decision(WaitState.REJECTED), "released-" + id))
                    .join();
        }
        run(
                "insert into start (seq, id, flow, status, due, size, trigger_kind, priority, queued_at, content_type, epoch, crashes)"
                        + " values (1, 'released-w1', 'orders', 'R', 0, 0, 'wait', 1, timestamp '2026-11-29 10:00:00', 'x', 0, 0)");

        waits.sweep(NOW.plusSeconds(6));

        assertThat(waits.find("w1")).isPresent();
        assertThat(waits.find("w2")).isEmpty();
        run("delete from start where id = 'released-w1'");
        waits.sweep(NOW.plusSeconds(6));
        assertThat(waits.find("w1")).isEmpty();
    }

    private void run(String sql) throws Exception {
        try (Connection connection = store.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }

    @Test
    void textsOfDataAndPeopleMayHoldANul() {
        WaitingPayload one = fresh("w1", "r1", Awaits.APPROVAL, null);
        WaitingPayload.Wish wish =
                new WaitingPayload.Wish(Awaits.APPROVAL, null, "Order\0 7", "Look\0", NOW.plusSeconds(60));
        waits.arrive(
                        new WaitingPayload(
                                one.id(), one.at(), wish, NOW, null, null, 8, Map.of("shop", "\"u\\u0000k\""), null),
                        payload("{\"id\":7}"))
                .join();
        waits.decided("w1", new Decision(WaitState.REJECTED, "a\0da", "no\0", NOW, null))
                .join();

        WaitingPayload kept = waits.find("w1").orElseThrow();
        assertThat(kept.wish().title()).isEqualTo("Order\uFFFD 7");
        assertThat(String.valueOf(kept.decision())).doesNotContain("\0");
        assertThat(waits.list(new Query("a\0", null, null, null, null, null), null, 9)
                        .data())
                .isEmpty();
    }

    @Test
    void aListLeavesOutWhatCameWithDecisions() {
        arrive(fresh("w1", "r1", Awaits.APPROVAL, null));
        waits.decided("w1", decision(WaitState.REJECTED)).join();
        Query all = new Query(null, null, null, null, null, null);

        assertThat(waits.list(all, null, 9).data())
                .singleElement()
                .extracting(one -> String.valueOf(one.decision()))
                .asString()
                .contains("ada", "data=null");
        assertThat(String.valueOf(waits.find("w1").orElseThrow().decision())).contains("data=5");
    }

    @Test
    void aLargeContentIsAFileUntilItGoesOn() throws Exception {
        String text = "\"" + "x".repeat(2_000_000) + "\"";
        waits.arrive(fresh("w1", "r1", Awaits.APPROVAL, null), payload(text)).join();
        assertThat(waits.payload("w1").orElseThrow().bytes()).hasSize(text.length());
        assertThat(files()).hasSize(1);
        waits.arrive(fresh("w2", "r1", Awaits.APPROVAL, null), payload(text)).join();
        assertThat(files()).as("a second one for nothing is let go of").hasSize(1);

        store.commits()
                .write(waits.decide("w1", decision(WaitState.APPROVED), "r2"))
                .join();

        assertThat(files()).isEmpty();
        assertThat(text.length()).isGreaterThan(BodyFiles.INLINE);
    }

    private List<Path> files() throws Exception {
        try (var files = Files.list(store.folder().path().resolve("bodies"))) {
            return files.toList();
        }
    }

    @Test
    void anEventIsToldOnceAndTakenByTheFirstPayloadThatComesForIt() {
        JdbcEvents events = waits.events();
        assertThat(events.tell(event("e1", "paid:7", null)).join()).isTrue();
        assertThat(events.tell(event("e1", "paid:7", null)).join()).isFalse();
        assertThat(events.tell(event("e2", "paid:8", "other")).join()).isTrue();
        assertThat(events.kept()).isEqualTo(2);

        Waits.Arrival first = arrive(fresh("w1", "r1", Awaits.EVENT, "paid:7"));
        assertThat(first).isInstanceOf(Waits.Decided.class);
        assertThat(((Waits.Decided) first).decision().data()).isEqualTo(Json.NODES.textNode("e1"));
        assertThat(arrive(fresh("w2", "r1", Awaits.EVENT, "paid:7")))
                .as("the run is taken up again before it marked it")
                .isEqualTo(first);
        assertThat(arrive(fresh("w3", "r2", Awaits.EVENT, "paid:7"))).isEqualTo(new Waits.Kept("w3"));
        assertThat(arrive(fresh("w4", "r3", Awaits.EVENT, "paid:8")))
                .as("an event of another flow")
                .isEqualTo(new Waits.Kept("w4"));
        events.sweep(NOW.plusSeconds(601), NOW.plusSeconds(480), 9);
        assertThat(events.find("e2")).isEmpty();
    }

    private static WaitingPayload since(WaitingPayload one, int seconds) {
        return new WaitingPayload(
                one.id(),
                one.at(),
                one.wish(),
                NOW.plusSeconds(seconds),
                null,
                null,
                one.bytes(),
                one.variables(),
                null);
    }

    private void release(String waiting, SqlWork counted) {
        store.commits()
                .write(tx -> {
                    waits.decide(waiting, decision(WaitState.RELEASED), "r-" + waiting)
                            .run(tx);
                    counted.run(tx);
                })
                .join();
    }

    @Test
    void anEventIsOwedToAllThatWaitedWhenItWasToldUntilEachWentOn() {
        JdbcEvents events = waits.events();
        arrive(fresh("w1", "r1", Awaits.EVENT, "paid:7"));
        arrive(fresh("w2", "r2", Awaits.EVENT, "paid:7"));
        JdbcEvents.Event told = event("e1", "paid:7", "orders");
        events.tell(told).join();
        assertThat(arrive(since(fresh("w3", "r3", Awaits.EVENT, "paid:7"), 1)))
                .as("it does not take what others wait for")
                .isEqualTo(new Waits.Kept("w3"));

        assertThat(events.missed(NOW, 9, 0)).as("whoever told it is at it").isEmpty();
        assertThat(events.missed(NOW.plusSeconds(5), 9, 0))
                .extracting(JdbcEvents.Missed::waiting)
                .containsExactly("w1", "w2");
        assertThat(events.missed(NOW.plusSeconds(5), 9, 1))
                .extracting(JdbcEvents.Missed::waiting)
                .containsExactly("w2");
        assertThat(events.late(NOW.plusSeconds(5), NOW.plusSeconds(5), 9, 0)).isEmpty();
        assertThat(waits.owed(told, 9)).extracting(WaitingPayload::id).containsExactly("w1", "w2");
        release("w1", events.releases("e1"));
        assertThat(events.done(NOW.plusSeconds(500))).as("w2 is still owed").isZero();
        events.sweep(NOW.plusSeconds(3_000), NOW.plusSeconds(2_900), 9);
        assertThat(events.missed(NOW.plusSeconds(3_000), 9, 0))
                .as("though its time for those that come later is over")
                .containsExactly(new JdbcEvents.Missed("e1", "w2"));
        release("w2", events.releases("e1"));
        assertThat(events.done(NOW)).as("younger").isZero();
        assertThat(events.done(NOW.plusSeconds(500))).isEqualTo(1);

        JdbcEvents.Event done = events.find("e1").orElseThrow();
        assertThat(done.taken()).isTrue();
        assertThat(done.released()).isEqualTo(2);
        assertThat(done.says().data()).as("nobody needs it").isNull();
        assertThat(waits.under("paid:7", null, 9))
                .extracting(WaitingPayload::id)
                .containsExactly("w3");
        events.sweep(NOW.plusSeconds(90_000), NOW.plusSeconds(89_000), 9);
        assertThat(events.find("e1")).isEmpty();
    }

    @Test
    void anEventThatIsNotKeptForLaterOnesIsStillOwedToThoseThatWaited() {
        JdbcEvents events = waits.events();
        arrive(fresh("w1", "r1", Awaits.EVENT, "paid:7"));
        Decision says = new Decision(WaitState.RELEASED, "api", null, NOW, null);
        events.tell(new JdbcEvents.Event("e1", "paid:7", null, says, NOW, false, 0))
                .join();
        events.tell(new JdbcEvents.Event("e2", "paid:8", null, says, NOW, false, 0))
                .join();

        events.sweep(NOW.plusSeconds(300), NOW.plusSeconds(200), 9);

        assertThat(events.find("e2")).as("nobody waits for it").isEmpty();
        assertThat(events.missed(NOW.plusSeconds(300), 9, 0))
                .extracting(JdbcEvents.Missed::waiting)
                .containsExactly("w1");
    }

    @Test
    void anEventThatAPayloadDidNotFindWhenItCameLetsOnlyTheFirstOneGoOn() {
        JdbcEvents events = waits.events();
        arrive(since(fresh("w1", "r1", Awaits.EVENT, "paid:7"), 2));
        arrive(since(fresh("w2", "r2", Awaits.EVENT, "paid:7"), 3));
        events.tell(event("e1", "paid:7", null)).join();

        assertThat(events.missed(NOW.plusSeconds(9), 9, 0)).isEmpty();
        assertThat(events.late(NOW.plusSeconds(9), NOW.plusSeconds(9), 9, 0))
                .containsExactly(new JdbcEvents.Missed("e1", "w1"));
        release("w1", events.releasesOne("e1"));
        assertThat(events.late(NOW.plusSeconds(9), NOW.plusSeconds(9), 9, 0)).isEmpty();
        assertThatThrownBy(() -> release("w2", events.releasesOne("e1"))).hasCauseInstanceOf(NotNowException.class);
        assertThat(waits.find("w2").orElseThrow().decision())
                .as("nothing of it is written")
                .isNull();
    }

    @Test
    void whatLiesWithAnotherReplicaIsLeftToIt() {
        JdbcEvents events = waits.events();
        arrive(fresh("w1", "r1", Awaits.EVENT, "paid:7"));
        arrive(fresh("w2", "r2", Awaits.EVENT, "paid:7"));
        store.commits()
                .write(tx -> tx.add("update waiting_payload set body_folder = 'other' where id = 'w1'", row -> {}))
                .join();
        JdbcEvents.Event told = event("e1", "paid:7", null);
        events.tell(told).join();

        assertThat(waits.owed(told, 1)).extracting(WaitingPayload::id).containsExactly("w2");
        assertThat(events.owed("e1")).isEqualTo(2);
        assertThat(events.missed(NOW.plusSeconds(5), 1, 0))
                .as("it does not fill the part")
                .containsExactly(new JdbcEvents.Missed("e1", "w2"));
        release("w2", events.releases("e1"));
        assertThat(events.done(NOW.plusSeconds(500)))
                .as("the other replica needs it")
                .isZero();
    }

    @Test
    void theOldestEventsThatAreDoneAreForgotten() {
        JdbcEvents events = waits.events();
        for (int i = 0; i < 3; i++) {
            events.tell(event("e" + i, "paid:" + i, null)).join();
        }
        arrive(fresh("w1", "r1", Awaits.EVENT, "paid:1"));

        events.sweep(NOW.plusSeconds(1), NOW, 1);
        assertThat(events.find("e1")).isPresent();
        events.sweep(NOW.plusSeconds(1), NOW, 0);

        assertThat(events.find("e1")).isEmpty();
        assertThat(events.kept()).as("those that nobody took").isEqualTo(2);
    }

    @Test
    void manyAreListedPageByPage() {
        List<CompletableFuture<Waits.Arrival>> all = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            String run = "run-" + i;
            all.add(waits.arrive(fresh("w%05d".formatted(i), run, Awaits.APPROVAL, null), payload("{\"id\":7}")));
        }
        all.forEach(CompletableFuture::join);
        Query waiting = new Query(null, null, null, null, null, WaitState.WAITING);
        List<String> ids = new ArrayList<>();
        String after = null;
        do {
            Slice<WaitingPayload> part = waits.list(waiting, after, 500);
            part.data().forEach(one -> ids.add(one.id()));
            after = part.next();
        } while (after != null);

        assertThat(ids).hasSize(2_000).isSorted().doesNotHaveDuplicates();
    }
}
