package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.InstanceStatus;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.StepException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A person asks whether and how an instance works. */
class InstanceCallsTest extends InWorld {

    private static final String ENDPOINTS = """
            shop.get: {kind: read, method: GET, path: /shop}
            orders.list:
              kind: read
              inputs: {status: {type: string, required: false}}
              method: GET
              path: /orders
              request: {query: {status: '${with.status}'}}
              recordSelector: {path: '$.orders[*]'}
              paginator: {type: nextUrl, cursorPath: '$.next'}
            orders.create: {kind: write, method: POST, path: /orders}
            """;
    private static final String CHECK = "check: {endpoint: shop.get, expect: {status: 200, jsonPath: '$.shop.id'}}";

    private InstanceCalls calls() {
        return new InstanceCalls(world.context().getComponent(ConnectorComponent.NAME, ConnectorComponent.class));
    }

    private void shop(String more) throws Exception {
        world.shop("{key: {type: apiKey, inject: {name: X-Token, format: '${settings.token}'}}}", more, ENDPOINTS, "");
    }

    private InstanceCheck check() {
        return calls().check("shop", "call-1").orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"shop\":{\"id\":1}} | OPERATIONAL           |",
                "200 | {\"shop\":{}}         | FAILED                | nothing at $.shop.id",
                "201 | {\"shop\":{\"id\":1}} | FAILED                | answered 201, and 200 was expected",
                "200 | <html></html>         | FAILED                | a page of HTML",
                "401 | {\"error\":\"bad key\"} | FAILED_AUTHENTICATION | bad key",
                "403 | {}                    | FAILED_AUTHENTICATION | lacks a right",
                "429 | {}                    | LIMITED               | answered 429",
                "503 | {}                    | UNREACHABLE           | answered 503",
                "404 | {}                    | FAILED                | answered 404",
            })
    void saysInAWordAndASentenceHowAnInstanceStands(int status, String body, InstanceStatus word, String sentence)
            throws Exception {
        shop(CHECK);
        world.serve("/api/shop", exchange -> World.json(exchange, status, body));

        InstanceCheck check = check();

        assertThat(check.status()).isEqualTo(word);
        if (sentence == null) {
            assertThat(check.sentence()).isNull();
        } else {
            assertThat(check.sentence()).contains(sentence);
        }
        assertThat(check.requests()).singleElement().satisfies(request -> {
            assertThat(request.status()).isEqualTo(body.startsWith("<") ? 0 : status);
            assertThat(request.requestHeaders()).containsEntry("X-Token", "***");
        });
    }

    @Test
    void saysThatNothingAnswersAndThatASecretIsMissing() throws Exception {
        shop(CHECK);
        world.nowhere("TOKEN");
        assertThat(check()).satisfies(check -> {
            assertThat(check.status()).isEqualTo(InstanceStatus.UNREACHABLE);
            assertThat(check.sentence()).contains("127.0.0.1 takes no connection");
        });

        world.nowhere("GONE");
        assertThat(check()).satisfies(check -> {
            assertThat(check.status()).isEqualTo(InstanceStatus.FAILED_AUTHENTICATION);
            assertThat(check.sentence()).contains("GONE");
        });
    }

    @Test
    void aConnectorWithoutACheckSaysWhatToAdd() throws Exception {
        shop("");
        assertThat(check().status()).isEqualTo(InstanceStatus.UNKNOWN);
        assertThat(check().sentence()).contains("check: {endpoint: …}", "connectors/shop/connector.yaml");
        assertThat(calls().check("shop-us", "call-1")).isEmpty();
    }

    @Test
    void asksForTheFirstPageOfAListOnly() throws Exception {
        shop("");
        AtomicInteger asked = new AtomicInteger();
        world.serve("/api/orders", exchange -> {
            asked.incrementAndGet();
            World.json(exchange, 200, "{\"orders\":[{\"id\":1}],\"next\":\"/api/orders?page=2\"}");
        });

        InstanceCalls.Outcome outcome =
                calls().call("shop", "orders.list", Map.of("status", Json.NODES.textNode("paid")), "call-1", null);

        assertThat(outcome.failure()).isNull();
        assertThat(outcome.answer().records()).hasSize(1);
        assertThat(outcome.requests().get(0).target()).endsWith("/api/orders?status=paid");
        assertThat(asked).hasValue(1);
    }

    @Test
    void makesOneTryOnlyToGetAList() throws Exception {
        shop("errorHandler: {backoff: {initial: 1s, maxAttempts: 3}}");
        AtomicInteger asked = new AtomicInteger();
        world.serve("/api/orders", exchange -> {
            asked.incrementAndGet();
            World.json(exchange, 503, "{}");
        });

        InstanceCalls.Outcome outcome = calls().call("shop", "orders.list", Map.of(), "call-1", null);

        assertThat(outcome.failure()).hasMessageContaining("answered 503");
        assertThat(outcome.requests()).hasSize(1);
        assertThat(asked).hasValue(1);
    }

    @Test
    void showsAPageWithoutRecordsAndLooksForNoOther() throws Exception {
        shop("");
        world.serve(
                "/api/orders",
                exchange -> World.json(exchange, 200, "{\"orders\":[],\"next\":\"/api/orders?page=2\"}"));

        InstanceCalls.Outcome outcome = calls().call("shop", "orders.list", Map.of(), "call-1", null);

        assertThat(outcome.answer().tree().path("orders")).isEmpty();
        assertThat(outcome.requests()).hasSize(1);
    }

    @Test
    void waitsForNoLimitWhenItAsksForAList() throws Exception {
        shop("rateLimit: {policies: [{algorithm: fixedWindow, limit: 1, period: 1h}]}");
        world.serve("/api/orders", exchange -> World.json(exchange, 200, "{\"orders\":[{\"id\":1}]}"));

        assertThat(calls().call("shop", "orders.list", Map.of(), "call-1", null).failure())
                .isNull();
        assertThat(calls().call("shop", "orders.list", Map.of(), "call-2", null).failure())
                .hasMessageContaining("used up by other calls");
    }

    @Test
    void saysUntilWhenTheSystemWantsAPause() throws Exception {
        shop("");
        world.serve("/api/orders", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "90");
            World.json(exchange, 429, "{}");
        });

        calls().call("shop", "orders.create", Map.of(), "call-1", Json.NODES.objectNode());
        StepException failure =
                calls().call("shop", "orders.list", Map.of(), "call-2", null).failure();

        assertThat(failure.code()).isEqualTo("LIMITED");
        assertThat(failure)
                .message()
                .matches(
                        "the system asked for a pause .* until [0-9-]+T[0-9:]+Z, for another (90s|89s|1m 29s|1m 30s|1m30s|1m29s); try again then");
        assertThat(calls().call("shop", "orders.create", Map.of(), "call-3", Json.NODES.objectNode())
                        .failure())
                .hasMessageContaining("the system asked for a pause");
    }

    @Test
    void leavesNoFileOfAnAnswerThatIsTooLargeToBeShown() throws Exception {
        world.shop("report.get: {kind: read, method: GET, path: /report, response: {format: binary}}\n");
        world.serve("/api/report", exchange -> World.answer(exchange, 200, "application/pdf", "x".repeat(1_000_000)));

        InstanceCalls.Outcome outcome = calls().call("shop", "report.get", Map.of(), "call-1", null);

        assertThat(outcome.answer().body()).isInstanceOf(Body.Stored.class);
        assertThat(home.resolve("data/spill")).isEmptyDirectory();
    }

    @Test
    void sendsABodyOnceAndTellsWhyItWasRefused() throws Exception {
        shop("");
        AtomicInteger asked = new AtomicInteger();
        world.serve("/api/orders", exchange -> {
            asked.incrementAndGet();
            World.json(exchange, 500, "{\"error\":\"the key t0ken-value is worn out\"}");
        });
        JsonNode order = Json.MAPPER.readTree("{\"id\":1}");

        InstanceCalls.Outcome outcome = calls().call("shop", "orders.create", Map.of(), "call-1", order);

        assertThat(outcome.answer()).isNull();
        assertThat(outcome.failure()).hasMessageContaining("the key *** is worn out");
        assertThat(asked).hasValue(1);
    }

    @Test
    void saysThatTheSystemRefusedRecordsThoughItsStatusIsGood() throws Exception {
        world.shop("""
                stock.set:
                  kind: write
                  method: POST
                  path: /stock
                  batch: {maxRecords: 10}
                  partialResult: {errors: '$.errors[*]', index: at, message: why}
                """);
        world.serve(
                "/api/stock",
                exchange -> World.json(exchange, 200, "{\"errors\":[{\"at\":1,\"why\":\"no such sku t0ken-value\"}]}"));
        world.redactor().learn("TOKEN", "t0ken-value");
        JsonNode stock = Json.MAPPER.readTree("[{\"sku\":\"a\"},{\"sku\":\"b\"},{\"sku\":\"c\"}]");

        InstanceCalls.Outcome outcome = calls().call("shop", "stock.set", Map.of(), "call-1", stock);

        assertThat(outcome.failure().code()).isEqualTo("RECORD_REFUSED");
        assertThat(outcome.failure())
                .hasMessage("the system refused 1 of 3 records; the first, number 2: no such sku ***");
        assertThat(outcome.answer().tree().path("errors")).hasSize(1);
    }

    @Test
    void doesNotWaitForALimitThatOthersUseUp() throws Exception {
        shop("rateLimit: {policies: [{algorithm: fixedWindow, limit: 1, period: 1h}]}");
        world.serve("/api/orders", exchange -> World.json(exchange, 201, "{}"));
        JsonNode order = Json.MAPPER.readTree("{\"id\":1}");

        assertThat(calls().call("shop", "orders.create", Map.of(), "call-1", order)
                        .failure())
                .isNull();
        assertThat(calls().call("shop", "orders.create", Map.of(), "call-2", order)
                        .failure())
                .hasMessageContaining("used up by other calls");
    }

    @Test
    void saysWhatIsWrongWithAnInputOrAName() throws Exception {
        shop("");
        assertThat(calls().call("shop", "orders.lst", Map.of(), "call-1", null).failure())
                .hasMessageContaining("has no endpoint 'orders.lst'")
                .hasMessageContaining("orders.list");
        assertThat(calls().call("shop", "orders.list", Map.of("state", Json.NODES.textNode("x")), "c", null)
                        .failure())
                .hasMessageContaining("no input 'state'");
    }
}
