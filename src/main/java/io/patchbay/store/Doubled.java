package io.patchbay.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Knows the error of a row that another replica inserted at the same time, which no {@code where not exists} sees. */
public final class Doubled {

    private static final String STATE = "23505";
    private static final int DEEPEST = 10;

    private Doubled() {}

    /** Whether a failed write is that; what the driver says stands in the chain of a batch's error. */
    public static boolean is(Throwable failure) {
        return is(failure, DEEPEST);
    }

    private static boolean is(@Nullable Throwable failure, int deep) {
        if (failure == null || deep == 0) {
            return false;
        }
        if (failure instanceof SQLException sql
                && (STATE.equals(sql.getSQLState()) || is(sql.getNextException(), deep - 1))) {
            return true;
        }
        return is(failure.getCause(), deep - 1);
    }
}
