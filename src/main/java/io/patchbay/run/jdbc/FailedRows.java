package io.patchbay.run.jdbc;

import io.patchbay.payload.Body;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.run.BusinessKeys;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.FailedPayload.State;
import io.patchbay.run.FailedQuery;
import io.patchbay.run.RunHistory.Slice;
import io.patchbay.store.Store;
import io.patchbay.store.Transaction;
import java.io.EOFException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Failed payloads in rows. */
final class FailedRows {

    private static final String INSERT = "insert into failed_payload (id, run_id, flow, revision, shape, owner, code,"
            + " message, attempts, failed_at, state, keys_whole, payload, payload_file, cause)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String ALL = "select * from failed_payload ";
    /** The same without the content: a list of large ones would not fit the heap. */
    private static final String TOLD = "select id, run_id, flow, revision, shape, owner, code, message, attempts,"
            + " failed_at, state, keys_whole, replay_run, payload_file, substring(payload from 1 for "
            + KeptPayloads.TOLD + ") as payload from failed_payload ";

    private static final int LONGEST_MESSAGE = 4_000;
    private static final int GROUP = 500;
    /** So many keys of a payload are told; all count. */
    private static final int MOST_KEYS = 10;

    private final Store store;
    private final KeptPayloads payloads;
    private final FailureCauses causes;

    FailedRows(Store store) {
        this.store = store;
        this.causes = new FailureCauses(store);
        this.payloads = new KeptPayloads(store.bodies());
    }

    /** Why they failed. */
    FailureCauses causes() {
        return causes;
    }

    void insert(Transaction tx, FailedPayload failed, KeptPayloads.Kept kept) throws SQLException {
        tx.add(INSERT, row -> {
            row.setString(1, failed.id());
            row.setString(2, failed.runId());
            row.setString(3, failed.flow());
            row.setString(4, failed.revision());
            row.setString(5, failed.shape());
            row.setString(6, name(failed.owner()));
            row.setString(7, Kept.some(failed.code(), 100));
            row.setString(8, Kept.some(failed.message(), LONGEST_MESSAGE));
            row.setInt(9, failed.attempts());
            row.setObject(10, RunRows.at(failed.at()));
            row.setString(11, name(failed.state()));
            row.setBoolean(12, failed.keys().whole());
            kept.bind(row, 13, payloads.files());
            row.setString(15, FailureCauses.idOf(failed));
        });
        FailedKeyRows.insert(tx, failed);
    }

    List<FailedPayload> ofRun(Connection connection, String runId) throws SQLException {
        return read(connection, ALL + "where run_id = ? order by id", query -> query.setString(1, runId), this::whole);
    }

    Optional<FailedPayload> find(String id) throws SQLException {
        try (Connection connection = store.database().dataSource().getConnection()) {
            return read(connection, ALL + "where id = ?", query -> query.setString(1, id), this::whole).stream()
                    .findFirst();
        }
    }

    Slice<FailedPayload> list(FailedQuery which, @Nullable String after, int limit) throws SQLException {
        Where where = where(which);
        if (after != null) {
            where.and(which.oldestFirst() ? "id > ?" : "id < ?", after);
        }
        String sql =
                TOLD + "where " + where.clause() + " order by id" + (which.oldestFirst() ? "" : " desc") + " limit ?";
        int most = Math.max(1, Math.min(500, limit));
        try (Connection connection = store.database().dataSource().getConnection()) {
            List<FailedPayload> found =
                    read(connection, sql, query -> query.setInt(where.bind(query), most + 1), this::told);
            return found.size() <= most
                    ? new Slice<>(found, null)
                    : new Slice<>(found.subList(0, most), found.get(most - 1).id());
        }
    }

    /** Failed payloads that are meant. */
    static Where where(FailedQuery which) {
        Where where = new Where();
        where.and("flow = ?", which.flow());
        where.and("run_id = ?", which.run());
        where.and("shape = ?", which.shape());
        where.and("code = ?", which.code());
        where.and("cause = ?", which.cause());
        where.and("lower(message) like ? escape '!'", like(which.q()));
        where.and("failed_at >= ?", which.since() == null ? null : RunRows.at(which.since()));
        where.and("failed_at < ?", which.until() == null ? null : RunRows.at(which.until()));
        where.and("id in (select failed_id from failed_key where item = ?)", which.businessKey());
        if (!which.states().isEmpty()) {
            where.conditions.add("state in (" + "?, ".repeat(which.states().size() - 1) + "?)");
            which.states().forEach(state -> where.values.add(name(state)));
        }
        return where;
    }

    /** Conditions that all hold, with their values. */
    static final class Where {

        private final List<String> conditions = new ArrayList<>(List.of("1 = 1"));
        private final List<Object> values = new ArrayList<>();

        private void and(String condition, @Nullable Object value) {
            if (value != null) {
                conditions.add(condition);
                values.add(value);
            }
        }

        String clause() {
            return String.join(" and ", conditions);
        }

        /** Sets the values. @return the number of the parameter behind them */
        int bind(PreparedStatement query) throws SQLException {
            for (int i = 0; i < values.size(); i++) {
                query.setObject(i + 1, values.get(i));
            }
            return values.size() + 1;
        }
    }

    /** A part of a text, as it is: none of its signs means anything else. */
    private static @Nullable String like(@Nullable String part) {
        return part == null
                ? null
                : "%"
                        + part.toLowerCase(Locale.ROOT)
                                .replace("!", "!!")
                                .replace("%", "!%")
                                .replace("_", "!_") + "%";
    }

    /** What was only held is not known to have failed: a run that is taken up again sends it on its way again. */
    void forgetHeld(String runId) {
        delete("run_id = ? and state = 'held'", query -> query.setString(1, runId));
    }

    /** Deletes what is older than its time. */
    void sweep(Instant before) {
        while (delete("failed_at < ? limit " + GROUP, query -> query.setObject(1, RunRows.at(before))) == GROUP) {
            // In groups, so that nobody waits long for the rows.
        }
    }

    private int delete(String which, Transaction.Bind bind) {
        return store.progress()
                .call(
                        tx -> {
                            PreparedStatement query =
                                    tx.query("select id, payload_file from failed_payload where " + which);
                            bind.to(query);
                            List<String> ids = new ArrayList<>();
                            List<@Nullable String> files = new ArrayList<>();
                            try (ResultSet rows = query.executeQuery()) {
                                while (rows.next()) {
                                    ids.add(rows.getString(1));
                                    files.add(rows.getString(2));
                                }
                            }
                            for (String id : ids) {
                                FailedKeyRows.delete(tx, id);
                                tx.add("delete from failed_payload where id = ?", row -> row.setString(1, id));
                            }
                            for (String file : files) {
                                payloads.drop(tx, file);
                            }
                            return ids.size();
                        },
                        0)
                .join();
    }

    CompletableFuture<Void> state(String id, State state) {
        return store.progress()
                .write(tx -> tx.add("update failed_payload set state = ? where id = ?", row -> {
                    row.setString(1, name(state));
                    row.setString(2, id);
                }));
    }

    CompletableFuture<Void> replayed(String id, String runId, @Nullable String job) {
        return store.progress().write(tx -> {
            if (job != null) {
                // With the same write, so that no crash comes between; asked once more after one, it is not counted
                // again.
                tx.add(
                        "update replay_job set replayed = replayed + 1 where id = ? and exists (select 1 from"
                                + " failed_payload where id = ? and (replay_run is null or replay_run <> ?))",
                        row -> {
                            row.setString(1, job);
                            row.setString(2, id);
                            row.setString(3, runId);
                        });
            }
            // The run may have ended before: nobody resolves the payload then but this.
            tx.add(
                    "update failed_payload set state = case when exists (select 1 from run r where r.id = ? and r.status"
                            + " = 'succeeded') then 'resolved' else 'replayed' end, replay_run = ? where id = ?",
                    row -> {
                        row.setString(1, runId);
                        row.setString(2, runId);
                        row.setString(3, id);
                    });
        });
    }

    CompletableFuture<Void> mended(String runId) {
        return store.progress()
                .write(tx -> tx.add(
                        "update failed_payload set state = 'resolved' where replay_run = ? and state = 'replayed'",
                        row -> row.setString(1, runId)));
    }

    /** What a row of a list tells of its payload. */
    private @Nullable Payload told(ResultSet row) throws SQLException {
        try {
            return payloads.told(row);
        } catch (EOFException e) { // more metadata than is read of all
            try (PreparedStatement all = row.getStatement().getConnection().prepareStatement(ALL + "where id = ?")) {
                all.setString(1, row.getString("id"));
                try (ResultSet whole = all.executeQuery()) {
                    return whole.next() ? payloads.read(whole) : null;
                }
            }
        }
    }

    /** The whole payload of a row; of one whose file is missing what {@link KeptPayloads#told} says. */
    private @Nullable Payload whole(ResultSet row) throws SQLException {
        Payload told = told(row);
        return told != null && told.body() instanceof Body.Stored ? told : payloads.read(row);
    }

    /** The payload of a row. */
    private interface Content {
        @Nullable
        Payload of(ResultSet row) throws SQLException;
    }

    private List<FailedPayload> read(Connection connection, String sql, Transaction.Bind bind, Content content)
            throws SQLException {
        List<FailedPayload> found = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            bind.to(query);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(failed(rows, content.of(rows)));
                }
            }
        }
        return withKeys(connection, found);
    }

    private static List<FailedPayload> withKeys(Connection connection, List<FailedPayload> found) throws SQLException {
        Map<String, List<String>> keys = new HashMap<>();
        for (int from = 0; from < found.size(); from += GROUP) {
            List<FailedPayload> part = found.subList(from, Math.min(found.size(), from + GROUP));
            keys.putAll(FailedKeyRows.of(
                    connection, part.stream().map(FailedPayload::id).toList(), MOST_KEYS));
        }
        return found.stream()
                .map(failed -> failed.with(new BusinessKeys(
                        keys.getOrDefault(failed.id(), List.of()), failed.keys().whole())))
                .toList();
    }

    private static FailedPayload failed(ResultSet row, @Nullable Payload payload) throws SQLException {
        if (payload == null) {
            throw new SQLException("failed payload " + row.getString("id") + " has lost its content");
        }
        return new FailedPayload(
                row.getString("id"),
                row.getString("run_id"),
                row.getString("flow"),
                row.getString("revision"),
                row.getString("shape"),
                payload,
                Owner.valueOf(row.getString("owner").toUpperCase(Locale.ROOT)),
                row.getString("code"),
                row.getString("message"),
                row.getInt("attempts"),
                row.getObject("failed_at", OffsetDateTime.class).toInstant(),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                new BusinessKeys(List.of(), row.getBoolean("keys_whole")),
                row.getString("replay_run"));
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
