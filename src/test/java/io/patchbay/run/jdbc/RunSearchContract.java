package io.patchbay.run.jdbc;

import static io.patchbay.run.jdbc.RunsFixture.NOW;
import static io.patchbay.run.jdbc.RunsFixture.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.run.BusinessKeys;
import io.patchbay.run.Checkpoints;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.RunHistory;
import io.patchbay.run.RunQuery;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.store.Store;
import io.patchbay.trigger.StartIds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How runs are found, on every database. */
final class RunSearchContract {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final Store store;
    private final Checkpoints checkpoints;
    private final RunHistory history;

    private RunSearchContract(Store store, Checkpoints checkpoints, RunHistory history) {
        this.store = store;
        this.checkpoints = checkpoints;
        this.history = history;
    }

    static void holds(Store store, Checkpoints checkpoints, RunHistory history) throws Exception {
        new RunSearchContract(store, checkpoints, history).holds();
    }

    private void holds() throws Exception {
        String early = run(NOON, "search-a", "schedule", RunStatus.FAILED, "the shop answered 401, 100%_ sure!");
        String noon = run(NOON.plusSeconds(60), "search-a", "webhook", RunStatus.SUCCEEDED, null);
        String late = run(NOON.plusSeconds(120), "search-b", "webhook", RunStatus.PARTIAL, "2 of 9 failed: HTTP 429");

        assertThat(found(query().trigger("webhook"))).containsExactly(late, noon);
        assertThat(found(query().flow("search-a").trigger("webhook"))).containsExactly(noon);
        assertThat(found(query().since(NOON.plusSeconds(60)))).containsExactly(late, noon);
        assertThat(found(query().until(NOON.plusSeconds(60)))).containsExactly(early);
        assertThat(found(query().since(NOON.plusMillis(1)).until(NOON.plusSeconds(120))))
                .containsExactly(noon);
        assertThat(found(query().since(Instant.MIN).until(Instant.MAX))).containsExactly(late, noon, early);
        assertThat(found(query().error("Answered 401"))).containsExactly(early);
        assertThat(found(query().error("100%_ SURE!"))).containsExactly(early);
        assertThat(found(query().error("1%_"))).isEmpty();
        assertThat(found(query().error("a\0b"))).isEmpty();
        assertThat(found(query().q(late.substring(0, 30)))).containsExactly(late);
        assertThat(found(query().q("http 429"))).containsExactly(late);
        assertThat(found(query().q("42")))
                .as("too little to look for in reasons")
                .isEmpty();
        assertThat(found(query().error("Answered 401").q("40"))).isEmpty();

        tracked(noon, "1001");
        failed(early, "1001");
        tracked(late, "1002");
        assertThat(found(query().businessKey("1001"))).containsExactly(noon, early);
        assertThat(found(query().businessKey("1001").status(RunStatus.FAILED))).containsExactly(early);
        assertThat(found(query().businessKey("100"))).isEmpty();
    }

    private String run(Instant at, String flow, String trigger, RunStatus status, @Nullable String reason)
            throws Exception {
        String id = StartIds.of(at, flow, trigger);
        get(checkpoints.finish(
                new RunRecord(
                        id, flow, "rev1", trigger, status, at, at, NOW, reason, null, 0, List.of(), List.of(),
                        List.of()),
                null));
        return id;
    }

    private void tracked(String run, String item) throws Exception {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement row = connection.prepareStatement(
                        "insert into tracked (id, entity, item, field, direction, success, flow, shape, run_id, seen_at)"
                                + " values (?, 'order', ?, 'id', 'send', true, 'f', 's', ?, current_timestamp)")) {
            row.setString(1, run.substring(0, 30));
            row.setString(2, item);
            row.setString(3, run);
            row.executeUpdate();
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }

    private void failed(String run, String item) throws Exception {
        Payload payload = Payload.of(Lineage.ofRun(run), Json.NODES.objectNode());
        get(checkpoints.failed(RunsFixture.failed(run, payload, FailedPayload.State.OPEN)
                .with(new BusinessKeys(List.of(item), true))));
    }

    private List<String> found(Asked asked) {
        return history.runs(asked.query()).data().stream().map(RunRecord::id).toList();
    }

    private static Asked query() {
        return new Asked();
    }

    /** What is asked for. */
    private static final class Asked {
        private @Nullable String flow;
        private @Nullable RunStatus status;
        private @Nullable String trigger;
        private @Nullable Instant since;
        private @Nullable Instant until;
        private @Nullable String error;
        private @Nullable String key;
        private @Nullable String q;

        Asked flow(String value) {
            flow = value;
            return this;
        }

        Asked status(RunStatus value) {
            status = value;
            return this;
        }

        Asked trigger(String value) {
            trigger = value;
            return this;
        }

        Asked since(Instant value) {
            since = value;
            return this;
        }

        Asked until(Instant value) {
            until = value;
            return this;
        }

        Asked error(String value) {
            error = value;
            return this;
        }

        Asked businessKey(String value) {
            key = value;
            return this;
        }

        Asked q(String value) {
            q = value;
            return this;
        }

        RunQuery query() {
            return new RunQuery(flow, status, trigger, since, until, error, key, q, null, 10);
        }
    }
}
