package io.patchbay.route.folder;

import java.util.Optional;

/** What a file is, told by its path alone. */
public enum SourceKind {
    /** A flow: {@code routes/**}{@code /*.flow.yaml}. */
    FLOW,
    /** Plain Camel YAML DSL: {@code routes/**}{@code /*.camel.yaml}. */
    CAMEL,
    /** A lookup table: {@code routes/**}{@code /tables/*.csv}. */
    TABLE,
    /** The definition of a connector: {@code connectors/**}{@code /connector.yaml}. */
    CONNECTOR,
    /** An instance of a connector: {@code connectors/**}{@code /instances/*.yaml}. */
    INSTANCE;

    /** The folders of a root that are looked into. */
    static final String[] FOLDERS = {"routes", "connectors"};

    /** The kind of a file, by its path from the root with forward slashes; empty for a file that is not ours to read. */
    public static Optional<SourceKind> of(String path) {
        String[] parts = path.split("/", -1);
        String name = parts[parts.length - 1];
        String folder = parts.length > 1 ? parts[parts.length - 2] : "";
        if (name.startsWith(".") || name.startsWith("#")) {
            return Optional.empty(); // hidden files and the lock and backup files of editors
        }
        if (parts[0].equals("routes")) {
            return ofRoutes(name, folder);
        }
        if (!parts[0].equals("connectors")) {
            return Optional.empty();
        }
        if (name.equals("connector.yaml")) {
            return Optional.of(CONNECTOR);
        }
        return folder.equals("instances") && name.endsWith(".yaml") ? Optional.of(INSTANCE) : Optional.empty();
    }

    private static Optional<SourceKind> ofRoutes(String name, String folder) {
        if (name.endsWith(".flow.yaml")) {
            return Optional.of(FLOW);
        }
        if (name.endsWith(".camel.yaml")) {
            return Optional.of(CAMEL);
        }
        return folder.equals("tables") && name.endsWith(".csv") ? Optional.of(TABLE) : Optional.empty();
    }

    /** The name that a file should have when it looks like one of ours with the other ending of YAML files. */
    static Optional<String> meant(String path) {
        if (!path.endsWith(".yml")) {
            return Optional.empty();
        }
        String yaml = path.substring(0, path.length() - ".yml".length()) + ".yaml";
        return of(yaml).map(kind -> yaml.substring(yaml.lastIndexOf('/') + 1));
    }
}
