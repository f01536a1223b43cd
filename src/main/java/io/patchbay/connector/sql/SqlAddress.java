package io.patchbay.connector.sql;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a database is. It has this one form, whose host can be read: parameters in a JDBC URL can make a driver run scripts, load
 * classes and write files, so none may stand there. Databases are reached over the network only: inside the runtime their SQL could
 * run Java code and read files.
 *
 * @param kind which driver reaches it
 * @param prefix what stands before its host, like {@code jdbc:postgresql://}
 * @param host its name or address
 * @param port its port
 * @param database its name on the server
 */
record SqlAddress(Kind kind, String prefix, String host, int port, String database) {

    private static final String HOST = "(\\[[0-9a-fA-F:.]+\\]|[A-Za-z0-9._-]+)";
    private static final String DATABASE = "/([A-Za-z0-9_.-]{1,100})";

    private static final Pattern OURS = Pattern.compile(
            "(jdbc:(?:postgresql|h2:tcp|mariadb|mysql|sqlserver)://)" + HOST + "(?::([0-9]{1,5}))?" + DATABASE);

    /** A port must be there, which no form for a file has; Oracle's has an @. */
    private static final Pattern DROPPED =
            Pattern.compile("(jdbc:([a-z][a-z0-9]*)(?::([a-z]+))?:@?//)" + HOST + ":([0-9]{1,5})" + DATABASE);

    /** What may stand between a driver's name and the host: servers' protocols, no word for a file or for memory. */
    private static final Set<String> OVER_THE_NETWORK =
            Set.of("hsql", "hsqls", "thin", "tcp", "http", "https", "sqlserver", "sybase");

    /** Databases that run inside the runtime, or have a form of their own above. */
    private static final Set<String> NOT_DROPPED =
            Set.of("h2", "postgresql", "mariadb", "mysql", "sqlserver", "sqlite", "duckdb", "ucanaccess", "calcite");

    private static final Map<String, Integer> USUAL_PORTS = Map.of(
            "jdbc:postgresql://", 5432,
            "jdbc:h2:tcp://", 9092,
            "jdbc:mariadb://", 3306,
            "jdbc:mysql://", 3306,
            "jdbc:sqlserver://", 1433);

    /** Whose driver it is. */
    enum Kind {
        POSTGRESQL,
        H2,
        /** And MySQL. */
        MARIADB,
        SQLSERVER,
        /** One from the folder of drivers. */
        DROPPED
    }

    /** Reads {@code jdbc:postgresql://host:5432/database}. @throws StepException when it is anything else */
    static SqlAddress parse(String url) throws StepException {
        String plain = url.startsWith("jdbc:sqlserver:") ? url.replaceFirst(";databaseName=", "/") : url;
        Matcher ours = OURS.matcher(plain);
        if (ours.matches() && !ours.group(4).startsWith(".")) {
            String prefix = ours.group(1);
            int port = ours.group(3) == null ? USUAL_PORTS.getOrDefault(prefix, 0) : Integer.parseInt(ours.group(3));
            return new SqlAddress(kind(prefix), prefix, bare(ours.group(2)), port, ours.group(4));
        }
        Matcher dropped = DROPPED.matcher(plain);
        if (dropped.matches()
                && !dropped.group(6).startsWith(".")
                && !NOT_DROPPED.contains(dropped.group(2))
                && (dropped.group(3) == null || OVER_THE_NETWORK.contains(dropped.group(3)))) {
            int port = Integer.parseInt(dropped.group(5));
            return new SqlAddress(Kind.DROPPED, dropped.group(1), bare(dropped.group(4)), port, dropped.group(6));
        }
        throw new StepException(
                Owner.AUTHOR,
                "BAD_URL",
                "baseUrl '" + SqlFailures.shown(url) + "' is not like jdbc:postgresql://db.example.com:5432/shop: after"
                        + " jdbc: comes postgresql, h2:tcp, mariadb, mysql, sqlserver, or the name of a driver in the folder"
                        + " drivers; then host, port and database over the network, and nothing may follow the database's name");
    }

    private static Kind kind(String prefix) {
        return switch (prefix) {
            case "jdbc:postgresql://" -> Kind.POSTGRESQL;
            case "jdbc:h2:tcp://" -> Kind.H2;
            case "jdbc:sqlserver://" -> Kind.SQLSERVER;
            default -> Kind.MARIADB;
        };
    }

    private static String bare(String host) {
        return host.replace("[", "").replace("]", "");
    }

    /** The address as it is shown. */
    String url() {
        return url(host);
    }

    /** The address with another name, or an address, in place of the host. */
    String url(String host) {
        String literal = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return prefix + literal + ":" + port + "/" + database;
    }
}
