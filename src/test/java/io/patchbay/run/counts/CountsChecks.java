package io.patchbay.run.counts;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.run.RunRecord;
import io.patchbay.run.RunRecord.ShapeRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.store.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** What holds for counts, on every database. */
final class CountsChecks {

    static final Instant NOON = RunCounts.hourOf(Instant.now());

    private CountsChecks() {}

    static void addsUp(Store store) throws Exception {
        try (JdbcRunCounts counts = new JdbcRunCounts(store, CountsProperties.defaults(), Clock.systemUTC())) {
            counts.ended(run("a", "orders", RunStatus.SUCCEEDED, NOON.plusSeconds(10), 100));
            counts.write();
            counts.ended(run("b", "orders", RunStatus.FAILED, NOON.plusSeconds(20), 1_000));
            counts.ended(run("c", "orders", RunStatus.SUCCEEDED, NOON.minusSeconds(10), 200));
            counts.ended(run("d", "stock", RunStatus.PARTIAL, NOON.plusSeconds(30), 50));
            counts.write();

            assertThat(counts.byFlow(NOON))
                    .isEqualTo(Map.of(
                            "orders", new Sums(1, 0, 1, 0, 8, 2, 500, 20, 40, 1_100, 1_000),
                            "stock", new Sums(0, 1, 0, 0, 4, 1, 250, 10, 20, 50, 50)));
            List<RunCounts.Step> hours =
                    counts.steps("orders", NOON.minus(RunCounts.HOUR), NOON.plus(RunCounts.HOUR), RunCounts.HOUR);
            assertThat(hours).extracting(step -> step.sums().runs()).containsExactly(1L, 2L);
            assertThat(hours.get(1).times().percentile(0.5)).isBetween(80L, 120L);
            assertThat(hours.get(1).times().percentile(0.99)).isBetween(800L, 1_200L);
            Instant from = NOON.minus(Duration.ofHours(23));
            RunCounts.Step all = counts.steps(null, from, from.plus(Duration.ofDays(1)), Duration.ofDays(1))
                    .get(0);
            assertThat(all.at()).isEqualTo(from);
            assertThat(all.sums().runs()).isEqualTo(4);
            assertThat(all.sums().longestMs()).isEqualTo(1_000);
            assertThat(counts.records("orders", NOON.minus(RunCounts.HOUR), NOON.plus(RunCounts.HOUR)))
                    .isEqualTo(Map.of(NOON.minus(RunCounts.HOUR), 250L, NOON, 500L));
            assertThat(counts.records("orders", NOON.minus(RunCounts.HOUR), NOON))
                    .hasSize(1);
            assertThat(counts.shapes("orders", NOON))
                    .isEqualTo(Map.of("push", new ShapeSums(8, 8, 2, 500, 500, 20, 40, 6, 34)));
        }
    }

    static void findsTheNewest(Store store) throws Exception {
        insert(store, "018f-1", "orders", "failed");
        insert(store, "018f-2", "orders", "running");
        insert(store, "018f-3", "stock", "succeeded");
        try (JdbcRunCounts counts = new JdbcRunCounts(store, CountsProperties.defaults(), Clock.systemUTC())) {
            Map<String, RunCounts.Newest> newest = counts.newest(List.of("orders", "stock", "none"));
            assertThat(newest.keySet()).containsExactlyInAnyOrder("orders", "stock");
            assertThat(newest.get("orders"))
                    .isEqualTo(new RunCounts.Newest("018f-2", RunStatus.RUNNING, NOON, null, null));
            assertThat(counts.newest(List.of())).isEmpty();
        }
    }

    static void forgets(Store store) throws Exception {
        try (JdbcRunCounts counts = new JdbcRunCounts(store, CountsProperties.defaults(), Clock.systemUTC())) {
            counts.ended(run("a", "old", RunStatus.SUCCEEDED, NOON, 100));
            counts.write();
            counts.sweep(NOON.plus(Duration.ofDays(3)));
            assertThat(counts.shapes("old", NOON)).isEmpty();
            assertThat(counts.byFlow(NOON)).containsKey("old");
            counts.sweep(NOON.plus(Duration.ofDays(32)));
            assertThat(counts.byFlow(NOON)).doesNotContainKey("old");
            assertThat(counts.steps("old", NOON, NOON.plus(RunCounts.HOUR), RunCounts.HOUR)
                            .get(0)
                            .times()
                            .runs())
                    .isEmpty();
        }
    }

    private static void insert(Store store, String id, String flow, String status) throws SQLException {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement row = connection.prepareStatement(
                        "insert into run (id, flow, revision, trigger_kind, status, queued_at, resumed, shapes, owner)"
                                + " values (?, ?, 'rev1', 'manual', ?, ?, 0, '[]', 'me')")) {
            row.setString(1, id);
            row.setString(2, flow);
            row.setString(3, status);
            row.setObject(4, NOON.atOffset(ZoneOffset.UTC));
            row.executeUpdate();
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }

    static RunRecord run(String id, String flow, RunStatus status, Instant ended, long took) {
        return new RunRecord(
                id,
                flow,
                "rev1",
                "webhook",
                status,
                NOON,
                ended.minusMillis(took),
                ended,
                null,
                null,
                0,
                List.of(
                        new ShapeRecord("push", "connection", 4, 4, 1, 250, 250, 10, 20, 3, Duration.ofMillis(17)),
                        new ShapeRecord("never", "map", 0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO)),
                List.of(),
                List.of());
    }
}
