package io.patchbay.connector.sql;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Turns what a database answers into a sentence and a verdict, by SQLSTATE (ISO 9075-2, and PostgreSQL's appendix A). */
final class SqlFailures {

    private static final int LONGEST = 300;

    /** What drivers say, without a cause, of a certificate for another host, and of a server without TLS. */
    private static final Pattern NO_TLS =
            Pattern.compile("hostname .* could not be verified|hostname verification failed|does not support SSL"
                    + "|ssl not enabled in the server|does not support encryption|not configured to support SSL");

    /** Rights that miss, which MariaDB and MySQL tell apart by number only: database, table, column, and others. */
    private static final Set<Integer> MARIADB_DENIED = Set.of(1044, 1142, 1143, 1227, 1370);

    /** Rights that miss at SQL Server: object, column, database, statement. */
    private static final Set<Integer> SQLSERVER_DENIED = Set.of(229, 230, 262, 297, 300, 916);

    /** Waited too long for a lock: MariaDB, SQL Server. */
    private static final Set<Integer> LOCKED = Set.of(1205, 1222);

    private final String address;

    SqlFailures(String address) {
        this.address = address;
    }

    StepException of(String what, SQLException thrown, boolean cancelled) {
        if (cancelled) {
            return new StepException(Owner.LIMIT, "CANCELLED", "cannot " + what + ": it was given up", thrown);
        }
        SQLException first = thrown instanceof BatchUpdateException && thrown.getNextException() != null
                ? thrown.getNextException()
                : thrown;
        String sentence = "cannot " + what + " at " + address + ": " + message(first);
        if (find(first, SSLException.class) != null) {
            return new StepException(
                    Owner.REMOTE,
                    "TLS_FAILED",
                    sentence + "; a certificate that is not publicly signed goes into requester.database.ca",
                    first);
        }
        if (NO_TLS.matcher(String.valueOf(first.getMessage())).find()) {
            return new StepException(Owner.REMOTE, "TLS_FAILED", "no secure connection: " + sentence, first);
        }
        String state = first.getSQLState() == null ? "" : first.getSQLState();
        if (first instanceof SQLTimeoutException || state.equals("57014") || state.equals("HYT00")) {
            return retry("TIMEOUT", sentence, first);
        }
        if (what.equals("log in") && (find(first, IOException.class) != null || state.startsWith("900"))) {
            return retry("CONNECT_FAILED", sentence, first);
        }
        return byState(state, sentence, first);
    }

    private static StepException byState(String state, String sentence, SQLException thrown) {
        int number = thrown.getErrorCode();
        boolean standard = state.equals("42501");
        boolean mariadb = state.startsWith("42") && MARIADB_DENIED.contains(number);
        if (standard || mariadb || (state.startsWith("42") && SQLSERVER_DENIED.contains(number))) {
            return new StepException(Owner.REMOTE, "SQL_DENIED", sentence, thrown);
        }
        if (state.equals("90067") || state.equals("90098") || state.equals("90121")) {
            return retry("CONNECT_FAILED", sentence, thrown); // H2: connection broken, database closed
        }
        if (LOCKED.contains(number) && (state.equals("HY000") || state.startsWith("S"))) {
            return retry("SQL_CONFLICT", sentence, thrown);
        }
        return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "08" -> retry("CONNECT_FAILED", sentence, thrown);
            case "57", "53", "58" -> retry("SQL_BUSY", sentence, thrown);
            case "40", "55" -> retry("SQL_CONFLICT", sentence, thrown);
            case "28" -> new StepException(Owner.REMOTE, "AUTH_FAILED", sentence, thrown);
            case "22", "21" -> new StepException(Owner.REMOTE, "SQL_DATA", sentence, thrown);
            case "23" -> new StepException(Owner.REMOTE, "SQL_CONSTRAINT", sentence, thrown);
            case "25" -> new StepException(Owner.AUTHOR, "SQL_READ_ONLY", sentence, thrown);
            case "3D", "42", "26", "07" -> new StepException(Owner.AUTHOR, "SQL_QUERY", sentence, thrown);
            default -> new StepException(Owner.REMOTE, "SQL_FAILED", sentence, thrown);
        };
    }

    private static StepException retry(String code, String sentence, SQLException thrown) {
        return new StepException(Owner.REMOTE, code, sentence, thrown, true, null);
    }

    private static String message(SQLException thrown) {
        Throwable root = thrown;
        String text = shown(String.valueOf(thrown.getMessage()));
        for (int depth = 0; root.getCause() != null && depth < 10; depth++) {
            root = root.getCause();
        }
        String reason = root == thrown || root.getMessage() == null ? "" : shown(root.getMessage());
        return reason.isEmpty() || text.contains(reason) ? text : text + " (" + reason + ")";
    }

    /** A text of the other side as it can be shown; without the statement that H2 puts behind its messages. */
    static String shown(String text) {
        int statement = text.indexOf("; SQL statement:");
        String one = (statement < 0 ? text : text.substring(0, statement)).replaceAll("[\\p{Cntrl}\\s]+", " ");
        return one.length() > LONGEST ? one.substring(0, LONGEST) + "…" : one;
    }

    private static <T extends Throwable> @Nullable T find(Throwable thrown, Class<T> type) {
        Throwable one = thrown;
        for (int depth = 0; one != null && depth < 10; depth++) {
            if (type.isInstance(one)) {
                return type.cast(one);
            }
            one = one.getCause();
        }
        return null;
    }
}
