package io.patchbay.shape.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.Catalog;
import io.patchbay.connector.CatalogReader;
import io.patchbay.shape.CacheRules;
import io.patchbay.shape.Contract;
import io.patchbay.shape.PlacedShape;
import io.patchbay.shape.Stores;
import io.patchbay.shape.Surroundings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

/** What is said of an enricher when it is deployed. */
class EnrichChecksTest {

    @TempDir
    Path home;

    private Surroundings around;

    @BeforeEach
    void connector() throws Exception {
        Path file = home.resolve("connectors/shop/connector.yaml");
        Files.createDirectories(file.resolveSibling("instances"));
        Files.writeString(file, """
                connector: shop
                version: 1.0.0
                requester: {baseUrl: 'https://shop.example.com'}
                auth: {none: {type: none}}
                endpoints:
                  items.find:
                    kind: read
                    inputs: {skus: {type: array, maxItems: 50}, shop: {required: false}}
                    method: GET
                    path: /items
                  items.read:
                    kind: read
                    inputs: {sku: {}}
                    method: GET
                    path: /items/${with.sku}
                  days.list:
                    kind: read
                    inputs: {skus: {type: array, required: false}}
                    method: GET
                    path: /days
                    paginator: {type: timeWindow}
                    incremental: {cursorField: changed, lower: {into: query, name: since}, upper: {into: query, name: until}, start: 30d, step: 1d}
                  items.create:
                    kind: write
                    inputs: {sku: {}}
                    method: POST
                    path: /items
                """);
        Files.writeString(file.resolveSibling("instances/shop.yaml"), "{instance: shop, connector: shop, auth: none}");
        var reading = new CatalogReader(home).read(List.of(home), Catalog.EMPTY);
        assertThat(reading.problems()).isEmpty();
        CacheRules flow = new CacheRules(CacheRules.Scope.FLOW, Duration.ofDays(1), DataSize.ofMegabytes(1), 10);
        around = PlacedShape.surroundings(
                Map.of(),
                Map.of(),
                Map.of(
                        Catalog.class,
                        reading.catalog(),
                        Stores.class,
                        new Stores(Map.of("own", CacheRules.DEFAULT, "kept", flow), Map.of())));
    }

    @Test
    void readsOnePayloadAndLeavesAtMostOneWithoutAnEffect() {
        PlacedShape shape = PlacedShape.of(
                new EnrichShape(),
                "{instance: shop, endpoint: items.find, with: {skus: '${record.sku}', shop: uk}, match: {record: sku, answer: code},"
                        + " into: item, batch: 50}",
                around);

        assertThat(shape.problems().list()).isEmpty();
        assertThat(shape.contract().yields()).isEqualTo(Contract.Yields.AT_MOST_ONE);
        assertThat(shape.contract().outside()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "instance: shpo, endpoint: items.read, into: x | did you mean 'shop'",
                "instance: shop, endpoint: items.reed, with: {sku: '${record.s}'}, into: x | no endpoint 'items.reed'",
                "instance: shop, endpoint: items.read, with: {skku: '${record.s}'}, into: x | did you mean 'sku'",
                "instance: shop, endpoint: items.read, match: {record: s, answer: s}, into: x | needs the input 'sku'",
                "instance: shop, endpoint: items.read, with: {sku: '${record.s}'} | 'into'",
                "instance: shop, endpoint: items.read, with: {sku: a}, into: x | all records would get the same answer",
                "instance: shop, endpoint: items.read, with: {sku: '${record.s}'}, into: 'a[0].b' | one place in the record",
                "instance: shop, endpoint: items.read, with: {sku: '${record.s}'}, into: 'a[*].b' | one place in the record",
                "instance: shop, endpoint: items.create, with: {sku: '${record.s}'}, into: x | changes something",
                "instance: shop, endpoint: days.list, with: {skus: '${record.s}'}, into: x | read in windows of time",
                "instance: shop, endpoint: items.find, with: {skus: '${record.s}'}, match: {record: $.s, answer: c}, into: x | leave the $. out",
                "instance: shop, endpoint: items.find, with: {skus: '${record.s}'}, into: x, batch: 5 | which records of the answer belong",
                "instance: shop, endpoint: items.find, with: {skus: '${record.s}', shop: '${record.t}'}, match: {record: s, answer: c}, into: x, batch: 5 | one value reads the record",
                "instance: shop, endpoint: items.find, with: {skus: '${record.s}'}, match: {record: s, answer: c}, into: x, batch: 51 | at most 50",
                "instance: shop, endpoint: items.read, with: {sku: '${record.s}'}, match: {record: s, answer: c}, into: x, batch: 5 | takes one value",
                "instance: shop, endpoint: items.read, with: {sku: '${record.s}'}, into: x, cache: {keepFor: 0s} | at least 1s",
                "instance: shop, endpoint: items.read, with: {sku: '${record.s}'}, into: x, cache: {keepFor: 1m, most: 2GB} | at most 1GB",
                "instance: shop, endpoint: items.read, with: {sku: '${record.s}'}, into: x, onNone: skip | keep",
                "instance: shop, endpoint: items.read, with: {sku: '${record.s}'}, into: x, cache: {keepFor: 1m, name: ket} | did you mean 'kept'",
                "instance: shop, endpoint: items.read, with: {sku: '${record.s}'}, into: x, cache: {keepFor: 1m, name: own} | belongs to one run",
                "instance: shop, endpoint: items.read, with: {sku: '${record.s}'}, into: x, cache: {keepFor: 1m, name: kept, most: 1MB} | has its own bounds",
                "instance: shop, endpoint: items.read, with: {sku: '${record.s}'}, into: x, concurrency: 65 | 64",
            })
    void saysWhatIsWrong(String yaml, String problem) {
        var problems = PlacedShape.of(new EnrichShape(), "{" + yaml.strip() + "}", around)
                .problems();

        assertThat(problems.list()).hasSize(1);
        assertThat(problems.list().get(0).toString()).contains(problem).contains("x.flow.yaml:1");
    }
}
