package io.patchbay.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of one of two programs on one PostgreSQL: of the one whose run waits, and of the one whose run is waited for. The
 * first program cannot do the runs that it calls, because the instance that they need there is paused.
 */
class CalledKillIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String TWO = "[{\"id\":1},{\"id\":2}]";

    @TempDir
    private Path folder;

    private EmbeddedPostgres postgres;
    private Counterpart system;
    private Program caller;
    private Program called;

    @BeforeEach
    void begin() throws Exception {
        postgres = EmbeddedPostgres.start();
        system = new Counterpart();
        caller = program("caller", "calling", "called");
        called = program("called", "called");
        Path flow = folder.resolve("caller/routes/called.flow.yaml");
        Shop.put(flow, java.nio.file.Files.readString(flow).replace("instance: system", "instance: parked"));
        caller.start();
        caller.awaitReady();
        caller.post("/api/v1/pauses?kind=instance&name=parked");
        called.start();
        called.awaitReady();
    }

    @AfterEach
    void end() throws Exception {
        caller.close();
        called.close();
        system.close();
        postgres.close();
    }

    private Program program(String home, String... flows) throws Exception {
        KilledFlows.write(folder.resolve(home), system, flows);
        return new Program(
                folder.resolve(home),
                "--patchbay.store.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                "--patchbay.store.user=postgres",
                "--patchbay.queue.lease=5s");
    }

    @Test
    void theRunThatWaitsGetsOnceWhatWasDoneWhileItsProgramWasDead() throws Exception {
        Counterpart.Hold held = system.hold("called", 1);
        String run = caller.start("calling", TWO);
        Awaitility.await("the called run works").atMost(PATIENCE).until(held::reached);

        caller.kill();
        held.answer();
        Awaitility.await("the called run has ended")
                .atMost(PATIENCE)
                .until(() ->
                        called.all("/api/v1/runs?flow=called&status=succeeded").size() == 1);
        caller.start();
        caller.awaitReady();

        goneThroughOnce(run);
    }

    @Test
    void theRunThatWaitsGetsOnceWhatAnotherProgramTookUpOfOneThatDied() throws Exception {
        Counterpart.Hold held = system.hold("called", 1);
        String run = caller.start("calling", TWO);
        Awaitility.await("the called run works").atMost(PATIENCE).until(held::reached);

        caller.post("/api/v1/pauses/end?kind=instance&name=parked");
        called.kill();
        system.letGo();

        goneThroughOnce(run);
    }

    private void goneThroughOnce(String run) throws Exception {
        Awaitility.await("the run has ended")
                .atMost(PATIENCE)
                .until(() -> caller.get("/api/v1/runs/" + run).path("endedAt").isTextual());
        JsonNode record = caller.get("/api/v1/runs/" + run);
        assertThat(record.path("status").asText())
                .as(record.path("reason").asText())
                .isEqualTo("succeeded");
        assertThat(system.effects("called")).containsExactlyInAnyOrder("{\"id\":1}", "{\"id\":2}");
        assertThat(system.effects("behind-called"))
                .containsExactlyInAnyOrder("{\"id\":1,\"called\":true}", "{\"id\":2,\"called\":true}");
        List<JsonNode> children = caller.all("/api/v1/runs?flow=called");
        assertThat(children).as("no flow is called twice").hasSize(2);
        assertThat(children).extracting(child -> child.path("status").asText()).containsOnly("succeeded");
    }
}
