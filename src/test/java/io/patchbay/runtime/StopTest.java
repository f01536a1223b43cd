package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.payload.Body;
import io.patchbay.route.Flows;
import io.patchbay.run.RunHistory;
import io.patchbay.run.RunStatus;
import io.patchbay.trigger.intake.Intake;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
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
import java.util.concurrent.CompletableFuture;
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

/** The whole program, told to stop while a system that it called has accepted the call and never answers. */
class StopTest {

    private static final Duration STOP_WAIT = Duration.ofSeconds(1);
    /** What the program needs beside the wait; Camel's own wait is 45 s. */
    private static final Duration BESIDE = Duration.ofSeconds(10);

    @TempDir
    Path home;

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final CountDownLatch answers = new CountDownLatch(1);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer system;

    @BeforeEach
    void hang() throws IOException {
        system = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        system.setExecutor(threads);
        system.createContext("/", this::answer);
        system.start();
        write(system.getAddress().getPort());
    }

    @AfterEach
    void end() {
        answers.countDown();
        system.stop(0);
        threads.shutdownNow();
    }

    @Test
    void endsSoonAfterTheWaitTellsTheCallerAndCallsAgainInItsNextLife() throws Exception {
        CompletableFuture<HttpResponse<String>> caller;
        String queued;
        long began;
        try (ConfigurableApplicationContext program = program(STOP_WAIT)) {
            Flows flows = program.getBean(Flows.class);
            Body body = new Body.Bytes("{\"a\":1}".getBytes(StandardCharsets.UTF_8), "application/json");
            queued = flows.start("queued", "manual", body, Map.of()).get(20, TimeUnit.SECONDS);
            caller = call(program.getBean(Intake.class).port(), "asked");
            await().until(() -> calls.size() == 2);
            began = System.nanoTime();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(STOP_WAIT, STOP_WAIT.plus(BESIDE));
        HttpResponse<String> answer = caller.get(1, TimeUnit.SECONDS);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();

        answers.countDown();
        try (ConfigurableApplicationContext program = program(STOP_WAIT)) {
            RunHistory history = program.getBean(RunHistory.class);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(history.run(queued))
                            .hasValueSatisfying(run -> assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED)));
            assertThat(history.run(queued).orElseThrow().resumed())
                    .as("an orderly stop is no crash")
                    .isZero();
        }
        assertThat(calls).containsExactlyInAnyOrder("GET /read", "POST /write", "POST /write");
    }

    @Test
    void aCallerWhoseBodyComesInDuringTheStopIsToldToo() throws Exception {
        ConfigurableApplicationContext program = program(STOP_WAIT.multipliedBy(3));
        int port = program.getBean(Intake.class).port();
        CompletableFuture<Void> stopped;
        try (Socket caller = new Socket("127.0.0.1", port)) {
            caller.setSoTimeout(20_000);
            OutputStream out = caller.getOutputStream();
            BufferedReader in = new BufferedReader(new InputStreamReader(caller.getInputStream()));
            out.write(("POST /callbacks/told HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(in.readLine()).as("taken in").startsWith("HTTP/1.1 100");
            assertThat(in.readLine()).isEmpty();

            stopped = CompletableFuture.runAsync(program::close, threads);
            await().until(() -> call(port, "quick").get().statusCode() == 503);
            out.write("{}".getBytes(StandardCharsets.US_ASCII));

            assertThat(in.readLine()).startsWith("HTTP/1.1 503");
            assertThat(calls).as("its run had begun").contains("GET /read");
        }
        stopped.get(20, TimeUnit.SECONDS);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            answers.await();
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static CompletableFuture<HttpResponse<String>> call(int port, String path) {
        URI uri = URI.create("http://127.0.0.1:" + port + "/callbacks/" + path);
        return HttpClient.newHttpClient()
                .sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private ConfigurableApplicationContext program(Duration stopWait) {
        return Program.start(home, "--patchbay.runs.stop-wait=" + stopWait.toSeconds() + "s");
    }

    private void write(int port) throws IOException {
        Path instances = Files.createDirectories(home.resolve("connectors/slow/instances"));
        Files.writeString(instances.resolve("slow-one.yaml"), "instance: slow-one\nconnector: slow\n");
        Files.writeString(home.resolve("connectors/slow/connector.yaml"), """
                connector: slow
                version: 1.0.0
                title: A system that hangs
                auth: { open: { type: none } }
                requester: { baseUrl: "http://127.0.0.1:%d", allowedHosts: ["127.0.0.1"], timeout: 4m }
                endpoints:
                  things.read: { kind: read, title: Read, method: GET, path: /read }
                  things.write: { kind: write, title: Write, method: POST, path: /write }
                """.formatted(port));
        Path routes = Files.createDirectories(home.resolve("routes"));
        Files.writeString(routes.resolve("queued.flow.yaml"), """
                flow: queued
                shapes:
                  - { id: push, connection: { instance: slow-one, endpoint: things.write } }
                """);
        Files.writeString(routes.resolve("asked.flow.yaml"), """
                flow: asked
                trigger: [ { callback: { path: asked, method: GET, auth: none, timeout: 4m } } ]
                shapes:
                  - { id: got, connection: { instance: slow-one, endpoint: things.read } }
                  - { id: answer, callback: { answer: one } }
                """);
        Files.writeString(routes.resolve("quick.flow.yaml"), """
                flow: quick
                trigger: [ { callback: { path: quick, method: GET, auth: none } } ]
                shapes:
                  - { id: made, manualPayload: { json: { a: 1 } } }
                  - { id: answer, callback: { answer: one } }
                """);
        Files.writeString(routes.resolve("told.flow.yaml"), """
                flow: told
                trigger: [ { callback: { path: told, method: POST, auth: none, timeout: 4m } } ]
                shapes:
                  - { id: got, connection: { instance: slow-one, endpoint: things.read } }
                  - { id: answer, callback: { answer: one } }
                """);
    }
}
