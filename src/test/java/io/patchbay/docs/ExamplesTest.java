package io.patchbay.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Literals;
import io.patchbay.canvas.YamlReader;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.CatalogReader;
import io.patchbay.connector.Connector;
import io.patchbay.connector.fixture.FixtureSuite;
import io.patchbay.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of the words of connector files: each word stands in one, and all of them run. */
class ExamplesTest {

    private static final Path HOME = WordPages.EXAMPLES.toAbsolutePath();
    private static final CatalogReader.Reading READING = new CatalogReader(HOME).read(List.of(HOME), Catalog.EMPTY);

    static Stream<Arguments> fixtures() throws IOException {
        List<Arguments> all = new ArrayList<>();
        for (Connector connector : READING.catalog().connectors()) {
            FixtureSuite suite = new FixtureSuite(HOME, connector, Clock.systemUTC());
            for (String name : suite.names()) {
                all.add(Arguments.of(connector.id(), name, suite));
            }
        }
        return all.stream();
    }

    @Test
    void areRightFiles() {
        assertThat(READING.problems()).isEmpty();
    }

    @Test
    void thereIsOneForEachPage() {
        for (String word : WordPages.words()) {
            assertThat(WordPages.examples(word))
                    .as("write docs/reference/connector/examples/connectors/" + WordPages.example(word)
                            + "/connector.yaml with fixtures, the example of '" + word + "'")
                    .contains(WordPages.example(word));
        }
        assertThat(READING.catalog().connectors().stream().map(Connector::id))
                .as(
                        "each example belongs to one page: its name is the page's, or goes on from it, like rate-limit-by-cost")
                .containsExactlyInAnyOrderElementsOf(WordPages.words().stream()
                        .flatMap(word -> WordPages.examples(word).stream())
                        .toList());
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("fixtures")
    void askAndReadAsTheySay(String connector, String name, FixtureSuite suite) throws IOException {
        FixtureSuite.Result result = suite.run(name);

        assertThat(result.differences()).as(result.file()).isEmpty();
    }

    @Test
    void haveAFixtureOrSayWhyNot() throws IOException {
        for (Connector connector : READING.catalog().connectors()) {
            assertThat(new FixtureSuite(HOME, connector, Clock.systemUTC()).withoutFixture())
                    .as("give each endpoint of the example " + connector.id()
                            + " a fixture, or a reason under tests.withoutFixture")
                    .doesNotContainValue("");
        }
    }

    @Test
    void everyWordAndEveryValueStandsInOne() throws IOException {
        Vocabulary vocabulary =
                new Vocabulary(Objects.requireNonNull(CatalogReader.schemas().get("connector.schema.json")));
        Set<String> unused = new TreeSet<>(vocabulary.all());
        for (Connector connector : READING.catalog().connectors()) {
            Path file = HOME.resolve("connectors").resolve(connector.id()).resolve("connector.yaml");
            JsonNode tree = new YamlReader()
                    .read(connector.id(), Files.readString(file), new Problems())
                    .map(Literals::json)
                    .orElseThrow();
            unused.removeAll(vocabulary.used(tree));
        }

        assertThat(unused)
                .as(
                        "words and values that no example shows: add each to docs/reference/connector/examples/connectors/PAGE/"
                                + "connector.yaml, PAGE being the word's own in kebab-case (PartitionConfig.parent: partition), with a"
                                + " fixture; then run mvn -Pdocs test")
                .isEmpty();
    }
}
