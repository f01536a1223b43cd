package io.patchbay.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} while payloads come to wait, and while their events come: each goes on once. */
class WaitsKillIT {

    private static final int ORDERS = 30;
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    void eachPayloadThatWaitedGoesOnOnceOverKills() throws Exception {
        Path home = folder.resolve("home");
        Path routes = Files.createDirectories(home.resolve("routes"));
        Files.writeString(routes.resolve("paid.flow.yaml"), """
                flow: paid
                trigger: [ { webhook: { path: orders, auth: none } } ]
                settings: { overlap: parallel }
                shapes:
                  - { id: paid, wait: { for: event, key: "paid:${record.id}", into: payment } }
                  - { id: told, notify: { per: payload, log: info, text: "paid ${record.id}" } }
                """);
        Files.writeString(routes.resolve("payments.flow.yaml"), """
                flow: payments
                trigger: [ { webhook: { path: payments, auth: none } } ]
                settings: { overlap: parallel }
                shapes:
                  - { id: tell, wait: { release: "paid:${record.id}" } }
                """);
        try (Program program = new Program(home)) {
            program.start();
            program.awaitReady();
            post(program, "orders");
            program.kill();
            program.start();
            program.awaitReady();
            Awaitility.await("all wait")
                    .atMost(LONG)
                    .until(() -> program.all("/api/v1/waits?state=waiting").size() == ORDERS);

            post(program, "payments");
            program.kill();
            program.start();
            program.awaitReady();
            Awaitility.await("all were released")
                    .atMost(LONG)
                    .until(() -> program.all("/api/v1/waits?state=released").size() == ORDERS
                            && program.all("/api/v1/starts").isEmpty()
                            && program.all("/api/v1/runs?status=running").isEmpty());

            Map<String, Integer> ends = new HashMap<>();
            for (JsonNode wait : program.all("/api/v1/waits")) {
                JsonNode run =
                        program.get("/api/v1/runs/" + wait.path("releasedTo").asText());
                assertThat(run.path("status").asText()).isEqualTo("succeeded");
                ends.merge(run.path("id").asText(), 1, Integer::sum);
            }
            assertThat(ends).hasSize(ORDERS);
            List<JsonNode> takenOn = program.all("/api/v1/runs?flow=paid").stream()
                    .filter(run -> run.path("trigger").asText().equals("wait"))
                    .toList();
            assertThat(takenOn).as("none twice").hasSize(ORDERS);
            program.stop();
        }
    }

    private static void post(Program program, String path) throws IOException, InterruptedException {
        for (int i = 0; i < ORDERS; i++) {
            assertThat(program.post(path, "{\"id\":%d}".formatted(i))).isEqualTo(202);
        }
    }
}
