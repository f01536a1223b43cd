package io.patchbay.trigger.event;

import io.patchbay.trigger.StartIds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/**
 * The rows of messages that one trigger took. A row is written before the start that it names, in the same database: the sync of
 * the start takes the row along, so a start that is on disk has its row there too. The newest rows stay: a broker can give again
 * only what is in hand, which is far less.
 */
final class TakenMessages {

    /** So many rows of a trigger stay. */
    static final int REMEMBERED = 10_000;

    private static final String FIND = "select run_id from event_taken where source = ? and message = ?";
    private static final String GONE = "delete from event_taken where source = ? and message = ?";
    private static final String NEW = "insert into event_taken (source, message, run_id, taken_at) values (?, ?, ?, ?)";
    private static final String OLDEST = "select taken_at from event_taken where source = ? order by taken_at desc"
            + " offset " + REMEMBERED + " rows fetch first 1 rows only";
    private static final String OLD = "delete from event_taken where source = ? and taken_at <= ?";

    private final DataSource database;
    private final String source;
    private int written;

    TakenMessages(DataSource database, String... source) {
        this.database = database;
        this.source = StartIds.of(Instant.EPOCH, source);
    }

    private static String hash(String message) {
        return StartIds.of(Instant.EPOCH, "message", message);
    }

    /** The runs of those of these messages that were taken before, by message. */
    Map<String, String> find(Collection<String> messages) throws SQLException {
        Map<String, String> found = new HashMap<>();
        if (messages.isEmpty()) {
            return found;
        }
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(FIND)) {
            for (String message : messages) {
                query.setString(1, source);
                query.setString(2, hash(message));
                try (ResultSet rows = query.executeQuery()) {
                    if (rows.next()) {
                        found.put(message, rows.getString(1));
                    }
                }
            }
        }
        return found;
    }

    /** Writes rows; an older one of the same message goes. */
    void write(Map<String, String> runs, Instant now) throws SQLException {
        if (runs.isEmpty()) {
            return;
        }
        delete(runs.keySet());
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement(NEW)) {
                for (Map.Entry<String, String> run : runs.entrySet()) {
                    insert.setString(1, source);
                    insert.setString(2, hash(run.getKey()));
                    insert.setString(3, run.getValue());
                    insert.setObject(4, now.atOffset(ZoneOffset.UTC));
                    insert.addBatch();
                }
                insert.executeBatch();
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
        written += runs.size();
        if (written >= REMEMBERED / 10) {
            written = 0;
            deleteOld();
        }
    }

    private void deleteOld() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement oldest = connection.prepareStatement(OLDEST);
                PreparedStatement old = connection.prepareStatement(OLD)) {
            oldest.setString(1, source);
            OffsetDateTime until = null;
            try (ResultSet rows = oldest.executeQuery()) {
                if (rows.next()) {
                    until = rows.getObject(1, OffsetDateTime.class);
                }
            }
            if (until != null) {
                old.setString(1, source);
                old.setObject(2, until);
                old.executeUpdate();
            }
        }
    }

    /** Forgets messages. */
    void delete(Collection<String> messages) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement gone = connection.prepareStatement(GONE)) {
            for (String message : messages) {
                gone.setString(1, source);
                gone.setString(2, hash(message));
                gone.addBatch();
            }
            gone.executeBatch();
        }
    }
}
