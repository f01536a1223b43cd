package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.payload.Body;
import io.patchbay.queue.IntakeRefusedException;
import io.patchbay.queue.StartQueue;
import io.patchbay.route.Flows;
import io.patchbay.route.Pauses;
import io.patchbay.route.Pauses.Kind;
import io.patchbay.run.FailedQuery;
import io.patchbay.run.RunHistory;
import io.patchbay.run.RunStatus;
import io.patchbay.trigger.Starts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole program: what is paused is held, and goes on where it was. */
class PausesTest {

    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir
    Path home;

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile int status = 204;
    private volatile CountDownLatch firstOf = new CountDownLatch(0);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer system;
    private ConfigurableApplicationContext program;

    @BeforeEach
    void start() throws IOException {
        system = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        system.setExecutor(threads);
        system.createContext("/", this::answer);
        system.start();
        write(system.getAddress().getPort());
        program = program();
    }

    @AfterEach
    void end() {
        firstOf.countDown();
        program.close();
        system.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean asks = exchange.getRequestMethod().equals("GET");
            if (!asks) {
                calls.add(body);
                firstOf.await();
            }
            exchange.sendResponseHeaders(status, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ConfigurableApplicationContext program() {
        return Program.start(home, "--patchbay.pauses.unreachable=3", "--patchbay.pauses.look-again=200ms");
    }

    private void write(int port) throws IOException {
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
        Path routes = Files.createDirectories(home.resolve("routes"));
        Files.writeString(routes.resolve("two.flow.yaml"), """
                flow: two
                trigger: [ { webhook: { path: two, auth: none } } ]
                shapes:
                  - { id: each, flowControl: { size: 1, wrapSingle: false } }
                  - { id: push, retries: { count: 0 }, connection: { instance: shop-one, endpoint: things.write } }
                """);
    }

    private <T> T of(Class<T> type) {
        return program.getBean(type);
    }

    private String start(String json) throws Exception {
        return start("manual", json);
    }

    private String start(String trigger, String json) throws Exception {
        Body body = new Body.Bytes(json.getBytes(StandardCharsets.UTF_8), "application/json");
        return of(Flows.class).start("two", trigger, body, Map.of()).get(20, TimeUnit.SECONDS);
    }

    private void succeeds(String run) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(of(RunHistory.class).run(run))
                        .hasValueSatisfying(
                                record -> assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED)));
    }

    @Test
    void startsOfAFlowWaitWhileItIsPausedAlsoOverARestartAndOneByHandDoesNot() throws Exception {
        of(Pauses.class).pause(Kind.FLOW, "two", "we look at it");
        String run = start("webhook", "[1]");
        program.close();
        program = program();
        assertThat(of(Pauses.class).all()).extracting(Pauses.Paused::reason).containsExactly("we look at it");
        assertThat(of(StartQueue.class).queued("two")).isEqualTo(1);
        assertThat(of(Flows.class).flow("two").orElseThrow().enabled()).isFalse();
        succeeds(start("[2]"));
        assertThat(calls).as("only what a person started").containsExactly("2");

        of(Flows.class).enable("two", true);
        succeeds(run);
        assertThat(calls).containsExactly("2", "1");
    }

    @Test
    void aRunThatMeetsAPausedInstanceGoesOnWhereItWasAndSendsNothingTwice() throws Exception {
        firstOf = new CountDownLatch(1);
        String run = start("[1, 2, 3]");
        await().atMost(SOON).until(() -> calls.size() == 1);
        of(Pauses.class).pause(Kind.INSTANCE, "shop-one", null);
        firstOf.countDown();
        await().atMost(SOON).until(() -> of(StartQueue.class).queued("two") == 1);
        String other = start("[4]");

        assertThat(calls).as("the call on its way came to its end").containsExactly("1");
        assertThat(of(RunHistory.class)
                        .failed(FailedQuery.of("two", null), null, 10)
                        .data())
                .isEmpty();
        assertThat(of(Pauses.class).resume(Kind.INSTANCE, "shop-one")).isTrue();
        succeeds(run);
        succeeds(other);
        assertThat(calls).containsExactlyInAnyOrder("1", "2", "3", "4");
    }

    @Test
    void anInstanceThatIsDownIsPausedAndGoesOnWhenItAnswersAgain() throws Exception {
        status = 503;
        for (int i = 0; i < 3; i++) {
            String run = start("[0]");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(of(RunHistory.class).run(run))
                            .hasValueSatisfying(
                                    record -> assertThat(record.endedAt()).isNotNull()));
        }
        assertThat(of(Pauses.class).all()).singleElement().satisfies(pause -> {
            assertThat(pause.by()).isEqualTo(Pauses.By.UNREACHABLE);
            assertThat(pause.reason()).contains("503");
        });
        List<String> held = new ArrayList<>();
        for (int i = 1; i < 5; i++) {
            held.add(start("[" + i + "]"));
        }
        assertThat(calls).containsExactly("0", "0", "0");

        status = 204;
        for (String run : held) {
            succeeds(run);
        }
        assertThat(of(Pauses.class).all()).isEmpty();
        assertThat(calls).containsExactlyInAnyOrder("0", "0", "0", "1", "2", "3", "4");
    }

    @Test
    void whileTheIntakeIsPausedOnlyWhatAPersonStartsIsTakenOn() throws Exception {
        of(Pauses.class).pause(Kind.INTAKE, "", "we move");
        Starts starts = of(Starts.class);
        assertThatThrownBy(() -> starts.start(null, "two", "webhook", Body.EMPTY, Map.of(), Instant.now())
                        .get(20, TimeUnit.SECONDS))
                .hasCauseInstanceOf(IntakeRefusedException.class)
                .hasMessageContaining("the intake is paused by an operator: we move");
        succeeds(start("[1]"));

        of(Pauses.class).resume(Kind.INTAKE, "");
        succeeds(starts.start(
                        null,
                        "two",
                        "webhook",
                        new Body.Bytes("[2]".getBytes(StandardCharsets.UTF_8), "application/json"),
                        Map.of(),
                        Instant.now())
                .get(20, TimeUnit.SECONDS));
    }

    /** One run of three payloads, of which the first is sent; then its instance is paused. */
    private String parked() throws Exception {
        firstOf = new CountDownLatch(1);
        String run = start("[1, 2, 3]");
        await().atMost(SOON).until(() -> calls.size() == 1);
        of(Pauses.class).pause(Kind.INSTANCE, "shop-one", null);
        firstOf.countDown();
        await().atMost(SOON).until(() -> of(StartQueue.class).queued("two") == 1);
        return run;
    }

    @Test
    void aRunThatWaitsForAPausedInstanceIsQueuedAndSaysWhy() throws Exception {
        String run = parked();

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(of(RunHistory.class).run(run)).hasValueSatisfying(record -> {
                    assertThat(record.status()).isEqualTo(RunStatus.QUEUED);
                    assertThat(record.reason()).contains("instance 'shop-one' is paused by an operator");
                }));
    }

    @Test
    void aRunThatWaitsForAPausedInstanceIsStoppedAtOnce() throws Exception {
        String run = parked();

        assertThat(of(Flows.class).stop(run).get(20, TimeUnit.SECONDS)).isTrue();

        assertThat(of(RunHistory.class).run(run)).hasValueSatisfying(record -> {
            assertThat(record.status()).isEqualTo(RunStatus.STOPPED);
            assertThat(record.reason()).isEqualTo("an operator stopped the run");
        });
        assertThat(of(StartQueue.class).queued("two")).isZero();
        assertThat(of(Flows.class).stop(run).get(20, TimeUnit.SECONDS))
                .as("it has ended")
                .isFalse();
        of(Pauses.class).resume(Kind.INSTANCE, "shop-one");
        succeeds(start("[4]"));
        assertThat(calls).containsExactly("1", "4");
    }

    @Test
    void aRunThatNeverBeganIsStoppedAndStaysInTheHistory() throws Exception {
        of(Pauses.class).pause(Kind.INSTANCE, "shop-one", null);
        String run = start("[1]");

        assertThat(of(Flows.class).stop(run).get(20, TimeUnit.SECONDS)).isTrue();

        assertThat(of(RunHistory.class).run(run))
                .hasValueSatisfying(record -> assertThat(record.status()).isEqualTo(RunStatus.STOPPED));
        of(Pauses.class).resume(Kind.INSTANCE, "shop-one");
        succeeds(start("[2]"));
        assertThat(calls).containsExactly("2");
    }
}
