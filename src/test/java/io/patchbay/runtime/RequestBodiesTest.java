package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.payload.Json;
import io.patchbay.run.RunRecord;
import io.patchbay.secret.Sentinel;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the whole program keeps of bodies of requests and answers, as its API hands them out. */
class RequestBodiesTest {

    private static final String KEY = "s3ntinel-of-the-shop&its<key>";

    @TempDir
    static Path home;

    private static HttpServer shop;
    private static Program program;

    /** The shop answers what it was sent, with the key that it was sent, too; refuses what is not welcome. */
    @BeforeAll
    static void start() throws IOException {
        shop = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        shop.createContext("/", exchange -> {
            String got = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String said = got.contains("plain")
                    ? "no JSON but ada@example.org and " + KEY
                    : Json.NODES
                            .objectNode()
                            .put("key", exchange.getRequestHeaders().getFirst("X-Key"))
                            .put("email", "ada@example.org")
                            .put("got", got)
                            .toString();
            byte[] answer = said.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .set("Content-Type", got.contains("plain") ? "text/plain" : "application/json");
            exchange.sendResponseHeaders(got.contains("refuse") ? 422 : 200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        shop.start();
        Path folder = Files.createDirectories(home.resolve("connectors/shop/instances"));
        Files.createDirectories(home.resolve("routes"));
        Files.writeString(
                folder.resolve("shop-one.yaml"),
                "{ instance: shop-one, connector: shop, auth: key, settings: { key: \"${secret.SHOP_KEY}\" } }");
        Files.writeString(folder.resolveSibling("connector.yaml"), """
                connector: shop
                version: 1.0.0
                title: A shop
                settings: { properties: { key: { type: string } }, secrets: [key] }
                auth: { key: { type: apiKey, inject: { name: X-Key, format: "${settings.key}" } } }
                requester: { baseUrl: "http://127.0.0.1:%d", allowedHosts: ["127.0.0.1"] }
                endpoints:
                  orders.create: { kind: write, title: Create, method: POST, path: /orders }
                """.formatted(
                        shop.getAddress().getPort()));
        program = new Program(home, Program.start(home, "--PATCHBAY_SECRET_SHOP_KEY=" + KEY));
    }

    @AfterAll
    static void stop() {
        program.context().close();
        shop.stop(0);
    }

    private static RunRecord run(String flow, String capture, String body) throws Exception {
        program.flow(flow, """
                flow: %s
                settings: { capture: { %s } }
                shapes:
                  - { id: push, connection: { instance: shop-one, endpoint: orders.create } }
                """.formatted(flow, capture));
        return program.run(flow, body);
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(Program.url(program.context()) + "/api/v1/runs/" + path))
                                .header("Authorization", "Bearer " + Program.TOKEN)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode request(RunRecord run) throws Exception {
        return Json.MAPPER.readTree(get(run.id() + "/requests").body()).at("/data/0");
    }

    /** The bodies of the one request of a run, when they are written. */
    private static JsonNode bodies(RunRecord run) throws Exception {
        String path = run.id() + "/requests/" + request(run).get("bodies").asText() + "/bodies";
        await().atMost(Duration.ofMinutes(1)).until(() -> get(path).statusCode() == 200);
        String text = get(path).body();
        Sentinel.nowhere("bodies", text, KEY);
        return Json.MAPPER.readTree(text);
    }

    @Test
    void ofARefusedRequestBothAreKeptWithoutTheKey() throws Exception {
        RunRecord run = run("refused", "keep: 1h", "[{\"note\":\"refuse\"}]");

        JsonNode bodies = bodies(run);
        assertThat(bodies.at("/sent/text").asText()).isEqualTo("[{\"note\":\"refuse\"}]");
        assertThat(bodies.at("/sent/cut").asBoolean()).isFalse();
        assertThat(bodies.at("/received/contentType").asText()).isEqualTo("application/json");
        assertThat(Json.MAPPER
                        .readTree(bodies.at("/received/text").asText())
                        .get("key")
                        .asText())
                .isEqualTo("***");
        HttpResponse<String> file =
                get(run.id() + "/requests/" + request(run).get("bodies").asText() + "/bodies/content?side=sent");
        assertThat(file.body()).isEqualTo("[{\"note\":\"refuse\"}]");
        assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment");
        assertThat(Json.MAPPER.readTree(get(run.id() + "/payloads").body()).get("data"))
                .allSatisfy(
                        payload -> assertThat(payload.get("direction").asText()).isIn("in", "out"));
    }

    @Test
    void ofOneThatWentWellNoneAreKeptUnlessTheFlowSaysSo() throws Exception {
        RunRecord quiet = run("quiet", "keep: 1h", "[{\"note\":\"welcome\"}]");
        RunRecord all = run("everything", "requests: all", "[{\"note\":\"welcome\"}]");

        assertThat(request(quiet).get("bodies").isNull()).isTrue();
        assertThat(bodies(all).at("/received/text").asText()).contains("welcome");
    }

    @Test
    void aFlowThatMasksKeepsNoneUnlessItSaysSoAndThenMasked() throws Exception {
        String mask = "mask: [\"$..email\", \"$..note\"]";
        RunRecord quiet = run("masked-quiet", mask, "[{\"note\":\"refuse\"}]");
        RunRecord asked = run("masked", mask + ", requests: failures", "[{\"note\":\"refuse\"}]");

        assertThat(request(quiet).get("bodies").isNull()).isTrue();
        assertThat(bodies(asked).at("/sent/text").asText()).isEqualTo("[{\"note\":\"***\"}]");
        assertThat(bodies(asked).at("/received/text").asText()).contains("\"email\":\"***\"");
    }

    @Test
    void aFlowThatKeepsNoPayloadsKeepsNoneUnlessItSaysSo() throws Exception {
        RunRecord quiet = run("private", "payloads: none", "[{\"note\":\"refuse\"}]");
        RunRecord asked = run("private-asked", "payloads: none, requests: failures", "[{\"note\":\"refuse\"}]");

        assertThat(request(quiet).get("bodies").isNull()).isTrue();
        assertThat(bodies(asked).at("/sent/text").asText()).contains("refuse");
    }

    @Test
    void whatCannotBeMaskedIsLeftOutAndItIsSaid() throws Exception {
        RunRecord run = run("unmasked", "mask: [\"$..email\"], requests: all", "[{\"note\":\"refuse plain\"}]");

        assertThat(bodies(run).at("/received/text").asText()).startsWith("(not kept: the flow masks payloads");
        assertThat(bodies(run).at("/received/cut").asBoolean()).isTrue();
    }

    @Test
    void aLongOneIsCutAndASecretAcrossTheEndIsNotLeftInPieces() throws Exception {
        String note = "refuse " + "x".repeat(1024 - "{\"note\":\"refuse ".length() - 8);
        RunRecord run = run("cut", "most: 1KB", "[{\"note\":\"" + note + KEY + "y".repeat(200) + "\"}]");

        JsonNode bodies = bodies(run);
        assertThat(bodies.at("/sent/text").asText())
                .hasSizeLessThanOrEqualTo(1024)
                .doesNotContain("s3nt");
        assertThat(bodies.at("/sent/size").asLong()).isGreaterThan(1024);
        assertThat(bodies.at("/sent/cut").asBoolean()).isTrue();
    }

    @Test
    void whatIsNotKeptIsNotFound() throws Exception {
        RunRecord run = run("asked", "requests: none", "[{\"note\":\"refuse\"}]");

        HttpResponse<String> none = get(run.id() + "/requests/01/bodies");
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(none.body()).contains("bodies that are kept of request");
        assertThat(get(run.id() + "/requests/01/bodies/content?side=up").statusCode())
                .isEqualTo(400);
    }
}
