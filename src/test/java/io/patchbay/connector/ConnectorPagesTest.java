package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The connectors on the pages about kinds are right. */
class ConnectorPagesTest {

    private static final Pattern CONNECTOR = Pattern.compile("(?ms)^```yaml\\n(connector: ([a-z-]+)\\n.*?)^```");

    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(strings = {"mail.md", "servers.md", "sql.md"})
    void theirExamplesCompile(String page) throws Exception {
        Matcher block = CONNECTOR.matcher(Files.readString(Path.of("docs/reference", page)));
        assertThat(block.find()).isTrue();
        Path file = home.resolve("connectors").resolve(block.group(2)).resolve("connector.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, block.group(1));

        CatalogReader.Reading reading = new CatalogReader(home).read(List.of(home), Catalog.EMPTY);

        assertThat(reading.problems()).isEmpty();
    }
}
