package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.patchbay.payload.Body;
import io.patchbay.problem.Problem;
import io.patchbay.route.Flows;
import io.patchbay.run.RunHistory;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** A connector is updated in place under flows and instances that ask for the version before it, in several lives of the program. */
class ConnectorUpdateIT {

    @TempDir
    Path home;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer system;
    private ConfigurableApplicationContext program;

    @BeforeEach
    void open() throws IOException {
        system = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        system.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            byte[] answer = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        system.start();
    }

    @AfterEach
    void close() {
        program.close();
        system.stop(0);
    }

    private void live() {
        if (program != null) {
            program.close();
        }
        program = Program.start(home);
    }

    private void write(String file, String text) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Path fresh = Files.writeString(home.resolve("fresh"), text);
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
    }

    private void shop(String version) throws IOException {
        write("connectors/shop/connector.yaml", """
                connector: shop
                version: %s
                auth: {none: {type: none}}
                requester: {baseUrl: 'http://127.0.0.1:%d', allowedHosts: ['127.0.0.1'], timeout: 2s}
                endpoints:
                  me.get: {kind: read, method: GET, path: '/%s/${with.who}', inputs: {who: {}}}
                """.formatted(
                        version, system.getAddress().getPort(), version));
    }

    private void flow(String id, String connection) throws IOException {
        write("routes/" + id + ".flow.yaml", """
                flow: %s
                shapes:
                  - id: asked
                    connection: {%s, endpoint: me.get, with: {who: %s}}
                """.formatted(id, connection, id));
    }

    /** Runs a flow, which must succeed, and gives the path that it asked for. */
    private String run(String flow) throws Exception {
        asked.clear();
        RunHistory history = program.getBean(RunHistory.class);
        Body body = new Body.Bytes("{}".getBytes(StandardCharsets.UTF_8), "application/json");
        String id = program.getBean(Flows.class)
                .start(flow, "manual", body, Map.of())
                .get(20, TimeUnit.SECONDS);
        RunRecord run = await().atMost(Duration.ofSeconds(20))
                .until(() -> history.run(id).filter(one -> one.endedAt() != null), Optional::isPresent)
                .orElseThrow();
        assertThat(run.status()).as(flow).isEqualTo(RunStatus.SUCCEEDED);
        return String.join(" ", asked);
    }

    private List<String> problems() {
        return program.getBean(Flows.class).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    private void expectOldForPinsAlone() throws Exception {
        assertThat(program.getBean(Flows.class).callersOf("one").values())
                .containsExactlyInAnyOrder(Set.of("by-flow"), Set.of("newest"));
        assertThat(run("by-flow")).isEqualTo("/1.0.0/by-flow");
        assertThat(run("by-instance")).isEqualTo("/1.0.0/by-instance");
        assertThat(run("newest")).isEqualTo("/2.0.0/newest");
        assertThat(run("newest-too")).isEqualTo("/2.0.0/newest-too");
    }

    @Test
    void whoAsksForTheVersionBeforeGoesOnWithItInEveryLife() throws Exception {
        shop("1.0.0");
        write("connectors/shop/instances/one.yaml", "{instance: one, connector: shop}");
        write("connectors/shop/instances/other.yaml", "{instance: other, connector: shop}");
        write("connectors/shop/instances/old.yaml", "{instance: old, connector: shop@1}");
        flow("by-flow", "instance: one, connector: shop@1");
        flow("by-instance", "instance: old");
        flow("newest", "instance: one");
        flow("newest-too", "instance: other");
        live();
        assertThat(run("by-flow")).isEqualTo("/1.0.0/by-flow");
        assertThat(run("newest-too")).isEqualTo("/1.0.0/newest-too");

        shop("2.0.0");
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(problems())
                        .hasSize(2)
                        .allSatisfy(problem -> assertThat(problem).contains("[KEPT_VERSION]")));
        expectOldForPinsAlone();

        live();
        assertThat(problems())
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem).contains("[KEPT_VERSION]"));
        expectOldForPinsAlone();

        program.close();
        write("connectors/shop/connector.yaml", "connector: [");
        write("connectors/shop/instances/one.yaml", "nonsense");
        live();
        assertThat(problems()).anyMatch(problem -> problem.contains("connectors/shop/connector.yaml"));
        expectOldForPinsAlone();
    }
}
