package io.patchbay.run.tracked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.patchbay.shape.trackdata.Direction;
import io.patchbay.shape.trackdata.Sighting;
import io.patchbay.shape.trackdata.Tracked.Failed;
import io.patchbay.shape.trackdata.Tracked.Found;
import io.patchbay.shape.trackdata.Tracked.Query;
import io.patchbay.shape.trackdata.Tracked.Slice;
import io.patchbay.store.Store;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What holds of tracked data on either database. */
final class TrackedChecks {

    static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private TrackedChecks() {}

    static Sighting order(String id, String value, Instant at) {
        return new Sighting(id, "order", value, "id", Direction.SEND, true, "erp", "f", "sent", "run-1", at);
    }

    static Query values(@Nullable String value, @Nullable String prefix, @Nullable String after, int limit) {
        return new Query("order", value, prefix, null, null, null, after, limit);
    }

    static void write(JdbcTracked tracked, Sighting... all) throws Exception {
        tracked.saw(List.of(all)).get(20, TimeUnit.SECONDS);
    }

    /** The same sighting is written over, never twice; lists are newest first and page without gap or repeat. */
    static void pagesAndWritesOver(JdbcTracked tracked) throws Exception {
        List<Sighting> all = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            all.add(order("id%02d".formatted(i), "10" + i, NOON.plusSeconds(i / 5)));
        }
        write(tracked, all.toArray(Sighting[]::new));
        write(tracked, all.toArray(Sighting[]::new));
        write(tracked, order("other", "9\uD83D\uDE00", NOON));

        List<String> found = new ArrayList<>();
        String after = null;
        do {
            Slice slice = tracked.find(values(null, "10", after, 7));
            slice.data().forEach(one -> found.add(one.sighting().id()));
            after = slice.next();
        } while (after != null);
        assertThat(found).hasSize(25).doesNotHaveDuplicates().isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(tracked.find(values("103", null, null, 10)).data())
                .containsExactly(new Found(all.get(3), null, null));
        assertThat(tracked.find(values(null, "9", null, 10)).data()).hasSize(1);
        Query none = new Query("order", null, null, "g", null, null, null, 10);
        assertThat(tracked.find(none).data()).isEmpty();
        Query failed = new Query(null, null, null, "f", Direction.SEND, false, null, 10);
        assertThat(tracked.find(failed).data()).isEmpty();
    }

    /** A record that passed its shape and failed behind it does not stand there as if all were well. */
    static void tellsWhatCameBehind(Store store, JdbcTracked tracked) throws Exception {
        write(tracked, order("a", "7001", NOON), order("b", "7002", NOON.minusSeconds(1)));
        write(
                tracked,
                new Sighting(
                        "c",
                        "order",
                        "7001",
                        "id",
                        Direction.SEND,
                        true,
                        "erp",
                        "f",
                        "sent",
                        "run-2",
                        NOON.minusSeconds(2)));
        try (Connection connection = store.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "insert into run (id, flow, revision, trigger_kind, status, queued_at, resumed, shapes, owner)"
                            + " values ('run-1', 'f', 'r', 'manual', 'partial', current_timestamp, 0, '[]', 'o')");
            statement.executeUpdate(
                    "insert into failed_payload (id, run_id, flow, revision, shape, owner, code, message, attempts, failed_at, state)"
                            + " values ('f1', 'run-1', 'f', 'r', 'push', 'remote', 'HTTP_422', 'no', 1, current_timestamp, 'resolved'),"
                            + " ('f2', 'run-1', 'f', 'r', 'book', 'remote', 'HTTP_422', 'no', 1, current_timestamp, 'open'),"
                            + " ('f3', 'run-9', 'f', 'r', 'tell', 'remote', 'HTTP_422', 'no', 1, current_timestamp, 'open')");
            statement.executeUpdate("insert into failed_key (failed_id, item, flow, shape, failed_at, passed) values"
                    + " ('f1', '7001', 'f', 'push', current_timestamp, false),"
                    + " ('f2', '7001', 'f', 'book', current_timestamp, false),"
                    + " ('f3', '7002', 'f', 'tell', current_timestamp, false)");
        }
        assertThat(tracked.find(values(null, "700", null, 10)).data())
                .extracting(one -> one.sighting().id(), Found::runStatus, Found::failed)
                .containsExactly(
                        tuple("a", "partial", new Failed("book", "open")),
                        tuple("b", "partial", null),
                        tuple("c", null, null));
    }

    /** A value goes when it was not seen for the time that it is kept; until then its older entries stay, up to the bound. */
    static void forgets(JdbcTracked tracked, Instant now) throws Exception {
        Instant old = now.minus(java.time.Duration.ofDays(16));
        write(tracked, order("gone", "gone", old), order("first", "again", old), order("second", "again", now));
        for (int i = 0; i < 18; i++) {
            write(tracked, order("many%02d".formatted(i), "many", now.minusSeconds(i)));
        }
        tracked.sweep();
        assertThat(tracked.find(values("gone", null, null, 50)).data()).isEmpty();
        assertThat(tracked.find(values("again", null, null, 50)).data()).hasSize(2);
        assertThat(tracked.find(values("many", null, null, 50)).data())
                .hasSize(15)
                .extracting(one -> one.sighting().id())
                .startsWith("many00")
                .endsWith("many14");
    }
}
