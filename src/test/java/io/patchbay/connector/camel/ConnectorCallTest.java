package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.connector.Use;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectorCallTest {

    private static final String GET = """
            items.get:
              kind: read
              inputs: {id: {type: string}, lang: {required: false}}
              method: GET
              path: /items/${with.id}.json
              request: {query: {lang: '${with.lang}', region: '${settings.region}'}, headers: {X-Trace: 'a-${with.id}'}}
              response: {keepHeaders: [ETag]}
            """;
    private static final String CREATE = """
            items.create:
              kind: write
              method: POST
              path: /items
              idempotency: {type: header}
            """;

    @TempDir
    Path home;

    private World world;
    private final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() throws Exception {
        world = new World(home);
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    private static Payload nothing() {
        return Payload.empty(Lineage.ofRun("run-1"));
    }

    private void serve(String path, World.Answering answering) {
        world.serve(path, exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            answering.answer(exchange);
        });
    }

    private StepException failure(String uri) throws Exception {
        Exchange exchange = world.call(uri, nothing(), attempt, null);
        assertThat(exchange.getException()).isInstanceOf(StepException.class);
        return (StepException) exchange.getException();
    }

    private StepException failureOf(World.Answering answering) throws Exception {
        world.shop(GET);
        serve("/api/items/", answering);
        return failure("connector:shop/items.get?id=7");
    }

    @Test
    void readsAnAnswerWithPathQueryAndHeadersOfTheDefinition() throws Exception {
        world.shop(GET);
        List<String> trace = new CopyOnWriteArrayList<>();
        serve("/api/items/", exchange -> {
            trace.add(exchange.getRequestHeaders().getFirst("X-Trace"));
            exchange.getResponseHeaders().set("ETag", "v7");
            World.json(exchange, 200, "{\"id\": 7, \"price\": 10.50}");
        });

        Payload answer = world.answer("connector:shop/items.get?id=7", nothing(), attempt, null);

        assertThat(asked).containsExactly("GET /api/items/7.json?region=eu");
        assertThat(trace).containsExactly("a-7");
        assertThat(answer.tree()).hasToString("{\"id\":7,\"price\":10.50}");
        assertThat(answer.lineage()).hasToString("run-1");
        assertThat(answer.meta()).containsOnly(Map.entry("header.ETag", "v7"));
    }

    @ParameterizedTest
    @CsvSource({
        "a/b, GET /api/items/a%2Fb.json?region=eu",
        "../../etc/passwd, GET /api/items/..%2F..%2Fetc%2Fpasswd.json?region=eu",
        "x?y=z#f, GET /api/items/x%3Fy%3Dz%23f.json?region=eu",
        "grün & ${x}, GET /api/items/gr%C3%BCn%20%26%20%24%7Bx%7D.json?region=eu"
    })
    void keepsAValueInsideItsPartOfThePath(String id, String expected) throws Exception {
        world.shop(GET);
        serve("/api/items/", exchange -> World.json(exchange, 200, "{}"));
        Exchange exchange = world.call("connector:shop/items.get", nothing(), attempt, null);
        assertThat(exchange.getException()).hasMessageContaining("needs the input 'id'");

        world.context().createFluentProducerTemplate();
        Exchange plain = world.context()
                .createProducerTemplate()
                .request("connector:shop/items.get", e -> e.setProperty(Use.WITH, Map.of("id", id)));

        assertThat(plain.getException()).isNull();
        assertThat(asked).containsExactly(expected);
    }

    @Test
    void refusesAValueThatWouldLeaveThePath() throws Exception {
        world.shop(GET.replace("${with.id}.json", "${with.id}"));

        Exchange plain = world.context()
                .createProducerTemplate()
                .request("connector:shop/items.get", e -> e.setProperty(Use.WITH, Map.of("id", "..")));

        assertThat(plain.getException()).hasMessageContaining("cannot be part of a path");
    }

    @Test
    void sendsAPayloadWithTheSameKeyOnEachTry() throws Exception {
        world.shop(CREATE);
        List<String> got = new CopyOnWriteArrayList<>();
        serve("/api/items", exchange -> {
            got.add(exchange.getRequestHeaders().getFirst("Idempotency-Key") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            World.json(exchange, 201, "{\"ok\":true}");
        });

        for (int i = 0; i < 2; i++) {
            world.answer("connector:shop/items.create", World.payload("{\"a\":1}"), attempt, null);
        }

        assertThat(got).hasSize(2);
        assertThat(got.get(0)).isEqualTo(got.get(1)).matches("[0-9a-f]{32} \\{\"a\":1\\}");
    }

    @Test
    void takesNoHeaderOfTheMessageAndGivesNone() throws Exception {
        world.shop(GET);
        List<String> names = new CopyOnWriteArrayList<>();
        serve("/api/items/", exchange -> {
            names.addAll(exchange.getRequestHeaders().keySet());
            exchange.getResponseHeaders().set("CamelHttpUri", "http://evil");
            exchange.getResponseHeaders().set("camelfilename", "x");
            World.json(exchange, 200, "{}");
        });

        Exchange out = world.context().createProducerTemplate().request("connector:shop/items.get?id=1", exchange -> {
            exchange.getMessage().setHeader("CamelHttpUri", "http://127.0.0.1:1/evil");
            exchange.getMessage().setHeader("CamelHttpPath", "/evil");
            exchange.getMessage().setHeader("CamelHttpMethod", "DELETE");
            exchange.getMessage().setHeader("X-Mine", "x");
        });

        assertThat(asked).containsExactly("GET /api/items/1.json?region=eu");
        assertThat(names).doesNotContain("X-mine", "X-Mine");
        assertThat(out.getMessage().getHeaders().keySet())
                .containsExactlyInAnyOrder("CamelHttpUri", "CamelHttpPath", "CamelHttpMethod", "X-Mine");
        assertThat(out.getMessage().getHeader("CamelHttpUri")).isEqualTo("http://127.0.0.1:1/evil");
        assertThat(out.getMessage().getBody()).isEqualTo("{}");
    }

    @Test
    void recordsRequestsWithoutSecrets() throws Exception {
        world.shop(
                "{key: {type: apiKey, inject: {into: query, name: api_key, format: '${settings.token}'}}}",
                "",
                GET.replace("X-Trace: 'a-${with.id}'", "X-Token: '${settings.token}'"),
                "");
        serve("/api/items/", exchange -> {
            exchange.getResponseHeaders().set("Set-Cookie", "s=1");
            exchange.getResponseHeaders().set("X-Echo", "t0ken-value");
            World.json(exchange, 200, "{}");
        });

        world.answer("connector:shop/items.get?id=1", nothing(), attempt, null);

        assertThat(asked).containsExactly("GET /api/items/1.json?region=eu&api_key=t0ken-value");
        assertThat(attempt.requests()).singleElement().satisfies(log -> {
            assertThat(log.target()).endsWith("/api/items/1.json?region=eu&api_key=***");
            assertThat(log.status()).isEqualTo(200);
            assertThat(log.requestHeaders()).containsEntry("X-Token", "***");
            assertThat(log.responseHeaders()).containsEntry("X-echo", "***").containsEntry("Set-cookie", "***");
            assertThat(log.toString()).doesNotContain("t0ken-value");
        });
    }

    @Test
    void hidesASecretThatIsCutInTwo() throws Exception {
        String before = "x".repeat(295);
        StepException why = failureOf(exchange -> {
            exchange.getResponseHeaders().set("X-Echo", before + "t0ken-value");
            World.json(exchange, 400, "{\"message\": \"" + before + "t0ken-value\"}");
        });

        assertThat(why.getMessage()).contains(before + "***").doesNotContain("t0ken");
        assertThat(attempt.requests().toString()).contains("xxx***").doesNotContain("t0ken");
    }

    @ParameterizedTest
    @CsvSource({
        "500, HTTP_500, true",
        "503, HTTP_503, true",
        "429, HTTP_429, true",
        "401, HTTP_401, false",
        "403, HTTP_403, false",
        "404, HTTP_404, false",
        "422, HTTP_422, false",
        "302, HTTP_302, false"
    })
    void judgesAnAnswerByItsStatus(int status, String code, boolean retryable) throws Exception {
        StepException why =
                failureOf(exchange -> World.json(exchange, status, "{\"message\": \"no\\n luck t0ken-value\"}"));

        assertThat(why.code()).isEqualTo(code);
        assertThat(why.retryable()).isEqualTo(retryable);
        assertThat(why.getMessage()).startsWith("instance 'shop' answered " + status + " to 'items.get': no luck ***");
        assertThat(asked).hasSize(1);
    }

    @Test
    void obeysRetryAfter() throws Exception {
        StepException why = failureOf(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "7");
            World.json(exchange, 503, "");
        });

        assertThat(why.retryAfter()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void failsAtOnceWhenTheSystemAsksToWaitLongerThanARunDoes() throws Exception {
        StepException why = failureOf(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "99999999999");
            World.json(exchange, 429, "");
        });

        assertThat(why.retryable()).isFalse();
        assertThat(why.getMessage()).contains("it asks to wait 1d, longer than the 5m that a run waits");
    }

    @Test
    void letsNoCallOutWhileTheSystemAskedForAPause() throws Exception {
        world.shop(GET);
        AtomicInteger calls = new AtomicInteger();
        serve("/api/items/", exchange -> {
            if (calls.incrementAndGet() == 1) {
                exchange.getResponseHeaders().set("Retry-After", "1");
                World.json(exchange, 429, "");
            } else {
                World.json(exchange, 200, "{}");
            }
        });
        failure("connector:shop/items.get?id=1");
        long began = System.nanoTime();

        world.answer("connector:shop/items.get?id=2", nothing(), attempt, null);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(900));
    }

    @Test
    void saysWhatWasFoundInPlaceOfJson() throws Exception {
        StepException why = failureOf(
                exchange -> World.answer(exchange, 200, "text/html", "<!DOCTYPE html><html><body>Down</body></html>"));

        assertThat(why).hasMessage("JSON was expected, found a page of HTML (line 1, column 1)");
        assertThat(why.code()).isEqualTo("NOT_JSON");
        assertThat(why.retryable()).isFalse();
    }

    @Test
    void saysThatJsonEndsTooEarly() throws Exception {
        StepException why = failureOf(exchange -> World.json(exchange, 200, "{\"orders\": [{\"id\": 1}, {\"id\""));

        assertThat(why.getMessage()).startsWith("the JSON ends too early (line 1");
        assertThat(why.retryable()).isTrue();
    }

    @Test
    void saysThatContentIsNotInUtf8() throws Exception {
        StepException why = failureOf(exchange -> {
            byte[] latin1 = "{\"name\": \"Bj\u00f6rn\"}".getBytes(StandardCharsets.ISO_8859_1);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, latin1.length);
            exchange.getResponseBody().write(latin1);
        });

        assertThat(why.getMessage()).startsWith("the content is not in UTF-8 (line 1");
    }

    @Test
    void saysThatJsonBreaksItsRulesAndShowsNothingOfIt() throws Exception {
        StepException why = failureOf(exchange -> World.json(exchange, 200, "{\"secret\": nothing}"));

        assertThat(why.getMessage())
                .startsWith("the content begins as JSON and breaks its rules (line 1")
                .doesNotContain("secret", "nothing");
    }

    @Test
    void saysThatJsonIsTooDeep() throws Exception {
        StepException why = failureOf(exchange -> World.json(exchange, 200, "[".repeat(5000)));

        assertThat(why.getMessage()).startsWith("the JSON is beyond a bound").contains("depth");
    }

    @Test
    void noticesAnAnswerThatIsShorterThanItSaid() throws Exception {
        StepException why = failureOf(exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("{\"a\": 1}".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            throw new java.io.IOException("cut");
        });

        assertThat(why.code()).isEqualTo("TRUNCATED");
        assertThat(why.retryable()).isTrue();
    }

    @Test
    void givesUpOnAServerThatHangs() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        long began = System.nanoTime();
        StepException why = failureOf(exchange -> await(end));
        end.countDown();

        assertThat(why.code()).isEqualTo("TIMEOUT");
        assertThat(why.getMessage()).isEqualTo("no answer from 127.0.0.1 within 2s (requester.timeout)");
        assertThat(why.retryable()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(6));
    }

    @Test
    void givesUpOnAServerThatHangsInTheMiddle() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        StepException why = failureOf(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("{\"a\": ".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            await(end);
        });
        end.countDown();

        assertThat(why.code()).isEqualTo("TIMEOUT");
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void endsACallWhenItsStepGivesUp() throws Exception {
        world.shop(GET);
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        serve("/api/items/", exchange -> {
            arrived.countDown();
            await(end);
        });
        Thread caller = new Thread(() -> {
            try {
                world.call("connector:shop/items.get?id=1", nothing(), attempt, null);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        caller.start();
        arrived.await();
        long began = System.nanoTime();

        attempt.cancel();
        caller.join(10_000);
        end.countDown();

        assertThat(caller.isAlive()).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void refusesAnAnswerThatIsTooLarge() throws Exception {
        world.shop(GET);
        world.write(
                "connectors/shop/connector.yaml",
                java.nio.file.Files.readString(home.resolve("connectors/shop/connector.yaml"))
                        .replace("timeout: 2s", "timeout: 2s, maxResponse: 64KB"));
        world.reload();
        serve("/api/items/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write('[');
                byte[] numbers = "1234567,".repeat(1000).getBytes(StandardCharsets.UTF_8);
                for (int i = 0; i < 100_000; i++) {
                    out.write(numbers);
                }
            }
        });

        StepException why = failure("connector:shop/items.get?id=1");

        assertThat(why.code()).isEqualTo("ANSWER_TOO_LARGE");
        assertThat(why.getMessage()).contains("more than 65536 bytes");
    }

    @Test
    void refusesHeadersWithoutEnd() throws Exception {
        StepException why = failureOf(exchange -> {
            exchange.getResponseHeaders().set("X-Long", "x".repeat(200_000));
            World.json(exchange, 200, "{}");
        });

        assertThat(why.code()).isEqualTo("IO");
        assertThat(why.getMessage()).contains("Maximum line length");
    }

    @Test
    void saysWhenTheDiskDoesNotTakeAnAnswer() throws Exception {
        world.shop(GET.replace("keepHeaders: [ETag]", "format: binary"));
        world.write("data/spill", "a file where the folder should be");
        serve("/api/items/", exchange -> {
            exchange.sendResponseHeaders(200, 1_000_000);
            exchange.getResponseBody().write(new byte[1_000_000]);
        });

        StepException why = failure("connector:shop/items.get?id=1");

        assertThat(why.code()).isEqualTo("SPILL_FAILED");
        assertThat(why.retryable()).isTrue();
    }

    @Test
    void followsARedirectOnItsOwnHostOnly() throws Exception {
        world.shop(GET);
        serve("/api/items/1", exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            World.json(exchange, 302, "");
        });
        serve("/api/items/2", exchange -> {
            exchange.getResponseHeaders().set("Location", "http://localhost:" + world.port() + "/elsewhere");
            World.json(exchange, 302, "");
        });
        serve("/elsewhere", exchange -> World.json(exchange, 200, "{\"moved\":true}"));

        Payload answer = world.answer("connector:shop/items.get?id=1", nothing(), attempt, null);
        StepException why = failure("connector:shop/items.get?id=2");

        assertThat(answer.tree()).hasToString("{\"moved\":true}");
        assertThat(why.code()).isEqualTo("HTTP_302");
    }

    @Test
    void refusesAPrivateAddressThatWasNotListed() throws Exception {
        world.shop(GET);
        world.write(
                "connectors/shop/connector.yaml",
                java.nio.file.Files.readString(home.resolve("connectors/shop/connector.yaml"))
                        .replace("allowedHosts: ['127.0.0.1'], ", ""));
        world.reload();
        serve("/api/items/", exchange -> World.json(exchange, 200, "{}"));

        StepException why = failure("connector:shop/items.get?id=1");

        assertThat(why.code()).isEqualTo("HOST_NOT_ALLOWED");
        assertThat(why.getMessage()).contains("private address").contains("list '127.0.0.1' under allowedHosts");
        assertThat(asked).isEmpty();
    }

    @Test
    void saysWhichSecretIsMissing() throws Exception {
        world.shop(GET);
        world.write(
                "connectors/shop/instances/shop.yaml",
                "{instance: shop, connector: shop, settings: {port: 1, token: '${secret.NOPE}', clientId: '${secret.ID}', clientSecret: '${secret.SECRET}'}}");
        world.reload();

        StepException why = failure("connector:shop/items.get?id=1");

        assertThat(why.code()).isEqualTo("NO_SECRET");
        assertThat(why.getMessage()).contains("'token'").contains("secret NOPE");
    }

    @Test
    void looksSecretsUpAgainAfterTheSystemRefusedThem() throws Exception {
        world.secret("TOKEN", "old-token");
        world.shop("{key: {type: bearer, inject: {format: '${settings.token}'}}}", "", GET, "");
        serve("/api/items/", exchange -> {
            boolean good =
                    "Bearer new-token".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            World.json(exchange, good ? 200 : 401, "{}");
        });
        assertThat(failure("connector:shop/items.get?id=1").code()).isEqualTo("HTTP_401");

        world.secret("TOKEN", "new-token");

        assertThat(world.answer("connector:shop/items.get?id=1", nothing(), attempt, null)
                        .tree())
                .hasToString("{}");
    }

    @Test
    void followsTheRulesOfTheDefinitionFirst() throws Exception {
        world.shop("{none: {type: none}}", """
                errorHandler:
                  rules:
                    - {match: {status: [404]}, action: ignore}
                    - {match: {status: [200], bodyPath: '$.errors'}, action: fail, failureType: data, message: 'Mend the order'}
                    - {match: {status: [409], bodyRegex: 'already exists'}, action: success}
                    - {match: {status: [400], header: {X-Kind: '^busy$'}}, action: retry}
                """, GET, "");
        serve("/api/items/1", exchange -> World.json(exchange, 404, "{\"a\":1}"));
        serve("/api/items/2", exchange -> World.json(exchange, 200, "{\"errors\":[{\"m\":\"bad\"}]}"));
        serve("/api/items/3", exchange -> World.json(exchange, 409, "{\"note\":\"already exists\"}"));
        serve("/api/items/4", exchange -> {
            exchange.getResponseHeaders().set("X-Kind", "busy");
            World.json(exchange, 400, "{}");
        });
        serve("/api/items/5", exchange -> World.json(exchange, 200, "{\"errors\":[]}"));

        assertThat(world.answer("connector:shop/items.get?id=1", nothing(), attempt, null)
                        .isEmpty())
                .isTrue();
        StepException data = failure("connector:shop/items.get?id=2");
        assertThat(data).hasMessageStartingWith("Mend the order (instance 'shop' answered 200 to 'items.get'");
        assertThat(data.retryable()).isFalse();
        assertThat(world.answer("connector:shop/items.get?id=3", nothing(), attempt, null)
                        .tree())
                .hasToString("{\"note\":\"already exists\"}");
        assertThat(failure("connector:shop/items.get?id=4").retryable()).isTrue();
        assertThat(world.answer("connector:shop/items.get?id=5", nothing(), attempt, null)
                        .tree())
                .hasToString("{\"errors\":[]}");
    }

    @Test
    void goesOnWithTheDefinitionThatAFlowWasDeployedWith() throws Exception {
        world.shop(GET);
        String old = world.catalog().endpoint("shop", "items.get").orElseThrow().hash();
        serve("/api/", exchange -> World.json(exchange, 200, "{}"));
        world.answer("connector:shop/items.get?id=1&revision=" + old, nothing(), attempt, null);
        world.shop(GET.replace("/items/", "/articles/"));
        String now = world.catalog().endpoint("shop", "items.get").orElseThrow().hash();

        world.answer("connector:shop/items.get?id=2&revision=" + old, nothing(), attempt, null);
        world.answer("connector:shop/items.get?id=3&revision=" + now, nothing(), attempt, null);
        world.answer("connector:shop/items.get?id=4", nothing(), attempt, null);

        assertThat(asked)
                .containsExactly(
                        "GET /api/items/1.json?region=eu",
                        "GET /api/items/2.json?region=eu",
                        "GET /api/articles/3.json?region=eu",
                        "GET /api/articles/4.json?region=eu");
    }

    @Test
    void saysAtTheStartOfARouteWhatItsUriGotWrong() throws Exception {
        world.shop(GET);

        assertThatThrownBy(() -> world.context().getEndpoint("connector:shpo/items.get"))
                .hasRootCauseMessage("there is no instance 'shpo'; did you mean 'shop'?");
        assertThatThrownBy(() -> world.context().getEndpoint("connector:shop/items.gte"))
                .hasRootCauseMessage("instance 'shop' has no endpoint 'items.gte'; did you mean 'items.get'?");
        assertThatThrownBy(() -> world.context().getEndpoint("connector:shop/items.get?ident=1"))
                .hasRootCauseMessage("endpoint 'items.get' has no input 'ident'; known here: id, lang");
    }

    @Test
    void readsTextAndBinary() throws Exception {
        world.shop(GET.replace("keepHeaders: [ETag]", "format: text")
                + GET.replace("items.get", "items.pdf").replace("keepHeaders: [ETag]", "format: binary"));
        serve("/api/items/1", exchange -> {
            byte[] latin = "grün".getBytes(StandardCharsets.ISO_8859_1);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=ISO-8859-1");
            exchange.sendResponseHeaders(200, latin.length);
            exchange.getResponseBody().write(latin);
        });
        byte[] large = new byte[1_000_000];
        new java.util.Random(7).nextBytes(large);
        serve("/api/items/2", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/pdf");
            exchange.sendResponseHeaders(200, large.length);
            exchange.getResponseBody().write(large);
        });

        Payload text = world.answer("connector:shop/items.get?id=1", nothing(), attempt, null);
        Payload binary = world.answer("connector:shop/items.pdf?id=2", nothing(), attempt, null);

        assertThat(text.tree().textValue()).isEqualTo("grün");
        assertThat(binary.body()).isInstanceOf(io.patchbay.payload.Body.Stored.class);
        assertThat(binary.body().contentType()).isEqualTo("application/pdf");
        assertThat(binary.bytes()).isEqualTo(large);
    }
}
