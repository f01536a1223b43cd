package io.patchbay.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings the schema up to date: runs the scripts that {@code db/scripts.txt} lists and that this database has not seen, in
 * order. Own code because Flyway took ten times the start time we can give away for this (see the decision record on the start
 * queue). A script that was changed after it ran, or one that this program does not know, stops the start: then the database
 * belongs to another version.
 *
 * <p>PostgreSQL runs all of it in one transaction under a lock, so that replicas can start together. H2 commits with every
 * definition, so scripts say {@code if not exists} and can be run again after a crash.
 */
final class SchemaUpgrade {

    private static final String LOCK = "select pg_advisory_xact_lock(7281193405)";

    private final Database database;

    SchemaUpgrade(Database database) {
        this.database = database;
    }

    /** Runs what is missing. @throws SQLException when a script fails or the database belongs to another version */
    void run() throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                if (database.dialect().shared()) {
                    statement.execute(LOCK);
                }
                statement.execute("create table if not exists schema_script (name varchar(100) primary key,"
                        + " sha256 varchar(64) not null, applied_at timestamp with time zone not null)");
                upgrade(connection, statement);
            }
            connection.commit();
            database.sync(connection);
        }
    }

    private void upgrade(Connection connection, Statement statement) throws SQLException {
        Map<String, String> applied = applied(statement);
        for (String name : text("db/scripts.txt").lines().map(String::strip).toList()) {
            if (name.isEmpty() || name.startsWith("#")) {
                continue;
            }
            String script = text("db/" + database.dialect().folder() + "/" + name + ".sql");
            String hash = sha256(script);
            String before = applied.remove(name);
            if (before != null && !before.equals(hash)) {
                throw new SQLException("the database ran another version of script '" + name
                        + "' [STORE_VERSION] hint: it belongs to another version of the program; run that one, or move the data folder"
                        + " away to begin anew");
            }
            if (before == null) {
                apply(connection, statement, name, script, hash);
            }
        }
        if (!applied.isEmpty()) {
            throw new SQLException("the database ran scripts that this program does not know, '"
                    + applied.keySet().iterator().next()
                    + "' among them [STORE_VERSION] hint: it belongs to a newer version of the program");
        }
    }

    private static Map<String, String> applied(Statement statement) throws SQLException {
        Map<String, String> applied = new LinkedHashMap<>();
        try (ResultSet rows = statement.executeQuery("select name, sha256 from schema_script order by name")) {
            while (rows.next()) {
                applied.put(rows.getString(1), rows.getString(2));
            }
        }
        return applied;
    }

    private static void apply(Connection connection, Statement statement, String name, String script, String hash)
            throws SQLException {
        for (String part : statements(script)) {
            try {
                statement.execute(part);
            } catch (SQLException e) {
                throw new SQLException(
                        "script '" + name + "' failed at: "
                                + part.lines().findFirst().orElse(""),
                        e);
            }
        }
        try (PreparedStatement done =
                connection.prepareStatement("insert into schema_script values (?, ?, current_timestamp)")) {
            done.setString(1, name);
            done.setString(2, hash);
            done.executeUpdate();
        }
    }

    /** Statements end with a semicolon at the end of a line; lines that begin with two dashes are remarks. */
    static List<String> statements(String script) {
        String bare = script.lines()
                .filter(line -> !line.stripLeading().startsWith("--"))
                .map(String::stripTrailing)
                .reduce("", (all, line) -> all + line + "\n");
        return List.of(bare.split(";\n")).stream()
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static String text(String resource) throws SQLException {
        try (InputStream in = SchemaUpgrade.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new SQLException("the program lacks " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new SQLException("the program's " + resource + " cannot be read", e);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
