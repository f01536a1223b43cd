package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.runtime.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Calls of a real server that become fixtures, which pass the suite at once. */
class RecordingTest {

    private static final String TOKEN = Program.TOKEN;
    private static final String SECRET = "the-real-secret-of-the-shop";
    private static final String SESSION = "a-session-that-nobody-must-see";
    private static final String CONNECTOR = """
            connector: shop
            version: 1.0.0
            settings:
              properties: { port: { type: integer }, store: { example: main } }
              secrets: [key]
            auth:
              key: { type: apiKey, inject: { name: X-Key, format: "${settings.key}" } }
              signed:
                type: hmacSignature
                hmac:
                  key: "${settings.key}"
                  parts: [method, path, timestamp, nonce]
                  timestamp: { format: epochS, into: header, name: X-Time }
                  nonce: { into: header, name: X-Nonce }
                  into: { into: query, name: sign }
              oauth1: { type: oauth1, oauth1: { consumerKey: shop, consumerSecret: "${settings.key}" } }
              token:
                type: oauth2ClientCredentials
                clientId: shop
                clientSecret: "${settings.key}"
                token: { url: "http://127.0.0.1:${settings.port}/token" }
              session: { type: sessionLogin, login: { endpoint: sessions.open, cookie: SID } }
              digest: { type: digest, username: ada, password: "${settings.key}" }
            requester: { baseUrl: "http://127.0.0.1:${settings.port}/${settings.store}", allowedHosts: [127.0.0.1] }
            endpoints:
              sessions.open: { kind: action, method: POST, path: /login, request: { body: { template: { key: "${settings.key}" } } } }
              json.read: { kind: read, method: GET, path: /json, inputs: { status: { required: false } }, request: { query: { status: "${with.status}" } }, recordSelector: { path: "$.orders[*]" } }
              csv.read: { kind: read, method: GET, path: /csv, response: { format: csv }, recordSelector: { path: "$[*]" } }
              xml.read: { kind: read, method: GET, path: /xml, response: { format: xml }, recordSelector: { path: "$.orders.order[*]" } }
              soap.read: { kind: read, method: POST, path: /soap, request: { body: { type: soap, soap: { version: "1.1", action: "urn:Get", header: "<Key>${settings.key}</Key>" }, template: "<Get/>" } }, response: { format: soap } }
              lines.read: { kind: read, method: GET, path: /ndjson, response: { format: ndjson }, recordSelector: { path: "$[*]" } }
              text.read: { kind: read, method: GET, path: /text, response: { format: text } }
              file.read: { kind: read, method: GET, path: /file, response: { format: binary } }
              wrong.read: { kind: read, method: GET, path: /wrong }
              json.write: { kind: write, method: POST, path: /in, request: { body: { template: { number: "${record.number}", source: "${settings.store}" } } } }
              form.write: { kind: write, method: POST, path: /in, request: { body: { type: form, template: { number: "${record.number}", at: "${settings.store}" } } } }
              xml.write: { kind: write, method: POST, path: /in, request: { body: { type: xml, template: "<order><number>${record.number}</number></order>" } } }
              text.write: { kind: write, method: POST, path: /in, request: { body: { type: text, template: "number ${record.number}*" } } }
              parts.write: { kind: write, method: POST, path: /in, request: { body: { type: multipart, template: { about: "order", file: { filename: orders.json, contentType: application/json } } } } }
              rows.write: { kind: write, method: POST, path: /in, batch: { maxRecords: 10, mode: csv }, request: { body: { template: { rows: "${payload}" } } } }
              plain.write: { kind: write, method: POST, path: /in, idempotency: { type: header, name: Idempotency-Key } }
              pages.list: { kind: read, method: GET, path: /pages, recordSelector: { path: "$.items[*]" }, paginator: { type: nextUrl, cursorPath: $.next } }
              changed.list:
                kind: read
                method: GET
                path: /changed
                recordSelector: { path: "$[*]" }
                paginator: { type: none }
                incremental: { cursorField: at, lower: { into: query, name: since }, upper: { into: query, name: until } }
            """;

    @TempDir
    static Path home;

    private static HttpServer shop;
    private static ConfigurableApplicationContext program;
    private static String url;

    @BeforeAll
    static void start() throws IOException {
        shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        shop.createContext("/", RecordingTest::serve);
        shop.start();
        Path connector = Files.createDirectories(home.resolve("connectors/shop/instances"));
        Files.writeString(connector.resolveSibling("connector.yaml"), CONNECTOR);
        for (String auth : List.of("key", "signed", "oauth1", "token", "session", "digest")) {
            Files.writeString(
                    connector.resolve(auth + ".yaml"),
                    "{ instance: %s, connector: shop, auth: %s, settings: { port: %d, store: west, key: \"${secret.SHOP}\" } }"
                            .formatted(auth, auth, shop.getAddress().getPort()));
        }
        program = Program.start(home, "--PATCHBAY_SECRET_SHOP=" + SECRET);
        url = Program.url(program);
    }

    @AfterAll
    static void stop() {
        program.close();
        shop.stop(0);
    }

    private static void serve(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath().replace("/west", "");
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        String self = "http://127.0.0.1:" + shop.getAddress().getPort();
        boolean digest = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                .startsWith("Digest ");
        String text = switch (path) {
            case "/token" -> "{\"access_token\":\"" + SESSION + "\",\"expires_in\":3600}";
            case "/json" -> "{\"orders\":[{\"id\":7,\"total\":1.50,\"echo\":\"" + SECRET + "\"}]}";
            case "/csv" -> "number;name\r\n1;\"a\r\nb\"\r\n2;c\r\n".replace(';', ',');
            case "/xml" -> "<?xml version=\"1.0\"?>\n<orders>\n  <order id=\"1\"/>\n  <order id=\"2\"/>\n</orders>";
            case "/soap" ->
                "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><Stock>5</Stock></s:Body></s:Envelope>";
            case "/ndjson" -> "{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n";
            case "/text" -> "\tten*\nlines";
            case "/pages" ->
                query.contains("page=2")
                        ? "{\"items\":[{\"id\":3}]}"
                        : "{\"items\":[{\"id\":1},{\"id\":2}],\"next\":\"" + self + "/west/pages?page=2\"}";
            case "/changed" -> "[{\"at\":\"2026-01-02T00:00:00Z\"}]";
            case "/wrong" -> "no such thing";
            case "/digest" -> "[]";
            default -> "{\"id\":9}";
        };
        byte[] body = path.equals("/file") ? new byte[] {0, (byte) 0xff, 1, 42} : text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .set(
                        "Content-Type",
                        switch (path) {
                            case "/csv" -> "text/csv";
                            case "/xml", "/soap" -> "text/xml; charset=utf-8";
                            case "/ndjson" -> "application/x-ndjson";
                            case "/text", "/wrong" -> "text/plain";
                            case "/file" -> "application/zip";
                            default -> "application/json";
                        });
        exchange.getResponseHeaders().set("Set-Cookie", "SID=" + SESSION);
        boolean challenged = query.contains("digest") && !digest;
        exchange.getResponseHeaders().set("WWW-Authenticate", "Digest realm=\"shop\", nonce=\"n1\", qop=\"auth\"");
        exchange.sendResponseHeaders(challenged ? 401 : path.equals("/wrong") ? 404 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            key, json.read
            key, csv.read
            key, xml.read
            key, soap.read
            key, lines.read
            key, text.read
            key, file.read
            key, wrong.read
            key, json.write
            key, form.write
            key, xml.write
            key, text.write
            key, parts.write
            key, rows.write
            key, plain.write
            key, pages.list
            key, changed.list
            signed, json.read
            oauth1, json.read
            token, json.read
            session, json.read
            """)
    void whatIsRecordedPassesAtOnceAndHoldsNoSecret(String instance, String endpoint) throws IOException {
        passes(instance, endpoint);
    }

    @Test
    void aChallengeIsNoPartOfWhatIsRecorded() throws IOException {
        assertThat(passes("digest", "json.read", "--with", "status=digest"))
                .contains("loggedIn: true", "Authorization: '***'");
    }

    @Test
    void allPagesOfAListAreRecordedInOrder() throws IOException {
        assertThat(passes("token", "pages.list", "--pages", "5"))
                .contains("exchanges:", "{origin}/west/pages?page=2", "records: 3");
        Said cut = record("key", "pages.list", "cut", "--pages", "1");
        assertThat(cut.code()).isEqualTo(1);
        assertThat(cut.err()).contains("the list goes on, and a fixture holds all of it: take more --pages");
    }

    @Test
    void aListThatGrowsIsRecordedFromItsCursor() throws IOException {
        assertThat(passes("key", "changed.list", "--cursor", "2026-01-01T00:00:00Z"))
                .contains("cursor: '2026-01-01T00:00:00Z'", "since: '2026-01-01T00:00:00Z'");
    }

    @Test
    void contentStandsAsItCame() throws IOException {
        assertThat(passes("key", "file.read")).contains("base64: 'AP8BKg=='");
        assertThat(passes("key", "csv.read")).contains("text: \"number,name\\r\\n1,\\\"a\\r\\nb\\\"");
        assertThat(passes("key", "form.write")).contains("form: 'at=west&number=A-1'");
        assertThat(passes("key", "json.write")).contains("settings: { ", "store: west");
    }

    @Test
    void whatCannotBeRecordedSaysWhyAndLeavesNoFile() {
        Said said = record("key", "json.read", "x", "--with", "nothing=1");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err())
                .contains("Nothing was recorded: no request was made, because")
                .contains("mend that and call again");
        assertThat(home.resolve("connectors/shop/fixtures/x.yaml")).doesNotExist();
    }

    private static int count;

    private static String passes(String instance, String endpoint, String... more) throws IOException {
        String name = endpoint + "-" + ++count;
        Said said = record(instance, endpoint, name, more);
        assertThat(said.err()).isEmpty();
        assertThat(said.out()).contains("recorded in ");
        Path file = home.resolve("connectors/shop/fixtures/" + name + ".yaml");
        String text = Files.readString(file);
        assertThat(text).doesNotContain(SECRET).doesNotContain(SESSION);
        Said tested = say("connector", "test", "shop", "--json");
        assertThat(tested.out()).doesNotContain("\"failed\"").contains("fixtures/" + name + ".yaml");
        Files.delete(file);
        return text;
    }

    private static Said record(String instance, String endpoint, String name, String... more) {
        List<String> call = new ArrayList<>(
                List.of("connector", "call", instance, endpoint, "--record", name, "--home", home.toString()));
        call.addAll(List.of(more));
        if (endpoint.endsWith(".write")) {
            try {
                Files.writeString(home.resolve("payload.json"), "{\"number\":\"A-1\"}");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            call.addAll(List.of("--payload", home.resolve("payload.json").toString()));
        }
        return say(call.toArray(String[]::new));
    }

    private static Said say(String... args) {
        return Said.by(home, Map.of("PATCHBAY_URL", url, "PATCHBAY_ADMIN_TOKEN", TOKEN), "", args);
    }
}
