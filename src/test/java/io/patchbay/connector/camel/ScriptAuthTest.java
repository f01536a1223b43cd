package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.CatalogReader;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Json;
import io.patchbay.payload.StepException;
import io.patchbay.problem.Problem;
import io.patchbay.store.SettableClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proofs that the author's code makes. */
class ScriptAuthTest {

    private static final String SIGNED =
            "{a: {type: script, script: ./sign.js, secrets: [clientSecret], query: [sign, at]}}";
    private static final String SEND = """
            items.send:
              kind: write
              method: POST
              path: /items
              request: {query: {b: '2', a: 'x y'}, body: {type: json, template: {n: 1}}}
            """;

    @TempDir
    Path home;

    private World world;
    private final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);
    private final SettableClock clock = new SettableClock();
    private final List<String> queries = new CopyOnWriteArrayList<>();
    private final List<String> headers = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() throws Exception {
        world = new World(home, clock);
        world.serve("/api/items", exchange -> {
            queries.add(exchange.getRequestURI().getRawQuery());
            headers.add(exchange.getRequestHeaders().getFirst("X-Proof"));
            World.json(exchange, 200, "{}");
        });
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void shop(String script) throws Exception {
        world.write("connectors/shop/sign.js", script);
        world.shop(SIGNED, "", SEND, "");
    }

    private Exchange send() throws Exception {
        return world.call("connector:shop/items.send", World.payload("{}"), attempt, null);
    }

    private StepException failure() throws Exception {
        return (StepException) send().getException();
    }

    @Test
    void addsWhatTheScriptMakesOfTheRequest() throws Exception {
        shop("""
                function sign(request, settings) {
                  const at = Math.floor(request.now / 1000);
                  const text = [request.method, request.path, ...request.query.sort().map((p) => p.join('=')), at,
                    request.bodyHash.sha256, request.body, request.headers['content-type']].join('|');
                  const mac = patchbay.hmac('sha256', settings.clientSecret, text);
                  return {query: {at, sign: patchbay.hex(mac)}, headers: {'X-Proof': text}};
                }
                """);

        assertThat(send().getException()).isNull();

        String text = "POST|/api/items|a=x y|b=2|" + clock.instant().getEpochSecond() + "|"
                + HexFormat.of()
                        .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                                .digest("{\"n\":1}".getBytes(StandardCharsets.UTF_8)))
                + "|{\"n\":1}|application/json";
        assertThat(headers).containsExactly(text);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("client-secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        assertThat(queries.get(0))
                .isEqualTo("b=2&a=x%20y&at=" + clock.instant().getEpochSecond() + "&sign="
                        + HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void givesEachHashOfTheBodyThatTheToolsCanMake() throws Exception {
        shop("""
                function sign(request) {
                  const same = Object.entries(request.bodyHash).filter(([name, hash]) =>
                    hash === patchbay.hex(patchbay.digest(name, request.body)));
                  return {headers: {'X-Proof': same.map(([name]) => name).sort().join(' ')}};
                }
                """);

        send();

        assertThat(headers).containsExactly("md5 sha1 sha256 sha384 sha512");
    }

    @Test
    void givesTheSecretsThatTheAuthNamesAndNoOthers() throws Exception {
        shop("function sign(request, settings) { return {headers: {'X-Proof': JSON.stringify(settings)}}; }");

        send();

        JsonNode settings = Json.MAPPER.readTree(headers.get(0));
        assertThat(settings.path("clientSecret").asText()).isEqualTo("client-secret");
        assertThat(settings.path("region").asText()).isEqualTo("eu");
        assertThat(settings.has("token")).isFalse();
        assertThat(settings.has("clientId")).isFalse();
    }

    @Test
    void hidesWhatTheScriptReturned() throws Exception {
        shop("function sign(request, settings) {"
                + " return {headers: {'X-Proof': 'made-of-' + patchbay.base64(settings.clientSecret) + '!'}}; }");

        send();

        assertThat(attempt.requests().toString()).doesNotContain("made-of").contains("X-Proof");
        assertThat(world.redactor().redact("it was " + headers.get(0))).isEqualTo("it was ***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "text/csv; charset=utf-8, application/vnd.shop.v2+json",
                "patchbay",
                "patchbay connector",
                "1700000000",
                "1700000000000",
                "2026-11-28",
            })
    void leavesPlainWordsReadable(String plain) throws Exception {
        shop("function sign() { return {headers: {'X-Proof': '" + plain + "'}, query: {at: '" + plain + "'}}; }");

        send();

        assertThat(headers).containsExactly(plain);
        assertThat(world.redactor().redact("it was " + plain)).isEqualTo("it was " + plain);
    }

    @Test
    void leavesASettingThatIsNoSecretReadable() throws Exception {
        shop("function sign(request, settings) { return {headers: {'X-Proof': settings.region}}; }");
        world.rewrite("{default: eu}", "{default: eu1-x7y8z9w0}");

        send();

        assertThat(headers).containsExactly("eu1-x7y8z9w0");
        assertThat(world.redactor().redact("in eu1-x7y8z9w0")).isEqualTo("in eu1-x7y8z9w0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a8f3k2d9",
                "48213377482133",
                "dXNlcjpwYXNzd29yZA==",
                "QbGhVzKpLmNoRsTuWx",
                "text/ZXhhbXBsZQ",
                "Bearer abc123def",
            })
    void hidesWhatIsNotPlain(String secret) throws Exception {
        shop("function sign() { return {headers: {'X-Proof': '" + secret + "'}}; }");

        send();

        assertThat(world.redactor().redact("it was " + secret)).isEqualTo("it was ***");
    }

    @Test
    void hidesEvenWordsInHeadersForCredentials() throws Exception {
        shop("function sign() { return {headers: {Authorization: 'opensesame'}}; }");

        send();

        assertThat(world.redactor().redact("it was opensesame")).isEqualTo("it was ***");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "throw new Error(settings.clientSecret)",
                "throw settings.clientSecret",
                "throw {name: settings.clientSecret, message: [...settings.clientSecret].reverse().join('')}",
                "JSON.parse(settings.clientSecret)",
                "return 10n",
                "return {headers: {[settings.clientSecret + '\\n']: 1}}",
                "return {query: {[settings.clientSecret]: 1}}",
                "return {[settings.clientSecret]: 1}",
            })
    void showsNoSecretWhenTheScriptFails(String body) throws Exception {
        shop("function sign(request, settings) {\n " + body + "; }");

        StepException failure = failure();

        assertThat(failure.getMessage())
                .contains("connectors/shop/sign.js")
                .doesNotContain("client-secret")
                .doesNotContain("terces")
                .doesNotContain("client");
        assertThat(attempt.requests().toString()).doesNotContain("client-secret");
        assertThat(queries).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{headers: {Host: 'evil.example.com'}} | a header that it cannot give",
                "{headers: {'content-length': '0'}} | a header that it cannot give",
                "{headers: {'Transfer-Encoding': 'chunked'}} | a header that it cannot give",
                "{headers: {'X-Proof': 'a\\r\\nX-Other: b'}} | without line breaks",
                "{headers: {'X-Proof': 'a\\u007f'}} | without line breaks or other control characters",
                "{headers: {'X-Proof': {a: 1}}} | must be a text",
                "{headers: {'X-Proof': 'x'.repeat(20000)}} | must be a text of at most 16 KB",
                "{query: {b: '3'}} | that the auth does not name under 'query'",
                "{url: 'http://evil.example.com/'} | headers and query, and nothing else",
                "{method: 'DELETE'} | headers and query, and nothing else",
                "null | must return an object",
                "'Bearer x' | must return an object",
            })
    void refusesWhatIsNoProof(String returned, String message) throws Exception {
        shop("function sign() { return " + returned + "; }");

        StepException failure = failure();

        assertThat(failure.code()).isEqualTo("BAD_PROOF");
        assertThat(failure).hasMessageContaining(message);
        assertThat(queries).isEmpty();
    }

    @Test
    void noSecretStandsInTheNameOfAHeader() throws Exception {
        shop("function sign(request, settings) {"
                + " return {headers: {['X-' + settings.clientSecret]: 'a\\u0007'}}; }");

        StepException failure = failure();

        assertThat(failure).hasMessageContaining("a header with a secret in its name");
        assertThat(failure).hasMessageNotContaining("t0ken-value");
        assertThat(queries).isEmpty();
    }

    @Test
    void takesItsParametersOutOfLinksToNextPages() throws Exception {
        world.write("connectors/shop/sign.js", "let sign = (request) => ({query: {sign: request.path.length}});");
        world.shop(
                SIGNED,
                "",
                "items.list: {kind: read, method: GET, path: /items, recordSelector: {path: '$.items[*]'},"
                        + " paginator: {type: nextUrl, cursorPath: $.next}}\n",
                "");
        world.serve("/api/items/2", exchange -> {
            queries.add(exchange.getRequestURI().getRawQuery());
            World.json(exchange, 200, "{\"items\":[{\"id\":2}]}");
        });
        world.serve("/api/items/1", exchange -> World.json(exchange, 200, "{\"items\":[{\"id\":1}]}"));
        world.rewrite("path: /items", "path: /items/0");
        world.serve(
                "/api/items/0",
                exchange -> World.json(
                        exchange, 200, "{\"items\":[{\"id\":1}],\"next\":\"/api/items/2?sign=old&page=2\"}"));

        world.pull("connector:shop/items.list", attempt, null);

        assertThat(queries).containsExactly("page=2&sign=12");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{type: script} | needs script: ./sign.js",
                "{type: script, script: ./sign.js, secrets: [clientSecre]} | did you mean 'clientSecret'?",
                "{type: script, script: ./sign.js, secrets: [region]} | 'region' is not a secret setting",
                "{type: none, script: ./sign.js} | 'script' has a meaning with type: script only",
                "{type: none, query: [a]} | 'query' has a meaning with type: script only",
                "{type: script, script: ./other.js} | there is no file 'other.js'",
            })
    void findsWhatIsWrongWithTheAuth(String auth, String problem) throws Exception {
        world.write("connectors/shop/sign.js", "function sign() { return {}; }");
        world.shop("{none: {type: none}}", "", SEND, "");
        String file = java.nio.file.Files.readString(home.resolve("connectors/shop/connector.yaml"));
        world.write("connectors/shop/connector.yaml", file.replace("{none: {type: none}}", "{none: " + auth + "}"));

        List<String> problems = new CatalogReader(home)
                .read(List.of(home), Catalog.EMPTY).problems().values().stream()
                        .flatMap(List::stream)
                        .map(Problem::toString)
                        .toList();

        assertThat(problems).anySatisfy(found -> assertThat(found).contains(problem));
    }
}
