package io.patchbay.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reference pages of the words of connector files: their keys from the schema, and an example that the suite runs. */
final class WordPages {

    static final Path FOLDER = Path.of("docs/reference/connector");

    /** A home folder whose connectors are the examples. */
    static final Path EXAMPLES = FOLDER.resolve("examples");

    private static final String NOTE = "<!-- Made from the code, do not edit: mvn -Pdocs test -->\n\n";

    private static final Map<String, String> LINES = Map.of(
            "Condition", "a [condition](../conditions.md)",
            "Text", "text with [placeholders](../placeholders.md)",
            "SourcePath", "a [path](../placeholders.md#paths)");

    /** A page: the word, the definition behind it, and the page that tells how it is used. */
    private record Word(String name, String definition, String more) {}

    private static final List<Word> WORDS = List.of(
            new Word("connector", "ConnectorConfig", "connectors.md"),
            new Word("settings", "SettingsConfig", "instances.md"),
            new Word("auth", "AuthConfig", "authentication.md"),
            new Word("token", "TokenConfig", "authentication.md"),
            new Word("login", "LoginConfig", "authentication.md"),
            new Word("hmac", "HmacConfig", "authentication.md"),
            new Word("inject", "InjectConfig", "lists.md"),
            new Word("requester", "RequesterConfig", "connectors.md"),
            new Word("check", "CheckConfig", "instances.md"),
            new Word("rateLimit", "RateLimitConfig", "limits.md"),
            new Word("errorHandler", "ErrorHandlerConfig", "writes.md"),
            new Word("endpoints", "EndpointConfig", "connectors.md"),
            new Word("inputs", "InputConfig", "connectors.md"),
            new Word("request", "EndpointConfig.RequestConfig", "writes.md"),
            new Word("response", "EndpointConfig.ResponseConfig", "formats.md"),
            new Word("recordSelector", "RecordSelectorConfig", "lists.md"),
            new Word("paginator", "PaginatorConfig", "lists.md"),
            new Word("incremental", "IncrementalConfig", "lists.md"),
            new Word("deletes", "DeletesConfig", "lists.md"),
            new Word("partition", "PartitionConfig", "lists.md"),
            new Word("asyncJob", "AsyncJobConfig", "writes.md"),
            new Word("batch", "BatchConfig", "writes.md"),
            new Word("partialResult", "PartialResultConfig", "writes.md"),
            new Word("idempotency", "IdempotencyConfig", "writes.md"),
            new Word("file", "FileConfig", "servers.md"),
            new Word("sql", "SqlConfig", "sql.md"),
            new Word("mail", "MailConfig", "mail.md"),
            new Word("queue", "QueueConfig", "messages.md"),
            new Word("webhooks", "WebhookConfig", "webhooks.md"),
            new Word("tests", "TestsConfig", "connectors.md"));

    private final ObjectNode schema;

    /** @param schema of connector files */
    WordPages(ObjectNode schema) {
        this.schema = schema;
    }

    /** All pages. */
    Map<Path, String> pages() {
        Map<Path, String> pages = new LinkedHashMap<>();
        WORDS.forEach(word -> pages.put(FOLDER.resolve(word.name() + ".md"), page(word)));
        pages.put(FOLDER.resolve("README.md"), index());
        return pages;
    }

    /** The example of a page: the connector with the same name in kebab-case. */
    static String example(String word) {
        return word.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** Names of the pages. */
    static List<String> words() {
        return WORDS.stream().map(Word::name).toList();
    }

    private String page(Word word) {
        Map<String, String> known = new TreeMap<>(LINES);
        WORDS.stream()
                .filter(other -> other != word)
                .forEach(other -> known.put(other.definition(), "[" + other.name() + "](" + other.name() + ".md)"));
        StringBuilder page = new StringBuilder(NOTE);
        JsonNode definition = schema.at("/$defs/" + word.definition());
        page.append("# ")
                .append(word.name())
                .append("\n\n")
                .append(definition.path("description").asText())
                .append(". ")
                .append(places(word))
                .append("How it is used: [")
                .append(word.more())
                .append("](../")
                .append(word.more())
                .append(").\n\n## Keys\n\n");
        new KeyTables(schema, known).write(definition, page);
        example(word, page);
        return page.toString().stripTrailing() + "\n";
    }

    /** Where a word may stand: the keys that lead to it, and their pages. */
    private String places(Word word) {
        Map<String, String> pages = pagesOfDefinitions();
        Set<String> places = new TreeSet<>();
        String wanted = "#/$defs/" + word.definition();
        schema.at("/$defs")
                .properties()
                .forEach(owner -> owner.getValue()
                        .path("properties")
                        .properties()
                        .forEach(key -> {
                            JsonNode type = key.getValue();
                            boolean leads = Stream.of(type, type.path("items"), type.path("additionalProperties"))
                                    .anyMatch(one -> one.path("$ref").asText().equals(wanted));
                            String page = pages.get(owner.getKey());
                            if (leads && page != null) {
                                places.add("`" + key.getKey() + "` of [" + page + "](" + page + ".md)");
                            }
                        }));
        return places.isEmpty() ? "" : "Stands as " + String.join(", ", places) + ". ";
    }

    /** The examples of a page: its own, and those whose names go on, like rate-limit-by-cost. */
    static List<String> examples(String word) {
        String own = example(word);
        try (Stream<Path> all = Files.list(EXAMPLES.resolve("connectors"))) {
            return all.map(path -> path.getFileName().toString())
                    .filter(id -> id.equals(own) || id.startsWith(own + "-"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean overHttp(Path folder) {
        try {
            return Files.readString(folder.resolve("connector.yaml"))
                    .replace("'", "")
                    .contains("baseUrl: http");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void example(Word word, StringBuilder page) {
        List<String> ids = examples(word.name());
        page.append(ids.size() == 1 ? "## Example\n\n" : "## Examples\n\n");
        for (String id : ids) {
            Path folder = EXAMPLES.resolve("connectors").resolve(id);
            page.append("`patchbay connector test ")
                    .append(id)
                    .append(" --home=docs/reference/connector/examples` ")
                    .append(
                            overHttp(folder)
                                    ? "runs it: each fixture is a call, with what goes over the wire.\n\n"
                                    : "reads it: a fixture only shows what comes, and no call is made.\n\n");
            block("connectors/" + id + "/connector.yaml", folder.resolve("connector.yaml"), page);
            for (Path schema : yaml(folder)) {
                if (schema.toString().endsWith(".schema.yaml")) {
                    block(String.valueOf(schema.getFileName()), schema, page);
                }
            }
            for (Path fixture : yaml(folder.resolve("fixtures"))) {
                block("fixtures/" + fixture.getFileName(), fixture, page);
            }
        }
    }

    private static void block(String name, Path file, StringBuilder page) {
        page.append('`')
                .append(name)
                .append("`\n\n```yaml\n")
                .append(text(file))
                .append("```\n\n");
    }

    private static List<Path> yaml(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every key of the vocabulary, in alphabetical order. */
    private String index() {
        StringBuilder page = new StringBuilder(NOTE);
        page.append(
                        "# Words of connector files\n\nHow a connector is written: [connectors.md](../connectors.md). Each page has the")
                .append(" keys of a word and an example that runs.\n\n| word | what it says |\n| --- | --- |\n");
        WORDS.forEach(word -> page.append("| [`" + word.name() + "`](" + word.name() + ".md) | ")
                .append(schema.at("/$defs/" + word.definition())
                        .path("description")
                        .asText())
                .append(" |\n"));
        page.append("\n## All keys\n\n| key | stands in | meaning |\n| --- | --- | --- |\n");
        List<String> rows = new ArrayList<>();
        Map<String, String> pages = pagesOfDefinitions();
        schema.at("/$defs").properties().forEach(definition -> {
            String owner = pages.get(definition.getKey());
            if (owner != null) {
                definition
                        .getValue()
                        .path("properties")
                        .properties()
                        .forEach(key -> rows.add("| `" + key.getKey()
                                + "` | [" + name(owner, definition.getKey()) + "](" + owner + ".md) | "
                                + key.getValue().path("description").asText() + " |\n"));
            }
        });
        rows.stream().sorted(String.CASE_INSENSITIVE_ORDER).forEach(page::append);
        return page.toString();
    }

    private static String name(String owner, String definition) {
        boolean own = WORDS.stream().anyMatch(word -> word.definition().equals(definition));
        return own ? owner : owner + ", " + definition.substring(definition.lastIndexOf('.') + 1);
    }

    /** On which page a definition stands: its own, or the first one that leads to it. */
    private Map<String, String> pagesOfDefinitions() {
        Map<String, String> pages = new TreeMap<>();
        WORDS.forEach(word -> pages.put(word.definition(), word.name()));
        WORDS.forEach(word -> below(schema.at("/$defs/" + word.definition()), word.name(), pages));
        return pages;
    }

    private void below(JsonNode node, String page, Map<String, String> pages) {
        String reference = node.path("$ref").asText();
        if (!reference.isEmpty()) {
            String name = reference.substring("#/$defs/".length());
            if (!LINES.containsKey(name) && pages.putIfAbsent(name, page) == null) {
                below(schema.at("/$defs/" + name), page, pages);
            }
        }
        node.forEach(child -> below(child, page, pages));
    }
}
