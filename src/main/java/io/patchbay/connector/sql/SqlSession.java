package io.patchbay.connector.sql;

import io.patchbay.connector.SessionPool;
import java.sql.Connection;
import java.sql.SQLException;

/** A connection to a database, without automatic commit. */
record SqlSession(Connection connection) implements SessionPool.Session {

    private static final int ANSWER_SECONDS = 5;

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
