package io.patchbay.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs work in a transaction of its own whose commit does not wait for the disk. For what may be lost in a crash. */
public final class UnsyncedWriter {

    private final Database database;

    /** A writer into a database. */
    public UnsyncedWriter(Database database) {
        this.database = database;
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
                connection.rollback();
                throw e;
            }
        }
    }
}
