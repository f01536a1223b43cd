package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.runtime.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Command line, API, health and metrics of the whole program, over its port. */
class FacesTest {

    private static final String TOKEN = Program.TOKEN;
    private static final String FLOW = """
            flow: %s
            variables: { level: 2 }
            shapes:
              - id: numbers
                manualPayload: { json: [ { n: 1 }, { n: 2 }, { n: 3 } ] }
              - id: small
                filter: { keep: { field: n, as: number, below: "${flow.level}" } }
              - id: told
                notify: { per: run, log: info, text: "done" }
            """;

    private static final String CONNECTOR = """
            connector: shop
            version: 1.0.0
            settings: { properties: { port: { type: integer } }, secrets: [key] }
            auth: { key: { type: apiKey, inject: { name: X-Key, format: "${settings.key}" } } }
            requester: { baseUrl: "http://127.0.0.1:${settings.port}", allowedHosts: [127.0.0.1] }
            check: { endpoint: orders.list }
            endpoints:
              orders.list:
                kind: read
                inputs: { status: { type: string, required: false } }
                method: GET
                path: /orders
                request: { query: { status: "${with.status}" } }
                recordSelector: { path: "$.orders[*]" }
            """;

    @TempDir
    static Path home;

    private static HttpServer shop;

    private static ConfigurableApplicationContext program;
    private static String url;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws IOException {
        shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        Files.createDirectories(home.resolve("routes"));
        Files.writeString(home.resolve("routes/first.flow.yaml"), FLOW.formatted("first"));
        shop.createContext("/", exchange -> {
            byte[] answer = "{\"orders\":[{\"id\":7}]}".getBytes(StandardCharsets.UTF_8);
            int status = exchange.getRequestHeaders().getFirst("X-Key").equals("right") ? 200 : 401;
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        shop.start();
        Path connector = Files.createDirectories(home.resolve("connectors/shop/instances"));
        Files.writeString(connector.resolveSibling("connector.yaml"), CONNECTOR);
        for (String key : List.of("right", "wrong")) {
            Files.writeString(
                    connector.resolve(key + ".yaml"),
                    "{ instance: %s, connector: shop, settings: { port: %d, key: \"${secret.%s}\" } }"
                            .formatted(key, shop.getAddress().getPort(), key.toUpperCase(Locale.ROOT)));
        }
        program = Program.start(home, "--PATCHBAY_SECRET_RIGHT=right", "--PATCHBAY_SECRET_WRONG=wrong-key-of-a-test");
        url = Program.url(program);
    }

    @AfterAll
    static void stop() {
        program.close();
        shop.stop(0);
    }

    @Test
    void runsAFlowFromTheCommandLineAndTellsItsSteps() throws Exception {
        Said said = say("run", "first", "--json");

        assertThat(said.err()).isEmpty();
        assertThat(said.code()).isZero();
        assertThat(said.json().get("status").asText()).isEqualTo("succeeded");
        assertThat(said.json().at("/shapes/1/shape").asText()).isEqualTo("small");
        assertThat(said.json().at("/shapes/1/recordsIn").asInt()).isEqualTo(3);
        assertThat(said.json().at("/shapes/1/recordsOut").asInt()).isEqualTo(1);
        assertThat(say("runs", "--flow", "first").out())
                .contains(said.json().get("id").asText());
    }

    @Test
    void listsInstancesAndSaysWhetherOneWorks() {
        assertThat(say("connector", "list").out())
                .containsPattern(
                        "right +shop +1\\.0\\.0 +(unknown|operational) +connectors/shop/instances/right\\.yaml");
        assertThat(say("connector", "check", "right")).satisfies(said -> {
            assertThat(said.code()).isZero();
            assertThat(said.out()).contains("right: operational").contains("/orders -> 200");
        });
        assertThat(say("connector", "check", "wrong")).satisfies(said -> {
            assertThat(said.code()).isEqualTo(1);
            assertThat(said.out())
                    .contains("wrong: failedAuthentication")
                    .contains("look at the secrets that connectors/shop/instances/wrong.yaml names [HTTP_401]")
                    .doesNotContain("wrong-key-of-a-test");
        });
        assertThat(say("connector", "check", "gone").err())
                .contains("There is no instance 'gone'. Known here: right, wrong.");
    }

    @Test
    void callsAnEndpointByHandAndShowsRequestAndAnswer() throws Exception {
        Said said = say("connector", "call", "right", "orders.list", "--with", "status=paid");

        assertThat(said.code()).isZero();
        assertThat(said.out())
                .contains("GET http://127.0.0.1:")
                .contains("/orders?status=paid -> 200")
                .contains("1 record, application/json")
                .contains("\"id\" : 7");
        assertThat(say("connector", "call", "right", "orders.lst").err())
                .contains("There is no endpoint of instance 'right'", "Did you mean 'orders.list'?");
        Said wrongInput = say("connector", "call", "right", "orders.list", "--with", "state=x", "--json");
        assertThat(wrongInput.code()).isEqualTo(1);
        assertThat(wrongInput.json().get("sentence").asText()).contains("has no input 'state'");
    }

    @Test
    void aCallIsRecordedAsAFixtureWithoutItsSecret() throws Exception {
        String[] call = {
            "connector",
            "call",
            "right",
            "orders.list",
            "--with",
            "status=paid",
            "--record",
            "paid",
            "--home",
            home.toString()
        };
        Said said = say(call);

        assertThat(said.code()).isZero();
        assertThat(said.out()).contains("recorded in ").contains("paid.yaml");
        assertThat(Files.readString(home.resolve("connectors/shop/fixtures/paid.yaml")))
                .contains("endpoint: orders.list")
                .contains("with: { status: paid }")
                .contains("path: /orders")
                .contains("query: { status: paid }")
                .contains("X-Key: '***'")
                .contains("body: { orders: [{ id: 7 }] }")
                .contains("records: 1");
        assertThat(say(call).err()).contains("there is a fixture paid.yaml already");
    }

    @Test
    void aFlowThatNeverRanTakesTheNewDefinitionOfItsConnector() throws Exception {
        Path definition = Files.createDirectories(home.resolve("connectors/depot/instances"))
                .resolveSibling("connector.yaml");
        String text = CONNECTOR.replace("connector: shop", "connector: depot");
        Files.writeString(definition, text);
        Files.writeString(
                definition.resolveSibling("instances/depot.yaml"),
                Files.readString(home.resolve("connectors/shop/instances/right.yaml"))
                        .replace("instance: right, connector: shop", "instance: depot, connector: depot"));
        Files.writeString(
                home.resolve("routes/depot.flow.yaml"),
                "flow: depot\nshapes:\n  - connection: { instance: depot, endpoint: orders.list }\n");
        String before = revisionOf("depot", "");

        Files.writeString(definition, text.replace("path: /orders", "path: /parcels"));
        revisionOf("depot", before);

        Said said = say("run", "depot", "--json");
        assertThat(said.json().get("status").asText()).isEqualTo("succeeded");
        String requests = "/api/v1/runs/" + said.json().get("id").asText() + "/requests";
        assertThat(json(get(requests, TOKEN)).at("/data/0/target").asText()).endsWith("/parcels");
        Files.delete(home.resolve("routes/depot.flow.yaml"));
    }

    /** The revision of a flow, as soon as it is another one. */
    private String revisionOf(String flow, String before) {
        return await().until(
                        () -> json(get("/api/v1/flows/" + flow, TOKEN))
                                .path("revision")
                                .asText(before),
                        revision -> !revision.equals(before) && !revision.equals("null"));
    }

    @Test
    void setsVariablesForOneRun() throws Exception {
        Said said = say("run", "first", "--var", "level=3", "--json");

        assertThat(said.json().at("/shapes/1/recordsOut").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data; boundary=xx", "application/x-www-form-urlencoded"})
    void takesAFormAsAPayloadLikeAnyOther(String type) throws Exception {
        String form = "--xx\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--xx--\r\n";
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(url + "/api/v1/flows/first/start"))
                        .header("Authorization", "Bearer " + TOKEN)
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        String payloads = "/api/v1/runs/" + json(answer).get("run").asText() + "/payloads?shape=numbers&bytes=true";

        await().untilAsserted(() -> assertThat(
                        json(get(payloads, TOKEN)).at("/data/0/text").asText())
                .isEqualTo(form));
    }

    @Test
    void isReadyAndTellsItsPartsToTheAdministratorOnly() throws Exception {
        assertThat(say("health").code()).isZero();
        JsonNode everyone = json(get("/actuator/health", null));
        JsonNode administrator = json(get("/actuator/health", TOKEN));
        JsonNode readiness = json(get("/actuator/health/readiness", TOKEN));
        JsonNode one = json(get("/actuator/health/flows/first", TOKEN));

        assertThat(everyone.has("components")).isFalse();
        assertThat(administrator
                        .at("/components/flows/components/first/details/state")
                        .asText())
                .isEqualTo("active");
        assertThat(administrator.at("/components/problems/details/errors").isInt())
                .isTrue();
        assertThat(administrator.at("/components/quarantine/details/starts").isInt())
                .isTrue();
        assertThat(get("/actuator/prometheus", TOKEN).body())
                .contains("patchbay_starts_quarantined 0.0")
                .contains("patchbay_messages_aside 0.0");
        assertThat(readiness.at("/components").properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("readinessState", "store", "queue", "generation");
        assertThat(one.get("status").asText()).isEqualTo("UP");
    }

    @Test
    void staysReadyWhenAFileIsWrongAndSaysSo() throws Exception {
        put("wrong", "flow: wrong\nshapes:\n  - id: x\n    fliter: {}\n");
        await().until(() -> !json(get("/api/v1/problems?file=routes/wrong.flow.yaml", TOKEN))
                .get("data")
                .isEmpty());

        assertThat(say("health").code()).isZero();
        JsonNode wrong = json(get("/actuator/health", TOKEN)).at("/components/flows/components/wrong");
        assertThat(wrong.get("status").asText()).isEqualTo("UNKNOWN");
        assertThat(wrong.at("/details/problems/0").asText())
                .startsWith("routes/wrong.flow.yaml:4:5: there is no shape 'fliter' [UNKNOWN_SHAPE]");
        assertThat(get("/actuator/prometheus", TOKEN).body())
                .contains("patchbay_file_problems{severity=\"error\"} 1.0");
        Files.delete(home.resolve("routes/wrong.flow.yaml"));
    }

    @Test
    void warnsOfAFileThatIsNotTakenAndTakesTheOthers() throws Exception {
        Files.writeString(home.resolve("routes/other.yaml"), "flow: other\n");
        put("third", FLOW.formatted("third"));
        await().until(() -> get("/api/v1/flows/third", TOKEN).statusCode() == 200);
        await().until(() -> !json(get("/api/v1/problems?file=routes/other.yaml", TOKEN))
                .get("data")
                .isEmpty());

        assertThat(say("health").code()).isZero();
        assertThat(get("/actuator/health", TOKEN).body()).contains("routes/other.yaml: warning: the file is not taken");
        Files.delete(home.resolve("routes/other.yaml"));
        Files.delete(home.resolve("routes/third.flow.yaml"));
    }

    @Test
    void countsADeployedFlowAndForgetsARemovedOne() throws Exception {
        put("second", FLOW.formatted("second"));
        await().until(() -> get("/api/v1/flows/second", TOKEN).statusCode() == 200);
        assertThat(say("run", "second").code()).isZero();

        await().untilAsserted(() -> assertThat(
                        get("/actuator/prometheus", TOKEN).body())
                .contains("patchbay_runs_total{flow=\"second\",status=\"succeeded\"} 1.0")
                .contains("patchbay_shape_payloads_total{direction=\"out\",flow=\"second\",shape=\"small\"} 1.0")
                .contains("patchbay_queue_depth{flow=\"second\"} 0.0"));
        Files.delete(home.resolve("routes/second.flow.yaml"));
        await().untilAsserted(() ->
                assertThat(get("/actuator/prometheus", TOKEN).body()).doesNotContain("flow=\"second\""));
    }

    @Test
    void pausesAFlowAndStartsItByHandAllTheSame() throws Exception {
        assertThat(json(post("/api/v1/flows/first/disable")).get("enabled").asBoolean())
                .isFalse();
        assertThat(say("run", "first").code()).isZero();
        assertThat(json(post("/api/v1/flows/first/enable")).get("enabled").asBoolean())
                .isTrue();
    }

    private static void put(String name, String text) throws IOException {
        Path file = Files.writeString(home.resolve(name + ".new"), text);
        Files.move(file, home.resolve("routes/" + name + ".flow.yaml"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static Said say(String... args) {
        return Said.by(home, Map.of("PATCHBAY_URL", url, "PATCHBAY_ADMIN_TOKEN", TOKEN), "", args);
    }

    private HttpResponse<String> get(String path, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .header("Authorization", "Bearer " + TOKEN)
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }
}
