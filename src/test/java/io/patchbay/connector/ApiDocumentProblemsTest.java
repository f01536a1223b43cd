package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connectors that are held against the OpenAPI document beside them. */
class ApiDocumentProblemsTest {

    private static final String DOCUMENT = """
            openapi: 3.1.0
            info: {title: Shop, version: "1"}
            servers: [{url: 'https://shop.example.com/api/v1'}, {url: 'https://{region}.example.com/other'}]
            paths:
              /orders:
                get:
                  parameters: [{name: shop, in: query, required: true, schema: {type: string}},
                    {name: limit, in: query, required: true, schema: {type: integer, default: 10}},
                    {name: filter, in: query, required: true, schema: {type: object}},
                    {name: far, in: query, required: true, schema: {$ref: 'far.yaml#/x'}}]
                  responses: {}
                post: {deprecated: true, requestBody: {required: true, content: {application/json: {}}}, responses: {}}
              /orders/{id}: {get: {responses: {}}}
              /orders/count: {get: {responses: {}}}
              /far: {$ref: 'https://far.example.com/far.yaml'}
            """;

    @TempDir
    Path home;

    @BeforeEach
    void document() throws Exception {
        write("openapi.yaml", DOCUMENT);
    }

    private void write(String name, String text) throws Exception {
        Path file = home.resolve("connectors/shop").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private CatalogReader.Reading read(String base, String rest, String endpoint) throws Exception {
        write("connector.yaml", """
                connector: shop
                version: 1.0.0
                openapi: ./openapi.yaml
                %s
                requester: {baseUrl: '%s'}
                endpoints:
                  a.send:
                    inputs: {id: {}, more: {type: path}, any: {type: object}, opt: {required: false}}
                    %s
                """.formatted(rest, base, endpoint));
        return new CatalogReader(home).read(List.of(home), Catalog.EMPTY);
    }

    private List<String> problems(String base, String rest, String endpoint) throws Exception {
        CatalogReader.Reading reading = read(base, rest, endpoint);
        List<Problem> problems =
                reading.problems().values().stream().flatMap(List::stream).toList();
        assertThat(problems).allMatch(problem -> problem.severity() == Problem.Severity.WARNING);
        assertThat(reading.catalog().connectors()).hasSize(1);
        return problems.stream().map(Problem::toString).toList();
    }

    private List<String> problems(String endpoint) throws Exception {
        return problems("https://shop.example.com/api/v1", "title: Shop", endpoint.replace(", ", "\n    "));
    }

    @ParameterizedTest
    @CsvSource({
        "https://shop.example.com/api/v1, /orders/count",
        "https://shop.example.com/api/v1, /orders/count/",
        "https://shop.example.com,        /api/v1/orders/count",
        "https://own.example.com/proxy,   /orders/count",
        "https://${settings.s},           /orders/count",
        "https://${settings.s}/eu,        /orders/${with.id}",
        "https://x/${settings.s},         /orders/count",
        "https://x/${settings.s},         /count",
        "https://x,                       /${with.more}/nowhere",
        "https://x,                       /far",
    })
    void aPathThatMayBeOneOfTheDocumentIsNoProblem(String base, String path) throws Exception {
        assertThat(problems(
                        base,
                        "settings: {properties: {s: {}}}",
                        "kind: read\n    method: GET\n    path: '" + path + "'"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://shop.example.com/api/v1, /order/count",
        "https://shop.example.com/api/v1, /Orders/count",
        "https://shop.example.com/api/v1, /orders/${with.id}/lines",
        "https://shop.example.com/api/v2, /v1/orders/count",
        "https://shop.example.com,        /v1/orders/count",
    })
    void aPathThatStandsInNoOperationIsTold(String base, String path) throws Exception {
        assertThat(problems(base, "title: Shop", "kind: read\n    method: GET\n    path: '" + path + "'"))
                .singleElement()
                .asString()
                .startsWith("connectors/shop/connector.yaml:11:11: warning: the path stands in no operation")
                .contains("[NOT_IN_OPENAPI]");
    }

    @Test
    void aServerWithAVariablePathMayBeAnyWhere() throws Exception {
        write("openapi.yaml", DOCUMENT.replace("/other'", "/{any}'"));

        assertThat(problems("https://x", "title: Shop", "kind: read\n    method: GET\n    path: /a/b/orders/count"))
                .isEmpty();
        assertThat(problems("https://x", "title: Shop", "kind: read\n    method: GET\n    path: /a/b/orders/none/x"))
                .hasSize(1);
    }

    @Test
    void aMethodThatThePathDoesNotHaveIsTold() throws Exception {
        assertThat(problems("kind: delete, method: DELETE, path: '/orders/${with.id}'"))
                .singleElement()
                .asString()
                .contains("connector.yaml:10:13: warning: the API document has no DELETE on /orders/");
        assertThat(problems("kind: read, method: HEAD, path: /orders/count")).isEmpty();
    }

    @Test
    void aParameterThatIsNeededAndNeverSentIsTold() throws Exception {
        assertThat(problems("kind: read, method: GET, path: /orders, request: {query: {other: a}}"))
                .singleElement()
                .asString()
                .contains(
                        "connector.yaml:12:14: warning: the API document says that GET /orders needs the query parameter 'shop'")
                .contains("[QUERY_MISSING]");
        for (String sends : List.of(
                "request: {query: {shop: '${with.opt}'}}",
                "request: {query: {'*': '${with.any}'}}",
                "paginator:\n      type: cursor\n      cursorPath: $.next\n      inject:\n        into: query\n        name: shop")) {
            assertThat(problems("kind: read, method: GET, path: /orders, " + sends))
                    .as(sends)
                    .isEmpty();
        }
    }

    @Test
    void aBodyThatIsNeededAndADeprecatedOperationAreTold() throws Exception {
        assertThat(problems("kind: write, method: POST, path: /orders, request: {body: {type: none}}"))
                .hasSize(2)
                .anyMatch(problem -> problem.contains("needs a body, and none is sent"))
                .anyMatch(problem -> problem.contains("POST /orders is deprecated"));
    }

    @Test
    void aConnectorWithoutAnyProofIsToldOfSecuredOperations() throws Exception {
        write("openapi.yaml", DOCUMENT + "security: [{key: []}]\n");
        String endpoint = "kind: read\n    method: GET\n    path: /orders/count";

        assertThat(problems("https://x", "title: Shop", endpoint))
                .singleElement()
                .asString()
                .contains("callers must prove who they are, of 1 endpoint (GET /orders/count)")
                .contains("[NO_PROOF]");
        assertThat(problems("https://x", "settings: {secrets: [key]}", endpoint))
                .isEmpty();
        write("openapi.yaml", DOCUMENT + "security: [{key: []}, {}]\n");
        assertThat(problems("https://x", "title: Shop", endpoint)).isEmpty();
    }

    @Test
    void anOverlayIsLaidOverTheDocumentFirst() throws Exception {
        write("overlay.json", """
                {"overlay": "1.0.0", "info": {}, "actions": [
                  {"target": "$.paths", "update": {"/own": {"get": {}}}},
                  {"target": "$.paths['/orders/count']", "remove": true}]}
                """);
        String overlay = "overlay: ./overlay.json";

        assertThat(problems("https://x", overlay, "kind: read\n    method: GET\n    path: /own"))
                .isEmpty();
        assertThat(problems("https://x", overlay, "kind: read\n    method: GET\n    path: /orders/count/x"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "openapi: [;                      'openapi.yaml' cannot be used",
                "swagger: '1.2';                  this is no OpenAPI 3 and no Swagger 2.0 document",
                "{;                               this is no JSON",
            })
    void aDocumentThatCannotBeReadStopsNothing(String text, String says) throws Exception {
        write("openapi.yaml", text);

        assertThat(problems("kind: read, method: GET, path: /orders"))
                .singleElement()
                .asString()
                .startsWith("connectors/shop/connector.yaml:3:10: warning: ")
                .contains(says.replace("'openapi.yaml'", "'./openapi.yaml'"));
    }

    @ParameterizedTest
    @CsvSource({
        "overlay: ./none.yaml,    there is no file connectors/shop/none.yaml",
        "overlay: ./../x.yaml,    is no description of this folder",
        "overlay: ./openapi.yaml, this is no overlay",
    })
    void anOverlayThatCannotBeReadIsToldAtItsLine(String overlay, String says) throws Exception {
        assertThat(problems("https://x", overlay, "kind: read\n    method: GET\n    path: /orders/count"))
                .singleElement()
                .asString()
                .startsWith("connectors/shop/connector.yaml:4:10: warning: ")
                .contains(says);
    }

    @Test
    void theDocumentDoesNotChangeWhatTheConnectorIs() throws Exception {
        String endpoint = "kind: read\n    method: GET\n    path: /orders/count";
        String before = hash(read("https://x", "title: Shop", endpoint));
        write("openapi.yaml", DOCUMENT + "tags: []\n");

        assertThat(hash(read("https://x", "title: Shop", endpoint))).isEqualTo(before);
    }

    private static String hash(CatalogReader.Reading reading) {
        return Objects.requireNonNull(reading.catalog().connector("shop", null)).hash();
    }
}
