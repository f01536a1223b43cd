package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.canvas.Literals;
import io.patchbay.canvas.YamlReader;
import io.patchbay.connector.definition.TestsConfig;
import io.patchbay.problem.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every connector folder in this repository. */
class BundledConnectorsTest {

    private static final Path HOME = Path.of("").toAbsolutePath();

    private static final CatalogReader.Reading READING = new CatalogReader(HOME).read(List.of(HOME), Catalog.EMPTY);

    static Stream<Path> folders() throws Exception {
        try (Stream<Path> all = Files.list(HOME.resolve("connectors"))) {
            return all.filter(Files::isDirectory).toList().stream();
        }
    }

    @Test
    void allFilesAreRight() {
        assertThat(READING.problems()).isEmpty();
        assertThat(READING.catalog().instanceNames()).contains("sandbox-shop", "sandbox-sftp", "outbox");
    }

    @ParameterizedTest
    @MethodSource("folders")
    void aFolderHasItsFourEntries(Path folder) {
        assertThat(folder.resolve("connector.yaml")).isRegularFile();
        assertThat(folder.resolve("README.md")).isRegularFile();
        assertThat(folder.resolve("fixtures")).isDirectoryContaining("glob:**.yaml");
        assertThat(folder.resolve("instances")).isDirectory();
    }

    @ParameterizedTest
    @MethodSource("folders")
    void fixturesNameEndpointsThatAreThere(Path folder) throws Exception {
        assertThat(connector(folder).config().endpoints().keySet()).containsAll(recorded(folder));
    }

    @ParameterizedTest
    @MethodSource("folders")
    void anEndpointHasAFixtureOrTheFileSaysWhyNot(Path folder) throws Exception {
        Connector connector = connector(folder);
        Set<String> without = new TreeSet<>(connector.config().endpoints().keySet());
        without.removeAll(recorded(folder));

        TestsConfig tests = connector.config().tests();

        assertThat(tests == null ? Set.of() : tests.withoutFixture().keySet())
                .as("tests: { withoutFixture: { … } } in connectors/" + folder.getFileName() + "/connector.yaml")
                .isEqualTo(without);
    }

    @ParameterizedTest
    @MethodSource("folders")
    void theReferenceNamesEachConnector(Path folder) throws Exception {
        assertThat(Path.of("docs/reference/connectors.md"))
                .as("a line about it among the generic or the vendor connectors")
                .content()
                .contains("(../../connectors/" + folder.getFileName() + "/README.md)");
    }

    private static Connector connector(Path folder) {
        return READING.catalog().connector(folder.getFileName().toString(), null);
    }

    /** Endpoints that fixtures are about. */
    private static Set<String> recorded(Path folder) throws Exception {
        Set<String> endpoints = new TreeSet<>();
        try (Stream<Path> fixtures = Files.list(folder.resolve("fixtures"))) {
            for (Path fixture : fixtures.toList()) {
                endpoints.add(new YamlReader()
                        .read(fixture.toString(), Files.readString(fixture), new Problems())
                        .map(Literals::json)
                        .orElseThrow()
                        .path("endpoint")
                        .asText());
            }
        }
        return endpoints;
    }
}
