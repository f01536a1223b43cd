package io.patchbay.run.jdbc;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import io.patchbay.store.SqlWork;
import io.patchbay.store.Store;
import io.patchbay.store.UnsyncedWriter;
import java.sql.SQLException;

/** Writes what belongs to caches, again where another replica was in the way. */
final class CacheWriter {

    private static final int TRIES = 5;

    private final UnsyncedWriter writer;

    CacheWriter(Store store) {
        this.writer = new UnsyncedWriter(store);
    }

    /** H2 tells two who make the same row at once so, where PostgreSQL lets the second wait: it comes again. */
    void write(SqlWork work) throws SQLException {
        for (int tries = 1; ; tries++) {
            try {
                writer.write(work);
                return;
            } catch (SQLException e) {
                if (tries == TRIES || !again(e)) {
                    throw e;
                }
            }
        }
    }

    private static boolean again(SQLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String state = cause instanceof SQLException sql ? sql.getSQLState() : null;
            if (state != null && (state.equals("23505") || state.startsWith("40") || state.equals("90131"))) {
                return true;
            }
        }
        return false;
    }

    /** What a step is told. */
    static StepException unanswered(SQLException e) {
        return new StepException(Owner.INTERNAL, "NO_CACHE", "the store of caches does not answer", e, true, null);
    }
}
