package io.patchbay.ops.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * The names of all settings, as the build wrote them down from the {@code @ConfigurationProperties} records: a room adds a
 * record, and its names are known here.
 *
 * @param names full names in kebab-case
 * @param open names whose value is a map or a list, so that anything may follow them
 */
record KnownSettings(Set<String> names, Set<String> open) {

    private static final String LIST = "spring-configuration-metadata.json";

    KnownSettings {
        names = Set.copyOf(names);
        open = Set.copyOf(open);
    }

    /** Reads the list that the build put beside this class. */
    static KnownSettings ofThisProgram() {
        try (InputStream in = KnownSettings.class.getResourceAsStream(LIST)) {
            if (in == null) {
                throw new IllegalStateException(
                        "built without the list of settings (" + LIST + "): run the Maven build");
            }
            return of(new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static KnownSettings of(JsonNode metadata) {
        Set<String> names = new TreeSet<>();
        Set<String> open = new TreeSet<>();
        for (JsonNode property : metadata.path("properties")) {
            String name = property.path("name").asText();
            String type = property.path("type").asText();
            names.add(name);
            if (type.startsWith("java.util.Map") || type.startsWith("java.util.List") || type.endsWith("[]")) {
                open.add(name);
            }
        }
        return new KnownSettings(names, open);
    }

    /** Whether some record reads the setting; spelling variants of one name (camelCase, underscores) count as the name. */
    boolean reads(ConfigurationPropertyName given) {
        return names.stream()
                        .anyMatch(name -> ConfigurationPropertyName.of(name).equals(given))
                || open.stream()
                        .anyMatch(name -> ConfigurationPropertyName.of(name).isAncestorOf(given));
    }

    /** The name in the form that hints are made for: kebab-case as far as it can be told. */
    static String shown(ConfigurationPropertyName given) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < given.getNumberOfElements(); i++) {
            shown.append(i == 0 ? "" : ".").append(given.getElement(i, Form.ORIGINAL));
        }
        return shown.toString();
    }
}
