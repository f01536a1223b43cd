package io.patchbay.route.folder;

import io.patchbay.script.language.Language;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a file is, told by its path alone. */
public enum SourceKind {
    /** A flow: {@code routes/**}{@code /*.flow.yaml}. */
    FLOW,
    /** A service, of which a flow is made: {@code routes/**}{@code /*.service.yaml}. */
    SERVICE,
    /** Plain Camel YAML DSL: {@code routes/**}{@code /*.camel.yaml}. */
    CAMEL,
    /** Tests of a flow, or in a folder {@code scripts} of a script: {@code routes/**}{@code /*.test.yaml}. */
    TEST,
    /** A lookup table: {@code routes/**}{@code /tables/*.csv}. */
    TABLE,
    /** What flows share: {@code routes/**}{@code /stores.yaml}. */
    STORES,
    /** An environment: {@code routes/**}{@code /environments/*.yaml}. */
    ENVIRONMENT,
    /** A package of flows: {@code routes/**}{@code /packages/*.yaml}. */
    PACKAGE,
    /** Code that flows call, and expressions: {@code routes/**}{@code /scripts/*.js}. */
    FLOW_SCRIPT,
    /** What data of flows looks like: {@code routes/**}{@code /schemas/*.json} and {@code *.xsd}. */
    FLOW_SCHEMA,
    /** The definition of a connector: {@code connectors/**}{@code /connector.yaml}. */
    CONNECTOR,
    /** Code of a connector's author: {@code connectors/**}{@code /*.js}. */
    SCRIPT,
    /** An instance of a connector: {@code connectors/**}{@code /instances/*.yaml}. */
    INSTANCE,
    /** What data of a connector looks like: {@code connectors/**}{@code /*.schema.json}. */
    SCHEMA;

    private static final Pattern YAML = Pattern.compile("(.+)\\.ya?ml", Pattern.CASE_INSENSITIVE);

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
            return name.equals("stores.yaml") ? Optional.of(STORES) : ofRoutes(name, folder);
        }
        if (!parts[0].equals("connectors")) {
            return Optional.empty();
        }
        if (name.equals("connector.yaml")) {
            return Optional.of(CONNECTOR);
        }
        if (name.endsWith(".js")) {
            return Optional.of(SCRIPT);
        }
        if (name.endsWith(".schema.json") || name.endsWith(".schema.yaml")) {
            return Optional.of(SCHEMA);
        }
        return folder.equals("instances") && name.endsWith(".yaml") ? Optional.of(INSTANCE) : Optional.empty();
    }

    private static Optional<SourceKind> ofRoutes(String name, String folder) {
        if (name.endsWith(".flow.yaml")) {
            return Optional.of(FLOW);
        }
        if (name.endsWith(".service.yaml")) {
            return Optional.of(SERVICE);
        }
        if (name.endsWith(".camel.yaml")) {
            return Optional.of(CAMEL);
        }
        if (folder.equals("scripts")
                && (name.endsWith(".js")
                        || name.endsWith(".py")
                        || Language.ofFile(name).isPresent())) {
            return Optional.of(FLOW_SCRIPT);
        }
        if (folder.equals("schemas") && (name.endsWith(".json") || name.endsWith(".xsd"))) {
            return Optional.of(FLOW_SCHEMA);
        }
        if (name.endsWith(".test.yaml")) {
            return Optional.of(TEST);
        }
        if (name.endsWith(".yaml") && folder.equals("environments")) {
            return Optional.of(ENVIRONMENT);
        }
        if (name.endsWith(".yaml") && folder.equals("packages")) {
            return Optional.of(PACKAGE);
        }
        return folder.equals("tables") && name.endsWith(".csv") ? Optional.of(TABLE) : Optional.empty();
    }

    /** How to rename a YAML file that is none of ours, so that it becomes one; empty for a file that may be anything. */
    static Optional<String> renaming(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        Matcher yaml = YAML.matcher(name);
        if (name.startsWith(".") || name.startsWith("#") || !yaml.matches() || name.endsWith(".test.yaml")) {
            return Optional.empty();
        }
        String stem = yaml.group(1);
        String meant = stem + ".yaml";
        if (!name.equals(meant)
                && of(path.substring(0, path.length() - name.length()) + meant).isPresent()) {
            return Optional.of("call it '" + meant + "'");
        }
        return path.startsWith("routes/")
                ? Optional.of("call it '" + stem + ".flow.yaml' if it is a flow, '" + stem
                        + ".camel.yaml' if it holds plain Camel routes")
                : Optional.empty();
    }
}
