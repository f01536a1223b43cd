package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.patchbay.runtime.Program;
import io.patchbay.secret.Sentinel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** Instances that the program keeps: made, changed, deleted, and their secrets nowhere but where they are used. */
@ExtendWith(OutputCaptureExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StoredInstancesTest {

    private static final String TOKEN = Program.TOKEN;
    private static final String CONNECTOR = """
            connector: shop
            version: 1.0.0
            settings:
              properties: { port: { type: integer }, key: { type: string, pattern: ".{3,}" } }
              secrets: [key]
            auth:
              header: { type: apiKey, inject: { name: X-Key, format: "${settings.key}" } }
              bearer: { type: bearer, inject: { format: "${settings.key}" } }
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
            check: { endpoint: good.get }
            tests: { contract: { endpoint: good.get, every: 1h } }
            endpoints:
              good.get: { kind: read, method: GET, path: /good }
              unauthorized.get: { kind: read, method: GET, path: /unauthorized }
              html.get: { kind: read, method: GET, path: /html }
              redirect.get: { kind: read, method: GET, path: /redirect }
              reset.get: { kind: read, method: GET, path: /reset }
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
    private static final String FLOW = """
            flow: %2$s
            shapes:
              - id: pull
                connection: { instance: %1$s, endpoint: %2$s.get }
            """;

    @TempDir
    static Path home;

    private static HttpServer shop;
    private static ConfigurableApplicationContext program;
    private static String url;

    @BeforeAll
    static void start() throws IOException {
        shop = EchoingShop.start();
        Files.createDirectories(home.resolve("routes"));
        Path folder = Files.createDirectories(home.resolve("connectors/shop/instances"));
        Files.writeString(folder.resolveSibling("connector.yaml"), CONNECTOR);
        Files.writeString(
                folder.resolve("filed.yaml"),
                "{ instance: filed, connector: shop, auth: header,"
                        + " settings: { port: 1, key: \"${secret.NONE}\" } }");
        open();
    }

    private static void open() {
        program = Program.start(home);
        url = Program.url(program);
    }

    @AfterAll
    static void stop() {
        program.close();
        shop.stop(0);
    }

    @Test
    @Order(1)
    void aWrongOneIsRefusedWholeAndItsSecretIsNotQuoted() throws Exception {
        assertThat(say(
                        "ab\n",
                        "connector",
                        "create",
                        "mine",
                        "--connector",
                        "shop",
                        "--secret",
                        "key",
                        "--set",
                        "prt=1"))
                .satisfies(said -> {
                    assertThat(said.code()).isEqualTo(2);
                    assertThat(said.err())
                            .contains("Nothing was changed")
                            .contains("needs the key 'auth'")
                            .contains("no setting 'prt'")
                            .contains("did you mean 'port'")
                            .contains("'key' must match .{3,}")
                            .doesNotContain("found 'ab'");
                });
        assertThat(say("", "connector", "show", "mine").err()).contains("no instance 'mine'");
        HttpResponse<String> broken =
                send("POST", "/api/v1/instances", "{\"instance\":\"mine\",\n \"settings\":{\"key\":" + "s3ntinel}");
        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(broken.body()).contains("not JSON from line 2").doesNotContain("s3ntinel");
        assertThat(create("filed", "header").err()).contains("connectors/shop/instances/filed.yaml");
    }

    @Test
    @Order(2)
    void isUsedByFlowsAtOnceAndAfterARestartAndWithANewKey() throws Exception {
        for (String auth : List.of("header", "bearer", "basic")) {
            assertThat(create("by-" + auth, auth).code()).isZero();
            assertThat(called("by-" + auth, "good")).contains("{\"right\":true}");
        }
        assertThat(say("", "connector", "list").out()).contains("stored:by-bearer");
        assertThat(say("", "key", "rotate")).satisfies(said -> {
            assertThat(said.code()).isZero();
            assertThat(said.out()).contains("is new; 3 encrypted again");
        });
        program.close();
        open();
        assertThat(called("by-basic", "good")).contains("{\"right\":true}");
    }

    @Test
    @Order(3)
    void aChangeKeepsTheSecretAndAWrongOneKeepsEverything() {
        assertThat(say("", "connector", "update", "by-header", "--set", "port=no")
                        .err())
                .contains("found 'no'");
        assertThat(called("by-header", "good")).contains("{\"right\":true}");
        assertThat(say("other-secret\n", "connector", "update", "by-header", "--secret", "key")
                        .code())
                .isZero();
        assertThat(called("by-header", "good")).contains("{\"right\":false}");
        assertThat(say(EchoingShop.SECRET + "\n", "connector", "update", "by-header", "--secret", "key")
                        .code())
                .isZero();
        assertThat(say("", "connector", "update", "filed", "--set", "port=2").err())
                .contains("filed.yaml");
    }

    @Test
    @Order(4)
    void aFileThatComesLaterWithItsNameHasTheProblem() throws Exception {
        Path file = home.resolve("connectors/shop/instances/late.yaml");
        Files.writeString(
                file,
                "{ instance: by-header, connector: shop, auth: header, settings: { port: 1, key: \"${secret.NONE}\" } }");
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(send("GET", "/api/v1/problems", null).body())
                                .contains("DUPLICATE_INSTANCE")
                                .contains("late.yaml"));
        assertThat(called("by-header", "good")).contains("{\"right\":true}");
        Files.delete(file);
    }

    @Test
    @Order(5)
    void itsSecretIsNowhere(CapturedOutput output) throws Exception {
        StringBuilder said = new StringBuilder();
        for (String endpoint : List.of("good", "unauthorized", "html", "redirect", "reset")) {
            Path flow = home.resolve("routes/" + endpoint + ".flow.yaml");
            Files.writeString(flow, FLOW.formatted("by-header", endpoint));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> send("GET", "/api/v1/flows/" + endpoint, null)
                            .body()
                            .contains("\"revision\":\""));
            said.append(say("", "run", endpoint, "--json"));
            for (String auth : List.of("header", "bearer", "basic")) {
                said.append(called("by-" + auth, endpoint))
                        .append(say("", "connector", "check", "by-" + auth))
                        .append(say("", "connector", "show", "by-" + auth, "--json"));
            }
        }
        for (String auth : List.of("header", "bearer", "basic", "query", "body", "password", "session")) {
            String endpoint = auth.equals("body") ? "echo-body" : "echo";
            create("echo-" + auth, auth);
            String flow =
                    FLOW.formatted("echo-" + auth, endpoint).replaceFirst("flow: [a-z-]+", "flow: echoed-" + auth);
            Files.writeString(home.resolve("routes/echoed-" + auth + ".flow.yaml"), flow);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> send("GET", "/api/v1/flows/echoed-" + auth, null)
                            .body()
                            .contains("\"revision\":\""));
            said.append(say("", "run", "echoed-" + auth, "--json"));
            String called = called("echo-" + auth, endpoint);
            assertThat(called).as(auth).contains("HTTP_400");
            said.append(called);
        }
        for (String path : List.of("runs?limit=500", "failed-payloads?limit=500", "instances", "problems", "flows")) {
            said.append(send("GET", "/api/v1/" + path, null).body());
        }
        assertThat(said).contains("HTTP_401");
        withoutSecret("answers", said.toString());
        withoutSecret("console", output.getAll());
        withoutSecret("JMX", Jmx.everything());
        program.close();
        try (Stream<Path> files = Files.walk(home.resolve("data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                withoutSecret(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        open();
    }

    @Test
    @Order(6)
    void itsContractIsLookedAtWhenOneAsks() throws Exception {
        Said said = say("", "connector", "contract", "by-header");

        assertThat(said.err()).isEmpty();
        assertThat(said.out()).isEqualTo("by-header: 'good.get' answers as before\n");
        assertThat(said.code()).isZero();
        assertThat(say("", "connector", "contract", "by-header", "--accept", "--json")
                        .json()
                        .path("lookedAt")
                        .isTextual())
                .isTrue();
        assertThat(say("", "connector", "show", "by-header", "--json")
                        .json()
                        .at("/contract/endpoint")
                        .asText())
                .isEqualTo("good.get");
        assertThat(say("", "connector", "contract", "nobody").err()).contains("no instance 'nobody'");
    }

    @Test
    @Order(7)
    void whoSawAnotherStateChangesNothing() throws Exception {
        String seen = send("GET", "/api/v1/instances/by-bearer", null)
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        called("by-bearer", "unauthorized"); // how its calls go is no change of it

        HttpResponse<String> first = patch("by-bearer", seen, "{\"settings\":{\"port\":1}}");
        HttpResponse<String> second = patch("by-bearer", seen, "{\"settings\":{\"port\":2}}");
        HttpResponse<String> deleting = tagged("DELETE", "by-bearer", seen, "");

        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(second.statusCode()).isEqualTo(412);
        assertThat(second.body()).contains("It was changed since the ETag");
        assertThat(deleting.statusCode()).isEqualTo(412);
        assertThat(send("GET", "/api/v1/instances/by-bearer", null).statusCode())
                .isEqualTo(200);
    }

    @Test
    @Order(8)
    void isDeletedAndTheFlowsThatUsedItAreNamed() {
        assertThat(say("", "connector", "delete", "by-header").out()).contains("routes/good.flow.yaml");
        assertThat(say("", "connector", "show", "by-header").code()).isEqualTo(2);
        assertThat(say("", "connector", "delete", "by-header").err()).contains("no stored instance 'by-header'");
    }

    private static void withoutSecret(String where, String text) {
        Sentinel.nowhere(where, text, EchoingShop.SENTINELS);
    }

    private static Said create(String name, String auth) {
        return say(
                EchoingShop.SECRET + "\n",
                "connector",
                "create",
                name,
                "--connector",
                "shop",
                "--auth",
                auth,
                "--set",
                "port=" + shop.getAddress().getPort(),
                "--secret",
                "key");
    }

    private static String called(String instance, String endpoint) {
        Said said = say("", "connector", "call", instance, endpoint + ".get");
        return said.out().replaceAll("\\s", "") + said.err();
    }

    private static Said say(String in, String... args) {
        return Said.by(home, Map.of("PATCHBAY_URL", url, "PATCHBAY_ADMIN_TOKEN", TOKEN), in, args);
    }

    private static HttpResponse<String> patch(String name, String tag, String part) throws Exception {
        return tagged("PATCH", name, tag, part);
    }

    private static HttpResponse<String> tagged(String method, String name, String tag, String part) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url + "/api/v1/instances/" + name))
                                .header("Authorization", "Bearer " + TOKEN)
                                .header("Content-Type", "application/merge-patch+json")
                                .header("If-Match", tag)
                                .method(method, HttpRequest.BodyPublishers.ofString(part))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest.BodyPublisher sent =
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url + path))
                                .header("Authorization", "Bearer " + TOKEN)
                                .header("Content-Type", "application/json")
                                .method(method, sent)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
