package io.patchbay.connector.draft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.openapi.DescriptionText;
import io.patchbay.connector.openapi.Overlay;
import io.patchbay.payload.Json;
import io.patchbay.secret.Secrets;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes connector folders: {@code connector.yaml}, {@code README.md} and {@code fixtures/}, all or nothing. */
public final class DraftFolder {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern OWN_NETWORK =
            Pattern.compile("^https?://([0-9.]+|\\[[0-9a-fA-F:.]+\\]|localhost)(?=[:/]|$)");
    private static final Set<String> BLOCKS = Set.of(
            "settings",
            "settings/properties",
            "auth",
            "auth/*",
            "requester",
            "endpoints",
            "endpoints/*",
            "tests",
            "tests/withoutFixture");
    private static final Set<String> FIXTURE_BLOCKS = Set.of("request", "response");

    private final Path connectors;

    /** @param connectors the folder {@code connectors/} of a home folder; it is made when it is missing */
    public DraftFolder(Path connectors) {
        this.connectors = connectors;
    }

    /** Kinds of descriptions. */
    public enum Kind {
        /** OpenAPI 3.0 and 3.1, Swagger 2.0; JSON or YAML. */
        OPENAPI,
        /** A Postman collection, version 2.0 or 2.1. */
        POSTMAN,
        /** WSDL 1.1. */
        WSDL
    }

    /**
     * What was made.
     *
     * @param folder the new folder
     * @param endpoints how many there are
     * @param fixtures how many there are
     * @param guesses what the description does not say
     * @param leftOut what the description says and the connector does not have
     */
    public record Made(Path folder, int endpoints, int fixtures, List<String> guesses, List<String> leftOut) {
        public Made {
            guesses = List.copyOf(guesses);
            leftOut = List.copyOf(leftOut);
        }
    }

    /**
     * A description.
     *
     * @param text what it says
     * @param file where it stands, for what it imports from files beside it (WSDL); null when nothing beside it is read
     * @param overlay changes that are laid over it first (OpenAPI), or null
     */
    public record Source(
            String text, @Nullable Path file, @Nullable String overlay) {
        /** A description as it is. */
        public Source(String text) {
            this(text, null, null);
        }
    }

    /**
     * Makes a connector of a description. An OpenAPI document is kept in the connector's folder, with its overlay.
     *
     * @param id of the connector; null to take it from the title
     * @throws DraftException if the text is no such description, the overlay does not fit, the id has another form or is taken
     */
    public Made fromDescription(Kind kind, Source source, @Nullable String id) throws IOException {
        checkId(id);
        Draft draft = switch (kind) {
            case OPENAPI -> openApi(source, id);
            case POSTMAN -> PostmanImport.read(parsed(source.text()), id);
            case WSDL -> WsdlImport.read(source.text(), source.file(), id);
        };
        return write(
                draft,
                kind == Kind.OPENAPI
                        ? "an OpenAPI document"
                        : kind == Kind.POSTMAN ? "a Postman collection" : "a WSDL");
    }

    /** Makes a connector with one list, to go on from. @throws DraftException if the id has another form or is taken */
    public Made empty(String id) throws IOException {
        checkId(id);
        Draft draft = new Draft(id, id);
        draft.setting(
                "host",
                Json.NODES.objectNode().put("description", "Host of the system").put("example", "api.example.com"),
                false);
        draft.at("requester").put("baseUrl", "https://${settings.host}/v1").put("timeout", "30s");
        draft.at("auth").set("token", new ApiProofs(draft).bearer());
        ObjectNode list = draft.at("endpoints", "items.list");
        list.put("kind", "read").put("title", "Items").put("method", "GET").put("path", "/items");
        list.putObject("recordSelector").put("path", "$.items[*]");
        ObjectNode paginator = list.putObject("paginator").put("type", "pageNumber");
        paginator.putObject("inject").put("into", "query").put("name", "page");
        paginator.put("pageSize", 100).put("pageSizeParam", "limit");
        draft.comment("endpoints/items.list", "An example: put what the system has in its place.");
        draft.comment("endpoints/items.list/paginator", "Other ways to page: cursor, nextUrl, linkHeader, offset, …");
        draft.at("check").put("endpoint", "items.list");
        ObjectNode rule = draft.at("errorHandler").putArray("rules").addObject();
        rule.putObject("match").putArray("status").add(429);
        rule.put("action", "rateLimited");
        draft.comment(
                "errorHandler",
                "All calls wait for what Retry-After says. Add the answers that mean something else than their status does.");
        sample(draft, list);
        return write(draft, "nothing");
    }

    private static void sample(Draft draft, ObjectNode list) {
        ObjectNode request = new FixtureRequest(draft, list, Json.NODES.objectNode()).of();
        if (request == null) {
            return;
        }
        ObjectNode fixture = Json.NODES.objectNode().put("endpoint", "items.list");
        fixture.set("request", request);
        fixture.putObject("response")
                .putObject("body")
                .putArray("items")
                .addObject()
                .put("id", 1);
        draft.fixture(
                "items.list", fixture.put("records", 1), "# An example: put what the system answers in its place.\n");
    }

    /**
     * Adds a fixture to a connector; one of that name is not overwritten.
     *
     * @param name of the file, without its ending
     * @return the file
     * @throws DraftException if there is no such connector, or the name is taken or no name
     */
    public Path addFixture(String connector, String name, ObjectNode fixture) throws IOException {
        checkId(connector);
        Path folder = connectors.resolve(connector);
        if (!Files.isRegularFile(folder.resolve("connector.yaml"))) {
            throw new DraftException("there is no connector '" + connector + "' in " + connectors
                    + ", where the fixture would go; name the home folder that has it with --home");
        }
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            throw new DraftException("'" + name + "' is no name of a fixture: letters, digits, dots and dashes");
        }
        Path file = Files.createDirectories(folder.resolve("fixtures")).resolve(name + ".yaml");
        try {
            return Files.writeString(
                    file,
                    "# Recorded.\n" + new YamlText(Map.of(), FIXTURE_BLOCKS).of(fixture),
                    java.nio.file.StandardOpenOption.CREATE_NEW,
                    java.nio.file.StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new DraftException("there is a fixture " + file.getFileName()
                    + " already; give another name, like --record " + name + ".2");
        }
    }

    private static void checkId(@Nullable String id) {
        if (id != null && !ID.matcher(id).matches()) {
            throw new DraftException("connector id '" + id + "' must be kebab-case, like my-shop");
        }
    }

    private static Draft openApi(Source source, @Nullable String id) {
        JsonNode document = parsed(source.text());
        String overlay = source.overlay();
        List<String> without = List.of();
        if (overlay != null) {
            try {
                without = Overlay.read(DescriptionText.read(overlay)).apply(document);
            } catch (IllegalArgumentException e) {
                throw new DraftException("the overlay cannot be used: " + e.getMessage());
            }
        }
        Draft draft = OpenApiImport.read(document, id);
        draft.keep("openapi", source.text());
        if (overlay != null) {
            draft.keep("overlay", overlay);
        }
        without.forEach(draft::leaveOut);
        return draft;
    }

    private static JsonNode parsed(String text) {
        try {
            return DescriptionText.read(text);
        } catch (IllegalArgumentException e) {
            throw new DraftException(String.valueOf(e.getMessage()));
        }
    }

    /** An address that a description gives as a number, or as this machine, is one in somebody's own network. */
    private static void allow(Draft draft) {
        Matcher own = OWN_NETWORK.matcher(
                draft.root().path("requester").path("baseUrl").asText());
        if (own.find()) {
            draft.at("requester").putArray("allowedHosts").add(own.group(1));
        }
    }

    private Made write(Draft draft, String from) throws IOException {
        allow(draft);
        Path folder = connectors.resolve(draft.id());
        if (Files.exists(folder)) {
            throw new DraftException("there is a connector '" + draft.id() + "' already; take another id");
        }
        Files.createDirectories(connectors);
        Path home = Files.createTempDirectory(connectors, ".new-");
        try {
            Path made = home.resolve("connectors").resolve(draft.id());
            files(draft, from, made);
            new DraftTrial(home, draft).run();
            files(draft, from, made);
            Files.move(made, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            throw new DraftException("there is a connector '" + draft.id() + "' already; take another id");
        } finally {
            delete(home);
        }
        return new Made(
                folder, draft.at("endpoints").size(), draft.fixtures().size(), draft.guesses(), draft.leftOut());
    }

    private static void files(Draft draft, String from, Path made) throws IOException {
        delete(made);
        Files.createDirectories(made);
        String head =
                "# Made from " + from + ". What was guessed is marked: look at it before the connector is used.\n";
        Files.writeString(
                made.resolve("connector.yaml"),
                (from.equals("nothing") ? "" : head)
                        + new YamlText(draft.comments(), BLOCKS).of(ordered(draft.root())));
        Files.writeString(made.resolve("README.md"), readme(draft, from));
        for (Map.Entry<String, String> file : draft.files().entrySet()) {
            Files.writeString(made.resolve(file.getKey()), file.getValue());
        }
        Path fixtures = Files.createDirectories(made.resolve("fixtures"));
        boolean asks = draft.asks();
        for (Map.Entry<String, ObjectNode> fixture : draft.fixtures().entrySet()) {
            if (asks) {
                fixture.getValue().put("loggedIn", true);
            }
            Files.writeString(
                    fixtures.resolve(fixture.getKey() + ".yaml"),
                    draft.origin(fixture.getKey()) + new YamlText(Map.of(), FIXTURE_BLOCKS).of(fixture.getValue()));
        }
        if (!draft.schemas().isEmpty()) {
            Path schemas = Files.createDirectories(made.resolve("schemas"));
            for (Map.Entry<String, ObjectNode> schema : draft.schemas().entrySet()) {
                Files.writeString(
                        schemas.resolve(schema.getKey()),
                        Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(schema.getValue()) + "\n");
            }
        }
        Files.createDirectories(made.resolve("instances"));
    }

    private static ObjectNode ordered(ObjectNode root) {
        ObjectNode ordered = Json.NODES.objectNode();
        for (String key : List.of(
                "connector",
                "version",
                "title",
                "docsUrl",
                "openapi",
                "overlay",
                "settings",
                "auth",
                "requester",
                "check",
                "errorHandler",
                "endpoints",
                "tests")) {
            if (root.has(key)) {
                ordered.set(key, root.get(key));
            }
        }
        return ordered;
    }

    private static String readme(Draft draft, String from) {
        StringBuilder text = new StringBuilder("# " + draft.root().path("title").asText() + "\n\n");
        text.append(
                from.equals("nothing")
                        ? "A new connector.\n"
                        : "Made from " + from + ", and not tried against the real system.\n");
        text.append("\n## Use it\n\n```yaml\n# connectors/")
                .append(draft.id())
                .append("/instances/")
                .append(draft.id())
                .append(".yaml\n");
        text.append("instance: ")
                .append(draft.id())
                .append("\nconnector: ")
                .append(draft.id())
                .append('\n');
        JsonNode properties = draft.root().path("settings").path("properties");
        if (!properties.isEmpty()) {
            text.append("settings:\n");
            String secrets = draft.root().path("settings").path("secrets").toString();
            properties.properties().forEach(one -> {
                String name = (draft.id() + "_" + Draft.kebab(one.getKey()))
                        .replace('-', '_')
                        .toUpperCase(Locale.ROOT);
                JsonNode example = one.getValue().path(one.getValue().has("example") ? "example" : "default");
                String value = secrets.contains('"' + one.getKey() + '"')
                        ? "'${secret." + name + "}'"
                        : example.isMissingNode() ? "''" : YamlText.inline(example);
                text.append("  ")
                        .append(one.getKey())
                        .append(": ")
                        .append(value)
                        .append('\n');
            });
        }
        text.append("```\n");
        if (!draft.root().path("settings").path("secrets").isEmpty()) {
            text.append("\n`${secret.NAME}` is the environment variable `" + Secrets.PREFIX
                            + "NAME` of the runtime, or the file")
                    .append(" `NAME` in its folder of secrets.\n");
        }
        text.append("\n`patchbay check` says what is wrong with the files, `patchbay connector call ")
                .append(draft.id())
                .append(
                        " ENDPOINT` calls one of the endpoints, and with `--record` adds what was asked and answered to `fixtures/`.")
                .append(" `patchbay connector test ")
                .append(draft.id())
                .append(
                        "` makes the calls of the fixtures against a server of its own and says what has become otherwise.\n");
        list(text, "Guessed, to be looked at", draft.guesses());
        list(text, "Left out", draft.leftOut());
        return text.toString();
    }

    private static void list(StringBuilder text, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append("\n## ").append(title).append("\n\n");
            lines.forEach(line -> text.append("- ").append(line).append('\n'));
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
