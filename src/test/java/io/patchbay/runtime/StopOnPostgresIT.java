package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.payload.Body;
import io.patchbay.route.Flows;
import io.patchbay.route.Pauses;
import io.patchbay.run.RunHistory;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.run.Runner;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

/** Two programs on one PostgreSQL: a run is stopped by the one that it is not in. */
class StopOnPostgresIT {

    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir
    Path homes;

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final CountDownLatch answer = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private EmbeddedPostgres postgres;
    private HttpServer system;
    private ConfigurableApplicationContext one;
    private ConfigurableApplicationContext two;

    @BeforeEach
    void start() throws IOException {
        system = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        system.setExecutor(threads);
        system.createContext("/", this::answer);
        system.start();
        postgres = EmbeddedPostgres.start();
        one = program("one");
        two = program("two");
    }

    @AfterEach
    void end() throws IOException {
        answer.countDown();
        one.close();
        two.close();
        postgres.close();
        system.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            calls.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            answer.await();
            exchange.sendResponseHeaders(204, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ConfigurableApplicationContext program(String name) throws IOException {
        Path home = homes.resolve(name);
        Path instances = Files.createDirectories(home.resolve("connectors/shop/instances"));
        Files.writeString(instances.resolve("shop-one.yaml"), "instance: shop-one\nconnector: shop\n");
        Files.writeString(home.resolve("connectors/shop/connector.yaml"), """
                connector: shop
                version: 1.0.0
                title: A shop
                auth: { open: { type: none } }
                requester: { baseUrl: "http://127.0.0.1:%d", allowedHosts: ["127.0.0.1"] }
                check: { endpoint: things.write }
                endpoints:
                  things.write: { kind: write, title: Write, method: POST, path: /write }
                """.formatted(
                        system.getAddress().getPort()));
        Files.writeString(Files.createDirectories(home.resolve("routes")).resolve("two.flow.yaml"), """
                flow: two
                trigger: [ { manual: {} } ]
                shapes:
                  - { id: each, flowControl: { size: 1, wrapSingle: false } }
                  - { id: push, connection: { instance: shop-one, endpoint: things.write } }
                """);
        return Program.start(
                home,
                "--patchbay.store.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                "--patchbay.store.user=postgres");
    }

    private String begin() throws Exception {
        Body body = new Body.Bytes("[1, 2, 3]".getBytes(StandardCharsets.UTF_8), "application/json");
        String run =
                one.getBean(Flows.class).start("two", "manual", body, Map.of()).get(20, TimeUnit.SECONDS);
        await().atMost(SOON).until(() -> calls.size() == 1);
        return run;
    }

    private ConfigurableApplicationContext idle(String run) {
        return one.getBean(Runner.class).running(run) == null ? one : two;
    }

    private RunRecord ended(String run) {
        return await().atMost(SOON)
                .until(
                        () -> one.getBean(RunHistory.class).run(run).orElse(null),
                        record -> record != null && record.endedAt() != null);
    }

    @Test
    void whileItRunsInTheOtherOne() throws Exception {
        String run = begin();

        assertThat(idle(run).getBean(Flows.class).stop(run).get(20, TimeUnit.SECONDS))
                .isTrue();
        ConfigurableApplicationContext busy = idle(run) == one ? two : one;
        await().atMost(SOON)
                .until(() -> java.util.Objects.requireNonNull(
                                busy.getBean(Runner.class).running(run))
                        .stopped());
        answer.countDown();

        assertThat(ended(run).status()).isEqualTo(RunStatus.STOPPED);
        assertThat(calls).containsExactly("1");
    }

    @Test
    void whileItWaitsForAPausedInstance() throws Exception {
        String run = begin();
        ConfigurableApplicationContext idle = idle(run);
        for (ConfigurableApplicationContext program : List.of(one, two)) {
            program.getBean(Pauses.class).pause(Pauses.Kind.INSTANCE, "shop-one", null);
        }
        answer.countDown();
        await().atMost(SOON)
                .until(() -> one.getBean(Runner.class).running(run) == null
                        && two.getBean(Runner.class).running(run) == null);
        await().atMost(SOON).until(() -> idle.getBean(Flows.class).stop(run).get(20, TimeUnit.SECONDS));

        assertThat(ended(run).status()).isEqualTo(RunStatus.STOPPED);
        assertThat(calls).containsExactly("1");
    }
}
