package io.patchbay.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The JSON Schemas (draft 2020-12; Camel's own is draft-04) of the file kinds, as they are shipped inside the program. */
public final class SchemaFiles {

    /** Ours are written by a test from the records that files are bound to; Camel's comes with its YAML DSL. */
    private static final Map<String, String> FILES = new TreeMap<>(Map.ofEntries(
            Map.entry("flow", "/schema/flow.schema.json"),
            Map.entry("service", "/schema/service.schema.json"),
            Map.entry("blueprint", "/schema/blueprint.schema.json"),
            Map.entry("catalogues", "/schema/catalogues.schema.json"),
            Map.entry("test", "/schema/test.schema.json"),
            Map.entry("connector", "/schema/connector.schema.json"),
            Map.entry("instance", "/schema/instance.schema.json"),
            Map.entry("stores", "/schema/stores.schema.json"),
            Map.entry("environment", "/schema/environment.schema.json"),
            Map.entry("package", "/schema/package.schema.json"),
            Map.entry("fixture", "/schema/fixture.schema.json"),
            Map.entry("script-test", "/schema/script-test.schema.json"),
            Map.entry("camel", "/schema/camelYamlDsl.json")));

    private SchemaFiles() {}

    /** Names of the file kinds. */
    public static List<String> names() {
        return new ArrayList<>(FILES.keySet());
    }

    /** The schema of a file kind; empty when there is no such kind. */
    public static Optional<byte[]> read(String name) {
        String file = FILES.get(name);
        if (file == null) {
            return Optional.empty();
        }
        try (InputStream in = SchemaFiles.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not in the program");
            }
            return Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
