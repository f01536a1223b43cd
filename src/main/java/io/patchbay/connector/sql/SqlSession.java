package io.patchbay.connector.sql;

import io.patchbay.connector.SessionPool;
import io.patchbay.connector.sql.SqlAddress.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;

/** A connection to a database, without automatic commit. */
record SqlSession(Connection connection, Kind kind) implements SessionPool.Session {

    private static final int ANSWER_SECONDS = 5;

    /** Begins what changes nothing, or what may. */
    void readOnly(boolean only) throws SQLException {
        connection.setReadOnly(only);
        if (kind == Kind.MARIADB) { // its driver tells the server nothing
            try (Statement statement = connection.createStatement()) {
                statement.execute("set session transaction read " + (only ? "only" : "write"));
            }
        }
    }

    /** A null of a type that the database takes for any. */
    int nullType() {
        return kind == Kind.SQLSERVER || kind == Kind.DROPPED ? Types.VARCHAR : Types.NULL;
    }

    /** Whether the keys that a batch made can be asked for behind it. */
    boolean tellsKeysOfBatches() {
        return kind != Kind.SQLSERVER && kind != Kind.DROPPED;
    }

    @Override
    public boolean open() {
        try {
            return !connection.isClosed();
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public boolean answers() {
        try {
            return connection.isValid(ANSWER_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void cut() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException | RuntimeException e) {
            // it is gone then
        }
    }
}
