package io.patchbay.run.segment;

import io.patchbay.store.SqlWork;
import io.patchbay.store.Store;
import io.patchbay.store.Transaction;
import io.patchbay.store.UnsyncedWriter;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Segments as rows of a database that replicas share: each of them can read what another one captured. */
final class RowContent implements OpenContent {

    static final String PLACE = "row";

    private static final String INSERT = "insert into captured_content (segment, at_byte, bytes) values (?, ?, ?)";
    private static final String READ = "select bytes from captured_content where segment = ? and at_byte = ?";
    private static final String DELETE = "delete from captured_content where segment = ?";

    private final Store store;

    RowContent(Store store) {
        this.store = store;
    }

    @Override
    public String place() {
        return PLACE;
    }

    @Override
    public SqlWork write(String segment, long at, byte[] frame) {
        return tx -> tx.add(INSERT, row -> {
            row.setString(1, segment);
            row.setLong(2, at);
            row.setBytes(3, frame);
        });
    }

    @Override
    public byte[] read(String segment, long at, int length) throws IOException {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(READ)) {
            query.setString(1, segment);
            query.setLong(2, at);
            try (ResultSet rows = query.executeQuery()) {
                if (!rows.next()) {
                    throw new IOException("segment " + segment + " has no such block");
                }
                return rows.getBytes(1);
            }
        } catch (SQLException e) {
            throw new IOException("a block of segment " + segment + " cannot be read", e);
        }
    }

    @Override
    public void seal(String segment) {
        // nothing is open
    }

    @Override
    public void delete(String segment) throws IOException {
        try {
            new UnsyncedWriter(store).write(tx -> delete(tx, segment));
        } catch (SQLException e) {
            throw new IOException("segment " + segment + " cannot be deleted", e);
        }
    }

    /** Deletes a segment's blocks as part of a transaction. */
    static void delete(Transaction tx, String segment) throws SQLException {
        tx.add(DELETE, row -> row.setString(1, segment));
    }
}
