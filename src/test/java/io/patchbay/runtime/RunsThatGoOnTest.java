package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.patchbay.payload.Body;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program, while a system that a run called does not answer: what people see of the run. */
class RunsThatGoOnTest {

    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir
    Path home;

    private final CountDownLatch answers = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer system;

    @BeforeEach
    void hang() throws Exception {
        system = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        system.setExecutor(threads);
        system.createContext("/", exchange -> {
            try (exchange) {
                answers.await();
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(204, -1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        system.start();
        Path instances = Files.createDirectories(home.resolve("connectors/slow/instances"));
        Files.writeString(instances.resolve("slow-one.yaml"), "instance: slow-one\nconnector: slow\n");
        Files.writeString(home.resolve("connectors/slow/connector.yaml"), """
                connector: slow
                version: 1.0.0
                title: A system that hangs
                auth: { open: { type: none } }
                requester: { baseUrl: "http://127.0.0.1:%d", allowedHosts: ["127.0.0.1"], timeout: 4m }
                endpoints:
                  things.write: { kind: write, title: Write, method: POST, path: /write }
                """.formatted(
                        system.getAddress().getPort()));
        Path routes = Files.createDirectories(home.resolve("routes"));
        Files.writeString(routes.resolve("slow.flow.yaml"), """
                flow: slow
                shapes:
                  - { id: told, notify: { log: info, text: begun } }
                  - { id: push, connection: { instance: slow-one, endpoint: things.write } }
                  - { id: last, notify: { log: info, text: done } }
                """);
    }

    @AfterEach
    void end() {
        answers.countDown();
        system.stop(0);
        threads.shutdownNow();
    }

    @Test
    void aRunThatGoesOnIsSeenAsFarAsItCame() throws Exception {
        try (var context = Program.start(home)) {
            Program program = new Program(home, context);
            String id = program.flows()
                    .start("slow", "manual", new Body.Bytes("{}".getBytes(), "application/json"), Map.of())
                    .get(20, TimeUnit.SECONDS);

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(program.history().run(id)).hasValueSatisfying(run -> {
                        assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
                        assertThat(run.logs())
                                .extracting(RunRecord.LogLine::text)
                                .containsExactly("begun");
                        assertThat(run.shapes())
                                .filteredOn(shape -> shape.shape().equals("told"))
                                .singleElement()
                                .satisfies(
                                        shape -> assertThat(shape.payloadsOut()).isEqualTo(1));
                    }));
            assertThat(program.runs("slow"))
                    .singleElement()
                    .satisfies(run -> assertThat(run.status()).isEqualTo(RunStatus.RUNNING));

            answers.countDown();
            RunRecord ended = program.ended(id);
            assertThat(ended.status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(ended.logs()).extracting(RunRecord.LogLine::text).containsExactly("begun", "done");
        }
    }
}
