package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.route.Flows;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.FailedQuery;
import io.patchbay.run.RunHistory;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.run.WaitingPayload;
import io.patchbay.run.WaitingPayloads;
import io.patchbay.run.WaitingPayloads.Query;
import io.patchbay.run.WaitingPayloads.Word;
import io.patchbay.shape.wait.WaitState;
import io.patchbay.shape.wait.Waits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole program: payloads wait for people and events, and go on once. */
class WaitsTest {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Query WAITING = new Query(null, null, null, null, null, WaitState.WAITING);

    @TempDir
    Path home;

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer system;
    private ConfigurableApplicationContext program;

    @BeforeEach
    void start() throws IOException {
        system = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        system.setExecutor(threads);
        system.createContext("/", this::answer);
        system.start();
        connector(system.getAddress().getPort());
        Files.createDirectories(home.resolve("routes"));
        flow("approved", """
                variables: { shop: uk }
                shapes:
                  - { id: each, flowControl: { size: 1, wrapSingle: false } }
                  - { id: marked, setVariables: { flow: { shop: "${record.shop}" } } }
                  - id: approved
                    wait: { for: approval, title: "Order ${record.id}", key: "${record.id}", into: approval, expires: 1h }
                  - { id: tagged, setVariables: { meta: { of: "${flow.shop}" } } }
                  - { id: push, retries: { count: 0 }, connection: { instance: shop-one, endpoint: things.write } }
                  - { id: told, notify: { per: payload, log: info, text: "by ${meta.wait.by}: ${meta.wait.decision} of ${meta.of}" } }
                """);
        flow("paid", """
                shapes:
                  - { id: each, flowControl: { size: 1, wrapSingle: false } }
                  - id: way
                    branch:
                      paths:
                        - name: one
                          shapes:
                            - id: paid
                              wait: { for: event, key: "paid:${record.id}", into: payment, expires: 1h }
                        - name: two
                          shapes: []
                  - { id: push, connection: { instance: shop-one, endpoint: things.write } }
                """);
        flow("payments", """
                shapes:
                  - { id: each, flowControl: { size: 1, wrapSingle: false } }
                  - { id: tell, wait: { release: "paid:${record.order}", data: { sum: "${record.sum}" } } }
                """);
        flow("short", """
                shapes:
                  - id: tried
                    try:
                      shapes:
                        - { id: soon, wait: { for: approval, expires: 1s } }
                        - { id: push, connection: { instance: shop-one, endpoint: things.write } }
                      catch:
                        - { id: told, notify: { per: payload, log: info, text: "${error.code}" } }
                """);
        program = program();
    }

    @AfterEach
    void end() {
        program.close();
        system.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (!exchange.getRequestMethod().equals("GET")) {
                calls.add(body);
            }
            exchange.sendResponseHeaders(204, -1);
        }
    }

    private ConfigurableApplicationContext program() {
        return Program.start(home, "--patchbay.waits.most-per-flow=5");
    }

    private void connector(int port) throws IOException {
        Path instances = Files.createDirectories(home.resolve("connectors/shop/instances"));
        Files.writeString(instances.resolve("shop-one.yaml"), "instance: shop-one\nconnector: shop\n");
        Files.writeString(home.resolve("connectors/shop/connector.yaml"), """
                connector: shop
                version: 1.0.0
                title: A shop
                auth: { open: { type: none } }
                requester: { baseUrl: "http://127.0.0.1:%d", allowedHosts: ["127.0.0.1"] }
                check: { endpoint: things.hello }
                endpoints:
                  things.hello: { kind: read, title: Hello, method: GET, path: /hello }
                  things.write: { kind: write, title: Write, method: POST, path: /write }
                """.formatted(port));
    }

    private void flow(String id, String text) throws IOException {
        Files.writeString(home.resolve("routes/" + id + ".flow.yaml"), "flow: " + id + "\n" + text);
    }

    private <T> T of(Class<T> type) {
        return program.getBean(type);
    }

    private WaitingPayloads waits() {
        return of(WaitingPayloads.class);
    }

    private String start(String flow, String json) throws Exception {
        await().atMost(SOON).until(() -> of(Flows.class).flow(flow).isPresent());
        assertThat(of(Flows.class).problems()).isEmpty();
        Body body = new Body.Bytes(json.getBytes(StandardCharsets.UTF_8), "application/json");
        return of(Flows.class).start(flow, "manual", body, Map.of()).get(20, TimeUnit.SECONDS);
    }

    private RunRecord ended(String id) {
        return await().atMost(SOON)
                .until(() -> of(RunHistory.class).run(id).filter(run -> run.endedAt() != null), Optional::isPresent)
                .orElseThrow();
    }

    private List<WaitingPayload> waiting() {
        return waits().list(WAITING, null, 100).data();
    }

    private static Word word(String note) {
        return new Word("ada", note, null, false);
    }

    private static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void whatWaitsOutlivesItsRunAndARestartAndGoesOnOnceWhenItIsApproved() throws Exception {
        RunRecord run = ended(start("approved", "[{\"id\":1,\"shop\":\"de\"},{\"id\":2,\"shop\":\"fr\"}]"));
        assertThat(run.status()).as(run.reason()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run.reason()).isEqualTo("2 payloads wait, each to go on in a run of its own");
        assertThat(calls).isEmpty();
        program.close();
        program = program();
        assertThat(waiting()).hasSize(2).extracting(one -> one.wish().title()).containsExactly("Order 1", "Order 2");
        WaitingPayload first = waiting().get(0);
        await().atMost(SOON).until(() -> of(Flows.class).flow("approved").isPresent());

        List<CompletableFuture<WaitingPayload>> both = List.of(
                waits().approve(first.id(), new Word("ada", "fine", json("{\"ok\":true}"), false)),
                waits().approve(first.id(), word("me too")));
        await().atMost(SOON).until(() -> both.stream().allMatch(CompletableFuture::isDone));

        assertThat(both).filteredOn(CompletableFuture::isCompletedExceptionally).hasSize(1);
        WaitingPayload decided = waits().find(first.id()).orElseThrow();
        assertThat(decided.state()).isEqualTo(WaitState.APPROVED);
        RunRecord released = ended(String.valueOf(decided.run()));
        assertThat(released.status()).as(released.reason()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(released.parent()).isEqualTo(run.id());
        assertThat(released.trigger()).isEqualTo("wait");
        assertThat(calls).hasSize(1);
        assertThat(json(calls.get(0)).path("id").asInt()).isEqualTo(1);
        assertThat(released.logs()).anySatisfy(line -> assertThat(line.text()).isEqualTo("by ada: approved of fr"));
        assertThat(waiting()).hasSize(1);
        assertThatThrownBy(() -> waits().reject(first.id(), word(null)).get(20, TimeUnit.SECONDS))
                .hasMessageContaining("it does not wait any more: it was approved by ada");
    }

    @Test
    void whatIsRejectedIsAFailedPayloadWithTheNoteAndMayWaitAgain() throws Exception {
        ended(start("approved", "[{\"id\":1,\"shop\":\"de\"}]"));
        String id = waiting().get(0).id();

        WaitingPayload rejected = waits().reject(id, word("too dear")).get(20, TimeUnit.SECONDS);

        RunRecord released = ended(String.valueOf(rejected.run()));
        assertThat(released.status()).isEqualTo(RunStatus.FAILED);
        FailedPayload failed = of(RunHistory.class)
                .failed(FailedQuery.waitingOf(released.id()), null, 10)
                .data()
                .get(0);
        assertThat(failed.code()).isEqualTo("REJECTED");
        assertThat(failed.message()).isEqualTo("rejected by ada: too dear");
        assertThat(failed.shape()).isEqualTo("approved");
        ended(of(Flows.class)
                .replay(failed.id(), new Flows.Replay(null, false, null, null))
                .get(20, TimeUnit.SECONDS));
        assertThat(waiting()).hasSize(1);
        assertThat(calls).isEmpty();
    }

    @Test
    void anEventReleasesWhatWaitsForItAndOneThatCameTooEarlyIsKept() throws Exception {
        ended(start("paid", "[{\"id\":1}]"));
        assertThat(calls).as("the path without a wait").hasSize(1);

        ended(start("payments", "[{\"order\":1,\"sum\":5},{\"order\":2,\"sum\":6}]"));

        await().atMost(SOON).until(() -> calls.size() == 2);
        assertThat(json(calls.get(1))).isEqualTo(json("{\"id\":1,\"payment\":{\"sum\":5}}"));
        RunRecord run = ended(start("paid", "[{\"id\":2}]"));
        assertThat(run.reason()).as("its event was there").isNull();
        assertThat(calls).hasSize(4);
        assertThat(calls.subList(2, 4))
                .anySatisfy(call ->
                        assertThat(json(call).at("/payment/sum").asInt()).isEqualTo(6));
        ended(start("paid", "[{\"id\":2}]"));
        assertThat(waiting()).as("an event is kept for one").hasSize(1);
        Waits.Told told = waits().tell(new Waits.Event(null, "", "paid:2", "paid", null, "ada", null))
                .get(20, TimeUnit.SECONDS);
        assertThat(told.runs()).hasSize(1);
        assertThat(told.kept()).isNull();
        ended(told.runs().get(0));
        assertThat(calls).hasSize(6);
    }

    @Test
    void whoseTimeIsOverFailsInItsTryAsTheFlowSays() throws Exception {
        RunRecord run = ended(start("short", "{\"id\":1}"));
        WaitingPayload over = await().atMost(SOON)
                .until(
                        () -> waits().list(new Query("short", run.id(), null, null, null, WaitState.EXPIRED), null, 10)
                                .data(),
                        found -> found.size() == 1)
                .get(0);

        RunRecord released = ended(String.valueOf(over.run()));

        assertThat(released.logs()).extracting(RunRecord.LogLine::text).contains("WAIT_EXPIRED");
        assertThat(calls).isEmpty();
    }

    @Test
    void whatFindsNoRoomFails() throws Exception {
        RunRecord run = ended(start("paid", "[{\"id\":1},{\"id\":2},{\"id\":3},{\"id\":4},{\"id\":5},{\"id\":6}]"));

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        FailedPayload failed = of(RunHistory.class)
                .failed(FailedQuery.waitingOf(run.id()), null, 10)
                .data()
                .get(0);
        assertThat(failed.code()).isEqualTo("WAITS_FULL");
        assertThat(waiting()).hasSize(5);
    }

    @Test
    void whatWaitsGoesThroughNoOtherShapeThatHasTheWaitsIdNow() throws Exception {
        ended(start("approved", "[{\"id\":1,\"shop\":\"de\"},{\"id\":2,\"shop\":\"de\"}]"));
        String revision = of(Flows.class).flow("approved").orElseThrow().revision();
        Files.delete(home.resolve("connectors/shop/instances/shop-one.yaml"));
        for (String other : List.of("paid", "short")) {
            Files.delete(home.resolve("routes/" + other + ".flow.yaml"));
        }
        flow("approved", """
                shapes:
                  - { id: approved, setVariables: { meta: { let: through } } }
                """);
        await().atMost(SOON)
                .until(() -> of(Flows.class)
                        .flow("approved")
                        .filter(flow -> !flow.revision().equals(revision))
                        .isPresent());
        String id = waiting().get(0).id();

        assertThatThrownBy(() -> waits().approve(id, word(null)).get(20, TimeUnit.SECONDS))
                .hasMessageContaining("flow 'approved' has no wait 'approved' any more, and revision " + revision)
                .hasMessageContaining("put the wait back, or reject the payload");
        assertThatThrownBy(() ->
                        waits().approve(id, new Word("ada", null, null, true)).get(20, TimeUnit.SECONDS))
                .hasMessageContaining("without 'today' it goes on under the revision that it came with");
        assertThat(waits().reject(id, word("no")).get(20, TimeUnit.SECONDS).run())
                .as("nothing follows")
                .isNull();
        assertThat(waits().find(id).orElseThrow().state()).isEqualTo(WaitState.REJECTED);
        assertThat(waiting()).hasSize(1);
    }

    @Test
    void whatWaitsForAFlowThatIsGoneIsListedAndCanBeRejected() throws Exception {
        ended(start("approved", "[{\"id\":1,\"shop\":\"de\"}]"));
        Files.delete(home.resolve("routes/approved.flow.yaml"));
        await().atMost(SOON).until(() -> of(Flows.class).flow("approved").isEmpty());
        String id = waiting().get(0).id();

        assertThatThrownBy(() -> waits().approve(id, word(null)).get(20, TimeUnit.SECONDS))
                .hasMessageContaining("flow 'approved' is not there any more");
        assertThat(waits().reject(id, word(null)).get(20, TimeUnit.SECONDS).run())
                .isNull();
        assertThat(waits().find(id).orElseThrow().state()).isEqualTo(WaitState.REJECTED);
    }
}
