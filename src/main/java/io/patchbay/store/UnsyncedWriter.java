package io.patchbay.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs work in a transaction of its own whose commit does not wait for the disk. For what may be lost in a crash. */
public final class UnsyncedWriter {

    private final Database database;
    private final DiskGuard disk;

    /** A writer into a store's database, whose guard hears of writes that found no room. */
    public UnsyncedWriter(Store store) {
        this.database = store.database();
        this.disk = store.disk();
    }

    /** Runs {@code work} and commits. @throws SQLException when nothing of it was written */
    public void write(SqlWork work) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            try {
                if (database.dialect().shared()) {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("set local synchronous_commit = off");
                    }
                }
                database.transaction(connection, work);
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                failed(connection, e);
                throw e;
            }
        }
    }

    private void failed(Connection connection, Exception why) {
        disk.failed(why);
        try {
            connection.rollback();
        } catch (SQLException e) {
            why.addSuppressed(e);
        }
        database.doubt(connection);
    }
}
