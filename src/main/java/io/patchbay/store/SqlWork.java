package io.patchbay.store;

import java.sql.SQLException;

/**
 * A piece of a group's transaction that succeeds or fails by itself. It may be run more than once (its group was rolled back
 * because of a neighbour); only the last time counts, so it must not change anything but through the {@link Transaction}.
 */
@FunctionalInterface
public interface SqlWork {

    /** Adds statements. What it throws fails this piece only, not its neighbours. */
    void run(Transaction transaction) throws SQLException;

    /** Work like this that yields a value. */
    @FunctionalInterface
    interface Yielding<T> {
        /** Adds statements and yields what the caller gets after the sync. */
        T run(Transaction transaction) throws SQLException;
    }
}
