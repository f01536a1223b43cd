package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WritesPageTest {

    private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\\n(.*?)^```");

    @TempDir
    Path home;

    @Test
    void everyExampleOfThePageIsTaken() throws Exception {
        Matcher block = YAML.matcher(Files.readString(Path.of("docs/reference/writes.md")));
        int found = 0;
        while (block.find()) {
            found++;
            boolean whole = block.group(1).startsWith("errorHandler:");
            Path file = home.resolve("connectors/shop" + found + "/connector.yaml");
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file,
                    """
                    connector: shop%d
                    version: 1.0.0
                    auth: {none: {type: none}}
                    requester: {baseUrl: 'https://shop.example.com', allowedHosts: [shop.example.com, storage.example.com]}
                    """.formatted(found)
                            + (whole
                                    ? block.group(1)
                                    : "endpoints:\n" + block.group(1).indent(2)));
        }

        CatalogReader.Reading reading = new CatalogReader(home).read(java.util.List.of(home), Catalog.EMPTY);

        assertThat(found).isGreaterThan(4);
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.catalog().connectors()).hasSize(found);
    }
}
