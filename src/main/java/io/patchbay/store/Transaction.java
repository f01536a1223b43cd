package io.patchbay.store;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a piece of work does to a group's transaction. Statements with the same text, from whatever piece, go to the database
 * as one batch; the statements of one piece keep their order, and so do those of pieces that belong together: an update never
 * overtakes the insert of its row, though both may stand in one group. Used by one thread at a time.
 */
public final class Transaction {

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared;
    private final Map<String, Batch> batches = new LinkedHashMap<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final Map<Object, Integer> furthestOf = new HashMap<>();
    private int piece;
    private @Nullable Object order;
    private int furthest;

    /** @param prepared statements that this connection prepared earlier, by text; kept for the next transaction */
    Transaction(Connection connection, Map<String, PreparedStatement> prepared) {
        this.connection = connection;
        this.prepared = prepared;
    }

    /** Fills in a statement's parameters. */
    @FunctionalInterface
    public interface Bind {
        /** Sets all parameters of {@code statement}. */
        void to(PreparedStatement statement) throws SQLException;
    }

    /** Judges how many rows a statement changed. */
    @FunctionalInterface
    public interface Rows {
        /** Throws when {@code count} is not the right number: then the piece of work fails. */
        void changed(int count) throws SQLException;
    }

    /** Adds a statement that is run with its neighbours before the commit. */
    public void add(String sql, Bind bind) throws SQLException {
        add(sql, bind, null);
    }

    /**
     * Adds a statement, an update or delete, whose row count is judged.
     *
     * @param rows called before the commit
     */
    public void add(String sql, Bind bind, @Nullable Rows rows) throws SQLException {
        Batch batch = batches.get(sql);
        if (batch == null || batch.position < furthest) {
            if (batch != null) {
                flush();
            }
            batch = new Batch(statement(sql), batches.size());
            batches.put(sql, batch);
        }
        furthest = batch.position;
        if (order != null) {
            furthestOf.put(order, furthest);
        }
        bind.to(batch.statement);
        batch.statement.addBatch();
        batch.entries.add(new Entry(piece, rows));
    }

    /** The connection, for work that reads; what was added so far has been run. It must not be committed or closed. */
    public Connection connection() throws SQLException {
        flush();
        return connection;
    }

    /** A statement for reading, kept prepared; what was added so far has been run. It must not be closed. */
    public PreparedStatement query(String sql) throws SQLException {
        flush();
        return statement(sql);
    }

    /** Something to do after the commit is on disk; not done when the piece fails. It must be quick and not throw. */
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    /** @param together what pieces that belong together have in common; null for a piece that stands alone */
    void begin(int number, @Nullable Object together) {
        piece = number;
        order = together;
        furthest = together == null ? 0 : furthestOf.getOrDefault(together, 0);
    }

    void flush() throws SQLException {
        List<Batch> due = new ArrayList<>(batches.values());
        batches.clear();
        furthestOf.clear();
        furthest = 0;
        try {
            for (Batch batch : due) {
                batch.execute();
            }
        } finally {
            for (Batch batch : due) {
                batch.statement.clearBatch();
            }
        }
    }

    /** Forgets what was added and not run, so that a prepared statement starts empty the next time. */
    void abandon() {
        for (Batch batch : batches.values()) {
            try {
                batch.statement.clearBatch();
            } catch (SQLException ignored) {
                prepared.values().remove(batch.statement);
            }
        }
        batches.clear();
        furthestOf.clear();
        afterCommit.clear();
    }

    List<Runnable> committed() {
        return afterCommit;
    }

    private PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement known = prepared.get(sql);
        if (known == null || known.isClosed()) {
            known = connection.prepareStatement(sql);
            prepared.put(sql, known);
        }
        return known;
    }

    /** Which piece of work was at fault; thrown by {@link #flush}. */
    static final class PieceFailed extends SQLException {
        private final int piece;

        PieceFailed(int piece, Exception cause) {
            super(cause.getMessage(), cause);
            this.piece = piece;
        }

        int piece() {
            return piece;
        }
    }

    private record Entry(int piece, @Nullable Rows rows) {}

    private static final class Batch {
        private final PreparedStatement statement;
        private final int position;
        private final List<Entry> entries = new ArrayList<>();

        Batch(PreparedStatement statement, int position) {
            this.statement = statement;
            this.position = position;
        }

        void execute() throws SQLException {
            int[] counts;
            try {
                counts = statement.executeBatch();
            } catch (BatchUpdateException e) {
                throw blame(e);
            }
            for (int i = 0; i < counts.length; i++) {
                Entry entry = entries.get(i);
                if (entry.rows != null) {
                    try {
                        entry.rows.changed(counts[i]);
                    } catch (SQLException | RuntimeException e) {
                        throw new PieceFailed(entry.piece, e);
                    }
                }
            }
        }

        /** H2 marks the entries that failed; PostgreSQL marks all from some point on, so that only one mark is a proof. */
        private SQLException blame(BatchUpdateException e) {
            Map<Integer, Integer> failed = new HashMap<>();
            int[] counts = e.getUpdateCounts();
            for (int i = 0; i < counts.length && i < entries.size(); i++) {
                if (counts[i] == java.sql.Statement.EXECUTE_FAILED) {
                    failed.put(entries.get(i).piece, i);
                }
            }
            return failed.size() == 1
                    ? new PieceFailed(failed.keySet().iterator().next(), e)
                    : e;
        }
    }
}
