package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schemas in a connector's folder. */
class SchemaFilesTest {

    @TempDir
    Path home;

    private CatalogReader.Reading read(String endpoint) throws Exception {
        Path file = home.resolve("connectors/shop/connector.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                connector: shop
                version: 1.0.0
                requester: {baseUrl: 'https://shop.example.com'}
                endpoints:
                  a.send: {%s}
                """.formatted(endpoint));
        return new CatalogReader(home).read(List.of(home), Catalog.EMPTY);
    }

    private List<String> problems(String endpoint) throws Exception {
        return read(endpoint).problems().values().stream()
                .flatMap(List::stream)
                .map(Problem::toString)
                .toList();
    }

    private void schema(String name, String text) throws Exception {
        Path file = home.resolve("connectors/shop").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void aSchemaIsPartOfTheConnectorsContent() throws Exception {
        String endpoint = "kind: read, method: GET, path: /a, response: {schema: ./deep/a.schema.json}";
        schema("deep/a.schema.json", "{\n\t\"type\": \"object\"\n}\n");
        String before = hash(endpoint);
        schema("deep/a.schema.json", "{\n\t\"type\": \"array\"\n}\n");

        assertThat(hash(endpoint)).isNotEqualTo(before);
        assertThat(problems(endpoint)).isEmpty();
    }

    private String hash(String endpoint) throws Exception {
        return Objects.requireNonNull(read(endpoint).catalog().connector("shop", null))
                .hash();
    }

    @Test
    void aSchemaThatIsWrongIsSaidAtItsOwnLine() throws Exception {
        schema("a.schema.json", "{\"properties\": {\n  \"id\": {\"$ref\": \"https://example.com/id.json\"}}}");

        assertThat(problems("kind: read, method: GET, path: /a, response: {schema: ./a.schema.json}"))
                .singleElement()
                .asString()
                .contains("connectors/shop/a.schema.json:2:18")
                .contains("leads out of this document");
    }

    @Test
    void aLinkThatLeadsOutIsRefused() throws Exception {
        Path outside = Files.writeString(home.resolve("outside.json"), "{}");
        schema("b.schema.json", "{}");
        Files.createSymbolicLink(home.resolve("connectors/shop/a.schema.json"), outside);

        assertThat(problems("kind: read, method: GET, path: /a, response: {schema: ./a.schema.json}"))
                .singleElement()
                .asString()
                .contains("a link that leads out of the connector's folder");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            kind: read, method: GET, path: /a, response: {schema: ../other/a.schema.json} | is no schema of this folder | like ./order.schema.json
            kind: read, method: GET, path: /a, response: {schema: /etc/passwd} | is no schema of this folder | like ./order.schema.json
            kind: read, method: GET, path: /a, response: {schema: ./a/../../a.schema.json} | is no schema of this folder | like
            kind: read, method: GET, path: /a, response: {schema: https://example.com/a.schema.json} | is no schema of this folder | like
            kind: read, method: GET, path: /a, response: {schema: ./gone.schema.json} | there is no file connectors/shop/gone.schema.json | case-sensitive
            kind: read, method: GET, path: /a, response: {schema: ./a.schema.json, format: binary} | an answer of this format has none | formats with records
            kind: read, method: GET, path: /a, response: {onMismatch: fail} | 'onMismatch' belongs to 'schema' | BAD
            kind: read, method: GET, path: /a, request: {schema: ./a.schema.json} | this endpoint sends none | body: {type: json}
            kind: write, method: POST, path: /a, request: {schema: ./a.schema.json, body: {type: form, template: {a: b}}} | this endpoint sends none | graphql
            """)
    void saysWhatIsWrongAndHowToMendIt(String endpoint, String what, String hint) throws Exception {
        schema("a.schema.json", "{}");

        assertThat(problems(endpoint))
                .anySatisfy(problem -> assertThat(problem)
                        .contains("connector.yaml:5:")
                        .contains(what)
                        .contains(hint));
    }
}
