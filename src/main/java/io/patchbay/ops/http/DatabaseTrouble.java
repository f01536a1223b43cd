package io.patchbay.ops.http;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a database that is away or full from a fault of ours. */
final class DatabaseTrouble {

    private static final int DEEPEST = 20;

    /** What H2 says of files that it cannot write or read, and of one that it has closed for that: see its {@code ErrorCode}. */
    private static final Set<Integer> OF_H2 = Set.of(90028, 90031, 90067, 90098);

    private DatabaseTrouble() {}

    /** Whether that is what something failed by. */
    static boolean is(@Nullable Throwable failure) {
        return is(failure, DEEPEST);
    }

    private static boolean is(@Nullable Throwable failure, int deep) {
        if (failure == null || deep == 0) {
            return false;
        }
        if (failure instanceof SQLException sql && (of(sql) || is(sql.getNextException(), deep - 1))) {
            return true;
        }
        return is(failure.getCause(), deep - 1);
    }

    /** Classes of SQLSTATE: 08 connection exception (SQL standard), 53 insufficient resources and 57P the server goes down (PostgreSQL, appendix A). */
    private static boolean of(SQLException sql) {
        String state = String.valueOf(sql.getSQLState());
        return sql instanceof SQLTransientConnectionException
                || sql instanceof SQLNonTransientConnectionException
                || sql instanceof SQLRecoverableException
                || state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57P")
                || OF_H2.contains(sql.getErrorCode());
    }
}
