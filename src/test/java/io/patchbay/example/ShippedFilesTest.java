package io.patchbay.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.Catalog;
import io.patchbay.connector.CatalogReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShippedFilesTest {

    @Test
    void theConnectorsHaveNoProblems() {
        Path home = Path.of("").toAbsolutePath();
        CatalogReader.Reading reading = new CatalogReader(home).read(List.of(home), Catalog.EMPTY);
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.catalog().instanceNames()).contains("sandbox-shop", "sandbox-sftp", "outbox");
    }

    @Test
    void theBenchConnectorHasNoProblems() {
        Path home = Path.of("src/bench/resources/bench").toAbsolutePath();
        CatalogReader.Reading reading = new CatalogReader(home).read(List.of(home), Catalog.EMPTY);
        assertThat(reading.problems()).isEmpty();
    }
}
