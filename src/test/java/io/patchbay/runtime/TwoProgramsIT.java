package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.patchbay.payload.Body;
import io.patchbay.queue.IntakeRefusedException;
import io.patchbay.route.Flows;
import io.patchbay.route.Pauses;
import io.patchbay.route.Pauses.Kind;
import io.patchbay.run.CallResults;
import io.patchbay.run.RunHistory;
import io.patchbay.run.RunQuery;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Two whole programs on one PostgreSQL. The first one calls; the flow that it calls needs an instance there that is paused, so that
 * its runs are the second one's. The second one has no flow that calls.
 */
class TwoProgramsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    static Path folder;

    private static EmbeddedPostgres postgres;
    private static ConfigurableApplicationContext first;
    private static ConfigurableApplicationContext second;

    @BeforeAll
    static void begin() throws Exception {
        postgres = EmbeddedPostgres.start();
        Path connector = Files.createDirectories(folder.resolve("first/connectors/local-folder/instances"));
        Files.copy(Path.of("connectors/local-folder/connector.yaml"), connector.resolveSibling("connector.yaml"));
        Files.writeString(
                connector.resolve("here.yaml"),
                "{ instance: here, connector: local-folder, settings: { folder: data/out } }\n");
        flow("first", "articles", """
                flow: articles
                shapes:
                  - { id: each, flowControl: { size: 1, wrapSingle: false } }
                  - { id: priced, runFlow: { flow: price-of, wait: true }, retries: { count: 0 } }
                  - { id: told, notify: { per: payload, log: info, text: "${record.sku} for ${record.price} from ${meta.source}" } }
                """);
        flow("first", "price-of", """
                flow: price-of
                shapes:
                  - { id: held, connection: { instance: here, endpoint: files.list } }
                """);
        flow("second", "price-of", """
                flow: price-of
                settings: { overlap: parallel }
                shapes:
                  - { id: known, assert: { contains: { sku: 1 } }, retries: { count: 0 } }
                  - { id: priced, map: { fields: [ { to: sku, from: sku }, { to: price, value: 9.90 } ] } }
                  - { id: marked, setVariables: { meta: { source: list } } }
                """);
        flow("second", "apart", """
                flow: apart
                shapes:
                  - { id: told, notify: { log: info, text: apart } }
                """);
        first = program("first");
        second = program("second");
        deployed(first, "articles", "price-of");
        deployed(second, "price-of", "apart");
        first.getBean(Pauses.class).pause(Kind.INSTANCE, "here", null);
    }

    @AfterAll
    static void end() throws IOException {
        first.close();
        second.close();
        postgres.close();
    }

    private static void flow(String home, String name, String text) throws IOException {
        Path routes = Files.createDirectories(folder.resolve(home).resolve("routes"));
        Files.writeString(routes.resolve(name + ".flow.yaml"), text);
    }

    private static ConfigurableApplicationContext program(String home) {
        return Program.start(
                folder.resolve(home),
                "--patchbay.store.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                "--patchbay.store.user=postgres",
                "--patchbay.runs.stop-wait=1s");
    }

    private static void deployed(ConfigurableApplicationContext program, String... flows) {
        await().atMost(PATIENCE)
                .until(() -> List.of(flows).stream()
                        .allMatch(
                                flow -> program.getBean(Flows.class).flow(flow).isPresent()));
    }

    private static String start(ConfigurableApplicationContext program, String flow, String body) throws Exception {
        Body payload = new Body.Bytes(body.getBytes(StandardCharsets.UTF_8), "application/json");
        return program.getBean(Flows.class)
                .start(flow, "manual", payload, Map.of())
                .get(20, TimeUnit.SECONDS);
    }

    private static RunRecord ended(ConfigurableApplicationContext program, String id) {
        RunHistory history = program.getBean(RunHistory.class);
        return await().atMost(PATIENCE)
                .until(() -> history.run(id).filter(run -> run.endedAt() != null), Optional::isPresent)
                .orElseThrow();
    }

    private static List<String> told(RunRecord run) {
        return run.logs().stream()
                .filter(line -> "told".equals(line.shape()))
                .map(RunRecord.LogLine::text)
                .toList();
    }

    /** The runs that a run called. */
    private static List<RunRecord> calledBy(RunRecord run) {
        return first.getBean(RunHistory.class).runs(RunQuery.of("price-of", null, 10)).data().stream()
                .filter(child -> run.id().equals(child.parent()))
                .toList();
    }

    @Test
    void whatARunCallsIsDoneByTheOtherProgramAndComesBackOnce() throws Exception {
        RunRecord run = ended(first, start(first, "articles", "[{\"sku\":1},{\"sku\":1},{\"sku\":1}]"));

        assertThat(run.status()).as(run.reason()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(told(run)).hasSize(3).containsOnly("1 for 9.90 from list");
        String revision =
                second.getBean(Flows.class).flow("price-of").orElseThrow().revision();
        assertThat(calledBy(run)).hasSize(3).allSatisfy(child -> {
            assertThat(child.parent()).isEqualTo(run.id());
            assertThat(child.revision()).as("done by the second program").isEqualTo(revision);
        });
        assertThat(first.getBean(CallResults.class)
                        .find(calledBy(run).stream().map(RunRecord::id).toList()))
                .as("taken")
                .isEmpty();
    }

    @Test
    void aPayloadFailsAsTheRunThatTheOtherProgramDid() throws Exception {
        RunRecord run = ended(first, start(first, "articles", "[{\"sku\":2}]"));

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.reason())
                .contains("run " + calledBy(run).get(0).id() + " of flow 'price-of' failed: shape 'known'");
    }

    @Test
    void whatOneProgramPausesTheOtherPausesUntilAnyoneEndsIt() throws Exception {
        Pauses here = first.getBean(Pauses.class);
        Pauses there = second.getBean(Pauses.class);
        here.pause(Kind.FLOW, "apart", "we move");
        await().atMost(PATIENCE)
                .until(() -> there.all().stream()
                        .anyMatch(paused -> paused.kind() == Kind.FLOW
                                && paused.name().equals("apart")
                                && "we move".equals(paused.reason())));
        assertThat(second.getBean(Flows.class).flow("apart").orElseThrow().enabled())
                .isFalse();
        String waits = second.getBean(Flows.class)
                .start("apart", "api", Body.EMPTY, Map.of())
                .get(20, TimeUnit.SECONDS);
        assertThat(second.getBean(RunHistory.class).run(waits).map(RunRecord::endedAt))
                .isEmpty();

        here.pause(Kind.FLOW, "apart", "we still move");
        assertThat(here.all()).filteredOn(paused -> paused.kind() == Kind.FLOW).hasSize(1);
        assertThat(here.resume(Kind.FLOW, "apart")).isTrue();
        assertThat(here.resume(Kind.FLOW, "apart")).isFalse();
        assertThat(ended(second, waits).status()).isEqualTo(RunStatus.SUCCEEDED);

        there.pause(Kind.INTAKE, "", null);
        await().atMost(PATIENCE).until(() -> here.all().stream().anyMatch(paused -> paused.kind() == Kind.INTAKE));
        assertThat(catchThrowable(() -> first.getBean(Flows.class)
                        .start("articles", "api", Body.EMPTY, Map.of())
                        .get(20, TimeUnit.SECONDS)))
                .hasCauseInstanceOf(IntakeRefusedException.class);
        assertThat(there.resume(Kind.INTAKE, "")).isTrue();
    }
}
