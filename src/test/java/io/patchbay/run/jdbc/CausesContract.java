package io.patchbay.run.jdbc;

import static io.patchbay.run.jdbc.RunsFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.run.Checkpoints;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.FailedPayload.State;
import io.patchbay.run.FailedQuery;
import io.patchbay.run.FailureCause;
import io.patchbay.run.RunHistory;
import io.patchbay.store.Store;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How failed payloads are put together by their cause, on every database. */
final class CausesContract {

    private final Store store;
    private final Checkpoints checkpoints;
    private final RunHistory history;

    private CausesContract(Store store, Checkpoints checkpoints, RunHistory history) {
        this.store = store;
        this.checkpoints = checkpoints;
        this.history = history;
    }

    static void holds(Store store, Checkpoints checkpoints, RunHistory history) throws Exception {
        new CausesContract(store, checkpoints, history).holds();
    }

    private void holds() throws Exception {
        failed("f1", "push", "the shop answered 422: order 1001 is known", NOW.minusSeconds(60), State.OPEN);
        failed("f2", "push", "the shop answered 422: order 1002 is known", NOW, State.HELD);
        failed("f3", "push", "the shop answered 422: order 1003 is known", NOW, State.RESOLVED);
        failed("f4", "map", "'total' is missing", NOW, State.OPEN);

        List<FailureCause> waiting = causes(waiting(null), null, 10);
        assertThat(waiting).extracting(FailureCause::example).containsExactly("f4", "f2");
        FailureCause known = waiting.get(1);
        assertThat(known)
                .isEqualTo(new FailureCause(
                        known.id(),
                        "causes",
                        "push",
                        "HTTP_422",
                        "the shop answered 422: order # is known",
                        2,
                        NOW.minusSeconds(60),
                        NOW,
                        "f2"));
        assertThat(causes(waiting("push"), null, 10)).containsExactly(known);
        assertThat(history.causes(waiting(null), null, 1).next()).isEqualTo("f4");
        assertThat(causes(waiting(null), "f4", 1)).containsExactly(known);

        FailedQuery ofCause =
                new FailedQuery(null, null, null, null, null, null, null, null, known.id(), FailedQuery.WAITING, true);
        assertThat(history.failed(ofCause, null, 10).data())
                .extracting(FailedPayload::id)
                .containsExactly("f1", "f2");

        // As an older version wrote them.
        execute("update failed_payload set cause = null");
        execute("delete from failure_cause");
        assertThat(causes(waiting(null), null, 10)).isEmpty();
        history.sweep(NOW);
        assertThat(history.failed(ofCause, null, 10).data()).hasSize(2);
    }

    private static FailedQuery waiting(String shape) {
        return new FailedQuery("causes", null, shape, null, null, null, null, null, null, FailedQuery.WAITING, false);
    }

    private List<FailureCause> causes(FailedQuery query, String after, int limit) {
        return history.causes(query, after, limit).data();
    }

    private void failed(String id, String shape, String message, Instant at, State state) throws Exception {
        Payload payload = Payload.of(Lineage.ofRun("r1"), Json.NODES.objectNode());
        checkpoints
                .failed(new FailedPayload(
                        id, "r1", "causes", "rev1", shape, payload, Owner.REMOTE, "HTTP_422", message, 3, at, state))
                .get(10, TimeUnit.SECONDS);
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = store.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }
}
