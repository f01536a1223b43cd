package io.patchbay.shape.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.Catalog;
import io.patchbay.connector.CatalogReader;
import io.patchbay.shape.Contract;
import io.patchbay.shape.PlacedShape;
import io.patchbay.shape.Plan;
import io.patchbay.shape.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flow that asks for a version of a connector. */
class PinTest {

    @TempDir
    Path home;

    private Surroundings around;
    private Catalog catalog;

    @BeforeEach
    void twoVersions() throws IOException {
        write("shop/connector.yaml", "2.0.0", "");
        write(
                "shop/versions/1.4.0/connector.yaml",
                "1.4.0",
                ", recordSelector: {path: '$.items[*]'}, paginator: {type: linkHeader}");
        Path instances = Files.createDirectories(home.resolve("connectors/shop/instances"));
        Files.writeString(instances.resolve("one.yaml"), "{instance: one, connector: shop}");
        catalog = new CatalogReader(home).read(List.of(home), Catalog.EMPTY).catalog();
        around = PlacedShape.surroundings(Map.of(), Map.of(), Map.of(Catalog.class, catalog));
    }

    private void write(String file, String version, String more) throws IOException {
        Path path = home.resolve("connectors").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, """
                connector: shop
                version: %s
                auth: {none: {type: none}}
                requester: {baseUrl: 'https://shop.example.com'}
                endpoints:
                  items.list: {kind: read, method: GET, path: /items%s}
                """.formatted(version, more));
    }

    private PlacedShape placed(String yaml) {
        return PlacedShape.of(new ConnectionShape(), yaml, around);
    }

    private String uri(PlacedShape shape) {
        return ((Plan.Endpoint) shape.plan()).uri();
    }

    @Test
    void isCompiledAgainstTheVersionThatItAsksFor() {
        PlacedShape newest = placed("{instance: one, endpoint: items.list}");
        PlacedShape pinned = placed("{instance: one, connector: shop@1, endpoint: items.list}");

        assertThat(newest.problems().list()).isEmpty();
        assertThat(pinned.problems().list()).isEmpty();
        assertThat(newest.contract().yields()).isEqualTo(Contract.Yields.ONE);
        assertThat(pinned.contract().yields()).isEqualTo(Contract.Yields.MANY);
        assertThat(uri(pinned))
                .endsWith("?revision=" + catalog.connector("shop", "1.4.0").hash());
        assertThat(uri(newest)).isNotEqualTo(uri(pinned));
    }

    @Test
    void aPinThatNothingFitsIsAProblemAtItsLine() {
        assertThat(placed("instance: one\nconnector: shop@3\nendpoint: items.list")
                        .problems()
                        .toString())
                .contains(":2:12: no version of connector 'shop' fits 'shop@3' [UNKNOWN_VERSION]")
                .contains("there are 1.4.0, 2.0.0");
    }

    @Test
    void anEndpointThatTheVersionLacksIsSaidWithTheVersion() {
        assertThat(placed("{instance: one, connector: shop@1, endpoint: items.lst}")
                        .problems()
                        .toString())
                .contains("instance 'one' has no endpoint 'items.lst' by shop@1.4.0")
                .contains("did you mean 'items.list'?");
    }
}
