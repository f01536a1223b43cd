package io.patchbay.run.jdbc;

import io.patchbay.run.CapturedPayload;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.RunHistory;
import io.patchbay.run.RunRecord;
import io.patchbay.store.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The history of runs in the store's database. */
public final class JdbcRunHistory implements RunHistory, AutoCloseable {

    private final Store store;
    private final Duration keepRuns;
    private final TelemetryWriter writer;

    /**
     * A history in a store.
     *
     * @param keepRuns how long ended runs and failed payloads that are done with are kept
     */
    public JdbcRunHistory(Store store, Duration keepRuns) {
        this.store = store;
        this.keepRuns = keepRuns;
        this.writer = new TelemetryWriter(store.database().dataSource());
    }

    @Override
    public void started(RunRecord record) {
        writer.add(new TelemetryWriter.RunRow(record, RunRows.detail(record)));
    }

    @Override
    public void progressed(RunRecord record) {
        started(record);
    }

    @Override
    public void captured(CapturedPayload payload) {
        writer.add(new TelemetryWriter.PayloadRow(payload));
    }

    @Override
    public Optional<RunRecord> run(String id) {
        return list(RunRows.SELECT_RUN + " where id = ?", List.of(id), 1, RunRows::run).stream()
                .findFirst();
    }

    @Override
    public Slice<RunRecord> runs(Query query) {
        StringBuilder sql = new StringBuilder(RunRows.SELECT_RUN).append(" where 1 = 1");
        List<Object> values = new ArrayList<>();
        if (query.flow() != null) {
            sql.append(" and flow = ?");
            values.add(query.flow());
        }
        if (query.status() != null) {
            sql.append(" and status = ?");
            values.add(query.status().name());
        }
        if (query.q() != null) {
            sql.append(
                    " and (lower(reason) like ? escape '!' or id like ? escape '!' or started_by like ? escape '!')");
            String like = "%" + query.q().toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1") + "%";
            values.addAll(List.of(like, like, like));
        }
        if (query.after() != null) {
            sql.append(" and id < ?");
            values.add(query.after());
        }
        sql.append(" order by id desc");
        List<RunRecord> found = list(sql.toString(), values, query.limit() + 1, RunRows::run);
        return slice(found, query.limit(), RunRecord::id);
    }

    private static <T> Slice<T> slice(List<T> found, int limit, java.util.function.Function<T, String> id) {
        boolean more = found.size() > limit;
        List<T> data = more ? found.subList(0, limit) : found;
        return new Slice<>(data, more ? id.apply(data.get(data.size() - 1)) : null);
    }

    @Override
    public List<CapturedPayload> payloads(String runId, @Nullable String shape, boolean bytes) {
        String sql = "select run_id, shape, direction, lineage, content_type, size, "
                + (bytes ? "bytes" : "null") + ", taken_at from captured_payload where run_id = ?"
                + (shape == null ? "" : " and shape = ?") + " order by id";
        List<Object> values = new ArrayList<>(List.of(runId));
        if (shape != null) {
            values.add(shape);
        }
        return list(sql, values, 1000, JdbcRunHistory::captured);
    }

    private static CapturedPayload captured(ResultSet row) throws SQLException {
        byte[] bytes = row.getBytes(7);
        return new CapturedPayload(
                row.getString(1),
                row.getString(2),
                CapturedPayload.Direction.valueOf(row.getString(3)),
                row.getString(4),
                row.getString(5),
                row.getLong(6),
                bytes == null ? new byte[0] : bytes,
                row.getObject(8, OffsetDateTime.class).toInstant(),
                Duration.ZERO);
    }

    @Override
    public Slice<FailedPayload> failed(
            @Nullable String flow, FailedPayload.@Nullable State state, @Nullable String after, int limit) {
        StringBuilder sql = new StringBuilder(RunRows.SELECT_FAILED).append(" where 1 = 1");
        List<Object> values = new ArrayList<>();
        if (flow != null) {
            sql.append(" and flow = ?");
            values.add(flow);
        }
        if (state != null) {
            sql.append(" and state = ?");
            values.add(state.name());
        }
        if (after != null) {
            sql.append(" and id < ?");
            values.add(after);
        }
        List<FailedPayload> found = list(sql + " order by id desc", values, limit + 1, RunRows::failed);
        return slice(found, limit, FailedPayload::id);
    }

    @Override
    public Optional<FailedPayload> failed(String id) {
        return list(RunRows.SELECT_FAILED + " where id = ?", List.of(id), 1, RunRows::failed).stream()
                .findFirst();
    }

    @Override
    public CompletableFuture<Void> failedIs(String id, FailedPayload.State state) {
        return store.commits()
                .write(transaction -> transaction.add("update failed_payload set state = ? where id = ?", row -> {
                    row.setString(1, state.name());
                    row.setString(2, id);
                }));
    }

    @Override
    public void sweep(Instant now) {
        Instant before = now.minus(keepRuns);
        store.commits()
                .write(transaction -> {
                    transaction.add(
                            "delete from captured_payload where expires_at < ?",
                            row -> row.setObject(1, RunRows.time(now)));
                    transaction.add(
                            "delete from run where ended_at < ?", row -> row.setObject(1, RunRows.time(before)));
                    transaction.add(
                            "delete from failed_payload where failed_at < ? and state <> 'OPEN' and state <> 'HELD'",
                            row -> row.setObject(1, RunRows.time(before)));
                })
                .join();
    }

    /** Waits until what was handed in is written; for readers that must see their own writes. */
    public void flush() {
        writer.flush();
    }

    @Override
    public void close() {
        writer.close();
    }

    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> list(String sql, List<Object> values, int most, Row<T> reader) {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setMaxRows(most);
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            List<T> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new CompletionException("the history cannot be read", e);
        }
    }
}
