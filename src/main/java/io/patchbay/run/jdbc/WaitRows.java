package io.patchbay.run.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import io.patchbay.run.WaitingPayload;
import io.patchbay.run.WaitingPayload.Left;
import io.patchbay.shape.wait.Awaits;
import io.patchbay.shape.wait.Decision;
import io.patchbay.shape.wait.WaitState;
import io.patchbay.store.Store;
import io.patchbay.store.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the rows of payloads that wait. */
final class WaitRows {

    private static final String COLUMNS =
            "id, run_id, queued_at, flow, revision, shape, lineage, repeats, kind, wait_key, title,"
                    + " message, since, expires_at, state, decided_at, decided_by, note, data, release_run, variables, bytes,"
                    + " body_folder";
    /** Begins a query. */
    static final String ALL = "select " + COLUMNS + " from waiting_payload ";
    /** What came with decisions may be large, and a page has many of them. */
    static final String LISTED = ALL.replace(" data,", " cast(null as varchar) as data,");

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private final Store store;

    WaitRows(Store store) {
        this.store = store;
    }

    /** Those that a query finds. @throws IllegalStateException when the store does not answer */
    List<WaitingPayload> read(String sql, Transaction.Bind bind) {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            bind.to(query);
            return read(query);
        } catch (SQLException e) {
            throw new IllegalStateException("what waits cannot be read", e);
        }
    }

    /** Those that a query finds. */
    List<WaitingPayload> read(PreparedStatement query) throws SQLException {
        List<WaitingPayload> found = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                found.add(one(rows));
            }
        }
        return found;
    }

    private WaitingPayload one(ResultSet row) throws SQLException {
        String folder = row.getString("body_folder");
        boolean here = folder == null || folder.equals(store.folder().id());
        return new WaitingPayload(
                row.getString("id"),
                new Left(
                        row.getString("run_id"),
                        instant(row, "queued_at"),
                        row.getString("flow"),
                        row.getString("revision"),
                        row.getString("shape"),
                        row.getString("lineage"),
                        row.getBoolean("repeats")),
                new WaitingPayload.Wish(
                        Awaits.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                        row.getString("wait_key"),
                        row.getString("title"),
                        row.getString("message"),
                        instant(row, "expires_at")),
                instant(row, "since"),
                decision(row),
                row.getString("release_run"),
                row.getLong("bytes"),
                texts(row.getString("variables")),
                here ? null : folder);
    }

    private static @Nullable Decision decision(ResultSet row) throws SQLException {
        WaitState state = WaitState.valueOf(row.getString("state").toUpperCase(Locale.ROOT));
        return state == WaitState.WAITING
                ? null
                : new Decision(
                        state,
                        row.getString("decided_by"),
                        row.getString("note"),
                        instant(row, "decided_at"),
                        tree(row.getString("data")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** What came with a decision. */
    static @Nullable JsonNode tree(@Nullable String json) throws SQLException {
        try {
            return json == null ? null : Json.KEPT.readTree(json);
        } catch (JsonProcessingException e) {
            throw new SQLException("what came with a decision is damaged", e);
        }
    }

    private static Map<String, String> texts(@Nullable String json) throws SQLException {
        try {
            return json == null ? Map.of() : Json.MAPPER.readValue(json, TEXTS);
        } catch (JsonProcessingException e) {
            throw new SQLException("the variables of what waits are damaged", e);
        }
    }
}
