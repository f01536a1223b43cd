package io.patchbay.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at named points. Flows go on side by side until each has come to its point, where the other end holds its request;
 * then the program is killed, twice, at points that lie one behind the other. In the end nothing is lost, and nothing with a key has
 * happened twice.
 */
class KillPointsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String THREE = "[{\"id\":1},{\"id\":2},{\"id\":3}]";
    private static final String FIVE = "[{\"id\":1},{\"id\":2},{\"id\":3},{\"id\":4},{\"id\":5}]";

    @TempDir
    private Path folder;

    private Counterpart system;
    private Program program;
    private String neverTwice;
    private final List<String> runs = new ArrayList<>();
    private final SoftAssertions all = new SoftAssertions();

    @BeforeEach
    void begin() throws Exception {
        system = new Counterpart();
        KilledFlows.write(folder.resolve("home"), system);
        program = new Program(folder.resolve("home"), "--patchbay.runs.parallel=24");
        program.start();
        program.awaitReady();
        assertThat(program.get("/api/v1/problems").path("data")).isEmpty();
    }

    @AfterEach
    void end() {
        program.close();
        system.close();
    }

    @Test
    void nothingIsLostAndNothingThatHasAKeyIsDoubled() throws Exception {
        refuseWhatIsReplayed();
        parkARun();
        diesAt(
                List.of(
                        system.hold("sent", 2),
                        system.hold("without-key", 2),
                        system.hold("never-twice", 2),
                        system.hold("list", 2),
                        system.hold("barrier", 4),
                        system.hold("first-branch", 2),
                        system.hold("replayed", 1),
                        system.hold("enriched", 3),
                        system.hold("worked-out", 1),
                        system.hold("called", 1),
                        system.hold("once", 1)),
                this::first);
        diesAt(
                List.of(
                        system.hold("behind-script", 1),
                        system.hold("sent", 2),
                        system.hold("without-key", 2),
                        system.hold("never-twice", 1),
                        system.hold("paged", 2),
                        system.hold("behind-barrier", 1),
                        system.hold("second-branch", 2),
                        system.hold("replayed", 2),
                        system.hold("behind-enriched", 2),
                        system.hold("behind-worked-out", 1),
                        system.hold("behind-called", 1),
                        system.hold("once", 3),
                        system.hold("parked", 1)),
                this::second);
        program.start();
        program.awaitReady();
        ended();
        effects();
        parts();
        all.assertAll();
    }

    private interface Work {
        void begin() throws Exception;
    }

    /** Kills the program when each of these requests is held. */
    private void diesAt(List<Counterpart.Hold> points, Work work) throws Exception {
        work.begin();
        try {
            Awaitility.await("all points are reached").atMost(PATIENCE).until(() -> reached(points) == points.size());
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            throw new AssertionError(
                    "not reached: "
                            + points.stream()
                                    .filter(point -> !point.reached())
                                    .map(Counterpart.Hold::at)
                                    .toList()
                            + "\n" + program.lastWords(),
                    e);
        }
        // And one that was accepted a moment ago.
        assertThat(program.post("accepted", "{\"id\":" + program.life() + "}")).isEqualTo(202);
        program.kill();
        system.letGo();
    }

    private static long reached(List<Counterpart.Hold> points) {
        return points.stream().filter(Counterpart.Hold::reached).count();
    }

    private void start(String flow, String json) throws Exception {
        runs.add(program.start(flow, json));
    }

    private JsonNode run(String id) throws Exception {
        return program.get("/api/v1/runs/" + id);
    }

    /** Payloads fail, to be replayed when the system takes them. */
    private void refuseWhatIsReplayed() throws Exception {
        system.refuses("replayed", true);
        String run = program.start("replayed", THREE);
        Awaitility.await("refused")
                .atMost(PATIENCE)
                .until(() -> run(run).path("endedAt").isTextual());
        assertThat(program.all("/api/v1/failed-payloads?flow=replayed")).hasSize(3);
        system.refuses("replayed", false);
    }

    /** A run comes to a paused instance and is left, behind its first send. */
    private void parkARun() throws Exception {
        Counterpart.Hold first = system.hold("parked", 1);
        start("parked", THREE);
        Awaitility.await("the first is sent").atMost(PATIENCE).until(first::reached);
        program.post("/api/v1/pauses?kind=instance&name=parked");
        first.answer();
        Awaitility.await("parked")
                .atMost(PATIENCE)
                .until(() -> !program.all("/api/v1/starts?flow=parked").isEmpty());
    }

    private void first() throws Exception {
        start("scripted", "{\"id\":1}"); // its script works when all others have come to their points
        for (String flow : List.of("sent", "without-key", "branched", "enriched", "calling", "once")) {
            start(flow, THREE);
        }
        neverTwice = program.start("never-twice", THREE);
        start("paged", "{}");
        start("barrier", FIVE);
        start("worked-out", "{\"id\":1}");
        start("worked-out", "{\"id\":2}");
        program.post("/api/v1/replays?flow=replayed&perSecond=100");
    }

    private void second() throws Exception {
        assertThat(system.asked("behind-script"))
                .as("the first life did not come there")
                .isEmpty();
        program.start();
        program.awaitReady();
        assertThat(system.asked("parked")).as("the pause outlives the program").hasSize(1);
        program.post("/api/v1/pauses/end?kind=instance&name=parked");
    }

    private void ended() throws Exception {
        Awaitility.await("all runs have ended").atMost(PATIENCE).until(() -> {
            for (String id : runs) {
                if (!run(id).path("endedAt").isTextual()) {
                    return false;
                }
            }
            return program.all("/api/v1/runs?status=running").isEmpty()
                    && program.all("/api/v1/runs?status=queued").isEmpty()
                    && program.all("/api/v1/starts").isEmpty()
                    && program.all("/api/v1/failed-payloads?flow=replayed&state=resolved")
                                    .size()
                            == 3;
        });
        for (String id : runs) {
            all.assertThat(run(id).path("status").asText())
                    .as(
                            "run of %s: %s",
                            run(id).path("flow").asText(),
                            run(id).path("reason").asText())
                    .isEqualTo("succeeded");
        }
    }

    private void effects() {
        happened("accepted", "{'id':1}", "{'id':2}");
        happened("sent", "{'id':1}", "{'id':2}", "{'id':3}");
        happened("parked", "{'id':1}", "{'id':2}", "{'id':3}");
        happened("replayed", "{'id':1}", "{'id':2}", "{'id':3}");
        happened("first-branch", "{'id':1}", "{'id':2}", "{'id':3}");
        happened("second-branch", "{'id':1}", "{'id':2}", "{'id':3}");
        happened("once", "{'id':1}", "{'id':2}", "{'id':3}");
        happened("called", "{'id':1}", "{'id':2}", "{'id':3}");
        happened("before-script", "{'id':1}");
        happened("behind-script", "{'id':1}");
        happened("barrier", "{'id':1}", "{'id':2}", "{'id':3}", "{'id':4}", "{'id':5}");
        happened("behind-barrier", "[{'id':1},{'id':2},{'id':3},{'id':4},{'id':5}]");
        happened(
                "paged",
                "[{'id':1},{'id':2}]",
                "[{'id':3},{'id':4}]",
                "[{'id':5},{'id':6}]",
                "[{'id':7},{'id':8}]",
                "[{'id':9},{'id':10}]",
                "[{'id':11},{'id':12}]");
        String found = ",'found':{'name':'somebody'}}";
        happened("behind-enriched", "{'id':1" + found, "{'id':2" + found, "{'id':3" + found);
        happened("behind-called", "{'id':1,'called':true}", "{'id':2,'called':true}", "{'id':3,'called':true}");
    }

    private void happened(String at, String... bodies) {
        String[] expected = new String[bodies.length];
        for (int i = 0; i < bodies.length; i++) {
            expected[i] = bodies[i].replace('\'', '"');
        }
        all.assertThat(system.effects(at)).as(at).containsExactlyInAnyOrder(expected);
    }

    private void parts() throws Exception {
        all.assertThat(system.asked("without-key"))
                .as("without a key: what was on its way in each kill comes again, no more")
                .hasSizeBetween(3, 5)
                .extracting(Counterpart.Asked::body)
                .contains("{\"id\":1}", "{\"id\":2}", "{\"id\":3}");
        all.assertThat(system.asked("worked-out"))
                .as("the key of a run that was killed is worked out once more, long before 'within' is over")
                .hasSize(2);
        all.assertThat(system.effects("behind-worked-out"))
                .as("both runs have the result")
                .hasSize(2);
        all.assertThat(program.all("/api/v1/runs?flow=called"))
                .as("no flow is called twice")
                .hasSize(3);
        all.assertThat(program.all("/api/v1/runs?flow=replayed"))
                .as("one run for each payload, beside the first")
                .hasSize(4);
        all.assertThat(system.asked("never-twice"))
                .as("what must not be done twice: what was on its way in each kill is told, not sent")
                .extracting(Counterpart.Asked::body)
                .containsExactly("{\"id\":1}", "{\"id\":2}", "{\"id\":3}");
        all.assertThat(program.all("/api/v1/failed-payloads?flow=never-twice"))
                .extracting(failed -> failed.path("code").asText())
                .containsExactly("UNKNOWN_OUTCOME", "UNKNOWN_OUTCOME");
        all.assertThat(run(neverTwice).path("status").asText()).isEqualTo("partial");
        int asked = system.asked("once").size();
        String again = program.start("once", THREE);
        Awaitility.await("the same again")
                .atMost(PATIENCE)
                .until(() -> run(again).path("endedAt").isTextual());
        all.assertThat(system.asked("once")).as("what was sent is remembered").hasSize(asked);
    }
}
