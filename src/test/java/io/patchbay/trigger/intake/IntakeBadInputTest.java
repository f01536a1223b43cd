package io.patchbay.trigger.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.model.ModelCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntakeBadInputTest {

    private static final long MB = 1 << 20;

    @TempDir
    private Path folder;

    private IntakeFixture intake;

    @BeforeEach
    void open() throws Exception {
        intake = new IntakeFixture(folder, settings());
        intake.deploy(
                "webhook: { path: o, auth: none, headers: [X-Shop] }",
                "webhook: { path: signed, verify: { type: token, secret: \"${secret.T}\" } }",
                "callback: { path: \"c/{x}\", method: POST, auth: none }");
    }

    private IntakeSettings settings() {
        return new IntakeSettings(
                "127.0.0.1",
                0,
                1,
                50,
                20,
                4 * MB,
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                1_000_000,
                folder.resolve("intake"));
    }

    @AfterEach
    void close() {
        intake.close();
    }

    private RawClient client() throws Exception {
        return new RawClient(intake.intake.port());
    }

    private void holdsNothing() {
        await().untilAsserted(() -> {
            assertThat(intake.intake.load().requests()).isZero();
            assertThat(intake.intake.load().bytes()).isZero();
            assertThat(folder.resolve("intake")).isEmptyDirectory();
            assertThat(folder.resolve("bodies")).isEmptyDirectory();
        });
    }

    @Test
    void refusesALargeBodyByItsDeclaredLengthWithoutReadingIt() throws Exception {
        try (RawClient client = client()) {
            client.say("POST /hooks/o HTTP/1.1\r\nHost: x\r\nContent-Length: 104857600\r\n\r\n");
            long taken = client.flood(100 * MB);
            assertThat(taken).as("bytes that the server took").isLessThan(20 * MB);
        }
        try (RawClient client = client()) {
            client.say("POST /hooks/o HTTP/1.1\r\nHost: x\r\nContent-Length: 104857600\r\n\r\nxxx");
            assertThat(client.hear("")).startsWith("HTTP/1.1 413 ").containsIgnoringCase("connection: close");
        }
        assertThat(intake.starts.started).isEmpty();
        holdsNothing();
    }

    @Test
    void refusesALargeBodyInChunksWhenItHasCountedTooMuch() throws Exception {
        String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        try (RawClient client = client()) {
            client.say("POST /hooks/o HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                try {
                    for (int i = 0; i < 1_600; i++) {
                        client.say(chunk);
                    }
                } catch (java.io.IOException e) {
                    // the server has hung up, as it should
                }
            });
            assertThat(client.hear("}")).startsWith("HTTP/1.1 413 ");
            sending.join();
        }
        assertThat(intake.starts.started).isEmpty();
        holdsNothing();
    }

    @Test
    void doesNotReadTheBodyOfACallerItRefuses() throws Exception {
        try (RawClient client = client()) {
            client.say("POST /hooks/signed HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\n");
            assertThat(client.flood(50 * MB)).isLessThan(20 * MB);
        }
        try (RawClient client = client()) {
            client.say("POST /hooks/signed HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\nxx");
            assertThat(client.hear("")).startsWith("HTTP/1.1 401 ").containsIgnoringCase("www-authenticate: bearer");
        }
        assertThat(intake.starts.started).isEmpty();
        holdsNothing();
    }

    @Test
    void keepsTheConnectionAfterASmallRefusal() throws Exception {
        try (RawClient client = client()) {
            client.say("POST /hooks/nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
            assertThat(client.hear("}")).startsWith("HTTP/1.1 404 ");
            client.say("POST /hooks/o HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
            assertThat(client.hear("}")).startsWith("HTTP/1.1 202 ");
        }
    }

    @Test
    void letsAClientSendAfterItAskedFirst() throws Exception {
        try (RawClient client = client()) {
            client.say("POST /hooks/o HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.hear("\r\n\r\n")).startsWith("HTTP/1.1 100 ");
            client.say("abc");
            assertThat(client.hear("}")).startsWith("HTTP/1.1 202 ");
        }
        try (RawClient client = client()) {
            client.say("POST /hooks/o HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.hear("")).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void startsNothingWhenTheBodyIsShorterThanItsLength() throws Exception {
        try (RawClient client = client()) {
            client.say("POST /hooks/o HTTP/1.1\r\nHost: x\r\nContent-Length: 300000\r\n\r\n" + "x".repeat(200_000));
            await().until(() -> folder.resolve("intake").toFile().list().length == 1);
        }
        holdsNothing();
        try (RawClient client = client()) {
            client.say("POST /hooks/o HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc");
            await().until(() -> intake.intake.load().bytes() == 3);
        }
        holdsNothing();
        assertThat(intake.starts.started).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /hooks/o HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "POST /hooks/o HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 5\r\n\r\nabcde",
                "POST /hooks/o HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
                "POST /hooks/o HTTP/1.1\r\nHost: x\r\nX Y: 1\r\nContent-Length: 1\r\n\r\na",
                "POST /hooks/o HTTP/1.1\r\nHost: x\r\nC\u00e4melHttpUri: 1\r\nContent-Length: 1\r\n\r\na",
                "POST /hooks/o HTTP/1.1\r\nHost: x\r\nX: a\u0000b\r\nContent-Length: 1\r\n\r\na",
                "NONSENSE\r\n\r\n",
                "POST /callbacks/c/\u00ff\u00fe HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na",
                "POST /callbacks/c/%zz HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na",
                "POST /hooks/o?a=%zz HTTP/1.1\r\nHost: x\r\n\r\n"
            })
    void answers400ToWhatIsNoHttp(String request) throws Exception {
        try (RawClient client = client()) {
            client.say(request);
            assertThat(client.hear("}")).matches("(?s)|<reset>|HTTP/1.[01] 400 .*");
        }
        assertThat(intake.starts.started).isEmpty();
        holdsNothing();
    }

    @Test
    void boundsTheHead() throws Exception {
        try (RawClient client = client()) {
            client.say("GET /hooks/o HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(20_000) + "\r\n\r\n");
            assertThat(client.hear("")).contains(" 431 ");
        }
        try (RawClient client = client()) {
            client.say("GET /hooks/o?" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.hear("")).contains(" 414 ");
        }
        assertThat(intake.starts.started).isEmpty();
    }

    @Test
    void refusesACompressedBody() throws Exception {
        var response = intake.send(intake.request("/hooks/o")
                .header("Content-Encoding", "gzip")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("x")));
        assertThat(response.statusCode()).isEqualTo(415);
    }

    @Test
    void hangsUpOnAHeadThatNeverEnds() throws Exception {
        try (RawClient client = client()) {
            client.say("POST /hooks/o HTTP/1.1\r\nHost: x\r\n");
            CompletableFuture<String> heard = CompletableFuture.supplyAsync(() -> {
                try {
                    return client.hear("");
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            await().atMost(Duration.ofSeconds(6))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        try {
                            client.say("X-Drip: 1\r\n");
                        } catch (java.io.IOException e) {
                            return true;
                        }
                        return heard.isDone();
                    });
            assertThat(heard.join()).doesNotContain("silence");
        }
        await().until(() -> intake.intake.connections() == 0);
    }

    @Test
    void answersABodyThatTricklesWith408AndHangsUp() throws Exception {
        try (RawClient client = client()) {
            client.say("POST /hooks/o HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n\r\n");
            CompletableFuture<String> heard = CompletableFuture.supplyAsync(() -> {
                try {
                    return client.hear("}");
                } catch (java.io.IOException e) {
                    return e.toString();
                }
            });
            await().atMost(Duration.ofSeconds(16))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        try {
                            client.say("drip");
                            return false;
                        } catch (java.io.IOException e) {
                            return true;
                        }
                    });
            assertThat(heard.join()).startsWith("HTTP/1.1 408 ").contains("Connection: close");
        }
        holdsNothing();
        assertThat(intake.starts.started).isEmpty();
    }

    @Test
    void hangsUpOnAConnectionThatRests() throws Exception {
        try (RawClient client = client()) {
            client.say("POST /hooks/o HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
            assertThat(client.hear("}")).startsWith("HTTP/1.1 202 ");
            assertThat(client.hear("")).isEmpty();
        }
    }

    @Test
    void boundsRequestsAtOnceAndTheHeap() throws Exception {
        CompletableFuture<String> never = new CompletableFuture<>();
        intake.starts.onStart = start -> never;
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                clients.add(client().say("POST /hooks/o HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"));
            }
            await().until(() -> intake.intake.load().requests() == 20);
            var more = intake.post("/hooks/o", "text/plain", "x");
            assertThat(more.statusCode()).isEqualTo(503);
            assertThat(more.headers().firstValue("Retry-After")).contains("1");
            never.complete("run");
            for (RawClient client : clients) {
                assertThat(client.hear("}")).startsWith("HTTP/1.1 202 ");
            }
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
        CompletableFuture<io.patchbay.trigger.Answer> noAnswer = new CompletableFuture<>();
        intake.starts.onCall = call -> noAnswer;
        String callback =
                "POST /callbacks/c/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n" + "x".repeat(1_000_000);
        try (RawClient a = client().say(callback);
                RawClient b = client().say(callback);
                RawClient c = client().say(callback);
                RawClient d = client().say(callback);
                RawClient e = client()) {
            assertThat(List.of(a, b, c, d)).hasSize(4);
            await().until(() -> intake.intake.load().bytes() == 4_000_000);
            e.say(callback);
            assertThat(e.hear("}")).startsWith("HTTP/1.1 503 ");
            noAnswer.complete(new io.patchbay.trigger.Answer(200, "text/plain", new byte[0]));
        }
        holdsNothing();
    }

    @Test
    void boundsConnections() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                clients.add(client());
            }
            await().until(() -> intake.intake.connections() == 50);
            try (RawClient more = client()) {
                assertThat(more.hear("")).isIn("", "<reset>");
            }
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void answersADiskThatFailsWith503() throws Exception {
        Files.delete(folder.resolve("intake"));
        var response = intake.post("/hooks/o", "text/plain", "x".repeat(500_000));
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        Files.createDirectories(folder.resolve("intake"));
        assertThat(intake.starts.started).isEmpty();
        holdsNothing();
    }

    /** Header names that steer Camel (CVE-2025-27636 and its family), in every spelling, must not reach an exchange. */
    @Test
    void keepsNamesFromTheNetworkOutOfCamel() throws Exception {
        List<String> seen = new ArrayList<>();
        Processor spy = exchange -> {
            seen.addAll(exchange.getMessage().getHeaders().keySet());
            seen.addAll(exchange.getIn().getHeaders().keySet());
            exchange.getProperties().keySet().stream()
                    .filter(name -> !name.equals(Visit.PROPERTY) && !name.equals(Exchange.TO_ENDPOINT))
                    .filter(name -> !name.equals("CamelRouteId"))
                    .forEach(seen::add);
            seen.add("passed");
        };
        AdviceWith.adviceWith(
                (ModelCamelContext) intake.camel,
                "intake-hooks",
                route -> route.weaveById("intake-hooks/accept").before().process(spy));
        List<String> names = List.of(
                "CamelHttpUri",
                "CamelHttpPath",
                "CamelHttpQuery",
                "CamelHttpMethod",
                "CamelFileName",
                "CamelExecCommand",
                "CamelBeanMethodName",
                "CamelJmsDestinationName",
                "CamelSqlQuery",
                "CamelLogName",
                "CamelRedelivered");
        StringBuilder request = new StringBuilder("POST /hooks/o?");
        for (String name : names) {
            request.append(name)
                    .append("=1&")
                    .append(name.toLowerCase(Locale.ROOT))
                    .append("=1&");
            request.append(name.replace("Camel", "org.apache.camel.")).append("=1&");
            request.append(name.replace("C", "%43").replace("a", "%61")).append("=1&");
        }
        request.append("z=1 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nX-Shop: acme\r\n");
        for (String name : names) {
            for (String spelled : List.of(
                    name,
                    name.toLowerCase(Locale.ROOT),
                    name.toUpperCase(Locale.ROOT),
                    name.replace("Camel", "CaMeL"),
                    name.replace("Camel", "org.apache.camel."),
                    name.replace("Camel", "ORG.apache.camel."),
                    name.replace("Camel", "%43amel"),
                    name.replace("Camel", "Camel_"))) {
                request.append(spelled).append(": 1\r\n");
            }
        }
        request.append("breadcrumbId: 1\r\nContent-Type: application/json\r\n\r\nabc");
        try (RawClient client = client()) {
            client.say(request.toString());
            String heard = client.hear("}");
            assertThat(heard).startsWith("HTTP/1.1 202 ");
            assertThat(heard.toLowerCase(Locale.ROOT)).doesNotContain("camel");
        }
        assertThat(seen).containsExactly("passed");
        assertThat(intake.starts.started.get(0).meta()).containsOnlyKeys("header.X-Shop");
        assertThat(intake.starts.started.get(0).text()).isEqualTo("abc");
    }
}
