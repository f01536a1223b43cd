package io.patchbay.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import io.patchbay.blueprint.Blueprints;
import io.patchbay.blueprint.Catalogues;
import io.patchbay.canvas.Literals;
import io.patchbay.canvas.YamlReader;
import io.patchbay.cli.ScriptTestFiles;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.CatalogReader;
import io.patchbay.environment.EnvironmentSet;
import io.patchbay.flow.Flow;
import io.patchbay.flow.FlowReader;
import io.patchbay.mapping.function.FunctionPages;
import io.patchbay.payload.Json;
import io.patchbay.problem.Problems;
import io.patchbay.problem.Validated;
import io.patchbay.route.folder.StoreFiles;
import io.patchbay.route.plain.CamelRules;
import io.patchbay.route.plain.PlainCamel;
import io.patchbay.script.ScriptLibrary;
import io.patchbay.script.Scripts;
import io.patchbay.script.ScriptsProperties;
import io.patchbay.service.ServiceReader;
import io.patchbay.shape.PoolRules;
import io.patchbay.shape.ShapeSpec;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.Shapes;
import io.patchbay.shape.Stores;
import io.patchbay.shape.Surroundings;
import io.patchbay.shape.camel.CamelRoutes;
import io.patchbay.trial.TestFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reference pages and JSON Schemas are made from the code and stand in the repository, so that they can be read and reviewed
 * without building. {@code mvn -Pdocs test} writes them.
 */
class GeneratedFilesTest {

    private static final boolean WRITE = Boolean.getBoolean("docs.write");
    private static final Path SHAPES = Path.of("docs/reference/shapes");
    private static final Path TRIGGERS = Path.of("docs/reference/triggers.md");
    private static final Path SCHEMAS = Path.of("src/main/resources/schema");
    private static final FlowReader READER = new FlowReader(Shapes.all());
    private static final PlainCamel CAMEL =
            new PlainCamel(CamelRules.SAFE, Map.of(), name -> null, Duration.ofSeconds(1));
    private static final Path HOME = Path.of("").toAbsolutePath();

    @AfterAll
    static void close() {
        CAMEL.close();
    }

    @Test
    void areWhatTheCodeSays() throws IOException {
        for (Map.Entry<Path, String> file : files().entrySet()) {
            if (WRITE) {
                Files.createDirectories(file.getKey().getParent());
                Files.writeString(file.getKey(), file.getValue());
            }
            assertThat(file.getKey()).as("run: mvn -Pdocs test").exists();
            assertThat(Files.readString(file.getKey()))
                    .as(file.getKey() + " is stale, run: mvn -Pdocs test")
                    .isEqualTo(file.getValue());
        }
    }

    @Test
    void areOfNothingThatIsGone() throws IOException {
        for (Path folder : List.of(SHAPES, SCHEMAS)) {
            try (Stream<Path> there = Files.list(folder)) {
                assertThat(files().keySet()).containsAll(there.toList());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void schemasAreOfDraft202012(String name, ObjectNode schema) {
        var meta = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(meta.validate(schema)).as(name).isEmpty();
    }

    private static final Scripts SCRIPTS = Scripts.ofFlows(ScriptsProperties.DEFAULT);

    /** The script that examples call. */
    private static final ScriptLibrary.Source TIDY = new ScriptLibrary.Source(
            "tidy.js", "routes/scripts/tidy.js", "function handle({ payload }) { return { payload }; }");

    /** The pools that examples name. */
    private static final Stores STORES = new Stores(Map.of(), Map.of("handed-over", PoolRules.DEFAULT));

    @ParameterizedTest
    @MethodSource("flows")
    void everyFlowThatIsShownDeploysAndFitsTheSchema(String name, String text) throws IOException {
        Validated<Flow> flow = READER.read(name, text, GeneratedFilesTest::around);

        assertThat(flow.problems().stream().filter(problem -> !problem.code().equals("NO_MAIL_SERVER")))
                .isEmpty();
        JsonNode tree = new YamlReader()
                .read(name, text, new Problems())
                .map(Literals::json)
                .orElseThrow();
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(READER.schema())
                        .validate(tree))
                .isEmpty();
    }

    /** Examples of the reference, and the flows that are shipped. */
    static Stream<org.junit.jupiter.params.provider.Arguments> flows() throws IOException {
        Map<String, String> flows = new LinkedHashMap<>();
        for (ShapeType<?> shape : Shapes.all()) {
            ShapeSpec spec = shape.spec();
            flows.put(spec.name() + " example", spec.example());
        }
        Matcher block = DocsTest.YAML.matcher(Files.readString(TRIGGERS));
        while (block.find()) {
            flows.put(TRIGGERS + " " + flows.size(), block.group(1));
        }
        try (Stream<Path> shipped = Files.walk(Path.of("routes"))) {
            shipped.filter(file -> file.toString().endsWith(".flow.yaml"))
                    .forEach(file -> flows.put(file.toString(), text(file)));
        }
        return flows.entrySet().stream()
                .map(flow -> org.junit.jupiter.params.provider.Arguments.of(flow.getKey(), flow.getValue()));
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> schemas() {
        return schemaFiles().entrySet().stream()
                .map(schema -> org.junit.jupiter.params.provider.Arguments.of(schema.getKey(), schema.getValue()));
    }

    private static Map<String, ObjectNode> schemaFiles() {
        Map<String, ObjectNode> schemas = new TreeMap<>(CatalogReader.schemas());
        schemas.put("flow.schema.json", READER.schema());
        schemas.put("stores.schema.json", StoreFiles.schema());
        schemas.put("service.schema.json", new ServiceReader().schema());
        schemas.put("environment.schema.json", EnvironmentSet.schema());
        schemas.put("package.schema.json", EnvironmentSet.packageSchema());
        schemas.put("blueprint.schema.json", Blueprints.schema());
        schemas.put("catalogues.schema.json", Catalogues.schema());
        schemas.putAll(TestFile.schemas());
        schemas.putAll(ScriptTestFiles.schemas());
        return schemas;
    }

    private static Map<Path, String> files() {
        Map<Path, String> files = new LinkedHashMap<>();
        ShapePages pages = new ShapePages(READER.schema(), Shapes.all());
        files.put(SHAPES.resolve("README.md"), pages.index());
        for (ShapeType<?> shape : Shapes.all()) {
            files.put(SHAPES.resolve(shape.spec().name() + ".md"), pages.page(shape));
        }
        files.put(Path.of("docs/reference/functions.md"), FunctionPages.markdown(new FunctionTables(READER.schema())));
        files.put(
                Path.of("docs/reference/files.md"),
                FilePages.markdown(READER.schema(), schemaFiles().get("instance.schema.json"), StoreFiles.schema()));
        files.put(
                Path.of("docs/reference/services.md"),
                ServicePages.markdown(schemaFiles().get("service.schema.json")));
        files.put(
                Path.of("docs/reference/environments.md"),
                EnvironmentPages.markdown(EnvironmentSet.schema(), EnvironmentSet.packageSchema()));
        files.put(Path.of("docs/reference/settings.md"), SettingsPage.markdown());
        files.putAll(new WordPages(schemaFiles().get("connector.schema.json")).pages());
        schemaFiles().forEach((name, schema) -> files.put(SCHEMAS.resolve(name), pretty(schema)));
        return files;
    }

    private static String pretty(ObjectNode schema) {
        try {
            return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Surroundings around(String flow, Map<String, JsonNode> variables) {
        Catalog catalog =
                new CatalogReader(HOME).read(List.of(HOME), Catalog.EMPTY).catalog();
        return new Surroundings(
                flow,
                Clock.systemUTC(),
                variables,
                Map.of(),
                Map.of(
                        Catalog.class,
                        catalog,
                        CamelRoutes.class,
                        CAMEL.steps(),
                        ScriptLibrary.class,
                        new ScriptLibrary(List.of(TIDY), SCRIPTS),
                        Stores.class,
                        STORES));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
