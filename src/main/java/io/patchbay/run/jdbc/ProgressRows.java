package io.patchbay.run.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.run.Checkpoints.Progress;
import io.patchbay.run.Checkpoints.PullProgress;
import io.patchbay.run.Checkpoints.Sent;
import io.patchbay.run.FailedPayload;
import io.patchbay.store.Store;
import io.patchbay.store.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What runs left: reading it when a run is taken up again, deleting it when it is delivered or the run ends. */
final class ProgressRows {

    private static final String PULLS = "select shape, source, delivered, next, well from run_pull where run_id = ?";
    private static final String PAGES =
            "select shape, source, payload, payload_file from run_page where run_id = ? order by shape, source, ordinal";
    private static final String SENT = "select shape, lineage, payload, payload_file from run_sent where run_id = ?";

    /** The lineage itself and all below it: '0' is the character behind '/'. */
    private static final String BELOW = " where run_id = ? and (lineage = ? or (lineage >= ? and lineage < ?))";

    private final Store store;
    private final KeptPayloads payloads;
    private final FailedRows failures;

    ProgressRows(Store store, KeptPayloads payloads, FailedRows failures) {
        this.store = store;
        this.payloads = payloads;
        this.failures = failures;
    }

    /** All of a run's progress; tells the key of each pull that has a row. */
    Progress load(String runId, Consumer<String> pulls) throws SQLException {
        failures.forgetHeld(runId);
        try (Connection connection = store.database().dataSource().getConnection()) {
            Map<String, List<Payload>> open = pages(connection, runId);
            Map<String, PullProgress> progress = new HashMap<>();
            try (PreparedStatement query = connection.prepareStatement(PULLS)) {
                query.setString(1, runId);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        String key = rows.getString(1) + "|" + rows.getString(2);
                        pulls.accept(key);
                        progress.put(
                                key,
                                new PullProgress(
                                        rows.getLong(3),
                                        node(rows.getString(4)),
                                        open.getOrDefault(key, List.of()),
                                        rows.getBoolean(5)));
                    }
                }
            }
            Map<String, FailedPayload> failed = new HashMap<>();
            for (FailedPayload each : failures.ofRun(connection, runId)) {
                failed.put(each.shape() + "|" + lineage(each), each);
            }
            return new Progress(progress, sent(connection, runId), failed);
        }
    }

    /** Which payload it was; of one whose content is lost with all that was kept of it, the id: that payload is tried again. */
    private static String lineage(FailedPayload failed) {
        return failed.lost() == null ? failed.payload().lineage().text() : "?" + failed.id();
    }

    private Map<String, List<Payload>> pages(Connection connection, String runId) throws SQLException {
        Map<String, List<Payload>> open = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(PAGES)) {
            query.setString(1, runId);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    Payload page = payloads.read(rows);
                    if (page != null) {
                        open.computeIfAbsent(rows.getString(1) + "|" + rows.getString(2), any -> new ArrayList<>())
                                .add(page);
                    }
                }
            }
        }
        return open;
    }

    private Map<String, Sent> sent(Connection connection, String runId) throws SQLException {
        Map<String, Sent> sent = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(SENT)) {
            query.setString(1, runId);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    sent.put(rows.getString(1) + "|" + rows.getString(2), new Sent(payloads.read(rows)));
                }
            }
        }
        return sent;
    }

    /** Deletes the marks of a payload and of all that came from it. */
    void dropSentBelow(Transaction tx, String runId, String lineage) throws SQLException {
        tx.add("delete from run_sent" + BELOW, row -> bindBelow(row, runId, lineage));
    }

    /** Gives up the files of a page and of the marks below it. */
    void dropFilesBelow(Transaction tx, String runId, JdbcCheckpoints.PageKey page, String lineage)
            throws SQLException {
        PreparedStatement marks =
                tx.query("select payload_file from run_sent" + BELOW + " and payload_file is not null");
        bindBelow(marks, runId, lineage);
        dropFiles(tx, marks);
        PreparedStatement pages = tx.query("select payload_file from run_page"
                + " where run_id = ? and shape = ? and source = ? and ordinal = ? and payload_file is not null");
        page.bind(pages, runId);
        pages.setLong(4, page.ordinal());
        dropFiles(tx, pages);
    }

    private void dropFiles(Transaction tx, PreparedStatement query) throws SQLException {
        List<String> files = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                files.add(rows.getString(1));
            }
        }
        for (String file : files) {
            payloads.drop(tx, file);
        }
    }

    /** Deletes all of a run's progress. */
    void forget(Transaction tx, String runId, boolean files) throws SQLException {
        for (String table : List.of("run_page", "run_sent")) {
            if (files) {
                PreparedStatement query = tx.query(
                        "select payload_file from " + table + " where run_id = ? and payload_file is not null");
                query.setString(1, runId);
                dropFiles(tx, query);
            }
            tx.add("delete from " + table + " where run_id = ?", row -> row.setString(1, runId));
        }
        tx.add("delete from run_pull where run_id = ?", row -> row.setString(1, runId));
    }

    private static void bindBelow(PreparedStatement row, String runId, String lineage) throws SQLException {
        row.setString(1, runId);
        row.setString(2, lineage);
        row.setString(3, lineage + "/");
        row.setString(4, lineage + "0");
    }

    private static @Nullable JsonNode node(@Nullable String text) throws SQLException {
        try {
            return text == null ? null : Json.KEPT.readTree(text);
        } catch (JsonProcessingException e) {
            throw new SQLException("where a pull goes on is damaged", e);
        }
    }
}
