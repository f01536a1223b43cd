package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.trial.dry.Captured;
import io.patchbay.trial.dry.DryReport;
import io.patchbay.trial.dry.DryRuns;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program tells groups what a flow says. */
class NotifiesTest {

    private static final List<String> TAKEN = new CopyOnWriteArrayList<>();

    @TempDir
    static Path home;

    private static HttpServer chat;
    private static Program program;

    @BeforeAll
    static void start() throws Exception {
        chat = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        chat.createContext("/", exchange -> {
            TAKEN.add(exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), "UTF-8"));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        chat.start();
        String hooks = "http://127.0.0.1:" + chat.getAddress().getPort();
        Files.createDirectories(home.resolve("routes"));
        program = new Program(
                home,
                Program.start(
                        home,
                        "--patchbay.notifications.allowed-hosts=127.0.0.1",
                        "--patchbay.notifications.groups.ops.webhook=" + hooks + "/s3cret-pager",
                        "--patchbay.notifications.groups.ops.slack=" + hooks + "/s3cret-chat"));
        program.flow("late", """
                flow: late
                shapes:
                  - id: told
                    notify: { per: record, log: warn, to: [ ops ], subject: "Order ${record.id}", text: "<!channel> ${record.why}" }
                """);
    }

    @AfterAll
    static void stop() {
        program.context().close();
        chat.stop(0);
    }

    @BeforeEach
    void forget() {
        TAKEN.clear();
    }

    @Test
    void aGroupIsToldByAllItsWays() throws Exception {
        RunRecord run = program.run("late", "[ { \"id\": 7, \"why\": \"no stock\" } ]");

        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(TAKEN).hasSize(2);
        JsonNode document = document("/s3cret-pager ");
        assertThat(document.path("flow").asText()).isEqualTo("late");
        assertThat(document.path("shape").asText()).isEqualTo("told");
        assertThat(document.path("run").asText()).isEqualTo(run.id());
        assertThat(document.path("level").asText()).isEqualTo("warn");
        assertThat(document.path("title").asText()).isEqualTo("Order 7");
        assertThat(document.path("text").asText()).isEqualTo("<!channel> no stock");
        JsonNode message = document("/s3cret-chat ");
        assertThat(message.path("text").asText()).isEqualTo("Order 7");
        assertThat(message.path("blocks").path(1).path("text").path("type").asText())
                .isEqualTo("plain_text");
    }

    @Test
    void aDryRunShowsWhatWouldBeSaidAndNoAddress() throws Exception {
        DryReport report = program.context()
                .getBean(DryRuns.class)
                .run(
                        "late",
                        "manual",
                        new Body.Bytes("[ { \"id\": 7, \"why\": \"x\" } ]".getBytes(), "application/json"),
                        Map.of())
                .get(20, TimeUnit.SECONDS);

        assertThat(TAKEN).isEmpty();
        assertThat(report.writes())
                .filteredOn(write -> write.kind() == Captured.Kind.MESSAGE)
                .extracting(Captured::target)
                .containsExactlyInAnyOrder("webhook 1 of group ops", "slack 1 of group ops");
        assertThat(report.toString()).doesNotContain("s3cret");
    }

    private static JsonNode document(String to) throws Exception {
        String taken =
                TAKEN.stream().filter(one -> one.startsWith(to)).findFirst().orElseThrow();
        return Json.MAPPER.readTree(taken.substring(to.length()));
    }
}
