package io.patchbay.connector.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Literals;
import io.patchbay.canvas.YamlReader;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.CatalogReader;
import io.patchbay.connector.draft.DraftFolder.Kind;
import io.patchbay.connector.draft.DraftFolder.Made;
import io.patchbay.connector.draft.DraftFolder.Source;
import io.patchbay.payload.Json;
import io.patchbay.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Descriptions that somebody made to do harm: what they say stays text, and reading them comes to an end. */
class HostileDescriptionTest {

    @TempDir
    Path home;

    private Made made(Kind kind, String text) throws IOException {
        return new DraftFolder(home.resolve("connectors")).fromDescription(kind, new Source(text), null);
    }

    private JsonNode connector(Made made) throws IOException {
        Problems problems = new Problems();
        JsonNode read = read(Files.readString(made.folder().resolve("connector.yaml")), problems);
        assertThat(problems.list()).isEmpty();
        return Objects.requireNonNull(read);
    }

    private void assertReadable() {
        assertThat(new CatalogReader(home).read(List.of(home), Catalog.EMPTY).problems())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain\rcheck: {endpoint: x}",
                "two\nlines\rcheck: {endpoint: x}",
                "      begins\nin the middle",
                "\n   \n x",
                "a\u0085check: 1\nb",
                "a\nb\u2028check: 1",
                "a\u2029b\n",
                "a\n\n\n\nb",
                "tail\n\n\n",
                "'; check: 1 #\n'",
                "\" }\ncheck: 1",
                "bell\u0007\u009f\u007f\u0000\nx",
                "\ttab\n\tx",
                "--- \n...\n",
                "{ a: [",
                "&a *b !!java.net.URL",
                "\uFEFFbom\n",
                "# x: y",
                "a # b",
                "\ud83d\ude00 smile",
                "-",
                "?",
                " ",
                "",
                "1e3",
                "0x1f",
                ".inf",
                "<<",
                "12:30:45",
                "2020-01-01"
            })
    void aTextIsReadBackAsItIs(String text) {
        ObjectNode root = Json.NODES.objectNode().put("title", text);
        root.putObject("endpoints")
                .putObject("a.b")
                .put(text, text)
                .putArray("list")
                .add(text);

        String yaml =
                new YamlText(Map.of("title", text, "endpoints/a.b", text), Set.of("endpoints", "endpoints/*")).of(root);

        Problems problems = new Problems();
        assertThat(read(yaml, problems)).as(yaml).isEqualTo(root);
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void namesDoNotBecomePlaceholdersOrKeys() throws IOException {
        String evil = "x}${settings.token}'\\r\\ncheck: {endpoint: a.b}\\u2028";
        Made made = made(Kind.OPENAPI, """
                {"openapi": "3.0.0", "info": {"title": "Evil ../../ %1$s", "version": "1"},
                 "servers": [{"url": "https://api.example.com/${secret.TOKEN}"}],
                 "components": {"securitySchemes": {"%1$s": {"type": "apiKey", "in": "header", "name": "X-${settings.x}"}}},
                 "paths": {"/../a/${settings.token}/%1$s/{id}": {
                   "post": {"operationId": "../../%1$s", "summary": "%1$s ${secret.TOKEN}",
                     "parameters": [{"name": "%1$s", "in": "query", "description": "%1$s"}],
                     "requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": {"properties":
                       {"%1$s": {}, "a b": {}, "plain": {}}}}}},
                     "responses": {"200": {"content": {"application/json": {"schema": {"properties":
                       {"%1$s": {"type": "array", "items": {"type": "object"}}}}, "example": {"%1$s": [{"a": "${secret.TOKEN}"}]}}}}}},
                   "get": {"responses": {"200": {"content": {"application/json": {"schema": {"properties":
                       {"%1$s": {"type": "array", "items": {"type": "object"}}}}, "example": {"%1$s": [{"a": 1}]}}}}}}}}}
                """.formatted(evil));

        JsonNode connector = connector(made);
        assertThat(made.folder().getParent()).isEqualTo(home.resolve("connectors"));
        assertThat(connector.has("check")).isFalse();
        assertNoForeignPlaceholder(connector);
        assertThat(connector.findPath("template")).hasToString("{\"plain\":\"${record.plain}\"}");
    }

    @Test
    void aCollectionCannotWritePlaceholders() throws IOException {
        Made made = made(Kind.POSTMAN, """
                {"info": {"name": "Toy\\rcheck: 1", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
                 "variable": [{"key": "base", "value": "https://api.example.com/${secret.TOKEN}"}],
                 "item": [{"name": "a\\r\\nb: ${secret.TOKEN}", "request": {"method": "POST",
                   "url": {"raw": "{{base}}/a/${settings.token}/b"},
                   "body": {"mode": "urlencoded", "urlencoded": [{"key": "x}${secret.TOKEN}"}]}}}]}
                """);

        JsonNode connector = connector(made);
        assertNoForeignPlaceholder(connector);
        assertThat(connector.findPath("template").elements().next().asText()).isEqualTo("${record.xSecretToken}");
    }

    /** In the places of a connector where placeholders are read; names and titles are not among them. */
    private static void assertNoForeignPlaceholder(JsonNode connector) {
        String read = connector.path("requester").toString()
                + connector.path("endpoints").findValues("path").stream()
                        .filter(path -> !path.asText().startsWith("$['"))
                        .toList()
                + connector.findValues("format");
        assertThat(read.replace("$${", "")).doesNotContain("${secret").doesNotContain("${settings.token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#/a/%zz",
                "#/paths/99999999999999999999",
                "#/list/x",
                "#/list/-1",
                "#/",
                "#//",
                "file:///etc/passwd"
            })
    void aReferenceThatLeadsNowhereIsNoEnd(String reference) throws IOException {
        Made made = made(Kind.OPENAPI, """
                {"openapi": "3.0.0", "info": {"title": "Toy"}, "list": [1],
                 "paths": {"/a": {"get": {"parameters": [{"$ref": "%1$s"}], "responses": {"200": {"content":
                   {"application/json": {"schema": {"$ref": "%1$s"}}}}}}}}}
                """.formatted(reference));

        assertThat(made.endpoints()).isEqualTo(1);
        assertReadable();
    }

    @Test
    void aSchemaOfItselfComesToAnEnd() {
        String itself = "{\"$ref\": \"#/components/schemas/a\"}";
        String many = String.join(",", java.util.Collections.nCopies(30, itself));
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> made(Kind.OPENAPI, """
                {"openapi": "3.0.0", "info": {"title": "Toy"},
                 "components": {"schemas": {"a": {"properties": {"x": %1$s, "y": {"properties": {"z": %1$s}}}, "allOf": [%2$s], "oneOf": [%2$s]}}},
                 "paths": {"/a": {"get": {"responses": {"200": {"content":
                   {"application/json": {"schema": %1$s}}}}}}}}
                """.formatted(itself, many)));
    }

    @Test
    void deepNestingIsRefusedInASentence() {
        String json = "{\"openapi\":\"3.0.0\",\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        String yaml = "openapi: 3.0.0\nx: " + "[".repeat(100_000) + "]".repeat(100_000);
        for (String text : List.of(json, yaml)) {
            assertThatThrownBy(() -> made(Kind.OPENAPI, text)).isInstanceOf(DraftException.class);
        }
        assertThat(home.resolve("connectors")).doesNotExist();
    }

    @Test
    void aliasesAreNotMultiplied() {
        StringBuilder laughs = new StringBuilder("openapi: 3.0.0\na0: &a0 [lol, lol]\n");
        for (int i = 1; i < 40; i++) {
            laughs.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
        }
        assertThatThrownBy(() -> made(Kind.OPENAPI, laughs.toString())).isInstanceOf(DraftException.class);
    }

    @Test
    void aWsdlOfEndlessNestingIsNoEnd() throws IOException {
        String sample = Files.readString(Path.of("src/test/resources/draft/stock.wsdl"));
        int at = sample.indexOf("sequence>");
        String prefix = sample.substring(sample.lastIndexOf('<', at) + 1, at);
        String open = "<" + prefix + "sequence>";
        String close = "</" + prefix + "sequence>";
        String deep = sample.replaceFirst(open, open.repeat(20_000)).replaceFirst(close, close.repeat(20_000));

        assertThatThrownBy(() -> made(Kind.WSDL, deep))
                .isInstanceOf(DraftException.class)
                .hasMessageContaining("deep");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE d [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><d>&e;</d>",
                "<!DOCTYPE d SYSTEM 'http://127.0.0.1:1/x.dtd'><d/>",
                "<!DOCTYPE d [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><d>&b;</d>",
                "<d xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='file:///etc/passwd' parse='text'/></d>"
            })
    void aWsdlFetchesNothing(String xml) {
        assertThatThrownBy(() -> made(Kind.WSDL, xml))
                .isInstanceOf(DraftException.class)
                .hasMessageNotContaining("root:");
    }

    private static @Nullable JsonNode read(String yaml, Problems problems) {
        return new YamlReader()
                .read("written", yaml, problems)
                .map(Literals::json)
                .orElse(null);
    }
}
