package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetupTest;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.connector.mail.MailPort;
import io.patchbay.ops.tracing.Collector;
import io.patchbay.payload.Json;
import io.patchbay.runtime.Program;
import io.patchbay.secret.Sentinel;
import jakarta.mail.internet.MimeMessage;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A system that repeats each secret in every way it can, and all that leaves the program of it: mails, messages to webhooks, Slack and
 * Teams, traces, pages and what the console asks for them. Each comes from a real counterpart.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecretsOutsideTest {

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String HOOK = "h00k-that/nobody+may=see&ever<again>";
    private static final List<String> PROOFS = List.of("header", "basic", "query", "body", "password", "session");
    private static final List<String> WAYS = List.of("hook", "slack", "teams");
    private static final String CONNECTOR = """
            connector: shop
            version: 1.0.0
            settings:
              properties: { port: { type: integer }, key: { type: string } }
              secrets: [key]
            auth:
              header: { type: apiKey, inject: { name: X-Key, format: "${settings.key}" } }
              basic: { type: basic, username: "me", password: "${settings.key}" }
              query: { type: apiKey, inject: { into: query, name: key, format: "${settings.key}" } }
              body: { type: apiKey, inject: { into: body, name: key, format: "${settings.key}" } }
              password:
                type: oauth2Password
                username: me
                password: "${settings.key}"
                token: { url: "http://127.0.0.1:${settings.port}/token", clientAuth: none }
              session:
                type: sessionLogin
                login: { endpoint: login.post, tokenPath: $.session, ttl: 30m }
                inject: { into: header, name: X-Session }
            requester: { baseUrl: "http://127.0.0.1:${settings.port}", allowedHosts: [127.0.0.1] }
            endpoints:
              echo.get: { kind: read, method: GET, path: /echo }
              echo-body.get:
                kind: read
                method: POST
                path: /echo
                request: { body: { type: json, template: { key: "${auth.key}" } } }
              login.post:
                kind: action
                method: POST
                path: /login
                request: { body: { type: json, template: { password: "${settings.key}" } } }
            """;

    /** The first fails, which is an alert; the second is told of by what caught it. */
    private static final String FAILING = """
            flow: fails-%1$s
            settings: { capture: { payloads: all, requests: all }, alerts: { to: [ ops ] } }
            shapes:
              - id: pull
                connection: { instance: echo-%1$s, endpoint: %2$s.get }
            """;

    private static final String CAUGHT = """
            flow: caught-%1$s
            settings: { capture: { payloads: all, requests: all } }
            shapes:
              - id: safely
                try:
                  shapes:
                    - id: pull
                      connection: { instance: echo-%1$s, endpoint: %2$s.get }
                  catch:
                    - id: tell
                      notify:
                        to: [ ops ]
                        log: error
                        subject: "Caught ${error.message}"
                        text: "${error.code} in ${error.shape}: ${error.message}"
            """;

    @TempDir
    static Path home;

    private static final Map<String, List<String>> posted = new ConcurrentHashMap<>();
    private static final GreenMail MAILS = new GreenMail(MailPort.free(ServerSetupTest.SMTP));
    private static HttpServer shop;
    private static HttpServer hooks;
    private static Collector collector;
    private static ConfigurableApplicationContext program;
    private static String url;

    @BeforeAll
    static void start() throws IOException {
        shop = EchoingShop.start();
        hooks = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        hooks.createContext("/", SecretsOutsideTest::take);
        hooks.start();
        collector = new Collector();
        MAILS.start();
        Files.createDirectories(home.resolve("routes"));
        Files.writeString(
                Files.createDirectories(home.resolve("connectors/shop")).resolve("connector.yaml"), CONNECTOR);
        String group = "--patchbay.notifications.groups.ops.";
        String address = "http://127.0.0.1:" + hooks.getAddress().getPort() + "/";
        program = Program.start(
                home,
                "--patchbay.tracing.endpoint=" + collector.url(),
                "--patchbay.tracing.sampling=1",
                "--patchbay.mail.host=127.0.0.1",
                "--patchbay.mail.port=" + MAILS.getSmtp().getPort(),
                "--patchbay.mail.from=patchbay@example.org",
                "--patchbay.mail.starttls=false",
                "--patchbay.notifications.allowed-hosts=127.0.0.1",
                group + "mail=ops@example.org",
                group + "webhook=" + address + "hook?key=${secret.OPS_HOOK}",
                group + "slack=" + address + "slack?key=${secret.OPS_HOOK}",
                group + "teams=" + address + "teams?key=${secret.OPS_HOOK}",
                "--patchbay.alerts.to=ops",
                "--PATCHBAY_SECRET_OPS_HOOK=" + java.net.URLEncoder.encode(HOOK, StandardCharsets.UTF_8));
        url = Program.url(program);
        for (String proof : PROOFS) {
            assertThat(create(proof).code()).isZero();
        }
    }

    @AfterAll
    static void stop() {
        program.close();
        shop.stop(0);
        hooks.stop(0);
        collector.close();
        MAILS.stop();
    }

    private static void take(HttpExchange exchange) throws IOException {
        String message = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        posted.computeIfAbsent(exchange.getRequestURI().getPath().substring(1), any -> new ArrayList<>())
                .add(message);
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    @Test
    @Order(1)
    void noMessageHasThem() throws Exception {
        for (String proof : PROOFS) {
            for (String text : List.of(FAILING, CAUGHT)) {
                String flow = (text.equals(FAILING) ? "fails-" : "caught-") + proof;
                Files.writeString(
                        home.resolve("routes/" + flow + ".flow.yaml"),
                        text.formatted(proof, proof.equals("body") ? "echo-body" : "echo"));
                await().atMost(SOON)
                        .until(() -> get("/api/v1/flows/" + flow).body().contains("\"revision\":\""));
                say("", "run", flow);
            }
        }

        await().atMost(SOON)
                .untilAsserted(() -> PROOFS.forEach(proof -> assertThat(messages())
                        .allSatisfy((way, all) -> assertThat(all)
                                .as(way)
                                .contains("fails-" + proof)
                                .contains("caught-" + proof))));
        messages().forEach(SecretsOutsideTest::nowhere);
    }

    /** All that was told by each way. */
    private static Map<String, String> messages() {
        Map<String, String> all = new ConcurrentHashMap<>();
        WAYS.forEach(way -> all.put(way, String.join("\n", List.copyOf(posted.getOrDefault(way, List.of())))));
        StringBuilder mails = new StringBuilder();
        for (MimeMessage mail : MAILS.getReceivedMessages()) {
            mails.append(content(mail)).append(GreenMailUtil.getWholeMessage(mail));
        }
        all.put("mail", mails.toString());
        return all;
    }

    private static String content(MimeMessage mail) {
        try {
            return mail.getSubject() + "\n" + mail.getContent() + "\n";
        } catch (jakarta.mail.MessagingException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Order(2)
    void noTraceHasThem() throws Exception {
        for (String proof : PROOFS) {
            for (JsonNode run : runs("fails-" + proof)) {
                assertThat(collector.spansOf(run.get("id").asText())).isNotEmpty();
            }
        }

        nowhere("traces", collector.text());
    }

    @Test
    @Order(3)
    void nothingThatTheConsoleAsksForHasThem() throws Exception {
        List<String> paths = new ArrayList<>(List.of(
                "/hawtio/",
                "/hawtio/flows",
                "/hawtio/plugin",
                "/hawtio/user",
                "/hawtio/jolokia/list",
                "/hawtio/jolokia/version",
                "/actuator/prometheus",
                "/actuator/health",
                "/api/v1/alerts",
                "/api/v1/audit?limit=500",
                "/api/v1/problems",
                "/api/v1/instances",
                "/api/v1/failed-payloads?limit=500",
                "/api/v1/failed-payloads/causes",
                "/api/v1/flows"));
        for (String proof : PROOFS) {
            paths.add("/api/v1/instances/echo-" + proof);
            for (String flow : List.of("fails-" + proof, "caught-" + proof)) {
                paths.add("/api/v1/flows/" + flow);
                paths.add("/api/v1/flows/" + flow + "/explain");
                for (JsonNode run : runs(flow)) {
                    paths.addAll(ofRun("/api/v1/runs/" + run.get("id").asText()));
                }
            }
        }

        StringBuilder bodies = new StringBuilder();
        for (String path : paths) {
            HttpResponse<String> answer = get(path);
            nowhere(path, answer.body() + answer.headers().map());
            if (path.endsWith("/bodies")) {
                bodies.append(answer.body());
            }
        }
        assertThat(bodies)
                .as("the system's answers are there, and hidden in them is what it repeated")
                .contains("bad key ***");
    }

    /** What the page of a run asks for; its bodies lie where everything waits to be written. */
    private static List<String> ofRun(String run) throws Exception {
        List<String> paths =
                new ArrayList<>(List.of(run, run + "/logs", run + "/requests", run + "/payloads?bytes=true"));
        for (JsonNode request :
                Json.MAPPER.readTree(get(run + "/requests").body()).get("data")) {
            if (request.get("bodies").isTextual()) {
                String bodies = run + "/requests/" + request.get("bodies").asText() + "/bodies";
                await().atMost(SOON).until(() -> get(bodies).statusCode() == 200);
                paths.add(bodies);
                paths.add(bodies + "/content");
            }
        }
        return paths;
    }

    private static JsonNode runs(String flow) throws Exception {
        JsonNode runs =
                Json.MAPPER.readTree(get("/api/v1/runs?flow=" + flow).body()).get("data");
        assertThat(runs).isNotEmpty();
        return runs;
    }

    private static void nowhere(String where, String text) {
        Sentinel.nowhere(where, text, EchoingShop.SENTINELS);
        Sentinel.nowhere(where, text, HOOK);
    }

    private static Said create(String proof) {
        return say(
                EchoingShop.SECRET + "\n",
                "connector",
                "create",
                "echo-" + proof,
                "--connector",
                "shop",
                "--auth",
                proof,
                "--set",
                "port=" + shop.getAddress().getPort(),
                "--secret",
                "key");
    }

    private static Said say(String in, String... args) {
        return Said.by(home, Map.of("PATCHBAY_URL", url, "PATCHBAY_ADMIN_TOKEN", Program.TOKEN), in, args);
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url + path))
                                .header("Authorization", "Bearer " + Program.TOKEN)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
