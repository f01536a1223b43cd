package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.route.Held;
import io.patchbay.route.Parts;
import io.patchbay.route.RevisionTexts.Active;
import io.patchbay.route.RevisionTexts.Kept;
import io.patchbay.route.RevisionTexts.Name;
import io.patchbay.route.RevisionTexts.Text;
import io.patchbay.store.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How versions and what is held are kept, on every database. */
final class VersionsContract {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Text TEXT =
            new Text("f.flow.yaml", "flow: f", List.of(), new Parts(Map.of("carriers", "0a"), Map.of("push", "1b")));

    private final Store store;
    private final Store other;
    private final JdbcRevisionTexts texts;

    private VersionsContract(Store store, Store other) {
        this.store = store;
        this.other = other;
        this.texts = new JdbcRevisionTexts(store, Clock.fixed(NOON, ZoneOffset.UTC));
    }

    /** @param other the store of another replica; the same where there can be none */
    static void holds(Store store, Store other) throws Exception {
        VersionsContract contract = new VersionsContract(store, other);
        contract.numbers();
        contract.numbersOfTwoReplicas();
        contract.held();
        contract.swept();
    }

    private void numbers() {
        texts.keep("f", "r1", TEXT);
        texts.keep("g", "r9", TEXT);
        texts.keep("f", "r2", TEXT);
        texts.keep("f", "r1", TEXT);
        texts.describe("f", "r1", "ada", "the first");
        texts.describe("f", "r1", "bob", null);

        assertThat(texts.kept("f", 10))
                .containsExactly(
                        new Kept("r2", "f.flow.yaml", NOON, 2, null, null),
                        new Kept("r1", "f.flow.yaml", NOON, 1, "ada", "the first"));
        assertThat(texts.numbered("f", 2)).map(Kept::revision).contains("r2");
        assertThat(texts.numbered("g", 2)).isEmpty();
        assertThat(texts.one("g", "r1")).isEmpty();
        assertThat(texts.numbers(List.of(new Name("f", "r2"), new Name("g", "r9"), new Name("g", "r1"))))
                .containsOnly(Map.entry(new Name("f", "r2"), 2), Map.entry(new Name("g", "r9"), 1));
        assertThat(texts.numbers(List.of())).isEmpty();
        assertThat(texts.text("f", "r2")).contains(TEXT);
    }

    private void numbersOfTwoReplicas() throws Exception {
        JdbcRevisionTexts second = new JdbcRevisionTexts(other, Clock.fixed(NOON, ZoneOffset.UTC));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<Object>> keeping = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            String revision = "same" + i / 2;
            JdbcRevisionTexts one = i % 2 == 0 ? texts : second;
            keeping.add(Executors.callable(() -> one.keep("both", revision, TEXT)));
        }
        for (Future<Object> kept : threads.invokeAll(keeping)) {
            kept.get();
        }
        threads.shutdown();

        assertThat(texts.kept("both", 100))
                .extracting(Kept::number)
                .containsExactly(12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
        assertThat(texts.kept("both", 10, 3)).extracting(Kept::number).containsExactly(9, 8, 7);
        assertThat(texts.kept("both", 1, 3)).isEmpty();
    }

    private static void changesTogether(Store store, Store other) {
        KeptHolds holds = new KeptHolds(store);
        Held first = new Held("first", "v1", Held.Why.DEPLOY, NOON, "ada", null);
        Held second = new Held("second", "v1", Held.Why.DEPLOY, NOON, "ada", null);
        holds.hold(new Held("first", "v0", Held.Why.PINNED, NOON, null, null));
        holds.hold(new Held("third", "v0", Held.Why.PINNED, NOON, null, null));

        holds.change(List.of(first, second), List.of("third"));

        assertThat(new KeptHolds(other).all()).containsOnly(Map.entry("first", first), Map.entry("second", second));
        holds.change(List.of(), List.of("first", "second"));
        assertThat(new KeptHolds(other).all()).isEmpty();
    }

    private void held() {
        changesTogether(store, other);
        theLongestName();
        KeptHolds one = new KeptHolds(store);
        KeptHolds two = new KeptHolds(other);
        Held back = new Held("f", "r1", Held.Why.ROLLBACK, NOON, "ada", "r2 is wrong");

        one.hold(back);
        assertThat(two.of("f")).as("not looked yet").isNull();
        assertThat(two.look()).isTrue();
        assertThat(two.look()).isFalse();
        assertThat(two.all()).containsOnly(Map.entry("f", back));
        assertThat(two.pin(new Held("f", "r2", Held.Why.PINNED, NOON, null, null)))
                .as("what is held already")
                .isEqualTo(back);
        two.release("f");
        assertThat(one.look()).isTrue();
        assertThat(one.of("f")).isNull();
        assertThat(one.pin(new Held("f", "r2", Held.Why.PINNED, NOON, null, null))
                        .revision())
                .isEqualTo("r2");
        one.release("f");
    }

    /** What {@code FlowReaderTest} finds to be the longest. */
    private void theLongestName() {
        String longest = "f".repeat(59) + "@" + "e".repeat(40);
        texts.keep(longest, "r1", TEXT);
        texts.active(List.of(new Active(longest, "r1", "f.flow.yaml")));
        Held held = new Held(longest, "r1", Held.Why.ROLLBACK, NOON, "ada", null);
        new KeptHolds(store).hold(held);

        assertThat(new KeptHolds(other).of(longest)).isEqualTo(held);
        assertThat(texts.kept(longest, 1)).hasSize(1);
        new KeptHolds(store).release(longest);
        texts.active(List.of());
    }

    private void swept() throws Exception {
        VersionRows rows = new VersionRows(store);
        for (int i = 1; i <= 9; i++) {
            texts.keep("s", "v" + i, TEXT);
        }
        run("s", "v2", NOON);
        run("s", "v2", NOON.plusSeconds(60));
        texts.active(List.of(new Active("s", "v3", "f.flow.yaml")));
        KeptHolds holds = new KeptHolds(store);
        holds.hold(new Held("s", "v4", Held.Why.ROLLBACK, NOON, null, null));

        rows.sweep(3, 1_000_000, NOON);

        assertThat(texts.kept("s", 100)).extracting(Kept::number).containsExactly(9, 8, 7, 4, 3, 2);
        assertThat(texts.kept("f", 100)).as("few enough").hasSize(2);
        assertThat(rows.lastRun("s", "v2")).contains(NOON.plusSeconds(60));
        assertThat(rows.lastRun("s", "v3")).isEmpty();
        texts.keep("s", "v5", TEXT);
        assertThat(texts.one("s", "v5")).map(Kept::number).contains(10);

        sweptByBytes(rows);
        forgetsNodesThatAreGone(rows);
    }

    private void sweptByBytes(VersionRows rows) {
        for (int i = 1; i <= 5; i++) {
            texts.keep("large", "v" + i, new Text("f.flow.yaml", "x".repeat(10_000), List.of(), null));
        }
        rows.sweep(50, 25_000, NOON);
        assertThat(texts.kept("large", 100)).extracting(Kept::number).containsExactly(5, 4);
        rows.sweep(50, 1, NOON);
        assertThat(texts.kept("large", 100))
                .as("the newest stays")
                .extracting(Kept::number)
                .containsExactly(5);
    }

    private void forgetsNodesThatAreGone(VersionRows rows) throws Exception {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement row = connection.prepareStatement(
                        "insert into flow_active (node, flow, revision, file) values ('another', 's', 'v9', 'f')")) {
            row.executeUpdate();
        }
        rows.sweep(50, 1_000_000, NOON);
        rows.sweep(50, 1_000_000, NOON.plus(Duration.ofDays(29)));
        assertThat(nodes()).isEqualTo(2);
        rows.sweep(50, 1_000_000, NOON.plus(Duration.ofDays(31)));
        assertThat(nodes()).isEqualTo(1);
        assertThat(texts.active()).hasSize(1);
    }

    private int nodes() throws Exception {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement("select count(distinct node) from flow_active");
                java.sql.ResultSet count = query.executeQuery()) {
            count.next();
            return count.getInt(1);
        }
    }

    private void run(String flow, String revision, Instant at) throws Exception {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement row = connection.prepareStatement(
                        "insert into run (id, flow, revision, trigger_kind, status, queued_at, resumed, shapes, owner)"
                                + " values (?, ?, ?, 'manual', 'succeeded', ?, 0, '[]', 'me')")) {
            row.setString(1, "run-" + at);
            row.setString(2, flow);
            row.setString(3, revision);
            row.setObject(4, OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
            row.executeUpdate();
        }
    }
}
