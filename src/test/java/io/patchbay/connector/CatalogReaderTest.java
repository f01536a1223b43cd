package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogReaderTest {

    private static final String SHOP = """
            connector: shop
            version: 1.2.0
            settings:
              properties:
                host: {type: string, pattern: '[a-z.]+', example: shop.example.com}
                apiVersion: {type: string, default: '2026-10', enum: ['2026-10', '2026-07']}
              secrets: [token]
            auth:
              key: {type: apiKey, inject: {into: header, name: X-Token, format: '${settings.token}'}}
            requester: {baseUrl: 'https://${settings.host}'}
            endpoints:
              orders.list:
                kind: read
                inputs: {status: {type: string, enum: [any, paid], required: false}}
                method: GET
                path: /admin/${settings.apiVersion}/orders.json
                request: {query: {status: '${with.status}'}}
                recordSelector: {path: '$.orders[*]'}
                paginator: {type: linkHeader, pageSize: 25, pageSizeParam: limit}
              orders.create:
                kind: write
                method: POST
                path: /admin/orders.json
            """;
    private static final String UK = """
            instance: shop-uk
            connector: shop
            settings: {host: shop.example.com, token: '${secret.SHOP_UK}'}
            """;

    @TempDir
    Path home;

    private CatalogReader.Reading read(Catalog previous) {
        return new CatalogReader(home).read(List.of(home.resolve("builtin"), home), previous);
    }

    private CatalogReader.Reading read() {
        return read(Catalog.EMPTY);
    }

    private void write(String file, String text) throws IOException {
        Path path = home.resolve("connectors").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private List<String> problems() {
        return read().problems().values().stream()
                .flatMap(List::stream)
                .map(Problem::toString)
                .toList();
    }

    @Test
    void givesTheFactsOfAnEndpoint() throws Exception {
        write("shop/connector.yaml", SHOP);
        write("shop/instances/uk.yaml", UK);

        Catalog catalog = read().catalog();

        assertThat(problems()).isEmpty();
        EndpointFacts list = catalog.endpoint("shop-uk", "orders.list").orElseThrow();
        assertThat(list.many()).isTrue();
        assertThat(list.actsOutside()).isFalse();
        assertThat(list.inputs()).containsOnlyKeys("status");
        EndpointFacts create = catalog.endpoint("shop-uk", "orders.create").orElseThrow();
        assertThat(create.many()).isFalse();
        assertThat(create.actsOutside()).isTrue();
        assertThat(catalog.endpoint("shop-uk", "orders.lst")).isEmpty();
    }

    @Test
    void reportsAllProblemsOfAFileWithTheirPlaces() throws Exception {
        write(
                "shop/connector.yaml",
                SHOP.replace("kind: write", "kind: wirte")
                        .replace("type: linkHeader", "type: linkHaeder")
                        .replace("apiVersion: {", "apiVersoin: {"));

        assertThat(problems())
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("connectors/shop/connector.yaml:21:11: 'wirte' is not one of read, write")
                        .contains("[BAD_VALUE]")
                        .contains("did you mean 'write'?"));
        assertThat(problems()).anySatisfy(problem -> assertThat(problem).contains("did you mean 'linkHeader'?"));
    }

    @Test
    void reportsNamesThatLeadNowhere() throws Exception {
        write(
                "shop/connector.yaml",
                SHOP.replace("${settings.apiVersion}", "${settings.apiVersoin}")
                        .replace("${with.status}", "${with.stauts}")
                        .replace("path: /admin/orders.json", "path: /admin/${settings.token}/${flow.x}"));

        assertThat(problems())
                .anySatisfy(problem ->
                        assertThat(problem).contains("[UNKNOWN_SETTING]").contains("did you mean 'apiVersion'?"));
        assertThat(problems())
                .anySatisfy(problem ->
                        assertThat(problem).contains("[UNKNOWN_INPUT]").contains("did you mean 'status'?"));
        assertThat(problems()).anySatisfy(problem -> assertThat(problem).contains("[SECRET_NOT_HERE]"));
        assertThat(problems()).anySatisfy(problem -> assertThat(problem).contains("'flow' cannot be read here"));
    }

    @Test
    void repeatsNothingOfAWrongValueInAFileThatMayHoldASecret() throws Exception {
        write("shop/connector.yaml", SHOP);
        write("shop/instances/uk.yaml", "{instance: shop-uk, connector: shop, settings: token=shpat_123}");

        assertThat(problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .contains("must be a mapping, found text", "[WRONG_TYPE]")
                        .doesNotContain("shpat_123"));
    }

    @Test
    void refusesALiteralSecret() throws Exception {
        write("shop/connector.yaml", SHOP);
        write("shop/instances/uk.yaml", UK.replace("${secret.SHOP_UK}", "shpat_123"));

        assertThat(problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .startsWith("connectors/shop/instances/uk.yaml:3:43: ")
                        .contains("[LITERAL_SECRET]")
                        .doesNotContain("shpat_123"));
        assertThat(read().catalog().instance("shop-uk")).isNull();
    }

    @Test
    void checksTheSettingsOfAnInstance() throws Exception {
        write("shop/connector.yaml", SHOP);
        write("shop/instances/uk.yaml", """
                instance: shop-uk
                connector: shop
                settings: {hots: x, apiVersion: '2020-01'}
                """);

        assertThat(problems())
                .anySatisfy(p -> assertThat(p).contains("[UNKNOWN_SETTING]").contains("'host'?"));
        assertThat(problems()).anySatisfy(p -> assertThat(p).contains("'apiVersion' must be one of 2026-10, 2026-07"));
        assertThat(problems()).noneSatisfy(p -> assertThat(p).contains("needs the setting 'host'"));
        assertThat(problems()).anySatisfy(p -> assertThat(p).contains("needs the setting 'token'"));
    }

    @Test
    void namesTheNearestConnectorForOneThatIsNotThere() throws Exception {
        write("shop/connector.yaml", SHOP);
        write("shop/instances/uk.yaml", UK.replace("connector: shop", "connector: shpo"));

        assertThat(problems())
                .singleElement()
                .satisfies(p -> assertThat(p)
                        .startsWith(
                                "connectors/shop/instances/uk.yaml:2:12: there is no connector 'shpo' [UNKNOWN_CONNECTOR]")
                        .contains("did you mean 'shop'?"));
    }

    @Test
    void whatHangsOnAFileWithProblemsPointsAtThatFile() throws Exception {
        write("shop/connector.yaml", SHOP + "nonsense: 1\n");
        write("shop/instances/uk.yaml", UK);

        CatalogReader.Reading reading = read();

        assertThat(reading.problems().get("connectors/shop/instances/uk.yaml"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("UNUSABLE_CONNECTOR");
                    assertThat(problem.what()).contains("because connectors/shop/connector.yaml has problems");
                });
        Problems ofAFlow = new Problems();
        reading.catalog().missing("shop-uk", Location.of("routes/f.flow.yaml"), ofAFlow);
        reading.catalog().missing("shop-fr", Location.of("routes/f.flow.yaml"), ofAFlow);
        assertThat(ofAFlow.list())
                .extracting(Problem::code)
                .containsExactlyInAnyOrder("UNUSABLE_INSTANCE", "UNKNOWN_INSTANCE");
    }

    @Test
    void keepsWhatAFileHeldBeforeItWentWrong() throws Exception {
        write("shop/connector.yaml", SHOP);
        write("shop/instances/uk.yaml", UK);
        Catalog good = read().catalog();
        write("shop/connector.yaml", "connector: [");
        write("shop/instances/uk.yaml", "nonsense");

        CatalogReader.Reading reading = read(good);

        assertThat(reading.problems()).hasSize(2);
        assertThat(reading.catalog().endpoint("shop-uk", "orders.list")).isPresent();
    }

    @Test
    void dropsWhatWasDeleted() throws Exception {
        write("shop/connector.yaml", SHOP);
        write("shop/instances/uk.yaml", UK);
        Catalog good = read().catalog();
        Files.delete(home.resolve("connectors/shop/instances/uk.yaml"));

        assertThat(read(good).catalog().instanceNames()).isEmpty();
    }

    @Test
    void letsALaterRootOverrideAndAnInstanceChooseItsVersion() throws Exception {
        Path builtin = home.resolve("builtin/connectors/shop/connector.yaml");
        Files.createDirectories(builtin.getParent());
        Files.writeString(builtin, SHOP);
        write("shop/connector.yaml", SHOP.replace("1.2.0", "2.0.0"));
        write("shop/instances/uk.yaml", UK.replace("connector: shop", "connector: shop@1"));
        write("shop/instances/us.yaml", UK.replace("shop-uk", "shop-us"));

        Catalog catalog = read().catalog();

        assertThat(catalog.instance("shop-uk").connector().version()).hasToString("1.2.0");
        assertThat(catalog.instance("shop-us").connector().version()).hasToString("2.0.0");
    }

    @Test
    void changesTheHashWithTheDefinitionOnly() throws Exception {
        write("shop/connector.yaml", SHOP);
        write("shop/instances/uk.yaml", UK);
        String before = read().catalog()
                .endpoint("shop-uk", "orders.list")
                .orElseThrow()
                .hash();
        write("shop/instances/uk.yaml", UK + "timeout: 3s\n");
        String sameDefinition = read().catalog()
                .endpoint("shop-uk", "orders.list")
                .orElseThrow()
                .hash();
        write("shop/connector.yaml", SHOP + "categories: [e-commerce]\n");
        String after = read().catalog()
                .endpoint("shop-uk", "orders.list")
                .orElseThrow()
                .hash();

        assertThat(sameDefinition).isEqualTo(before);
        assertThat(after).isNotEqualTo(before);
    }

    @Test
    void refusesALinkOutOfTheFolder() throws Exception {
        write("shop/connector.yaml", SHOP);
        Path outside = Files.writeString(home.resolve("outside.yaml"), UK);
        Files.createDirectories(home.resolve("connectors/shop/instances"));
        Files.createSymbolicLink(home.resolve("connectors/shop/instances/uk.yaml"), outside);

        assertThat(problems()).singleElement().satisfies(p -> assertThat(p).contains("[OUTSIDE]"));
    }

    @Test
    void writesSchemasOfBothFileKinds() {
        assertThat(CatalogReader.schemas().get("connector.schema.json").toString())
                .contains("orders.list")
                .contains("linkHeader");
        assertThat(CatalogReader.schemas()
                        .get("instance.schema.json")
                        .at("/$defs/InstanceConfig/required")
                        .toString())
                .contains("connector");
    }

    @Test
    void saysWhyAKeyIsNotTaken() throws Exception {
        write("shop/connector.yaml", SHOP.replace("requester: {", "requester: {httpVersion: 2, "));

        assertThat(problems())
                .anySatisfy(problem -> assertThat(problem)
                        .contains("'httpVersion' of requester is not taken: calls are made over HTTP/1.1")
                        .contains("leave it out"));
    }
}
