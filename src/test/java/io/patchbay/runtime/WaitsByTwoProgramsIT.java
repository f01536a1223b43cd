package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.payload.Body;
import io.patchbay.route.Flows;
import io.patchbay.run.RunHistory;
import io.patchbay.run.RunQuery;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.run.WaitingPayload;
import io.patchbay.run.WaitingPayloads;
import io.patchbay.run.WaitingPayloads.Query;
import io.patchbay.run.WaitingPayloads.Word;
import io.patchbay.shape.wait.WaitState;
import io.patchbay.shape.wait.Waits;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** Two whole programs on one PostgreSQL: what waits goes on once, whoever decides. */
class WaitsByTwoProgramsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static EmbeddedPostgres postgres;
    private static final List<ConfigurableApplicationContext> PROGRAMS = new ArrayList<>();

    @BeforeAll
    static void begin() throws Exception {
        postgres = EmbeddedPostgres.start();
        for (String home : List.of("one", "two")) {
            Path routes = Files.createDirectories(folder.resolve(home).resolve("routes"));
            Files.writeString(routes.resolve("approved.flow.yaml"), """
                    flow: approved
                    shapes:
                      - { id: each, flowControl: { size: 1, wrapSingle: false } }
                      - { id: approved, wait: { for: approval } }
                      - { id: told, notify: { per: payload, log: info, text: "${record.id} by ${meta.wait.by}" } }
                    """);
            Files.writeString(routes.resolve("paid.flow.yaml"), """
                    flow: paid
                    shapes:
                      - { id: each, flowControl: { size: 1, wrapSingle: false } }
                      - { id: paid, wait: { for: event, key: "paid:${record.id}" } }
                      - { id: told, notify: { per: payload, log: info, text: "${record.id}" } }
                    """);
            PROGRAMS.add(Program.start(
                    folder.resolve(home),
                    "--patchbay.store.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                    "--patchbay.store.user=postgres",
                    "--patchbay.runs.stop-wait=1s"));
        }
        await().atMost(PATIENCE)
                .until(() -> PROGRAMS.stream()
                        .allMatch(program -> program.getBean(Flows.class)
                                        .flow("approved")
                                        .isPresent()
                                && program.getBean(Flows.class).flow("paid").isPresent()));
    }

    @AfterAll
    static void end() throws Exception {
        PROGRAMS.forEach(ConfigurableApplicationContext::close);
        postgres.close();
    }

    private static WaitingPayloads waits(int program) {
        return PROGRAMS.get(program).getBean(WaitingPayloads.class);
    }

    private static String start(int program, String flow, String json) throws Exception {
        Body body = new Body.Bytes(json.getBytes(StandardCharsets.UTF_8), "application/json");
        return PROGRAMS.get(program)
                .getBean(Flows.class)
                .start(flow, "manual", body, Map.of())
                .get(20, TimeUnit.SECONDS);
    }

    private static RunRecord ended(String run) {
        return await().atMost(PATIENCE)
                .until(
                        () -> PROGRAMS.get(0)
                                .getBean(RunHistory.class)
                                .run(run)
                                .filter(record -> record.endedAt() != null),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static List<RunRecord> takenOn(String flow) {
        return PROGRAMS.get(0).getBean(RunHistory.class).runs(RunQuery.of(flow, null, 200)).data().stream()
                .filter(run -> run.trigger().equals("wait"))
                .toList();
    }

    @Test
    void ofTwoWhoDecideAtOnceOneDoesAndThePayloadGoesOnOnce() throws Exception {
        ended(start(
                0,
                "approved",
                "[{\"id\":1},{\"id\":2},{\"id\":3},{\"id\":4},{\"id\":5},{\"id\":6},{\"id\":7},{\"id\":8}]"));
        List<WaitingPayload> all = waits(1).list(
                        new Query("approved", null, null, null, null, WaitState.WAITING), null, 100)
                .data();
        assertThat(all).as("each sees what the other one's runs left").hasSize(8);

        List<CompletableFuture<WaitingPayload>> decisions = new ArrayList<>();
        for (WaitingPayload one : all) {
            decisions.add(waits(0).approve(one.id(), new Word("ada", null, null, false)));
            decisions.add(waits(1).approve(one.id(), new Word("bob", null, null, false)));
        }
        await().atMost(PATIENCE).until(() -> decisions.stream().allMatch(CompletableFuture::isDone));

        assertThat(decisions)
                .filteredOn(decision -> !decision.isCompletedExceptionally())
                .hasSize(8);
        Set<String> runs = new HashSet<>();
        for (WaitingPayload one : all) {
            runs.add(String.valueOf(waits(0).find(one.id()).orElseThrow().run()));
        }
        assertThat(runs)
                .hasSize(8)
                .allSatisfy(run -> assertThat(ended(run).status()).isEqualTo(RunStatus.SUCCEEDED));
        assertThat(takenOn("approved")).hasSize(8);
    }

    @Test
    void eventsAndPayloadsThatComeAtOnceToDifferentProgramsMeet() throws Exception {
        int many = 12;
        List<CompletableFuture<Waits.Told>> told = new ArrayList<>();
        List<String> runs = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            runs.add(start(i % 2, "paid", "[{\"id\":%d}]".formatted(i)));
            told.add(waits((i + 1) % 2).tell(new Waits.Event(null, "", "paid:" + i, null, null, "api", null)));
        }
        await().atMost(PATIENCE).until(() -> told.stream().allMatch(CompletableFuture::isDone));
        assertThat(told).noneMatch(CompletableFuture::isCompletedExceptionally);
        runs.forEach(WaitsByTwoProgramsIT::ended);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                waits(0).list(new Query("paid", null, null, null, null, WaitState.WAITING), null, 100)
                                        .data())
                        .isEmpty());
        List<WaitingPayload> all = waits(0).list(
                        new Query("paid", null, null, null, null, WaitState.RELEASED), null, 100)
                .data();
        assertThat(all).hasSize(many);
        Set<String> ends = new HashSet<>();
        for (WaitingPayload one : all) {
            RunRecord run = ended(String.valueOf(one.run()));
            assertThat(run.logs())
                    .filteredOn(line -> "told".equals(line.shape()))
                    .hasSize(1);
            ends.add(run.id());
        }
        assertThat(ends).as("each in a run, its own or the first one").hasSize(many);
    }
}
