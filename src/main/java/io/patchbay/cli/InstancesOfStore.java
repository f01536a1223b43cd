package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.blueprint.KeptInstances;
import io.patchbay.home.Home;
import io.patchbay.store.StoreProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which instances a runtime keeps, for a verb that works on files: asked of the runtime, or looked for in the database, of which nothing is
 * changed. Names stand there in clear, all else of an instance is encrypted.
 */
final class InstancesOfStore {

    private static final int SHOWN = 5;
    private static final int SECONDS = 5;
    private static final String H2_FILE = ".mv.db";
    /** There is no such table: a database from before instances were kept, or of something else. */
    private static final Set<String> NO_TABLE = Set.of("42S02", "42S04", "42P01");

    private static final String WAYS =
            ": remove it by the API or the console, ask the runtime with --url, or say --connectors when no such instance uses them";

    private InstancesOfStore() {}

    /** Those of a runtime. */
    static KeptInstances of(RuntimeClient runtime) {
        Map<String, String> kept = new TreeMap<>();
        String after = "";
        do {
            JsonNode page = runtime.get("/api/v1/instances?limit=500" + after);
            for (JsonNode one : page.path("data")) {
                if (one.path("revision").isTextual()) {
                    kept.put(one.path("name").asText(), one.path("connector").asText());
                }
            }
            after = page.path("next").isTextual()
                    ? "&after=" + RuntimeClient.encoded(page.path("next").asText())
                    : "";
        } while (!after.isEmpty());
        return KeptInstances.of(kept);
    }

    /** Those of the database of a home. */
    static KeptInstances of(Home home, Terminal terminal) {
        SettingsOfHome settings = new SettingsOfHome(home, terminal);
        StoreProperties store = settings.of("patchbay.store", StoreProperties.class);
        if (!settings.problems().isEmpty()) {
            return KeptInstances.unknown("whether a runtime keeps instances of these connectors is not known, because "
                    + settings.problems().get(0).what() + WAYS);
        }
        String url = store.url();
        Path file = home.data().toAbsolutePath().resolve("patchbay");
        if (url == null && !Files.exists(file.resolveSibling(file.getFileName() + H2_FILE))) {
            return KeptInstances.none(
                    "connectors: no runtime has worked in this home folder, so none of its instances is known here;"
                            + " where one takes these files, it must keep none of these connectors");
        }
        return look(url == null ? "jdbc:h2:file:" + file : url, store);
    }

    private static KeptInstances look(String url, StoreProperties store) {
        boolean h2 = url.startsWith("jdbc:h2:");
        Properties login = new Properties();
        String user = store.user();
        if (user != null || h2) {
            login.setProperty("user", user == null ? "sa" : user);
        }
        login.setProperty("password", store.password() == null ? "" : store.password());
        if (!h2) {
            login.setProperty("connectTimeout", String.valueOf(SECONDS));
            login.setProperty("socketTimeout", String.valueOf(2 * SECONDS));
        }
        String readOnly = h2 && !url.startsWith("jdbc:h2:tcp:") ? url + ";IFEXISTS=TRUE;ACCESS_MODE_DATA=r" : url;
        try (Connection connection = DriverManager.getConnection(readOnly, login)) {
            connection.setReadOnly(true);
            return named(connection);
        } catch (SQLException e) {
            return KeptInstances.unknown(
                    "whether a runtime keeps instances of these connectors is not known, because its database cannot be opened"
                            + (h2 ? " (a runtime has it open)" : "") + WAYS);
        }
    }

    private static KeptInstances named(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select name from stored_instance order by name fetch first " + (SHOWN + 1) + " rows only")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        } catch (SQLException e) {
            if (!NO_TABLE.contains(e.getSQLState())) {
                throw e;
            }
        }
        return names.isEmpty()
                ? KeptInstances.of(Map.of())
                : KeptInstances.unknown("the runtime keeps instances, and of which connectors is encrypted ("
                        + String.join(", ", names.subList(0, Math.min(SHOWN, names.size())))
                        + (names.size() > SHOWN ? ", …" : "") + ")" + WAYS);
    }
}
