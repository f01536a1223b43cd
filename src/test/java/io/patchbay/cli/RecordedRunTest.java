package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.patchbay.route.Flows;
import io.patchbay.runtime.Program;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** {@code runs record}: a run of the whole program becomes a test that passes without it. */
class RecordedRunTest {

    private static final String TOKEN = Program.TOKEN;

    @TempDir
    static Path home;

    private static ConfigurableApplicationContext program;
    private static HttpServer shop;

    @BeforeAll
    static void start() throws IOException {
        shop = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        shop.createContext("/orders", exchange -> {
            boolean reads = exchange.getRequestMethod().equals("GET");
            String query = String.valueOf(exchange.getRequestURI().getRawQuery());
            String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String answer = reads
                    ? query.contains("page=1")
                            ? "{\"data\":[{\"id\":1,\"total\":3,\"email\":\"a@example.com\"},{\"id\":2,\"total\":30}]}"
                            : query.contains("page=2") ? "{\"data\":[{\"id\":4,\"total\":5}]}" : "{\"data\":[]}"
                    : "{\"ok\":true,\"echo\":\"a-secret-token\"}";
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.getResponseHeaders().add("X-Shop", "uk");
            exchange.sendResponseHeaders(reads ? 200 : sent.contains("\"id\":4") ? 422 : 201, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        shop.start();
        write("connectors/shop/connector.yaml", """
                connector: shop
                version: 1.0.0
                settings:
                  properties: { token: { description: "Sent in a header" } }
                  secrets: [token]
                auth: { key: { type: apiKey, inject: { into: header, name: X-Token, format: '${settings.token}' } } }
                requester: { baseUrl: 'http://127.0.0.1:%d', allowedHosts: [ '127.0.0.1' ] }
                errorHandler: { rules: [ { match: { status: [422] }, action: fail, message: Not this one. } ] }
                endpoints:
                  orders.list:
                    kind: read
                    method: GET
                    path: /orders
                    response: { keepHeaders: [ X-Shop ] }
                    recordSelector: { path: '$.data[*]' }
                    paginator: { type: pageNumber, inject: { into: query, name: page }, stopWhen: emptyPage }
                  orders.create: { kind: write, method: POST, path: /orders }
                """.formatted(shop.getAddress().getPort()));
        write(
                "connectors/shop/instances/uk.yaml",
                "instance: uk\nconnector: shop\nsettings: { token: '${secret.SHOP}' }\n");
        write("secrets/SHOP", "a-secret-token");
        write("routes/orders.flow.yaml", """
                flow: orders
                settings: { capture: { mask: [ '$..email' ] } }
                shapes:
                  - id: pull
                    connection: { instance: uk, endpoint: orders.list }
                  - id: small
                    filter: { keep: { field: total, as: number, below: 10 } }
                  - id: told
                    notify: { per: payload, log: info, text: 'of ${meta.header.X-Shop}' }
                  - id: push
                    onError: skip
                    retries: { count: 0 }
                    connection: { instance: uk, endpoint: orders.create }
                """);
        write("routes/priced.flow.yaml", """
                flow: priced
                shapes:
                  - id: dear
                    filter: { keep: { field: total, as: number, above: 5 } }
                  - id: told
                    notify: { per: record, log: info, text: "order ${record.id}" }
                """);
        write("routes/quiet.flow.yaml", """
                flow: quiet
                settings: { capture: { payloads: none } }
                shapes:
                  - id: told
                    notify: { log: info, text: x }
                """);
        write("routes/quoted.flow.yaml", """
                flow: quoted
                settings: { capture: { payloads: all } }
                variables: { rate: 2, shop: none }
                trigger:
                  - callback: { path: 'quote/{sku}', method: GET, auth: none }
                  - manual: {}
                shapes:
                  - id: told
                    notify: { log: info, text: '${meta.path.sku ?? "nothing"} at ${flow.rate} in ${flow.shop}' }
                  - id: answered
                    callback: { answer: one }
                """);
        program = Program.start(home, "--patchbay.secrets.dir=" + home.resolve("secrets"));
        Flows flows = program.getBean(Flows.class);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> flows.flow("orders").map(Flows.View::revision).isPresent()
                        && flows.flow("quiet").map(Flows.View::revision).isPresent());
    }

    @AfterAll
    static void stop() {
        program.close();
        shop.stop(0);
    }

    private static void write(String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String read(String name) throws IOException {
        return Files.readString(home.resolve(name));
    }

    private static Said say(String... args) {
        String port = program.getEnvironment().getProperty("local.server.port");
        return Said.by(
                home, Map.of("PATCHBAY_URL", "http://127.0.0.1:" + port, "PATCHBAY_ADMIN_TOKEN", TOKEN), "", args);
    }

    private static String run(String... args) throws IOException {
        return say(args).json().path("id").asText();
    }

    /** The story is written behind the run: what it kept is awaited. */
    private static void kept(String run, int payloads) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(program.getBean(io.patchbay.run.RunHistory.class)
                                .payloads(run, null, true))
                        .as(say("runs", run).out())
                        .hasSizeGreaterThanOrEqualTo(payloads));
    }

    @Test
    void aRunBecomesATestThatPassesWithoutItsSystems() throws Exception {
        String run = run("run", "orders", "--json");
        kept(run, 11);

        Said said = say("runs", "record", run, "--as", "a real one");

        assertThat(said.err()).isEmpty();
        assertThat(said.out()).contains("recorded as 'a real one' in routes/orders.test.yaml");
        String recorded = read("routes/orders.test.yaml");
        assertThat(recorded)
                .contains("name: a real one", "yields:", "header.X-Shop: uk", "outcome: partial", "code: HTTP_422");
        assertThat(recorded).doesNotContain("a-secret-token", "a@example.com").contains("***");
        Said tested = say("test", "routes/orders.test.yaml");
        assertThat(tested.out()).contains("ok      a real one", "1 test, 0 failed");
        assertThat(tested.code()).isZero();
        assertThat(say("runs", "record", run, "--as", "a real one").err()).contains("has a case 'a real one' already");
        assertThat(read("routes/orders.test.yaml")).isEqualTo(recorded);
    }

    @Test
    void aCaseIsAddedToTheFileThatIsThere() throws Exception {
        String own = """
                # mine
                test: priced
                cases:
                  - name: none   # of them
                    expect: { outcome: failed }
                # end
                """;
        write("routes/priced.test.yaml", own);
        write("order.json", "[{\"id\":1,\"total\":10},{\"id\":2,\"total\":1}]");
        String run = run("run", "priced", "--payload", "order.json", "--json");
        kept(run, 4);

        Said said = say("runs", "record", run);

        assertThat(said.err()).isEmpty();
        assertThat(said.code()).isZero();
        String recorded = read("routes/priced.test.yaml");
        assertThat(recorded)
                .startsWith(
                        "# mine\ntest: priced\ncases:\n  - name: none   # of them\n    expect: { outcome: failed }\n");
        assertThat(recorded).endsWith("# end\n").contains("name: run " + run).contains("json: [ { id: 1, total: 10 }");
        assertThat(say("test", "routes/priced.test.yaml").out()).contains("FAILED  none", "ok      run " + run);
    }

    @Test
    void metadataAndVariablesOfTheStartAreInTheCase() throws Exception {
        write("quote.json", "{\"id\":1}");
        String given = run("run", "quoted", "--payload", "quote.json", "--var", "rate=7", "--var", "shop=uk", "--json");
        kept(given, 4);
        assertThat(say("runs", "record", given, "--as", "by hand").err()).isEmpty();
        int port = program.getBean(io.patchbay.trigger.intake.Intake.class).port();
        URI quote = URI.create("http://127.0.0.1:" + port + "/callbacks/quote/A1");
        HttpResponse<String> told = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(quote).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
        await().until(() -> !say("runs", "--flow", "quoted", "--json")
                .json()
                .at("/data/0/id")
                .asText()
                .equals(given));
        String run = say("runs", "--flow", "quoted", "--json")
                .json()
                .at("/data/0/id")
                .asText();
        kept(run, 2);
        assertThat(say("runs", "record", run, "--as", "a caller").err()).isEmpty();

        assertThat(read("routes/quoted.test.yaml")).contains("rate: 7", "shop: uk", "path.sku: A1");
        Said tested = say("test", "routes/quoted.test.yaml");
        assertThat(tested.out()).contains("ok      by hand", "ok      a caller");
    }

    @Test
    void whatIsNotKeptIsSaid() throws Exception {
        write("order.json", "[{\"id\":1}]");
        String run = run("run", "quiet", "--payload", "order.json", "--json");

        Said said = say("runs", "record", run);

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("Nothing was recorded: the payload with which the run began is not kept");
        assertThat(Files.exists(home.resolve("routes/quiet.test.yaml"))).isFalse();
        assertThat(say("runs", "record", "00000000-0000-7000-8000-000000000009").err())
                .contains("no run");
    }
}
