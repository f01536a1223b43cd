package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;

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
        return CatalogProblems.of(home);
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
                        one -> assertThat(one).contains(":12:", "this paginator needs inject"),
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

    @Test
    void theHeadOfAFileHidesNothingOfItsRest() throws Exception {
        write(
                "shop/connector.yaml",
                SHOP.replace("connector: shop", "connector: My Shop")
                        .replace("1.0.0", "one")
                        .replace("kind: read, method: GET, path: /ping", "kind: reed, method: GIT, path: ping"));

        assertThat(problems())
                .satisfiesExactlyInAnyOrder(
                        one -> assertThat(one).contains("yaml:1:12: ", "stands in the folder 'shop'"),
                        one -> assertThat(one).contains("yaml:1:12: ", "must be kebab-case"),
                        one -> assertThat(one).contains("yaml:2:10: ", "version 'one' must be three numbers"),
                        one -> assertThat(one).contains("yaml:12:22: ", "'reed' is not one of", "'read'"),
                        one -> assertThat(one).contains("yaml:12:36: ", "method 'GIT'", "did you mean 'GET'?"),
                        one -> assertThat(one).contains("yaml:12:47: ", "path 'ping' must begin with /"));
    }

    @Test
    void anInstanceOfABrokenConnectorSaysWhatWasNotChecked() throws Exception {
        write("shop/connector.yaml", SHOP.replace("path: /ping", "path: ping"));
        write("shop/instances/uk.yaml", "instance: uk\nconnector: shop\n");

        assertThat(problems().get(1))
                .contains(
                        "uk.yaml:2:12: connector 'shop' cannot be used, because connectors/shop/connector.yaml has problems",
                        "nothing was checked here that hangs on it: settings");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "path: '/ping }         | yaml:12:47: this is not YAML: what begins here is never closed",
                "path: /ping, inputs: [ a | yaml:12:62: this is not YAML: what begins here is never closed",
                "path: /ping, inputs: { | yaml:13:1: this is not YAML: the file ends before all that was opened is closed",
            })
    void whatIsNeverClosedIsToldWhereItBegins(String rest, String told) throws Exception {
        write("shop/connector.yaml", SHOP.replace("path: /ping }", rest));

        assertThat(problems()).singleElement().asString().contains(told);
    }

    @Test
    void aScriptWithoutItsLastBraceIsToldWithItsLine() throws Exception {
        write(
                "shop/connector.yaml",
                SHOP.replaceFirst("auth: .*", "auth: { code: { type: script, script: ./sign.js } }"));
        write("shop/sign.js", "function sign(request) {\n  if (request) {\n    return {};\n}\n");

        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("connectors/shop/sign.js:4:1: the script ends before all that was opened is closed")
                .contains("without its other half");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ type: pageNumber }               | needs inject   | inject: { into: query, name: page }",
                "{ type: cursor, cursorPath: $.c }  | needs inject   | inject: { into: query, name: cursor }",
                "{ type: nextUrl }                  | needs cursorPath | like cursorPath: $.next",
                "{ type: linkHeader, pageSizeParam: limit } | needs pageSize | like pageSize: 100",
            })
    void aPaginatorThatLacksAKeyIsToldHowItLooks(String paginator, String what, String hint) throws Exception {
        write("shop/connector.yaml", SHOP.replace("path: /ping", "path: /ping, paginator: " + paginator));

        assertThat(problems()).singleElement().asString().contains(what, hint);
    }

    @Test
    void aSecretThatIsMisspeltIsSuggested() throws Exception {
        write(
                "shop/connector.yaml",
                SHOP.replace("secrets: [token]", "secrets: [token]")
                        .replace("port: {", "tokn: {}\n    port: {")
                        .replace("settings.token}", "settings.tokn}"));

        assertThat(problems())
                .singleElement()
                .asString()
                .contains("'${settings.tokn}' reads no secret setting", "did you mean the secret 'token'?");
    }

    @Test
    void aSchemaThatIsNoneIsToldOncePerPlace() throws Exception {
        write("shop/connector.yaml", SHOP.replace("path: /ping", "path: /ping, response: { schema: ./a.schema.yaml }"));
        write("shop/a.schema.yaml", "type: objekt\nproperties: 5\n");

        assertThat(problems())
                .satisfiesExactly(
                        one -> assertThat(one)
                                .contains(
                                        "a.schema.yaml:1:7: this is no JSON Schema: 'type' ",
                                        "found 'objekt'",
                                        "did you mean 'object'?"),
                        one -> assertThat(one)
                                .contains("a.schema.yaml:2:13: this is no JSON Schema: 'properties' ", "found '5'"));
    }
}
