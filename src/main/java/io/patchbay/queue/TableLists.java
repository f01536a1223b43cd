package io.patchbay.queue;

import io.patchbay.store.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Lists over the table of starts. */
final class TableLists implements StartLists {

    private static final String COLUMNS =
            "select id, flow, trigger_kind, priority, queued_at, size, crashes, status from start where ";
    private static final String TAKE =
            "select seq, due, flow, size, body_file, status from start where id = ?" + " and status <> 'C'";
    private static final String ASIDE = "select flow, count(*) from start where status = ? group by flow";
    private static final String REQUEUE = "update start set status = 'Q', crashes = 0, forgiven = 0 where seq = ?";

    private static final String WAITING = "select seq, flow, queued_at from start where id = ? and status = 'Q'";
    private static final String MOVE = "update start set priority = ?, due = ? where seq = ? and status = 'Q'";

    private final Store store;
    private final StartRows rows;
    private final Lanes lanes;
    private final Runnable signal;

    TableLists(Store store, StartRows rows, Lanes lanes, Runnable signal) {
        this.store = store;
        this.rows = rows;
        this.lanes = lanes;
        this.signal = signal;
    }

    @Override
    public List<QueuedStart> list(@Nullable String flow, QueuedStart.State state, @Nullable String after, int limit) {
        String sql = COLUMNS + "status = ?" + (flow == null ? "" : " and flow = ?")
                + (after == null ? "" : " and id < ?") + " order by id desc limit ?";
        return read(sql, query -> {
            int at = 1;
            query.setString(at++, state.column());
            if (flow != null) {
                query.setString(at++, flow);
            }
            if (after != null) {
                query.setString(at++, after);
            }
            query.setInt(at, Math.max(1, Math.min(1000, limit)));
        });
    }

    @Override
    public Optional<QueuedStart> find(String id) {
        return read(COLUMNS + "id = ?", query -> query.setString(1, id)).stream()
                .findFirst();
    }

    @Override
    public Optional<Instant> oldest(String flow) {
        return read(COLUMNS + "flow = ? and status = 'Q' order by due, seq limit 1", query -> query.setString(1, flow))
                .stream()
                .map(QueuedStart::queuedAt)
                .findFirst();
    }

    @Override
    public Map<String, Long> quarantined() {
        Map<String, Long> counts = new TreeMap<>();
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(ASIDE)) {
            query.setString(1, QueuedStart.State.QUARANTINED.column());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    counts.put(rows.getString(1), rows.getLong(2));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the queue cannot be read", e);
        }
        return counts;
    }

    @Override
    public CompletableFuture<Boolean> retry(String id) {
        return store.commits()
                .call(
                        tx -> {
                            Found found = found(tx.query(TAKE), id);
                            if (found == null || !found.status.equals(QueuedStart.State.QUARANTINED.column())) {
                                return false;
                            }
                            tx.add(REQUEUE, row -> row.setLong(1, found.seq));
                            tx.afterCommit(() -> {
                                lanes.returned(found.flow, found.due, found.size);
                                signal.run();
                            });
                            return true;
                        },
                        0);
    }

    @Override
    public CompletableFuture<Boolean> prioritise(String id, Priority priority) {
        return store.commits()
                .call(
                        tx -> {
                            PreparedStatement query = tx.query(WAITING);
                            query.setString(1, id);
                            try (ResultSet rows = query.executeQuery()) {
                                if (!rows.next()) {
                                    return false;
                                }
                                long seq = rows.getLong(1);
                                String flow = rows.getString(2);
                                long due = lanes.due(
                                        rows.getObject(3, OffsetDateTime.class)
                                                .toInstant()
                                                .toEpochMilli(),
                                        priority);
                                tx.add(MOVE, row -> {
                                    row.setInt(1, priority.steps());
                                    row.setLong(2, due);
                                    row.setLong(3, seq);
                                });
                                tx.afterCommit(() -> {
                                    lanes.moved(flow, due);
                                    signal.run();
                                });
                                return true;
                            }
                        },
                        0);
    }

    @Override
    public CompletableFuture<Boolean> discard(String id) {
        return store.commits()
                .call(
                        tx -> {
                            Found found = found(tx.query(TAKE), id);
                            if (found == null) {
                                return false;
                            }
                            rows.delete(tx, found.seq, found.file);
                            if (found.status.equals(QueuedStart.State.WAITING.column())) {
                                tx.afterCommit(() -> lanes.removed(found.flow, 1, found.size));
                            }
                            return true;
                        },
                        0);
    }

    private record Found(
            long seq,
            long due,
            String flow,
            long size,
            @Nullable String file,
            String status) {}

    private static @Nullable Found found(PreparedStatement query, String id) throws SQLException {
        query.setString(1, id);
        try (ResultSet rows = query.executeQuery()) {
            return rows.next()
                    ? new Found(
                            rows.getLong(1),
                            rows.getLong(2),
                            rows.getString(3),
                            rows.getLong(4),
                            rows.getString(5),
                            rows.getString(6))
                    : null;
        }
    }

    private List<QueuedStart> read(String sql, io.patchbay.store.Transaction.Bind bind) {
        List<QueuedStart> found = new ArrayList<>();
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            bind.to(query);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(new QueuedStart(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getString(3),
                            Priority.of(rows.getInt(4)),
                            rows.getObject(5, OffsetDateTime.class).toInstant(),
                            rows.getLong(6),
                            rows.getInt(7),
                            QueuedStart.State.of(rows.getString(8))));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the queue cannot be read", e);
        }
        return found;
    }
}
