package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.patchbay.connector.Use;
import io.patchbay.payload.Body;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs of a system: created, asked after, their result fetched from another host. */
class JobTest extends InWorld {

    private static final String BULK = """
            connector: bulk
            version: 1.0.0
            settings: {properties: {port: {type: integer}}, secrets: [token]}
            auth: {key: {type: apiKey, inject: {into: header, name: X-Token, format: '${settings.token}'}}}
            requester:
              baseUrl: 'http://127.0.0.1:${settings.port}/admin'
              allowedHosts: ['127.0.0.1', localhost]
              headers: {X-Common: 'k-${settings.token}'}
              timeout: 2s
            errorHandler: {backoff: {initial: 10ms, max: 20ms, maxAttempts: 3}}
            endpoints:
              products.export:
                kind: read
                inputs: {query: {default: '{ products { id } }'}}
                asyncJob:
                  create: bulk.start
                  jobPath: $.data.run.operation.id
                  poll: bulk.status
                  statusPath: $.data.node.status
                  statusMap: {running: [CREATED, RUNNING], completed: [COMPLETED], failed: [FAILED], timeout: [EXPIRED]}
                  urlPath: $.data.node.url
                  download: bulk.file
                  cancel: bulk.cancel
                  pollAfter: 10ms
                  pollMax: 40ms
                  timeout: 2s
              bulk.start:
                kind: action
                inputs: {query: {}}
                method: POST
                path: /graphql.json
                request: {body: {type: graphql, template: {query: 'mutation ($query: String!) { run }', variables: {query: '${with.query}'}}}}
              bulk.status:
                kind: read
                inputs: {job: {}}
                method: POST
                path: /graphql.json
                request: {body: {type: graphql, template: {query: 'query ($id: ID!) { node }', variables: {id: '${with.job}'}}}}
              bulk.cancel:
                kind: action
                inputs: {job: {}}
                method: POST
                path: /graphql.json
                request: {body: {type: graphql, template: {query: 'mutation ($id: ID!) { cancel }', variables: {id: '${with.job}'}}}}
              bulk.file:
                kind: read
                inputs: {url: {}}
                method: GET
                url: '${with.url}'
                response: {format: ndjson}
                recordSelector: {path: '$[*]', chunk: 40}
            """;

    private final FakeAttempt attempt = new FakeAttempt();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private final Deque<String> statuses = new ArrayDeque<>();
    private String host = "localhost";
    private String results = "a.jsonl?sig=x%2Fy";
    private int starts = 200;
    private String created = "{\"data\":{\"run\":{\"operation\":{\"id\":\"gid://7\"}}}}";

    @BeforeEach
    void system() throws Exception {
        declare(BULK);
        world.serve("/admin/graphql.json", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String what = body.contains("{ run }") ? "run" : body.contains("{ cancel }") ? "cancel" : "poll";
            asked.add(what);
            answer(exchange, what);
        });
        world.serve("/results/", exchange -> {
            asked.add("file " + exchange.getRequestURI());
            tokens.add(exchange.getRequestHeaders().getFirst("X-Token") + " "
                    + exchange.getRequestHeaders().getFirst("X-Common"));
            World.answer(
                    exchange,
                    200,
                    "application/jsonl",
                    IntStream.range(0, 100)
                            .mapToObj(i -> "{\"id\":" + i + "}\n")
                            .collect(Collectors.joining()));
        });
    }

    private void declare(String connector) throws IOException {
        world.write("connectors/bulk/connector.yaml", connector);
        world.write(
                "connectors/bulk/instances/bulk.yaml",
                "{instance: bulk, connector: bulk, settings: {port: %d, token: '${secret.TOKEN}'}}"
                        .formatted(world.port()));
        world.secret("TOKEN", "t0ken-value");
        world.reload();
    }

    private void answer(HttpExchange exchange, String what) throws IOException {
        if (what.equals("run")) {
            World.json(exchange, starts, created);
        } else if (what.equals("cancel")) {
            World.json(exchange, 200, "{\"data\":{}}");
        } else {
            String status;
            synchronized (statuses) {
                status = statuses.size() > 1 ? statuses.poll() : String.valueOf(statuses.peek());
            }
            int code = status.equals("503") ? 503 : 200;
            String url = status.equals("COMPLETED")
                    ? "\"http://" + host + ":" + world.port() + "/results/" + results + "\""
                    : "null";
            World.json(exchange, code, "{\"data\":{\"node\":{\"status\":\"" + status + "\",\"url\":" + url + "}}}");
        }
    }

    private Exchange call() throws Exception {
        return world.call("connector:bulk/products.export", Payload.empty(Lineage.ofRun("run-1")), attempt, null);
    }

    private StepException failure() throws Exception {
        return (StepException) call().getException();
    }

    @Test
    void readsTheResultFromAnotherHostInPagesAndWithoutTheCredentials() throws Exception {
        statuses.addAll(List.of("CREATED", "RUNNING", "COMPLETED"));

        List<Pull.Element> all = world.pull("connector:bulk/products.export", attempt, null);

        assertThat(all).hasSize(4).last().isInstanceOf(Pull.End.class);
        assertThat(((Pull.Page) all.get(2)).payload().records()).hasSize(20);
        assertThat(asked).containsExactly("run", "poll", "poll", "poll", "file /results/a.jsonl?sig=x%2Fy");
        assertThat(tokens).containsExactly("null null");
    }

    @Test
    void aRecordOfTheResultThatIsBrokenGoesAsideAndIsReadAloneWithoutAnotherJob() throws Exception {
        statuses.add("COMPLETED");
        declare(BULK.replace("response: {format: ndjson}", "response: {content: {format: ndjson}}")
                .replace("    recordSelector: {path: '$[*]', chunk: 40}\n", ""));
        world.serve(
                "/results/b",
                exchange -> World.answer(exchange, 200, "application/jsonl", "{\"id\":0}\nno\n{\"id\":2}\n"));
        results = "b";

        List<Pull.Element> all = world.pull("connector:bulk/products.export", attempt, Asides.SKIPS);

        assertThat(all).hasSize(3);
        Payload aside = ((Pull.Aside) all.get(0)).payload();
        assertThat(((Pull.Page) all.get(1)).payload().records()).hasSize(2);
        int before = asked.size();
        Payload mended = aside.withBody(
                new Body.Bytes("{\"id\":1}".getBytes(StandardCharsets.UTF_8), "text/plain"), RecordPath.ROOT);
        Exchange again = world.call("connector:bulk/products.export", mended, new FakeAttempt(), Asides.SKIPS);
        try (Pull pull = (Pull) again.getMessage().getBody()) {
            assertThat(((Pull.Page) pull.next()).payload().records())
                    .singleElement()
                    .hasToString("{\"id\":1}");
        }
        assertThat(asked).hasSize(before);
    }

    @Test
    void sendsTheCredentialsAlongWhereTheConnectorSaysSoAndToItsOwnHost() throws Exception {
        statuses.add("COMPLETED");
        host = "127.0.0.1";
        world.pull("connector:bulk/products.export", attempt, null);
        host = "localhost";
        declare(BULK.replace("url: '${with.url}'", "url: '${with.url}'\n    sendCredentials: true"));
        world.pull("connector:bulk/products.export", attempt, null);

        assertThat(tokens).containsExactly("t0ken-value k-t0ken-value", "t0ken-value k-t0ken-value");
    }

    @Test
    void refusesAResultOnAHostThatIsNotAllowed() throws Exception {
        statuses.add("COMPLETED");
        host = "evil.example.com";

        List<Pull.Element> all = world.pull("connector:bulk/products.export", attempt, null);

        assertThat(all)
                .singleElement()
                .isInstanceOfSatisfying(
                        Pull.Failed.class,
                        failed -> assertThat(failed.why())
                                .hasMessageContaining(
                                        "'evil.example.com', which is not among the instance's allowedHosts"));
    }

    @Test
    void goesOnWithTheJobThatAnEarlierLifeOfTheRunCreated() throws Exception {
        statuses.addAll(List.of("RUNNING", "COMPLETED"));
        attempt.madeBefore(
                0, 0, World.payload("{\"job\":\"gid://7\",\"created\":\"%s\"}".formatted(java.time.Instant.now())));

        assertThat(world.pull("connector:bulk/products.export", attempt, null)).hasSize(4);

        assertThat(asked).doesNotContain("run").contains("poll");
        assertThat(attempt.log()).anySatisfy(line -> assertThat(line).contains("goes on with job gid://7"));
    }

    @Test
    void aJobThatMayHaveBeenCreatedIsNotCreatedAgain() throws Exception {
        declare(BULK.replace("    inputs: {query: {}}\n", "    inputs: {query: {}}\n    idempotency: {type: none}\n"));
        starts = 504;

        StepException why = failure();

        assertThat(why.code()).isEqualTo("UNKNOWN_OUTCOME");
        assertThat(why.retryable()).isFalse();
        assertThat(asked).containsExactly("run");
    }

    @Test
    void marksTheJobWhenItWasCreated() throws Exception {
        statuses.add("COMPLETED");

        call();

        assertThat(attempt.made().get("0+0").answer().tree().path("job").asText())
                .isEqualTo("gid://7");
    }

    @Test
    void aFinishedJobWithoutAnAddressHasNoResult() throws Exception {
        statuses.add("COMPLETED");
        declare(BULK.replace("urlPath: $.data.node.url", "urlPath: $.data.node.partialUrl"));

        assertThat(world.pull("connector:bulk/products.export", attempt, null))
                .singleElement()
                .isInstanceOf(Pull.End.class);
    }

    @Test
    void asksAgainWhenTheSystemDoesNotAnswerAndFailsWhenItStaysSo() throws Exception {
        statuses.addAll(List.of("503", "503", "RUNNING", "COMPLETED"));
        assertThat(call().getException()).isNull();
        statuses.clear();
        statuses.add("503");

        StepException why = failure();

        assertThat(why.code()).isEqualTo("HTTP_503");
        assertThat(why.retryable()).isFalse();
    }

    @Test
    void failsWithTheJob() throws Exception {
        statuses.addAll(List.of("WHATEVER", "FAILED"));

        assertThat(failure()).hasMessage("job gid://7 ended as FAILED");
        assertThat(attempt.log())
                .anySatisfy(line -> assertThat(line).contains("WARN").contains("'WHATEVER'"));
    }

    @Test
    void failsWhenNoJobWasCreated() throws Exception {
        created = "{\"data\":{\"run\":{\"operation\":null}}}";

        assertThat(failure().code()).isEqualTo("NO_JOB");
        assertThat(attempt.made()).isEmpty();
    }

    @Test
    void cancelsAJobThatTakesTooLong() throws Exception {
        declare(BULK.replace("timeout: 2s\n  bulk.start", "timeout: 50ms\n  bulk.start"));
        statuses.add("RUNNING");

        assertThat(failure().code()).isEqualTo("JOB_TIMEOUT");
        assertThat(asked).last().isEqualTo("cancel");
    }

    @Test
    void cancelsTheJobWhenTheRunIsStoppedForGood() throws Exception {
        statuses.addAll(List.of("RUNNING", "RUNNING", "RUNNING"));
        world.serve("/admin/never", exchange -> {});
        Thread stopper = new Thread(() -> {
            while (asked.size() < 3) {
                Thread.onSpinWait();
            }
            attempt.stopRun();
        });
        stopper.start();

        assertThat(failure().isHeld()).isTrue();
        stopper.join();
        assertThat(asked).last().isEqualTo("cancel");
    }

    @Test
    void leavesTheJobAloneWhenOnlyTheTryIsGivenUp() throws Exception {
        statuses.add("RUNNING");
        Thread stopper = new Thread(() -> {
            while (asked.size() < 3) {
                Thread.onSpinWait();
            }
            attempt.cancel();
        });
        stopper.start();

        assertThat(failure().isHeld()).isTrue();
        stopper.join();
        assertThat(asked).doesNotContain("cancel");
    }

    @Test
    void aWriteByJobLeavesWhatTheLastAnswerSays() throws Exception {
        declare(BULK.replace("products.export:\n    kind: read", "products.export:\n    kind: write")
                .replace("      urlPath: $.data.node.url\n      download: bulk.file\n", ""));
        statuses.addAll(List.of("RUNNING", "COMPLETED"));
        Use into = new Use(Map.of(), new Use.Into("job"), false);

        Payload left = world.answer("connector:bulk/products.export", World.payload("{\"a\":1}"), attempt, into);

        assertThat(left.tree().at("/job/data/node/status")).isEqualTo(Json.NODES.textNode("COMPLETED"));
    }
}
