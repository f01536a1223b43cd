package io.patchbay.connector.draft;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.CatalogReader;
import io.patchbay.connector.Endpoint;
import io.patchbay.payload.Json;
import io.patchbay.payload.schema.PayloadSchema;
import io.patchbay.payload.schema.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schemas of a description that become files of a connector. */
class SchemaDraftTest {

    private static final String SHOP = """
            openapi: 3.0.3
            info: { title: shop, version: "1" }
            servers: [{ url: "https://api.example.com" }]
            paths:
              /orders:
                get:
                  responses:
                    "200":
                      description: fine
                      content: { application/json: { schema: { type: object, properties: { data: { type: array, items: { $ref: '#/components/schemas/Order' } } } } } }
                post:
                  requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
                  responses: { "201": { description: made } }
              /parts:
                post:
                  requestBody: { content: { application/json: { schema: { type: object, properties: { a: { $ref: 'https://elsewhere.example.com/a.yaml' } } } } } }
                  responses: { "201": { description: made } }
            components:
              schemas:
                Order:
                  type: object
                  required: [id, number]
                  discriminator: { propertyName: kind }
                  properties:
                    id: { type: integer, readOnly: true }
                    number: { type: string, pattern: '(?=x)y' }
                    note: { type: string, nullable: true }
                    total: { type: number, minimum: 0, exclusiveMinimum: true }
                    parts: { type: array, items: { $ref: '#/components/schemas/Order' } }
            """;

    @TempDir
    Path home;

    private DraftFolder.Made made() throws IOException {
        return new DraftFolder(home.resolve("connectors"))
                .fromDescription(DraftFolder.Kind.OPENAPI, new DraftFolder.Source(SHOP), "shop");
    }

    private Endpoint endpoint(String id) {
        CatalogReader.Reading read = new CatalogReader(home).read(List.of(home), Catalog.EMPTY);
        assertThat(read.problems()).isEmpty();
        var connector = Objects.requireNonNull(read.catalog().connector("shop", null));
        return Objects.requireNonNull(connector.endpoint(id));
    }

    private static List<String> violations(PayloadSchema schema, String json) throws IOException {
        JsonNode value = Json.MAPPER.readTree(json);
        return schema.violations(value).stream().map(Violation::plain).toList();
    }

    @Test
    void aRecordHasASchemaOfItsOwnWithAllItRefersTo() throws IOException {
        made();

        PayloadSchema order =
                Objects.requireNonNull(endpoint("orders.list").schemas().response());

        assertThat(violations(order, "{\"id\":1,\"number\":\"a\",\"note\":null,\"total\":1,\"parts\":[]}"))
                .isEmpty();
        assertThat(violations(order, "{\"number\":\"a\",\"total\":0,\"parts\":[{\"id\":\"x\",\"number\":\"b\"}]}"))
                .containsExactlyInAnyOrder(
                        "$: required property 'id' not found",
                        "$.total: must have an exclusive minimum value of 0",
                        "$.parts[0].id: string found, integer expected");
        assertThat(Files.readString(home.resolve("connectors/shop/schemas/orders.list.schema.json")))
                .doesNotContain("discriminator", "nullable", "(?=x)", "components");
    }

    @Test
    void whatTheSystemSetsItselfNeedNotBeSent() throws IOException {
        made();

        PayloadSchema order =
                Objects.requireNonNull(endpoint("orders.create").schemas().request());

        assertThat(violations(order, "{\"number\":\"a\"}")).isEmpty();
        assertThat(violations(order, "{}")).containsExactly("$: required property 'number' not found");
    }

    @Test
    void aSchemaThatStandsElsewhereIsLeftOutAndTold() throws IOException {
        assertThat(made().leftOut())
                .anySatisfy(left -> assertThat(left)
                        .contains("the schema of the request of parts.create")
                        .contains("elsewhere.example.com/a.yaml' is not in this file"));
        assertThat(endpoint("parts.create").schemas().request()).isNull();
    }
}
