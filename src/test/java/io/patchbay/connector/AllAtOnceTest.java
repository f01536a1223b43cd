package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All that is wrong with a file is told at once, each with how to mend it. */
class AllAtOnceTest {

    private static final String SHOP = """
            connector: shop
            version: 1.0.0
            settings:
              properties:
                host: { description: Name of the server, example: shop.example.com }
                port: { type: integer, default: 443 }
                since: { type: instant, required: false }
              secrets: [token]
            auth: { key: { type: bearer, inject: { format: '${settings.token}' } } }
            requester: { baseUrl: 'https://${settings.host}' }
            endpoints:
              ping.read: { kind: read, method: GET, path: /ping }
            """;

    @TempDir
    Path home;

    private void write(String file, String text) throws IOException {
        Path path = home.resolve("connectors").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private List<String> problems() {
        return new CatalogReader(home)
                .read(List.of(home), Catalog.EMPTY).problems().values().stream()
                        .flatMap(List::stream)
                        .map(Problem::toString)
                        .toList();
    }

    private List<String> ofInstance(String settings) throws IOException {
        write("shop/connector.yaml", SHOP);
        write("shop/instances/uk.yaml", "instance: uk\nconnector: shop\nsettings: { " + settings + " }\n");
        return problems();
    }

    @Test
    void aSlipInOnePlaceHidesNoneElsewhere() throws Exception {
        write("shop/connector.yaml", """
                connector: shop
                version: 1.0.0
                requester: { baseUrl: 'https://shop.example.com', timeout: 5 minutes }
                check: { endpoint: ping }
                endpoints:
                  ping.read: { kind: read, method: GET, path: ping }
                  orders.list:
                    kind: read
                    method: GET
                    path: orders
                    recordSelector: { path: orders }
                    paginator: { type: pageNumbr, pageSize: 50 }
                  items.list:
                    knd: read
                    method: GET
                    path: '/items/${with.id}'
                """);

        assertThat(problems())
                .satisfiesExactly(
                        one -> assertThat(one)
                                .contains(":3:", "'5 minutes' is not a duration", "without a blank between: 5m"),
                        one -> assertThat(one).contains(":4:", "'ping' is not an endpoint", "ping.read"),
                        one -> assertThat(one).contains(":6:", "path 'ping' must begin with /", "write /ping"),
                        one -> assertThat(one).contains(":10:", "path 'orders' must begin with /"),
                        one -> assertThat(one).contains(":11:", "must begin with $", "did you mean '$.orders'?"),
                        one -> assertThat(one).contains(":12:", "'pageNumbr'", "did you mean 'pageNumber'?"),
                        one -> assertThat(one).contains(":14:", "has no key 'knd'", "did you mean 'kind'?"),
                        one -> assertThat(one).contains(":16:", "'id' is not an input", "inputs: { id: {} }"));
    }

    @Test
    void whatHangsOnAWrongEntryIsNotToldToBeMissing() throws Exception {
        write("shop/connector.yaml", """
                connector: shop
                version: 1.0.0
                requester: { baseUrl: 'https://shop.example.com' }
                check: { endpoint: ping.read }
                endpoints:
                  ping.read: nothing
                """);

        assertThat(problems()).singleElement().asString().contains(":6:", "must be a mapping");
    }

    @Test
    void aMisspeltKeyIsOneProblem() throws Exception {
        write("shop/connector.yaml", SHOP.replace("path: /ping", "pth: /ping").replace("version:", "verson:"));

        assertThat(problems())
                .satisfiesExactly(
                        one -> assertThat(one).contains(":2:", "has no key 'verson'", "did you mean 'version'?"),
                        one -> assertThat(one).contains("has no key 'pth'", "did you mean 'path'?"));
    }

    @Test
    void anInstanceWithASlipIsCheckedAgainstItsConnector() throws Exception {
        write("shop/connector.yaml", SHOP);
        write("shop/instances/uk.yaml", """
                instance: uk
                conector: shop
                timeout: soon
                settings: { host: h }
                """);
        write("shop/instances/us.yaml", """
                instance: us
                connector: shop
                timeout: soon
                settings: { hots: h, token: plain }
                """);

        assertThat(problems())
                .satisfiesExactly(
                        one -> assertThat(one).contains("uk.yaml:2:", "did you mean 'connector'?"),
                        one -> assertThat(one).contains("uk.yaml:3:", "is not a duration"),
                        one -> assertThat(one).contains("uk.yaml:4:", "needs the setting 'token'"),
                        one -> assertThat(one).contains("us.yaml:3:", "is not a duration"),
                        one -> assertThat(one).contains("us.yaml:4:", "no setting 'hots'", "did you mean 'host'?"),
                        one -> assertThat(one).contains("us.yaml:4:", "LITERAL_SECRET"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host: h, token: '${secret.T}', port: '22'    | must be of type integer, found '22' | without quotes",
                "host: h, token: '${secret.T}', port: many    | must be of type integer             | a whole number, like 22",
                "host: 7, token: '${secret.T}'                | must be of type string              | put it in quotes",
                "host: h, token: '${secret.T}', since: friday | must be of type instant             | like -2h",
                "host: h                                      | needs the setting 'token'           | token: '${secret.NAME}'",
                "token: '${secret.T}'                         | needs the setting 'host'            | host: shop.example.com (Name of the server)",
            })
    void saysHowToMendASetting(String settings, String what, String hint) throws Exception {
        assertThat(ofInstance(settings.replace("\"", "'")))
                .singleElement()
                .asString()
                .contains(what, hint);
    }

    @Test
    void saysHowToComeByAConnectorWhereThereIsNone() throws Exception {
        write("shop/instances/uk.yaml", "instance: uk\nconnector: shop\n");

        assertThat(problems())
                .singleElement()
                .asString()
                .contains(":2:", "there is no connector 'shop'", "no connector is here yet", "patchbay connector new");
    }
}
