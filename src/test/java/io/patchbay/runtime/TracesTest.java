package io.patchbay.runtime;

import static io.patchbay.ops.tracing.Collector.attribute;
import static io.patchbay.ops.tracing.Collector.id;
import static io.patchbay.ops.tracing.Collector.parent;
import static io.patchbay.ops.tracing.Collector.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import io.patchbay.ops.tracing.Collector;
import io.patchbay.payload.Json;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.trigger.intake.Intake;
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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program with a collector of traces and two systems, of which one is told of them. */
class TracesTest {

    private static final String CALLER = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String CALLERS_TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SENTINEL = "sentinel-of-a-payload";

    @TempDir
    static Path home;

    private static final List<String> told = new CopyOnWriteArrayList<>();
    private static final AtomicInteger refusals = new AtomicInteger();
    private static Collector collector;
    private static HttpServer shop;
    private static Program program;

    @BeforeAll
    static void start() throws IOException {
        collector = new Collector();
        shop = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        shop.createContext("/", exchange -> {
            told.add(exchange.getRequestURI().getPath() + " "
                    + exchange.getRequestHeaders().getFirst("traceparent"));
            exchange.getRequestBody().readAllBytes();
            int status = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0 ? 503 : 200;
            byte[] answer = ("{\"id\":1,\"note\":\"" + SENTINEL + "\"}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        shop.start();
        Path folder = Files.createDirectories(home.resolve("connectors/till/instances"));
        Files.createDirectories(home.resolve("routes"));
        Files.writeString(folder.resolve("till-told.yaml"), "instance: till-told\nconnector: till\n");
        Files.writeString(folder.resolve("till-other.yaml"), "instance: till-other\nconnector: till\n");
        Files.writeString(home.resolve("connectors/till/connector.yaml"), """
            connector: till
            version: 1.0.0
            title: A till
            auth: { open: { type: none } }
            requester: { baseUrl: "http://127.0.0.1:%d", allowedHosts: ["127.0.0.1"] }
            endpoints:
              price.read:
                kind: read
                title: The price
                method: GET
                path: /price/${with.sku}
                inputs: { sku: { required: true } }
                errorHandler: { rules: [ { match: { status: [503] }, action: retry } ], backoff: { initial: 10ms } }
            """.formatted(
                        shop.getAddress().getPort()));
        program = new Program(
                home,
                Program.start(
                        home,
                        "--patchbay.tracing.endpoint=" + collector.url(),
                        "--patchbay.tracing.sampling=1",
                        "--patchbay.tracing.headers.Authorization=Bearer token-of-the-collector",
                        "--patchbay.tracing.tell=till-told"));
    }

    @AfterAll
    static void stop() {
        program.context().close();
        shop.stop(0);
        collector.close();
    }

    @Test
    void aRunIsOneTreeWhateverShapesItHas() throws Exception {
        program.flow("shapely", """
            flow: shapely
            shapes:
              - id: one-by-one
                flowControl: { size: 1, wrapSingle: false }
              - id: rests
                parallel: 2
                delay: { for: 5ms }
              - id: both
                branch:
                  paths:
                    - name: left
                      shapes: [ { id: for-left, notify: { per: record, log: info, text: "${record.note}" } } ]
                    - name: right
                      shapes:
                        - id: safely
                          try:
                            outcome: partial
                            shapes: [ { id: number, map: { fields: [ { to: sum, from: total, then: [ { number: {} } ] } ] } } ]
                            catch: [ { id: caught, notify: { per: payload, log: warn, text: "failed" } } ]
            """);
        RunRecord run = program.run(
                "shapely",
                "[{\"note\":\"%s\",\"total\":\"1\"},{\"note\":\"b\",\"total\":\"%s\"}]".formatted(SENTINEL, SENTINEL));

        List<Span> spans = collector.spansOf(run.id());
        Span root = collector.span(run.id());
        assertThat(run.status()).isEqualTo(RunStatus.PARTIAL);
        assertThat(spans)
                .allSatisfy(span -> assertThat(trace(span)).isEqualTo(run.id().replace("-", "")));
        assertThat(run.trace()).isEqualTo("00-" + trace(root) + "-" + id(root) + "-01");
        assertThat(parent(root)).isEmpty();
        assertThat(root.getName()).isEqualTo("shapely");
        assertThat(attribute(root, "patchbay.status")).isEqualTo("partial");
        assertThat(attribute(root, "patchbay.flow")).isEqualTo("shapely");
        Set<String> ids = new HashSet<>();
        spans.forEach(span -> ids.add(id(span)));
        assertThat(ids).hasSameSizeAs(spans);
        assertThat(spans).filteredOn(span -> !span.equals(root)).allSatisfy(span -> {
            assertThat(ids).contains(parent(span));
            assertThat(span.getEndTimeUnixNano()).isGreaterThanOrEqualTo(span.getStartTimeUnixNano());
        });
        assertThat(spans)
                .extracting(Span::getName)
                .contains("one-by-one", "rests", "for-left", "number", "caught")
                .filteredOn("rests"::equals)
                .hasSize(2);
        assertThat(spans)
                .filteredOn(span ->
                        span.getName().equals("number") && span.getStatus().getCode() == StatusCode.STATUS_CODE_ERROR)
                .singleElement()
                .satisfies(failed -> assertThat(attribute(failed, "error.type")).isNotEmpty());
        assertThat(collector.text()).doesNotContain(SENTINEL);
        assertThat(collector.authorization).isEqualTo("Bearer token-of-the-collector");
    }

    @Test
    void aQueuedRunGoesOnInTheTraceOfItsCallerAndItsPayloadDoesNotKnow() throws Exception {
        program.flow("hooked", """
            flow: hooked
            trigger: [ { webhook: { path: hooked, auth: none } } ]
            shapes:
              - { id: seen, notify: { per: payload, log: info, text: "meta ${meta.trace ?? 'none'}" } }
            """);
        RunRecord run = hook("hooked", CALLER, "vendor=opaque");

        Span root = collector.span(run.id());
        assertThat(trace(root)).isEqualTo(CALLERS_TRACE);
        assertThat(parent(root)).isEqualTo("00f067aa0ba902b7");
        assertThat(root.getTraceState()).isEqualTo("vendor=opaque");
        assertThat(root.getKind()).isEqualTo(SpanKind.SPAN_KIND_CONSUMER);
        assertThat(program.told(run).toString()).doesNotContain("trace", CALLERS_TRACE);
    }

    @Test
    void whatIsNoTraceContextBeginsATraceOfItsOwn() throws Exception {
        program.flow("misled", """
            flow: misled
            trigger: [ { webhook: { path: misled, auth: none } } ]
            shapes:
              - { id: seen, notify: { per: payload, log: info, text: "seen" } }
            """);
        for (String wrong : List.of(
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "nonsense")) {
            RunRecord run = hook("misled", wrong, "vendor=opaque");

            Span root = collector.span(run.id());
            assertThat(trace(root)).as(wrong).isEqualTo(run.id().replace("-", ""));
            assertThat(parent(root)).as(wrong).isEmpty();
        }
    }

    @Test
    void headAndTailOfACallbackAreOneTrace() throws Exception {
        program.flow("asked", """
            flow: asked
            trigger: [ { callback: { path: asked, method: POST, auth: none } } ]
            shapes:
              - { id: answer, callback: { answer: one } }
              - { id: after, notify: { per: payload, log: info, text: "after" } }
            """);
        HttpResponse<String> answer = post("/callbacks/asked", CALLER, null);

        assertThat(answer.statusCode()).isEqualTo(200);
        List<RunRecord> runs = await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> program.runs("asked"),
                        all -> all.size() == 2 && all.stream().allMatch(run -> run.endedAt() != null));
        RunRecord tail =
                runs.stream().filter(run -> run.parent() != null).findFirst().orElseThrow();
        Span head = collector.span(String.valueOf(tail.parent()));
        assertThat(head.getKind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
        assertThat(trace(head)).isEqualTo(CALLERS_TRACE);
        Span followed = collector.span(tail.id());
        assertThat(trace(followed)).isEqualTo(CALLERS_TRACE);
        assertThat(parent(followed)).isEqualTo(id(head));
    }

    @Test
    void aSystemHearsOfTheTraceOnlyWhereASettingSaysSo() throws Exception {
        program.flow("calls", """
            flow: calls
            shapes:
              - { id: told, connection: { instance: till-told, endpoint: price.read, with: { sku: told } } }
              - { id: other, connection: { instance: till-other, endpoint: price.read, with: { sku: other } } }
            """);
        RunRecord run = program.run("calls", "{}");

        assertThat(run.status()).as(String.valueOf(run.reason())).isEqualTo(RunStatus.SUCCEEDED);
        List<Span> requests = collector.spansOf(run.id()).stream()
                .filter(span -> span.getKind() == SpanKind.SPAN_KIND_CLIENT)
                .toList();
        assertThat(requests).hasSize(2).allSatisfy(request -> {
            assertThat(request.getName()).isEqualTo("GET price.read");
            assertThat(attribute(request, "http.response.status_code")).isEqualTo("200");
        });
        Span first = requests.stream()
                .filter(span -> attribute(span, "patchbay.instance").equals("till-told"))
                .findFirst()
                .orElseThrow();
        assertThat(parent(first)).isEqualTo(id(collector.span(run.id(), "told")));
        assertThat(told).contains("/price/told 00-" + trace(first) + "-" + id(first) + "-01", "/price/other null");
    }

    @Test
    void triesAreEventsAndAReplayIsLinkedToWhatFailed() throws Exception {
        program.flow("tries", """
            flow: tries
            shapes:
              - { id: priced, retries: { count: 1 }, connection: { instance: till-other, endpoint: price.read, with: { sku: tries } } }
            """);
        refusals.set(2);
        RunRecord run = program.run("tries", "{}");

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        Span priced = collector.span(run.id(), "priced");
        assertThat(priced.getEventsList()).extracting(Span.Event::getName).containsExactly("retry", "failed");
        assertThat(attribute(priced.getEvents(0).getAttributesList(), "patchbay.attempt"))
                .isEqualTo("2");
        assertThat(priced.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
        assertThat(collector.span(run.id()).getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
        FailedPayload failed = program.failed("tries").get(0);
        RunRecord again = program.replay(failed, null);

        assertThat(again.status()).isEqualTo(RunStatus.SUCCEEDED);
        Span replay = collector.span(again.id());
        Span first = collector.span(run.id());
        assertThat(trace(replay)).isNotEqualTo(trace(first));
        assertThat(replay.getLinksList()).singleElement().satisfies(link -> {
            assertThat(link.getTraceId()).isEqualTo(first.getTraceId());
            assertThat(link.getSpanId()).isEqualTo(first.getSpanId());
        });
    }

    @Test
    void runsGoOnWhileTheCollectorDoesNotTakeSpans() throws Exception {
        program.flow("alone", """
            flow: alone
            shapes:
              - { id: seen, notify: { per: payload, log: info, text: "seen" } }
            """);
        collector.status = 500;
        try {
            for (int i = 0; i < 20; i++) {
                assertThat(program.run("alone", "{}").status()).isEqualTo(RunStatus.SUCCEEDED);
            }
        } finally {
            collector.status = 200;
        }
        RunRecord later = program.run("alone", "{}");
        assertThat(trace(collector.span(later.id()))).isEqualTo(later.id().replace("-", ""));
    }

    private static RunRecord hook(String path, String parent, String state) throws Exception {
        HttpResponse<String> answer = post("/hooks/" + path, parent, state);
        return program.ended(Json.MAPPER.readTree(answer.body()).path("run").asText());
    }

    private static HttpResponse<String> post(String path, String parent, String state) throws Exception {
        int port = program.context().getBean(Intake.class).port();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .header("traceparent", parent)
                .POST(HttpRequest.BodyPublishers.ofString("{\"a\":1}"));
        Optional.ofNullable(state).ifPresent(text -> request.header("tracestate", text));
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
