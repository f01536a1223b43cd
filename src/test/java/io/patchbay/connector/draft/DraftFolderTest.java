package io.patchbay.connector.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.connector.Catalog;
import io.patchbay.connector.CatalogReader;
import io.patchbay.connector.draft.DraftFolder.Kind;
import io.patchbay.connector.draft.DraftFolder.Made;
import io.patchbay.connector.draft.DraftFolder.Source;
import io.patchbay.connector.fixture.FixtureSuite;
import io.patchbay.connector.fixture.FixtureSuite.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connectors that are made of descriptions. */
class DraftFolderTest {

    private static final Path SAMPLES = Path.of("src/test/resources/draft");

    @TempDir
    Path home;

    private Made made(Kind kind, String sample) throws IOException {
        return folder().fromDescription(kind, new Source(Files.readString(SAMPLES.resolve(sample))), null);
    }

    private DraftFolder folder() {
        return new DraftFolder(home.resolve("connectors"));
    }

    private String text(Made made) throws IOException {
        return Files.readString(made.folder().resolve("connector.yaml"));
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAPI, shop.openapi.yaml, toy-shop, 9",
        "OPENAPI, shop.swagger.json, old-shop, 2",
        "POSTMAN, shop.postman.json, toy, 4",
        "WSDL,    stock.wsdl,        stock, 2",
    })
    void aDescriptionBecomesAConnectorWithoutProblems(Kind kind, String sample, String id, int endpoints)
            throws IOException {
        Made made = made(kind, sample);

        assertThat(made.folder()).isEqualTo(home.resolve("connectors").resolve(id));
        assertThat(made.endpoints()).isEqualTo(endpoints);
        CatalogReader.Reading read = new CatalogReader(home).read(List.of(home), Catalog.EMPTY);
        assertThat(read.problems()).isEmpty();
        assertThat(read.catalog().connectors()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAPI, shop.openapi.yaml, 1",
        "OPENAPI, shop.swagger.json, 0",
        "POSTMAN, shop.postman.json, 1",
        "WSDL,    stock.wsdl,        2",
    })
    void whatIsImportedPassesItsSuiteAtOnce(Kind kind, String sample, int atLeast) throws IOException {
        Made made = made(kind, sample);

        passes(made);
        assertThat(made.fixtures()).isGreaterThanOrEqualTo(atLeast);
    }

    @Test
    void ofAKeyThatStandsTwiceInADescriptionTheLastValueIsTaken() throws IOException {
        String title = "\"title\":";
        String description = Files.readString(SAMPLES.resolve("shop.swagger.json"))
                .replaceFirst(title, title + "\"Draft\"," + title);

        Made made = folder().fromDescription(Kind.OPENAPI, new Source(description), null);

        assertThat(made.endpoints()).isEqualTo(2);
        assertThat(text(made)).contains("Old Shop").doesNotContain("Draft");
    }

    @Test
    void anExampleOfACollectionMayHaveAKeyTwice() throws IOException {
        String collection = Files.readString(SAMPLES.resolve("shop.postman.json"));
        String doubled = collection.replace("{\\\"id\\\":1}", "{\\\"id\\\":0,\\\"id\\\":1}");
        assertThat(doubled).isNotEqualTo(collection);

        Made plain = folder().fromDescription(Kind.POSTMAN, new Source(collection), "plain");
        Made made = folder().fromDescription(Kind.POSTMAN, new Source(doubled), "doubled");

        assertThat(made.leftOut()).isEqualTo(plain.leftOut());
        assertThat(made.fixtures()).isEqualTo(1);
    }

    @Test
    void aNewConnectorPassesItsSuiteAtOnce() throws IOException {
        Made made = folder().empty("mine");

        passes(made);
        assertThat(made.fixtures()).isEqualTo(1);
    }

    private void passes(Made made) throws IOException {
        CatalogReader.Reading read = CatalogReader.once(home);
        assertThat(read.problems()).isEmpty();
        FixtureSuite suite =
                new FixtureSuite(home, read.catalog().connectors().iterator().next(), Clock.systemUTC());
        assertThat(suite.run()).hasSize(made.fixtures()).allSatisfy(result -> {
            assertThat(result.differences()).isEmpty();
            assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        });
        assertThat(suite.withoutFixture().values())
                .allSatisfy(reason -> assertThat(reason).contains("record one by `connector call … --record`"));
    }

    @Test
    void aLoginByTheBrowserIsTakenOver() throws IOException {
        String document = """
                {"openapi":"3.0.0","info":{"title":"Own"},"servers":[{"url":"https://api.example.com"}],"paths":{
                 "/me":{"get":{"responses":{"200":{"description":"","content":{"application/json":{"example":{"id":1}}}}}}}},
                 "components":{"securitySchemes":{"person":{"type":"oauth2","flows":{"authorizationCode":{
                   "authorizationUrl":"https://id.example.com/login","tokenUrl":"https://id.example.com/token","scopes":{}}}}}}}
                """;
        String collection = """
                {"info":{"name":"Own Two"},"auth":{"type":"oauth2","oauth2":[
                  {"key":"authUrl","value":"https://id.example.com/login"},{"key":"accessTokenUrl","value":"https://id.example.com/token"},
                  {"key":"grant_type","value":"authorization_code_with_pkce"}]},
                 "item":[{"name":"Me","request":{"method":"GET","url":{"raw":"https://api.example.com/me"}},
                  "response":[{"code":200,"body":"{\\"id\\":1}"}]}]}
                """;

        for (Made made : List.of(
                folder().fromDescription(Kind.OPENAPI, new Source(document), "one"),
                folder().fromDescription(Kind.POSTMAN, new Source(collection), "two"))) {
            assertThat(text(made))
                    .contains("type: oauth2AuthorizationCode")
                    .contains("authorizeUrl: 'https://id.example.com/login'");
            assertThat(made.leftOut()).isEmpty();
            assertThat(made.fixtures()).isEqualTo(1);
        }
    }

    @Test
    void openApiSaysWhatIsAskedAndHowAListGoesOn() throws IOException {
        Made made = made(Kind.OPENAPI, "shop.openapi.yaml");

        assertThat(text(made))
                .contains("  baseUrl: 'https://${settings.region}.api.example.com/v2'")
                .contains("region: { description: Where the shop is, default: eu, enum: [eu, us] }")
                .contains("""
                  orders.list:
                    kind: read
                    title: Orders of the shop
                """.indent(2).stripTrailing().indent(-2).stripTrailing())
                .contains(
                        "paginator: { type: pageNumber, inject: { into: query, name: page }, totalPath: $.total_count,"
                                + " pageSize: 250, pageSizeParam: per_page }")
                .contains("# Guessed: parameter page and per_page")
                .contains(
                        "paginator: { type: cursor, cursorPath: $.meta.next_cursor, inject: { into: query, name: cursor },"
                                + " pageSize: 100, pageSizeParam: limit }")
                .contains("path: '/orders/${with.orderId}'")
                .contains("  orders.cancel:")
                .contains("inject: { format: '${settings.token}' }");
        assertThat(made.guesses()).anyMatch(guess -> guess.contains("orders.list"));
        assertThat(made.leftOut()).anyMatch(left -> left.contains("elsewhere.example.com"));
        assertThat(made.fixtures()).isEqualTo(3);
    }

    @Test
    void anOverlayIsLaidOverTheDocumentAndBothAreKept() throws IOException {
        String document = Files.readString(SAMPLES.resolve("shop.openapi.yaml"));
        String overlay = """
                {"overlay": "1.0.0", "info": {}, "actions": [
                  {"target": "$.paths[?@.post && !@.get]", "remove": true},
                  {"target": "$.info", "update": {"title": "Mended"}},
                  {"target": "$.nowhere", "remove": true}]}
                """;

        Made made = folder().fromDescription(Kind.OPENAPI, new Source(document, null, overlay), null);

        assertThat(made.endpoints()).isEqualTo(6);
        assertThat(text(made))
                .contains("connector: mended")
                .contains("openapi: './openapi.yaml'\noverlay: './overlay.json'\n");
        assertThat(made.folder().resolve("openapi.yaml")).hasContent(document);
        assertThat(made.folder().resolve("overlay.json")).hasContent(overlay);
        assertThat(made.leftOut()).contains("action 3 of the overlay: its target leads to nothing in the document");
        assertThat(new CatalogReader(home).read(List.of(home), Catalog.EMPTY).problems())
                .isEmpty();
        assertThatThrownBy(() -> folder().fromDescription(Kind.OPENAPI, new Source(document, null, "{}"), "other"))
                .isInstanceOf(DraftException.class)
                .hasMessageContaining("the overlay cannot be used: this is no overlay");
    }

    @Test
    void openApiGuessesTheCheckAndHowAListIsReadOn() throws IOException {
        String description = """
                {"openapi":"3.0.0","info":{"title":"Own"},"servers":[{"url":"https://api.example.com"}],"paths":{
                 "/orders":{"get":{"parameters":[{"in":"query","name":"updated_at_min","schema":{"type":"string"}}],
                   "responses":{"200":{"description":"","content":{"application/json":{"schema":{"type":"array","items":
                     {"type":"object","properties":{"id":{},"updated_at":{}}}}}}}}}},
                 "/users/me":{"get":{"responses":{"200":{"description":"","content":{"application/json":
                   {"schema":{"type":"object"}}}}}}},
                 "/orders/{id}":{"get":{"parameters":[{"in":"path","name":"id","required":true}],"responses":{}}}}}
                """;

        Made made = folder().fromDescription(Kind.OPENAPI, new Source(description), null);

        assertThat(text(made))
                .containsPattern("# Guessed: '[a-z.-]+' needs nothing.*\ncheck: \\{ endpoint: me")
                .contains("# Guessed: parameter updated_at_min asks for what changed")
                .contains("incremental: { cursorField: updated_at, lower: { into: query, name: updated_at_min } }");
        assertThat(new CatalogReader(home).read(List.of(home), Catalog.EMPTY).problems())
                .isEmpty();
    }

    @Test
    void aNewConnectorSaysWhatIsDoneWhenThereWereTooManyCalls() throws IOException {
        assertThat(text(folder().empty("mine")))
                .contains("errorHandler:")
                .contains("{ match: { status: [429] }, action: rateLimited }");
        assertThat(new CatalogReader(home).read(List.of(home), Catalog.EMPTY).problems())
                .isEmpty();
    }

    @Test
    void aCollectionGivesNoSecretsAway() throws IOException {
        Made made = made(Kind.POSTMAN, "shop.postman.json");

        try (Stream<Path> files = Files.walk(made.folder())) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain("s3cr3t"));
        }
        assertThat(text(made))
                .contains("baseUrl: 'https://toy.example.com/v1'")
                .contains("name: X-Key")
                .contains("paginator: { type: pageNumber")
                .contains("query: { status: '${with.status}' }")
                .contains("path: '/orders/${with.id}'");
        assertThat(made.leftOut())
                .anyMatch(left -> left.contains("other.example.com"))
                .anyMatch(left -> left.contains("'Odd'"));
    }

    @Test
    void aWsdlGivesAnEnvelopeForEachOperation() throws IOException {
        Made made = made(Kind.WSDL, "stock.wsdl");

        assertThat(text(made))
                .contains("baseUrl: 'https://${settings.host}/stock.asmx'")
                .contains("  stock.get:")
                .contains("soap: { version: '1.1', action: 'urn:stock/GetStock' }")
                .contains("<n:GetStock xmlns:n=\"urn:stock\">")
                .contains("<n:sku>${with.sku}</n:sku>")
                .contains("path: '$.GetStockResponse.GetStockResult.Level[*]'")
                .contains("  order.save:")
                .contains("<n:no>${record.order.no}</n:no>")
                .contains("<n:ref>${record.order.ref}</n:ref>");
        assertThat(made.leftOut()).anyMatch(left -> left.contains("Rpc"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OPENAPI | { \"a\": 1 }                               | no OpenAPI 3",
                "OPENAPI | {\"openapi\":\"3.0.0\",\"paths\":{}}       | no operations",
                "OPENAPI | { \"a\":                                   | no JSON",
                "OPENAPI | a: [1                                      | neither JSON nor YAML",
                "POSTMAN | {\"item\":[]}                              | no Postman collection",
                "POSTMAN | {\"info\":{\"name\":\"x\"},\"item\":[]}    | no requests",
                "WSDL    | <html/>                                    | no WSDL 1.1",
                "WSDL    | <a                                         | no XML",
                "WSDL    | <!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><a>&x;</a> | DOCTYPE",
            })
    void whatIsNoSuchDescriptionIsToldAndLeavesNothingBehind(Kind kind, String text, String says) throws IOException {
        assertThatThrownBy(() -> folder().fromDescription(kind, new Source(text), null))
                .isInstanceOf(DraftException.class)
                .hasMessageContaining(says);

        Path connectors = home.resolve("connectors");
        assertThat(Files.exists(connectors) ? list(connectors) : List.of()).isEmpty();
    }

    @Test
    void aConnectorThatIsThereIsNotTouched() throws IOException {
        Made first = folder().empty("mine");
        String before = text(first);

        assertThatThrownBy(() -> folder().empty("mine")).hasMessageContaining("already");
        assertThatThrownBy(() -> folder().empty("../mine")).hasMessageContaining("kebab-case");

        assertThat(text(first)).isEqualTo(before);
        assertThat(list(home.resolve("connectors"))).containsExactly("mine");
    }

    @ParameterizedTest
    @CsvSource({"http://10.1.2.3:8080/v1, 10.1.2.3", "http://localhost, localhost", "https://api.example.com, -"})
    void anAddressInOnesOwnNetworkIsAllowed(String url, String allowed) throws IOException {
        String description = "{\"openapi\":\"3.0.0\",\"info\":{\"title\":\"Own\"},\"servers\":[{\"url\":\"%s\"}],"
                + "\"paths\":{\"/orders\":{\"get\":{\"responses\":{}}}}}";

        Made made = folder().fromDescription(Kind.OPENAPI, new Source(description.formatted(url)), null);

        assertThat(text(made).contains("allowedHosts")).isEqualTo(!allowed.equals("-"));
        assertThat(text(made))
                .contains(allowed.equals("-") ? "baseUrl" : "allowedHosts: [" + YamlText.scalar(allowed) + "]");
    }

    @Test
    void aNewConnectorHasNoProblems() throws IOException {
        folder().empty("mine");

        assertThat(new CatalogReader(home).read(List.of(home), Catalog.EMPTY).problems())
                .isEmpty();
    }

    private static List<String> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
