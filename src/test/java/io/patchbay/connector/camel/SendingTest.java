package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.connector.Use;
import io.patchbay.expression.Roots;
import io.patchbay.expression.TemplateTree;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Payloads that take several requests: batches, and one for each record. */
class SendingTest extends InWorld {

    private static final String BACKOFF = "errorHandler: {backoff: {initial: 10ms, max: 20ms, maxAttempts: 3}}";

    private final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);
    private final List<String> got = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();

    private void writes(String batch) throws Exception {
        world.shop("{none: {type: none}}", BACKOFF, """
                items.create:
                  kind: write
                  method: POST
                  path: /items
                  batch: %s
                  idempotency: {type: header}
                """.formatted(batch), "");
    }

    /** Answers 201 with what came, unless the rule says otherwise. */
    private void serve(Judge judge) {
        world.serve("/api/items", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            got.add(body);
            keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            int status = judge.status(body);
            World.json(exchange, status, status == 201 ? body : "{\"message\":\"no\"}");
        });
    }

    private interface Judge {
        int status(String body);
    }

    private static TemplateTree template(String text) {
        ScalarNode node = new ScalarNode(Location.of("x"), text, text, true);
        return TemplateTree.parse(node, Roots.FLOW, new Problems());
    }

    private static Use use(Use.Output output) {
        return new Use(Map.of(), output, false);
    }

    private Payload send(String json, Use use) throws Exception {
        return world.answer("connector:shop/items.create", World.payload(json), attempt, use);
    }

    @Test
    void cutsAPayloadToTheBatchesOfTheEndpoint() throws Exception {
        writes("{maxRecords: 2}");
        serve(body -> 201);

        Payload answer = send("[{\"a\":1},{\"a\":2},{\"a\":3}]", use(new Use.Response()));

        assertThat(got).containsExactly("[{\"a\":1},{\"a\":2}]", "[{\"a\":3}]");
        assertThat(answer.tree()).hasToString("[{\"a\":1},{\"a\":2},{\"a\":3}]");
        assertThat(answer.recordPath()).isEqualTo(RecordPath.ROOT_LIST);
        assertThat(keys).doesNotHaveDuplicates();
    }

    @Test
    void makesOnlyTheRequestsThatAnEarlierLifeOfTheRunDidNotMake() throws Exception {
        writes("{maxRecords: 2}");
        serve(body -> 201);
        attempt.madeBefore(0, 2, World.payload("[{\"id\":\"one\"},{\"id\":\"two\"}]"));

        Payload answer = send("[{\"a\":1},{\"a\":2},{\"a\":3},{\"a\":4},{\"a\":5}]", use(new Use.Response()));

        assertThat(got).containsExactly("[{\"a\":3},{\"a\":4}]", "[{\"a\":5}]");
        assertThat(answer.tree()).hasToString("[{\"id\":\"one\"},{\"id\":\"two\"},{\"a\":3},{\"a\":4},{\"a\":5}]");
        assertThat(attempt.made()).containsOnlyKeys("2+2", "4+1");
        assertThat(attempt.made().get("4+1").answer().tree()).hasToString("[{\"a\":5}]");
    }

    @Test
    void keepsWhatWasNotSentWhenTheRunIsStoppedBetweenTwoRequests() throws Exception {
        writes("{maxRecords: 1}");
        serve(body -> {
            if (body.contains("2")) {
                attempt.stopRun();
            }
            return 201;
        });

        Payload left = send("[{\"a\":1},{\"a\":2},{\"a\":3},{\"a\":4}]", use(new Use.Input()));

        assertThat(got).containsExactly("{\"a\":1}", "{\"a\":2}");
        assertThat(left.tree()).hasToString("[{\"a\":1},{\"a\":2}]");
        assertThat(attempt.failed())
                .extracting(failed ->
                        failed.record().toString() + " " + failed.why().code())
                .containsExactly("{\"a\":3} HELD", "{\"a\":4} HELD");
    }

    @Test
    void whatWasMadeBeforeIsNotLeftOutWhenTheRunIsStopped() throws Exception {
        writes("{maxRecords: 1}");
        serve(body -> {
            attempt.stopRun();
            return 201;
        });
        attempt.madeBefore(2, 1, null);

        Payload left = send("[{\"a\":1},{\"a\":2},{\"a\":3}]", use(new Use.Input()));

        assertThat(left.tree()).hasToString("[{\"a\":1},{\"a\":3}]");
        assertThat(attempt.failed())
                .extracting(failed -> failed.record().toString())
                .containsExactly("{\"a\":2}");
    }

    @Test
    void cutsBatchesByBytes() throws Exception {
        writes("{maxRecords: 100, maxBytes: 20B}");
        serve(body -> 201);

        send(
                "[{\"a\":1},{\"a\":2},{\"a\":3},{\"long\":\"aaaaaaaaaaaaaaaaaaaaaaaaaa\"},{\"a\":5}]",
                use(new Use.Input()));

        assertThat(got)
                .containsExactly(
                        "[{\"a\":1},{\"a\":2}]",
                        "[{\"a\":3}]",
                        "[{\"long\":\"aaaaaaaaaaaaaaaaaaaaaaaaaa\"}]",
                        "[{\"a\":5}]");
    }

    @Test
    void sendsEachRecordAsAnObjectWhereABatchIsOne() throws Exception {
        writes("{maxRecords: 1}");
        serve(body -> 201);

        send("[{\"a\":1},{\"a\":2}]", use(new Use.Input()));
        send("{\"a\":3}", use(new Use.Input()));

        assertThat(got).containsExactly("{\"a\":1}", "{\"a\":2}", "{\"a\":3}");
    }

    @Test
    void sendsLinesWhereTheEndpointTakesThem() throws Exception {
        writes("{maxRecords: 2, mode: ndjson}");
        serve(body -> 200);

        send("[{\"a\":1},{\"a\":2}]", use(new Use.Input()));

        assertThat(got).containsExactly("{\"a\":1}\n{\"a\":2}\n");
    }

    @Test
    void failsTheRecordsOfABatchThatIsRefusedAndSendsTheOthers() throws Exception {
        writes("{maxRecords: 1}");
        serve(body -> body.contains("2") ? 422 : 201);

        Payload left = send("[{\"a\":1},{\"a\":2},{\"a\":3}]", use(new Use.Input()));

        assertThat(left.tree()).hasToString("[{\"a\":1},{\"a\":3}]");
        assertThat(attempt.failed()).singleElement().satisfies(failed -> {
            assertThat(failed.index()).isEqualTo(1);
            assertThat(failed.why().code()).isEqualTo("HTTP_422");
        });
    }

    @Test
    void triesABatchAgainWithoutSendingItsNeighboursTwice() throws Exception {
        writes("{maxRecords: 1}");
        AtomicInteger refusals = new AtomicInteger(2);
        serve(body -> body.contains("2") && refusals.getAndDecrement() > 0 ? 503 : 201);

        Payload left = send("[{\"a\":1},{\"a\":2},{\"a\":3}]", use(new Use.Input()));

        assertThat(left.tree()).hasToString("[{\"a\":1},{\"a\":2},{\"a\":3}]");
        assertThat(got).containsExactly("{\"a\":1}", "{\"a\":2}", "{\"a\":2}", "{\"a\":2}", "{\"a\":3}");
        assertThat(keys.get(1)).isEqualTo(keys.get(2)).isEqualTo(keys.get(3));
        assertThat(attempt.log()).filteredOn(line -> line.startsWith("WARN")).hasSize(2);
    }

    @Test
    void failsTheRestAtOnceWhenTheSystemIsDown() throws Exception {
        writes("{maxRecords: 1}");
        AtomicInteger calls = new AtomicInteger();
        serve(body -> calls.incrementAndGet() > 1 ? 503 : 201);

        Payload left = send("[{\"a\":1},{\"a\":2},{\"a\":3},{\"a\":4}]", use(new Use.Input()));

        assertThat(left.tree()).hasToString("[{\"a\":1}]");
        assertThat(calls).hasValue(4);
        assertThat(attempt.failed()).extracting(FakeAttempt.FailedRecord::index).containsExactly(1, 2, 3);
    }

    @Test
    void failsThePayloadAsAWholeWhenNothingOfItCouldBeSent() throws Exception {
        writes("{maxRecords: 1}");
        serve(body -> 503);

        var exchange = world.call(
                "connector:shop/items.create", World.payload("[{\"a\":1},{\"a\":2}]"), attempt, use(new Use.Input()));

        assertThat(((StepException) exchange.getException()).retryable()).isFalse();
        assertThat(attempt.failed()).isEmpty();
        assertThat(got).hasSize(3);
    }

    @Test
    void leavesASingleBatchToTheStep() throws Exception {
        writes("{maxRecords: 10}");
        serve(body -> 503);

        var exchange = world.call(
                "connector:shop/items.create", World.payload("[{\"a\":1},{\"a\":2}]"), attempt, use(new Use.Input()));

        assertThat(((StepException) exchange.getException()).retryable()).isTrue();
        assertThat(got).hasSize(1);
    }

    @Test
    void asksForEachRecordAndPutsTheAnswerIntoIt() throws Exception {
        world.shop("""
                customers.find:
                  kind: read
                  inputs: {email: {type: string}}
                  method: GET
                  path: /customers
                  request: {query: {email: '${with.email}'}}
                  recordSelector: {path: '$.customer'}
                  errorHandler: {rules: [{match: {status: [404]}, action: ignore}]}
                """);
        world.serve("/api/customers", exchange -> {
            String query = exchange.getRequestURI().getQuery();
            got.add(query);
            World.json(
                    exchange,
                    query.contains("nobody") ? 404 : query.contains("bad") ? 422 : 200,
                    "{\"customer\":{\"id\":\"" + query.charAt(6) + "\"}}");
        });
        Use perRecord = new Use(Map.of("email", template("${record.email}")), new Use.Into("customer"), true);
        Payload payload = World.payload(
                "[{\"email\":\"a@x\"},{\"email\":\"nobody\"},{\"email\":\"bad\"},{\"none\":1},{\"email\":\"b@x\"}]");

        Payload answer = world.answer("connector:shop/customers.find", payload, attempt, perRecord);

        assertThat(got).containsExactly("email=a@x", "email=nobody", "email=bad", "email=b@x");
        assertThat(answer.tree())
                .hasToString(
                        "[{\"email\":\"a@x\",\"customer\":{\"id\":\"a\"}},{\"email\":\"nobody\",\"customer\":null},"
                                + "{\"email\":\"b@x\",\"customer\":{\"id\":\"b\"}}]");
        assertThat(attempt.failed()).extracting(FakeAttempt.FailedRecord::index).containsExactly(2, 3);
        assertThat(attempt.failed().get(1).why().code()).isEqualTo("NO_VALUE");
        assertThat(payload.tree().get(0)).hasToString("{\"email\":\"a@x\"}");
    }

    @Test
    void failsOnlyTheRecordThatCannotHoldItsAnswer() throws Exception {
        world.shop("""
                rate.get:
                  kind: read
                  method: GET
                  path: /rate
                """);
        world.serve("/api/rate", exchange -> World.json(exchange, 200, "{\"eur\":1.17}"));

        Payload answer = world.answer(
                "connector:shop/rate.get",
                World.payload("[{\"a\":1},5,{\"a\":2}]"),
                attempt,
                new Use(Map.of(), new Use.Into("rate"), true));

        assertThat(answer.tree()).hasToString("[{\"a\":1,\"rate\":{\"eur\":1.17}},{\"a\":2,\"rate\":{\"eur\":1.17}}]");
        assertThat(attempt.failed()).singleElement().satisfies(failed -> {
            assertThat(failed.index()).isEqualTo(1);
            assertThat(failed.why().code()).isEqualTo("NOT_AN_OBJECT");
        });
    }

    @Test
    void putsOneAnswerIntoEveryRecord() throws Exception {
        world.shop("""
                rate.get:
                  kind: read
                  method: GET
                  path: /rate
                """);
        world.serve("/api/rate", exchange -> World.json(exchange, 200, "{\"eur\":1.17}"));

        Payload answer = world.answer(
                "connector:shop/rate.get", World.payload("[{\"a\":1},{\"a\":2}]"), attempt, use(new Use.Into("rate")));

        assertThat(answer.tree()).hasToString("[{\"a\":1,\"rate\":{\"eur\":1.17}},{\"a\":2,\"rate\":{\"eur\":1.17}}]");
    }

    @Test
    void waitsForTheRateLimitBetweenBatches() throws Exception {
        world.shop(
                "{none: {type: none}}",
                "rateLimit: {policies: [{algorithm: fixedWindow, limit: 2, period: 200ms}]}",
                """
                items.create: {kind: write, method: POST, path: /items, batch: {maxRecords: 1}}
                """,
                "");
        serve(body -> 201);
        ObjectNode seen = Json.NODES.objectNode();

        Payload left = send("[{\"a\":1},{\"a\":2},{\"a\":3},{\"a\":4},{\"a\":5}]", use(new Use.Input()));

        for (JsonNode record : left.records()) {
            seen.put(record.path("a").asText(), true);
        }
        assertThat(seen).hasSize(5);
        assertThat(got).hasSize(5);
    }
}
