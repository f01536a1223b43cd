package io.patchbay.run.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.patchbay.payload.Body;
import io.patchbay.payload.CursorKind;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.queue.Claim;
import io.patchbay.queue.Overlap;
import io.patchbay.queue.Priority;
import io.patchbay.queue.QueueProperties;
import io.patchbay.queue.Start;
import io.patchbay.queue.StartQueue.Policy;
import io.patchbay.queue.TableQueue;
import io.patchbay.run.CapturedPayload;
import io.patchbay.run.Checkpoints;
import io.patchbay.run.Checkpoints.Progress;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.FailedQuery;
import io.patchbay.run.PullCursor;
import io.patchbay.run.RunQuery;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** The statements that PostgreSQL has for itself, on a real one. */
class JdbcRunsIT {

    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @TempDir
    Path data;

    @Test
    void runsAreFoundOnPostgres() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                Store store = Store.open(
                        new StoreProperties(
                                postgres.getJdbcUrl("postgres", "postgres"), "postgres", null, 6, DataSize.ofBytes(0)),
                        data,
                        Clock.systemUTC());
                TableQueue queue = new TableQueue(store, QueueProperties.defaults(), Clock.systemUTC());
                JdbcRuns runs =
                        new JdbcRuns(store, queue, queue.lists(), HistoryProperties.defaults(), Clock.systemUTC())) {
            RunSearchContract.holds(store, runs.checkpoints(), runs.history());
            CausesContract.holds(store, runs.checkpoints(), runs.history());
        }
    }

    @Test
    void whatManyOldRunsHaveIsFoundPageByPageOnPostgres() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                Store store = Store.open(
                        new StoreProperties(
                                postgres.getJdbcUrl("postgres", "postgres"), "postgres", null, 6, DataSize.ofBytes(0)),
                        data,
                        Clock.systemUTC());
                TableQueue queue = new TableQueue(store, QueueProperties.defaults(), Clock.systemUTC());
                JdbcRuns runs =
                        new JdbcRuns(store, queue, queue.lists(), HistoryProperties.defaults(), Clock.systemUTC());
                Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(ids(statement, "select indexname from pg_indexes where indexname like 'run_reason%'"))
                    .containsExactly("run_reason_at");
            // 12,000 in a few seconds and 1,500 in a day, both 30 days before 4,000 others; and one of 80 days before.
            mass(statement, 12_000, 1, "2026-10-25T12:00:00Z", "the token is expired");
            mass(statement, 1_500, 60_000, "2026-10-26T12:00:00Z", "the Token is expired");
            mass(statement, 4_000, 600_000, "2026-11-25T00:00:00Z", "no such order");
            mass(statement, 1, 1, "2026-08-06T00:00:00Z", "the token is expired: 100%_ sure");
            statement.execute("analyze run");
            ReasonWindows windows = new ReasonWindows(store);
            assertThat(windows.many("%token is%")).isTrue();
            assertThat(windows.many("%volcano%")).isFalse();

            RunQuery all = new RunQuery(null, null, null, null, null, "token IS", null, null, null, 499);
            RunQuery early = new RunQuery(
                    null, null, null, null, Instant.parse("2026-10-26T12:30:00Z"), "token", null, null, null, 7);
            for (RunQuery query : List.of(
                    all,
                    early,
                    new RunQuery("f-1", RunStatus.FAILED, null, null, null, "token is", null, null, null, 100),
                    new RunQuery("f-1", RunStatus.PARTIAL, null, null, null, "token is", null, null, null, 100),
                    new RunQuery(null, null, "none", null, null, "token is", null, null, null, 100),
                    new RunQuery(
                            null,
                            null,
                            null,
                            Instant.parse("2026-10-26T00:00:00Z"),
                            null,
                            "expired",
                            null,
                            null,
                            null,
                            499),
                    new RunQuery(null, null, null, null, null, "100%_ S", null, null, null, 2),
                    new RunQuery(null, null, null, null, null, "volcano", null, null, null, 2))) {
                List<String> expected = ids(statement, wanted(query));
                List<String> found = new ArrayList<>();
                String after = null;
                do {
                    var slice = runs.history().runs(query.after(after));
                    slice.data().forEach(run -> found.add(run.id()));
                    after = slice.next();
                } while (after != null);
                assertThat(found).as(query.toString()).isEqualTo(expected);
            }
        }
    }

    private static String wanted(RunQuery query) {
        return "select id from run where reason ilike '%"
                + query.error().replace("%", "!%").replace("_", "!_")
                + "%' escape '!'"
                + (query.flow() == null ? "" : " and flow = '" + query.flow() + "'")
                + (query.status() == null
                        ? ""
                        : " and status = '" + query.status().name().toLowerCase(java.util.Locale.ROOT) + "'")
                + (query.trigger() == null ? "" : " and trigger_kind = '" + query.trigger() + "'")
                + (query.since() == null ? "" : " and queued_at >= '" + query.since() + "'")
                + (query.until() == null ? "" : " and queued_at < '" + query.until() + "'")
                + " order by id desc";
    }

    private static void mass(Statement statement, int many, int apart, String from, String reason) throws Exception {
        statement.execute(
                "insert into run (id, flow, revision, trigger_kind, status, queued_at, started_at, ended_at, reason, resumed, shapes, owner)"
                        + " select substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-7000-8000-' || lpad(to_hex(n), 12, '0'), 'f-' || n % 3,"
                        + " 'r', 'schedule', case when n % 2 = 0 then 'failed' else 'succeeded' end, t, t, t, '"
                        + reason
                        + "', 0, '[]', 'o' from (select n, t, lpad(to_hex((extract(epoch from t) * 1000)::bigint), 12, '0') h from"
                        + " (select n, timestamptz '" + from + "' + n * " + apart
                        + " * interval '1 millisecond' t from generate_series(1::bigint, " + many + ") n) a) b");
    }

    private static List<String> ids(Statement statement, String sql) throws Exception {
        List<String> ids = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }

    @Test
    void aSegmentInRowsGoesAsAWhole() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                Store store = Store.open(
                        new StoreProperties(
                                postgres.getJdbcUrl("postgres", "postgres"), "postgres", null, 6, DataSize.ofBytes(0)),
                        data,
                        Clock.systemUTC());
                TableQueue queue = new TableQueue(store, QueueProperties.defaults(), Clock.systemUTC());
                JdbcRuns runs =
                        new JdbcRuns(store, queue, queue.lists(), HistoryProperties.defaults(), Clock.systemUTC())) {
            runs.history().captured(RunsFixture.captured("a", "map", "soon gone", Duration.ofMinutes(10)));
            runs.history().captured(RunsFixture.captured("b", "map", "stays", Duration.ofDays(9)));
            runs.flush();
            assertThat(counts(store)).containsExactly(2, 2, 2);
            runs.history().sweep(NOW.plus(Duration.ofMinutes(20)));
            assertThat(counts(store)).containsExactly(1, 1, 1);
            assertThat(runs.history().payloads("b", null, true)).hasSize(1);
        }
    }

    private static List<Integer> counts(Store store) throws Exception {
        List<Integer> counts = new ArrayList<>();
        for (String table : List.of("captured_segment", "captured_block", "captured_content")) {
            try (Connection connection = store.database().dataSource().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
                rows.next();
                counts.add(rows.getInt(1));
            }
        }
        return counts;
    }

    @Test
    void aRunGoesThroughOnPostgres() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                Store store = Store.open(
                        new StoreProperties(
                                postgres.getJdbcUrl("postgres", "postgres"), "postgres", null, 6, DataSize.ofBytes(0)),
                        data,
                        Clock.systemUTC());
                TableQueue queue = new TableQueue(store, QueueProperties.defaults(), Clock.systemUTC());
                JdbcRuns runs =
                        new JdbcRuns(store, queue, queue.lists(), HistoryProperties.defaults(), Clock.systemUTC())) {
            ReplayJobsContract.holds(store);
            queue.policies(Map.of("orders", new Policy(Overlap.PARALLEL, 10, "rev1")));
            String id = UuidCreator.getTimeOrderedEpoch().toString();
            get(queue.accept(
                    new Start(id, "orders", "webhook", Priority.REGULAR, NOW, Body.EMPTY, Map.of(), null, null)));
            Claim claim = queue.claim(1).get(0);
            runs.history().started(record(id, RunStatus.RUNNING, null));
            Payload page = Payload.of(
                    Lineage.ofRun(id).child("pull", 0), Json.NODES.arrayNode().addObject());
            get(runs.checkpoints().page(id, "pull", page, Json.NODES.textNode("cursor")));
            get(runs.checkpoints().sent(id, "push", page.lineage().text(), page));
            get(runs.checkpoints().sent(id, "push", page.lineage().text(), null));
            get(runs.checkpoints()
                    .failed(new FailedPayload(
                            "f1",
                            id,
                            "orders",
                            "rev1",
                            "push",
                            page,
                            Owner.REMOTE,
                            "X",
                            "n\0o",
                            3,
                            NOW,
                            FailedPayload.State.OPEN)));
            runs.history()
                    .captured(new CapturedPayload(
                            id,
                            "push",
                            CapturedPayload.Direction.IN,
                            id,
                            CapturedPayload.About.NOTHING,
                            "x/y",
                            2,
                            new byte[2],
                            NOW,
                            Duration.ofHours(1)));
            runs.flush();
            Progress progress = runs.checkpoints().load(id);
            assertThat(progress.pulls().get("pull|" + id).open()).hasSize(1);
            assertThat(progress.sent().get("push|" + page.lineage()).output()).isNull();
            assertThat(progress.failed()).hasSize(1);
            assertThat(runs.history()
                            .failed(FailedQuery.waitingOf(id), null, 10)
                            .data())
                    .hasSize(1);
            assertThat(runs.history().failed("f1").orElseThrow().message()).isEqualTo("n\uFFFDo");
            get(runs.history().replayed("f1", "again", null));
            get(runs.history().mended("again"));
            assertThat(runs.history().failed("f1").orElseThrow().state()).isEqualTo(FailedPayload.State.RESOLVED);
            assertThat(runs.history().run(id).orElseThrow().status()).isEqualTo(RunStatus.RUNNING);
            get(runs.checkpoints().delivered(id, "pull", page, null, false));
            assertThat(runs.checkpoints().load(id).pulls().get("pull|" + id).delivered())
                    .isEqualTo(1);
            PullCursor.Key list = new PullCursor.Key("orders", "shop", "orders.list");
            get(runs.checkpoints()
                    .finish(
                            record(id, RunStatus.SUCCEEDED, NOW),
                            claim,
                            Checkpoints.Moves.of(List.of(
                                    new PullCursor.Move(list, "", CursorKind.SEQUENCE, null, "3"),
                                    new PullCursor.Move(list, "", CursorKind.SEQUENCE, null, "4"),
                                    new PullCursor.Move(list, "", CursorKind.SEQUENCE, "3", "5")))));
            assertThat(runs.checkpoints().cursor(list)).isEqualTo(new PullCursor.At(CursorKind.SEQUENCE, "5"));
            BusinessKeysContract.holds(runs.checkpoints(), runs.history());
            assertThat(runs.cursors().put(list, "1").get(20, TimeUnit.SECONDS)).isTrue();
            assertThat(runs.cursors().forget(list).get(20, TimeUnit.SECONDS)).isTrue();
            runs.history().progressed(record(id, RunStatus.RUNNING, null));
            runs.flush();
            assertThat(runs.history().run(id)).contains(record(id, RunStatus.SUCCEEDED, NOW));
            assertThat(runs.history()
                            .runs(new RunQuery("orders", null, null, null, null, null, null, "WEBHOOK", null, 10))
                            .data())
                    .hasSize(1);
            assertThat(runs.history().payloads(id, null, true)).hasSize(1);
            assertThat(queue.lists().find(id)).isEmpty();
            runs.history().sweep(NOW.plus(Duration.ofDays(100)));
            assertThat(runs.history().run(id)).isEmpty();
            assertThat(runs.history().failed("f1")).isEmpty();
        }
    }

    private static RunRecord record(String id, RunStatus status, @org.jspecify.annotations.Nullable Instant ended) {
        return new RunRecord(
                id,
                "orders",
                "rev1",
                "webhook",
                status,
                NOW,
                NOW,
                ended,
                null,
                null,
                0,
                List.of(),
                List.of(new RunRecord.LogLine(NOW, "push", LogLevel.INFO, String.valueOf(status))),
                List.of());
    }

    private static void get(CompletableFuture<?> write) throws Exception {
        write.get(20, TimeUnit.SECONDS);
    }
}
