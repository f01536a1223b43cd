package io.patchbay.run.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.PayloadCodec;
import io.patchbay.queue.Claim;
import io.patchbay.run.Checkpoints;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.RunRecord;
import io.patchbay.store.SqlWork;
import io.patchbay.store.Store;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checkpoints in the store's database, written by group commit: many runs share a sync. */
public final class JdbcCheckpoints implements Checkpoints {

    private static final String PAGE =
            "insert into run_page (run_id, shape, parent, ordinal, body, next_at) values (?, ?, ?, ?, ?, ?)";
    private static final String DELIVERED =
            "update run_page set body = null where run_id = ? and shape = ? and parent = ? and ordinal = ?";
    private static final String DELIVERED_BEFORE =
            "delete from run_page where run_id = ? and shape = ? and parent = ? and ordinal < ?";
    private static final String FORGET_SENT =
            "delete from run_sent where run_id = ? and (lineage = ? or lineage like ?)";
    private static final String SENT = "insert into run_sent (run_id, shape, lineage, output) values (?, ?, ?, ?)";

    private final Store store;
    private final Function<Claim, SqlWork> acknowledge;

    /**
     * Checkpoints in a store.
     *
     * @param acknowledge the work that takes a finished start out of the queue; it fails when the claim was fenced off
     */
    public JdbcCheckpoints(Store store, Function<Claim, SqlWork> acknowledge) {
        this.store = store;
        this.acknowledge = acknowledge;
    }

    @Override
    public CompletableFuture<Void> page(String runId, String shape, Payload page, @Nullable JsonNode next) {
        byte[] body = PayloadCodec.toBytes(page);
        Place place = Place.of(page);
        return store.commits()
                .write(
                        transaction -> transaction.add(PAGE, row -> {
                            place.bind(row, runId, shape);
                            row.setBytes(5, body);
                            row.setString(6, next == null ? null : next.toString());
                        }),
                        body.length);
    }

    @Override
    public CompletableFuture<Void> delivered(String runId, String shape, Payload page, @Nullable JsonNode next) {
        Place place = Place.of(page);
        String lineage = page.lineage().text();
        return store.commits().write(transaction -> {
            transaction.add(DELIVERED, row -> place.bind(row, runId, shape));
            transaction.add(DELIVERED_BEFORE, row -> place.bind(row, runId, shape));
            transaction.add(FORGET_SENT, row -> {
                row.setString(1, runId);
                row.setString(2, lineage);
                row.setString(3, lineage + "/%");
            });
        });
    }

    @Override
    public CompletableFuture<Void> sent(String runId, String shape, String lineage, @Nullable Payload output) {
        byte[] bytes = output == null ? null : PayloadCodec.toBytes(output);
        return store.commits()
                .write(
                        transaction -> transaction.add(SENT, row -> {
                            row.setString(1, runId);
                            row.setString(2, shape);
                            row.setString(3, lineage);
                            row.setBytes(4, bytes);
                        }),
                        bytes == null ? 0 : bytes.length);
    }

    @Override
    public CompletableFuture<Void> failed(FailedPayload failed) {
        byte[] payload = PayloadCodec.toBytes(failed.payload());
        return store.commits()
                .write(
                        transaction ->
                                transaction.add(RunRows.INSERT_FAILED, row -> RunRows.bind(row, failed, payload)),
                        payload.length);
    }

    @Override
    public CompletableFuture<Void> finish(RunRecord outcome, @Nullable Claim claim) {
        byte[] detail = RunRows.detail(outcome);
        SqlWork acknowledged = claim == null ? null : acknowledge.apply(claim);
        return store.commits()
                .write(
                        transaction -> {
                            if (acknowledged != null) {
                                acknowledged.run(transaction);
                                String id = outcome.id();
                                transaction.add(RunRows.DELETE_RUN, row -> row.setString(1, id));
                                transaction.add("delete from run_page where run_id = ?", row -> row.setString(1, id));
                                transaction.add("delete from run_sent where run_id = ?", row -> row.setString(1, id));
                            }
                            transaction.add(RunRows.INSERT_RUN, row -> RunRows.bind(row, outcome, detail));
                        },
                        detail.length);
    }

    @Override
    public Progress load(String runId) {
        try (Connection connection = store.database().dataSource().getConnection()) {
            return new Progress(pulls(connection, runId), sent(connection, runId), failures(connection, runId));
        } catch (SQLException | IOException e) {
            throw new CompletionException("checkpoints of run " + runId + " cannot be read", e);
        }
    }

    private static Map<String, PullProgress> pulls(Connection connection, String runId)
            throws SQLException, IOException {
        Map<String, List<Payload>> open = new LinkedHashMap<>();
        Map<String, Long> delivered = new LinkedHashMap<>();
        Map<String, @Nullable JsonNode> next = new LinkedHashMap<>();
        String sql = "select shape, parent, ordinal, body, next_at from run_page where run_id = ?"
                + " order by shape, parent, ordinal";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, runId);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String key = rows.getString(1) + "|" + rows.getString(2);
                    byte[] body = rows.getBytes(4);
                    open.computeIfAbsent(key, any -> new ArrayList<>());
                    if (body == null) {
                        delivered.put(key, rows.getLong(3) + 1);
                    } else {
                        open.get(key).add(PayloadCodec.fromBytes(body));
                    }
                    next.put(key, json(rows.getString(5)));
                }
            }
        }
        Map<String, PullProgress> pulls = new LinkedHashMap<>();
        open.forEach((key, pages) ->
                pulls.put(key, new PullProgress(delivered.getOrDefault(key, 0L), next.get(key), pages)));
        return pulls;
    }

    private static @Nullable JsonNode json(@Nullable String text) throws JsonProcessingException {
        return text == null ? null : Json.MAPPER.readTree(text);
    }

    private static Map<String, Sent> sent(Connection connection, String runId) throws SQLException, IOException {
        Map<String, Sent> sent = new LinkedHashMap<>();
        try (PreparedStatement statement =
                connection.prepareStatement("select shape, lineage, output from run_sent where run_id = ?")) {
            statement.setString(1, runId);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    byte[] output = rows.getBytes(3);
                    sent.put(
                            rows.getString(1) + "|" + rows.getString(2),
                            new Sent(output == null ? null : PayloadCodec.fromBytes(output)));
                }
            }
        }
        return sent;
    }

    private static Map<String, FailedPayload> failures(Connection connection, String runId) throws SQLException {
        Map<String, FailedPayload> failed = new LinkedHashMap<>();
        String sql = RunRows.SELECT_FAILED + " where run_id = ? and state <> 'HELD'";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, runId);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    FailedPayload row = RunRows.failed(rows);
                    failed.put(row.shape() + "|" + row.payload().lineage(), row);
                }
            }
        }
        return failed;
    }

    /** Where a page stands: the payload its pull was opened for, and its place in the pull. */
    private record Place(String parent, long ordinal) {
        static Place of(Payload page) {
            String lineage = page.lineage().text();
            int slash = lineage.lastIndexOf('/');
            int hash = lineage.lastIndexOf('#');
            return new Place(lineage.substring(0, slash), Long.parseLong(lineage.substring(hash + 1)));
        }

        void bind(PreparedStatement row, String runId, String shape) throws SQLException {
            row.setString(1, runId);
            row.setString(2, shape);
            row.setString(3, parent);
            row.setLong(4, ordinal);
        }
    }
}
