package io.patchbay.store;

import io.patchbay.store.GroupCommit.Piece;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs groups of work on one connection: all at once, and when that fails, without the piece at fault. */
final class GroupWriter implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(GroupWriter.class.getName());

    /** Tries of a single piece that met a deadlock or a lock timeout. */
    private static final int TRIES = 4;

    private final Database database;
    private final DiskGuard disk;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private @Nullable Connection connection;
    /** How often the database had been renewed when the connection was made. */
    private int renewals;

    GroupWriter(Database database, DiskGuard disk) {
        this.database = database;
        this.disk = disk;
    }

    /** Each piece of {@code group} is on disk or has failed when this returns. */
    void write(List<Piece<?>> group) {
        write(group, 1);
    }

    private void write(List<Piece<?>> group, int attempt) {
        if (group.isEmpty()) {
            return;
        }
        Outcome outcome = attempt(group);
        if (outcome.failure == null) {
            return;
        }
        if (outcome.end == End.UNKNOWN || (outcome.end == End.LOST && attempt == TRIES)) {
            group.forEach(piece -> piece.fail(outcome.failure));
        } else if (outcome.end == End.LOST) {
            write(group, TRIES);
        } else if (group.size() > 1) {
            int culprit = outcome.culprit;
            int cut = culprit >= 0 ? culprit : group.size() / 2;
            write(group.subList(0, cut), 1);
            int rest = culprit >= 0 ? culprit + 1 : cut;
            if (culprit >= 0) {
                write(group.subList(culprit, rest), 1);
            }
            write(group.subList(rest, group.size()), 1);
        } else if (attempt < TRIES && transientState(outcome.failure)) {
            write(group, attempt + 1);
        } else {
            group.get(0).fail(outcome.failure);
        }
    }

    private Outcome attempt(List<Piece<?>> group) {
        int running = -1;
        boolean committing = false;
        Transaction transaction = null;
        try {
            Connection current = connection();
            transaction = new Transaction(current, prepared);
            for (running = 0; running < group.size(); running++) {
                transaction.begin(running, group.get(running).together());
                group.get(running).run(transaction);
            }
            running = -1;
            transaction.flush();
            committing = true;
            current.commit();
            database.sync(current);
            return new Outcome(null, -1, End.SYNCED);
        } catch (SQLException | RuntimeException e) {
            disk.failed(e);
            int culprit = e instanceof Transaction.PieceFailed failed ? failed.piece() : running;
            boolean usable = rollback(transaction) && !committing;
            if (!usable) {
                drop();
                database.renew();
            }
            Throwable cause = e instanceof Transaction.PieceFailed && e.getCause() != null ? e.getCause() : e;
            End end = committing || transaction == null ? End.UNKNOWN : usable ? End.ROLLED_BACK : End.LOST;
            return new Outcome(cause, culprit, end);
        }
    }

    /** Gives the connection back when the database is to be opened anew: H2 closes its file only when nobody holds one. */
    void rest() {
        Connection current = connection;
        if (current == null) {
            return;
        }
        if (renewals != database.renewals()) {
            drop();
        } else if (disk.tight() && database.broken(current)) { // by a write of somebody else, who need not have noticed
            drop();
            database.renew();
        }
    }

    private Connection connection() throws SQLException {
        if (connection != null && renewals != database.renewals()) {
            drop();
        }
        Connection current = connection;
        if (current == null) {
            renewals = database.renewals(); // before: a connection that was renewed meanwhile is given back
            current = database.dataSource().getConnection();
            current.setAutoCommit(false);
            connection = current;
        }
        return current;
    }

    /** Whether the connection may go on. */
    private boolean rollback(@Nullable Transaction transaction) {
        Connection current = connection;
        if (transaction == null || current == null) {
            return false;
        }
        transaction.abandon();
        try {
            current.rollback();
            return !database.broken(current);
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "the connection is lost", e);
            return false;
        }
    }

    private void drop() {
        prepared.clear();
        Connection current = connection;
        connection = null;
        if (current != null) {
            try {
                current.rollback();
            } catch (SQLException e) {
                LOG.log(System.Logger.Level.DEBUG, "rollback on a lost connection", e);
            }
            try {
                current.close();
            } catch (SQLException e) {
                LOG.log(System.Logger.Level.DEBUG, "close of a lost connection", e);
            }
        }
    }

    /** Deadlock, serialization failure, lock timeout: the same work may well succeed the next time. */
    private static boolean transientState(Throwable failure) {
        if (!(failure instanceof SQLException sql)) {
            return false;
        }
        String state = sql.getSQLState();
        return state != null && (state.startsWith("40") || state.equals("55P03") || state.equals("HYT00"));
    }

    @Override
    public void close() {
        List<PreparedStatement> open = new ArrayList<>(prepared.values());
        for (PreparedStatement statement : open) {
            try {
                statement.close();
            } catch (SQLException e) {
                LOG.log(System.Logger.Level.DEBUG, "close of a statement", e);
            }
        }
        drop();
    }

    private enum End {
        SYNCED,
        /** Nothing was written, and the connection may go on. */
        ROLLED_BACK,
        /** Nothing was written, the connection broke: worth one more try on a new one. */
        LOST,
        /** The commit failed, or there is no connection at all. */
        UNKNOWN
    }

    /**
     * How a group's transaction ended.
     *
     * @param failure null when it is on disk
     * @param culprit the piece at fault; -1 when unknown
     */
    private record Outcome(@Nullable Throwable failure, int culprit, End end) {}
}
