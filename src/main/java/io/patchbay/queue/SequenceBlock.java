package io.patchbay.queue;

import io.patchbay.store.Database;
import io.patchbay.store.Transaction;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Numbers that grow with each accepted start. On a shared database each process takes them by the thousand. */
final class SequenceBlock {

    private static final int BLOCK = 1000;

    private final boolean shared;
    private long next;
    private long end;

    /** @throws SQLException when the highest number in use cannot be read */
    SequenceBlock(Database database) throws SQLException {
        this.shared = database.dialect().shared();
        if (shared) {
            return;
        }
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet highest = statement.executeQuery("select max(seq) from start")) {
            next = highest.next() ? highest.getLong(1) + 1 : 1;
            end = Long.MAX_VALUE;
        }
    }

    /** The next number; one that a rolled back transaction got is not given again. */
    synchronized long next(Transaction transaction) throws SQLException {
        if (next >= end) {
            try (ResultSet block =
                    transaction.query("select nextval('start_seq')").executeQuery()) {
                if (!shared || !block.next()) {
                    throw new SQLException("there are no more numbers for starts");
                }
                next = block.getLong(1);
                end = next + BLOCK;
            }
        }
        return next++;
    }
}
