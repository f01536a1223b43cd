package io.patchbay.shape.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.Catalog;
import io.patchbay.connector.CatalogReader;
import io.patchbay.connector.Growing;
import io.patchbay.connector.Incremental.Start;
import io.patchbay.connector.Use;
import io.patchbay.shape.Contract;
import io.patchbay.shape.PlacedShape;
import io.patchbay.shape.Plan;
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

class ListChecksTest {

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
                    paginator: {type: linkHeader}
                  items.changed:
                    kind: read
                    inputs: {skus: {type: array, required: false}}
                    method: GET
                    path: /items
                    paginator: {type: linkHeader}
                    incremental: {cursorField: changed, lower: {into: query, name: since}, upper: {into: query, name: until}, start: 30d, step: 1d, granularity: 1s}
                  moves.list:
                    kind: read
                    method: GET
                    path: /moves
                    paginator: {type: linkHeader}
                    incremental: {cursorField: id, type: sequence, lower: {into: query, name: after}}
                  days.list:
                    kind: read
                    inputs: {skus: {type: array, required: false}}
                    method: GET
                    path: /days
                    paginator: {type: timeWindow}
                    incremental: {cursorField: changed, lower: {into: query, name: since}, upper: {into: query, name: until}, start: 30d, step: 1d}
                  items.paged:
                    kind: read
                    method: GET
                    path: /items
                    paginator: {type: pageNumber, inject: {into: query, name: page}, pageSize: 50, pageSizeParam: limit}
                  items.delete:
                    kind: delete
                    inputs: {skus: {type: array}}
                    method: DELETE
                    path: /items
                """);
        Files.writeString(file.resolveSibling("instances/shop.yaml"), "{instance: shop, connector: shop, auth: none}");
        var reading = new CatalogReader(home).read(List.of(home), Catalog.EMPTY);
        assertThat(reading.problems()).isEmpty();
        around = PlacedShape.surroundings(Map.of(), Map.of(), Map.of(Catalog.class, reading.catalog()));
    }

    private PlacedShape placed(String yaml) {
        return PlacedShape.of(new ConnectionShape(), "{instance: shop, " + yaml + "}", around);
    }

    private Use use(String yaml) {
        PlacedShape shape = placed(yaml);
        assertThat(shape.problems().list()).isEmpty();
        return (Use) ((Plan.Endpoint) shape.plan()).properties().get(Use.PROPERTY);
    }

    @Test
    void oneCallAnswersForAllRecordsOfAPayload() {
        String yaml = "endpoint: items.find, with: {skus: '${record.sku}', shop: uk}, output: {into: item},"
                + " match: {record: sku, answer: code}";

        Use.Match match = use(yaml).match();

        assertThat(placed(yaml).contract().yields()).isEqualTo(Contract.Yields.ONE);
        assertThat(match.input()).isEqualTo("skus");
        assertThat(match.answer()).hasToString("code");
        assertThat(match.many()).isFalse();
        assertThat(use(yaml).perRecord()).isFalse();
    }

    @Test
    void aFlowReadsAListThatGrowsAsItSays() {
        assertThat(use("endpoint: items.changed").growing()).isEqualTo(Growing.AS_DECLARED);
        assertThat(use("endpoint: items.changed, incremental: on").growing()).isEqualTo(Growing.AS_DECLARED);
        assertThat(use("endpoint: items.changed, incremental: off").growing()).isEqualTo(Growing.OFF);
        assertThat(use("endpoint: items.changed, incremental: {start: 2d, lookback: 1h, step: 6h}")
                        .growing())
                .isEqualTo(new Growing(
                        false, new Start(Duration.ofDays(2), null, null), Duration.ofHours(1), Duration.ofHours(6)));
        assertThat(use("endpoint: moves.list, incremental: {start: 17}")
                        .growing()
                        .start())
                .isEqualTo(new Start(null, null, "17"));
    }

    @Test
    void aFlowAsksForSmallerPages() {
        assertThat(use("endpoint: items.paged, pageSize: 20").growing().pageSize())
                .isEqualTo(20);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "endpoint: items.find, with: {skus: '${record.sku}'}, match: {record: sku, answer: sku} | 'match' needs output: {into: name} | like output",
                "endpoint: items.find, with: {skus: a}, output: {into: item}, match: {record: sku, answer: sku} | 'match' needs a value under 'with' that reads the record | like with",
                "endpoint: items.find, with: {skus: '${record.sku}', shop: '${record.shop}'}, output: {into: item}, match: {record: sku, answer: sku} | one value reads the record, found s | like with",
                "endpoint: items.find, with: {skus: '${record.sku}'}, output: {into: item}, match: {record: $.sku, answer: sku} | match.record is read in each record, found '$.sku' | leave the $. out",
                "endpoint: items.find, with: {skus: '${record.sku}'}, output: {into: item}, match: {record: sku} | needs the key 'answer' | ``",
                "endpoint: items.find, with: {skus: '${record.sku}'} | cannot be called for each record yet [NOT_THERE_YET] | match: { record: sku, answer: sku }",
                "endpoint: items.delete, with: {skus: '${record.sku}'}, output: {into: item}, match: {record: sku, answer: sku} | 'match' belongs to reads, and 'items.delete' changes something [NOT_HERE] | batch",
                "endpoint: days.list, with: {skus: '${record.sku}'}, output: {into: item}, match: {record: sku, answer: sku} | is read in windows of time | ``",
                "endpoint: items.changed, with: {skus: '${record.sku}'}, output: {into: item}, match: {record: sku, answer: sku}, incremental: off | with 'match' the whole list is read | take it out",
                "endpoint: days.list, incremental: off | 'days.list' can only be read in windows of time [NOT_HERE] | forget the cursor",
                "endpoint: items.changed, incremental: {start: soon} | start 'soon' is none for a cursor of type datetime [BAD_VALUE] | like 30d",
                "endpoint: items.changed, incremental: {step: 2d} | 1:57: a step of 2d is longer than the connector's of 1d [BAD_VALUE] | shorter windows only",
                "endpoint: items.changed, incremental: {step: 1s} | must be longer than the granularity of 1s | ``",
                "endpoint: moves.list, incremental: {lookback: 1h} | 'lookback' has a meaning for | take it out",
                "endpoint: items.paged, pageSize: 51 | pages of 51 records are larger than the connector's of 50 [BAD_VALUE] | smaller pages only",
                "endpoint: items.find, with: {skus: [a]}, pageSize: 5 | 'items.find' has no pages whose size could be asked for | take it out",
                "endpoint: moves.list, incremental: {step: 1h} | 'moves.list' is not read in windows | take it out",
                "endpoint: moves.list, incremental: {stepp: 1h} | has no key 'stepp' | 'step'?",
                "endpoint: moves.list, incremental: no | incremental must be off, on or a mapping | off reads the whole list",
            })
    void saysWhatIsWrong(String yaml, String what, String hint) {
        assertThat(placed(yaml).problems().toString()).contains(what).contains(hint);
    }
}
