package io.patchbay.docs;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Writes the page of settings from what the build wrote down of the {@code @ConfigurationProperties} records. */
final class SettingsPage {

    private static final String LIST = "/META-INF/spring-configuration-metadata.json";

    private SettingsPage() {}

    static String markdown() {
        StringBuilder page = new StringBuilder("""
                <!-- Made from the code, do not edit: mvn -Pdocs test -->

                # Settings

                Every setting has a default; none has to be given. A setting is given on the command line (`--patchbay.runs.parallel=8`), in
                the environment (`PATCHBAY_RUNS_PARALLEL=8`) or in a file `application.yaml` in the home folder, the first of these first.
                One that is not known stops the start, with the nearest name. Durations are written `30s`, `5m`, `2h` or `7d`, sizes `64KB`,
                `10MB` or `2GB`. Beside these, `server.port` (8080) and `server.address` are those of the management listener; Spring Boot's
                own settings work, too. A log file that they make (`logging.file.name`) is not masked as the console is: lines of libraries in it may repeat
                what a system answered, a secret too.
                """);
        for (Map.Entry<String, Map<String, String>> group : groups().entrySet()) {
            page.append("\n## ")
                    .append(group.getKey())
                    .append("\n\n| setting | default | meaning |\n| --- | --- | --- |\n");
            group.getValue().values().forEach(page::append);
        }
        return page.toString();
    }

    private static Map<String, Map<String, String>> groups() {
        Map<String, Map<String, String>> groups = new TreeMap<>();
        for (JsonNode property : list().path("properties")) {
            String name = property.path("name").asText();
            String[] parts = name.split("\\.");
            String group = parts.length == 2 ? "patchbay" : parts[0] + "." + parts[1];
            groups.computeIfAbsent(group, any -> new TreeMap<>()).put(name, row(name, property));
        }
        return groups;
    }

    private static String row(String name, JsonNode property) {
        JsonNode given = property.path("defaultValue");
        String value = given.isMissingNode() || given.isNull() ? "" : "`" + text(given) + "`";
        return "| `" + name + "` | " + value + " | "
                + meaning(property.path("description").asText()) + " |\n";
    }

    private static String text(JsonNode value) {
        if (!value.isArray()) {
            return value.asText();
        }
        StringBuilder all = new StringBuilder();
        value.forEach(item -> all.append(all.isEmpty() ? "" : ", ").append(item.asText()));
        return all.toString();
    }

    /** Javadoc as Markdown. */
    private static String meaning(String javadoc) {
        return javadoc.replaceAll("\\{@code ((?:[^{}]|\\{[^}]*\\})*)\\}", "`$1`")
                .replaceAll("\\{@link [^ }]*? ?([^ }]+)\\}", "$1")
                .replaceAll("\\s+", " ")
                .replace("|", "\\|")
                .strip();
    }

    private static JsonNode list() {
        try (InputStream in = SettingsPage.class.getResourceAsStream(LIST)) {
            return Json.MAPPER.readTree(Objects.requireNonNull(in, "the build writes " + LIST));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
