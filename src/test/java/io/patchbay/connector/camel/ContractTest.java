package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.Catalog;
import io.patchbay.connector.CatalogReader;
import io.patchbay.connector.Connector;
import io.patchbay.connector.fixture.FixtureSuite;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every connector of this repository against its fixtures, as {@code connector test} does. */
class ContractTest {

    private static final Path HOME = Path.of("").toAbsolutePath();

    static Stream<Arguments> fixtures() throws Exception {
        Catalog catalog =
                new CatalogReader(HOME).read(List.of(HOME), Catalog.EMPTY).catalog();
        List<Arguments> all = new ArrayList<>();
        for (Connector connector : catalog.connectors()) {
            FixtureSuite suite = new FixtureSuite(HOME, connector, Clock.systemUTC());
            for (String name : suite.names()) {
                all.add(Arguments.of(connector.id(), name, suite));
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("fixtures")
    void asksAndReadsAsRecorded(String connector, String name, FixtureSuite suite) throws Exception {
        FixtureSuite.Result result = suite.run(name);

        assertThat(result.differences()).as(result.file()).isEmpty();
        assertThat(result.endpoint()).isNotEmpty();
    }
}
