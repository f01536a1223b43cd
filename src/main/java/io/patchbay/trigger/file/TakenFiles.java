package io.patchbay.trigger.file;

import io.patchbay.trigger.Arrival;
import io.patchbay.trigger.StartIds;
import io.patchbay.trigger.file.TakenFile.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one flow's files in one folder. A row is written before the start that it names, in the same database: the sync of
 * the start takes the row along, so a start that is on disk has its row there too. Every change holds only while the row still
 * belongs to the same run, so replicas do not write over each other.
 */
final class TakenFiles {

    private static final String NEW = "insert into file_taken (watch, name, flow, instance, path, size, modified_ms,"
            + " run_id, state, tries, seen_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String ALL =
            "select name, size, modified_ms, run_id, state, tries from file_taken where watch = ?";
    private static final String STATE =
            "update file_taken set state = ?, tries = ? where watch = ? and name = ? and run_id = ?";
    private static final String GONE = "delete from file_taken where watch = ? and name = ? and run_id = ?";
    /** SQL's state for a key that is there already. */
    private static final String DOUBLED = "23505";

    private final DataSource database;
    private final String flow;
    private final Arrival what;
    private final String watch;

    TakenFiles(DataSource database, String flow, Arrival what) {
        this.database = database;
        this.flow = flow;
        this.what = what;
        this.watch = StartIds.of(
                Instant.EPOCH, what.kind(), flow, what.instance(), what.path().text());
    }

    /** All rows, by name. */
    Map<String, TakenFile> all() throws SQLException {
        Map<String, TakenFile> all = new HashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(ALL)) {
            query.setString(1, watch);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    Arrived file = new Arrived(rows.getString(1), rows.getLong(2), rows.getLong(3));
                    State state = State.of(rows.getString(5));
                    all.put(file.name(), new TakenFile(file, rows.getString(4), state, rows.getInt(6)));
                }
            }
        }
        return all;
    }

    /**
     * Writes the row of a file that is about to be taken.
     *
     * @param before the row of an older file of that name, which goes
     * @return false when somebody else was first
     */
    boolean begin(TakenFile fresh, @Nullable TakenFile before, Instant now) throws SQLException {
        try (Connection connection = database.getConnection()) {
            if (before != null && !delete(connection, before)) {
                return false;
            }
            try (PreparedStatement insert = connection.prepareStatement(NEW)) {
                insert.setString(1, watch);
                insert.setString(2, fresh.file().name());
                insert.setString(3, flow);
                insert.setString(4, what.instance());
                insert.setString(5, what.path().text());
                insert.setLong(6, fresh.file().size());
                insert.setLong(7, fresh.file().modifiedMs());
                insert.setString(8, fresh.run());
                insert.setString(9, fresh.state().column());
                insert.setInt(10, fresh.tries());
                insert.setObject(11, now.atOffset(ZoneOffset.UTC));
                insert.executeUpdate();
                return true;
            } catch (SQLException e) {
                if (DOUBLED.equals(e.getSQLState())) {
                    return false;
                }
                throw e;
            }
        }
    }

    /** Writes how far a file came. */
    void update(TakenFile row) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(STATE)) {
            update.setString(1, row.state().column());
            update.setInt(2, row.tries());
            update.setString(3, watch);
            update.setString(4, row.file().name());
            update.setString(5, row.run());
            update.executeUpdate();
        }
    }

    /** Forgets files. */
    void forget(Collection<TakenFile> gone) throws SQLException {
        if (gone.isEmpty()) {
            return;
        }
        try (Connection connection = database.getConnection()) {
            for (TakenFile row : gone) {
                delete(connection, row);
            }
        }
    }

    private boolean delete(Connection connection, TakenFile row) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(GONE)) {
            delete.setString(1, watch);
            delete.setString(2, row.file().name());
            delete.setString(3, row.run());
            return delete.executeUpdate() > 0;
        }
    }
}
