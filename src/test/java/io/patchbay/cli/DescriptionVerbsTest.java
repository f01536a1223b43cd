package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verbs that read descriptions of interfaces. */
class DescriptionVerbsTest {

    private static final String OLD = """
            openapi: 3.0.0
            info: {title: Shop, version: "1"}
            servers: [{url: 'https://shop.example.com'}]
            paths:
              /orders: {get: {operationId: listOrders, responses: {}}, post: {operationId: addOrder, responses: {}}}
              /orders/{id}: {get: {operationId: getOrder, responses: {}}}
            """;
    private static final String NEW = """
            openapi: 3.1.0
            info: {title: Shop, version: "2"}
            servers: [{url: 'https://shop.example.com'}]
            paths:
              /orders: {get: {operationId: listOrders, responses: {},
                parameters: [{name: shop, in: query, required: true, schema: {type: string}}]}}
              /v2/orders: {post: {operationId: addOrder, responses: {}}}
              /refunds: {get: {operationId: listRefunds, responses: {}}}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        file("old.yaml", OLD);
        file("new.yaml", NEW);
    }

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Said say(String... args) {
        return Said.by(folder, Map.of(), "", args);
    }

    @Test
    void aDocumentIsImportedWithItsOverlay() throws IOException {
        file("mend.yaml", "overlay: 1.0.0\nactions: [{target: '$.paths[?@.post]', remove: true}]\n");

        assertThat(say("connector", "import", "openapi", "old.yaml", "--overlay", "mend.yaml")
                        .out())
                .contains("connectors/shop: 1 endpoints");
        assertThat(say("connector", "import", "postman", "old.yaml", "--overlay", "mend.yaml")
                        .err())
                .contains("--overlay belongs to 'import openapi'");
        assertThat(say("connector", "import", "openapi", "old.yaml", "--overlay", "none.yaml")
                        .err())
                .contains("There is no file none.yaml");
    }

    @Test
    void aNewerDocumentIsComparedWithoutWriting() throws IOException {
        say("connector", "import", "openapi", "old.yaml");
        long before = files();

        Said said = say("connector", "compare", "shop", "new.yaml");

        assertThat(said.out())
                .contains("New operations:\n  GET /refunds\n")
                .contains("Operations that are gone:\n  GET /orders/{id}\n")
                .contains("Operations that are elsewhere:\n  POST /orders -> POST /v2/orders\n")
                .contains("Endpoints that do not fit it:\n")
                .contains("  orders.get: the API document says that GET /orders needs the query parameter 'shop'")
                .contains("  orders.create: the API document has no POST on /orders, it has GET\n");
        assertThat(said.code()).isEqualTo(1);
        assertThat(files()).isEqualTo(before);
        assertThat(say("connector", "compare", "shop", "new.yaml", "--json")
                        .json()
                        .at("/moved/0/to/path")
                        .asText())
                .isEqualTo("/v2/orders");
        Said same = say("connector", "compare", "shop", "old.yaml");
        assertThat(same.out()).isEqualTo("All endpoints fit it.\n");
        assertThat(same.code()).isZero();
    }

    @Test
    void aConnectorWithoutADocumentIsComparedByItsEndpoints() throws IOException {
        file("connectors/own/connector.yaml", """
                connector: own
                version: 1.0.0
                requester: {baseUrl: 'https://shop.example.com'}
                endpoints:
                  orders.list: {kind: read, method: GET, path: /orders}
                """);

        assertThat(say("connector", "compare", "own", "old.yaml").out())
                .contains("Operations that no endpoint asks for:\n  POST /orders\n  GET /orders/{id}\n")
                .contains("All endpoints fit it.");
        assertThat(say("connector", "compare", "won", "old.yaml").err()).contains("did you mean 'own'");
        file("bad.yaml", "a: 1\n");
        assertThat(say("connector", "compare", "own", "bad.yaml").err())
                .contains("Nothing was compared: in bad.yaml, this is no OpenAPI 3");
    }

    private long files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.count();
        }
    }
}
