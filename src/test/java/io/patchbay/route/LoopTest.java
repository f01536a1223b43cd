package io.patchbay.route;

import static io.patchbay.route.FlowFixture.aStart;
import static io.patchbay.route.FlowFixture.claim;
import static io.patchbay.route.FlowFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Payload;
import io.patchbay.problem.Problem;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.run.Slot;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.Surroundings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Payloads that go round. */
class LoopTest {

    @TempDir
    Path folder;

    private final FlowFixture flows = new FlowFixture();
    private final TestShapes shapes = flows.shapes;
    private final Count count = new Count();

    @BeforeEach
    void start() {
        flows.types.add(count);
        flows.start(folder);
    }

    @AfterEach
    void stop() {
        flows.close();
    }

    /** Adds one to {@code n}; tells what it saw. */
    private static final class Count extends TestShape<TestShape.None> {
        final List<String> seen = new CopyOnWriteArrayList<>();

        Count() {
            super("count", None.class, Contract.one());
        }

        @Override
        public Plan plan(None settings, Placed at, Surroundings around) {
            return new Plan.PerPayload((payload, attempt) -> {
                List<JsonNode> records = new ArrayList<>();
                for (JsonNode record : payload.records()) {
                    ObjectNode more = record.deepCopy();
                    more.put("n", record.path("n").asInt() + 1);
                    records.add(more);
                }
                seen.add(payload.meta().get("round") + " " + payload.lineage());
                Payload counted = payload.withRecords(records);
                return counted;
            });
        }
    }

    private static final String TO_THREE = """
            shapes:
              - id: round
                loop:
                  while: { field: n, below: 3 }
                  most: 5
                  shapes:
                    - { id: push, send: {} }
                    - { id: more, count: {} }
              - { id: told, send: {} }
            """;

    @Test
    void shapesAreRepeatedWhileTheConditionHolds() throws Exception {
        RunRecord record = flows.run(TO_THREE, aStart(json("{\"n\": 1}")));

        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(shapes.effects).containsExactly("push:1", "push:2", "told:3");
        assertThat(count.seen).containsExactly("1 run-1/round#1", "2 run-1/round#2");
    }

    @Test
    void whatDoesNotMeetTheConditionGoesByAsItCame() throws Exception {
        flows.run(TO_THREE, aStart(json("{\"n\": 7}")));

        assertThat(shapes.effects).containsExactly("told:7");
        assertThat(count.seen).isEmpty();
    }

    @Test
    void aPageGoesRoundWhileAnyOfItsRecordsMeetsTheCondition() throws Exception {
        flows.run(TO_THREE, aStart(json("[{\"n\": 2}, {\"n\": 9}]")));

        assertThat(shapes.effects).containsExactly("push:2", "push:9", "told:3", "told:10");
    }

    @Test
    void payloadsOfAStreamGoRoundOneAfterTheOther() throws Exception {
        flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 2 } }
                """ + TO_THREE.substring(TO_THREE.indexOf('\n') + 1));

        assertThat(shapes.effects)
                .containsExactly("push:0", "push:1", "push:2", "told:3", "push:1", "push:2", "told:3");
    }

    @Test
    void aPayloadThatNeedsMoreRoundsThanThereMayBeFails() throws Exception {
        RunRecord record = flows.run(TO_THREE, aStart(json("{\"n\": -10}")));

        assertThat(record.status()).isEqualTo(RunStatus.FAILED);
        assertThat(flows.checkpoints.failed).singleElement().satisfies(failed -> {
            assertThat(failed.shape()).isEqualTo("round");
            assertThat(failed.code()).isEqualTo("LOOP_LIMIT");
            assertThat(failed.message()).contains("after 5 rounds", "greater 'most'");
            assertThat(failed.payload().tree().path("n").asInt()).isEqualTo(-5);
        });
        assertThat(shapes.effects).hasSize(5);
    }

    @Test
    void aFailureInARoundEndsTheLoopForThatPayloadAlone() throws Exception {
        RunRecord record = flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 2 } }
                  - id: round
                    loop:
                      while: { field: n, below: 2 }
                      shapes:
                        - { id: push, onError: skip, send: { failsAt: 0 } }
                        - { id: more, count: {} }
                  - { id: told, send: {} }
                """);

        assertThat(record.status()).isEqualTo(RunStatus.PARTIAL);
        assertThat(shapes.effects).containsExactly("push:1", "told:2");
    }

    @Test
    void whatWasSentInARoundIsNotSentAgainAfterACrash() throws Exception {
        flows.deploy(TO_THREE);
        shapes.onEffect = effect -> {
            if (effect.equals("push:2")) {
                flows.runner.suspend();
            }
        };
        CompletableFuture<Boolean> left = flows.runner.run(claim(aStart(json("{\"n\": 0}")), 1, 0), Slot.NONE);
        assertThat(left.get()).as("acknowledged").isFalse();
        assertThat(shapes.effects).containsExactly("push:0", "push:1", "push:2");

        shapes.onEffect = effect -> {};
        flows.newLife();
        flows.end(flows.runner.run(claim(aStart(json("{\"n\": 0}")), 2, 1), Slot.NONE));

        assertThat(shapes.effects).containsExactly("push:0", "push:1", "push:2", "told:3");
    }

    @Test
    void aReplayFromInsideEndsTheRoundAndGoesOnInTheLoop() throws Exception {
        flows.run(TO_THREE, aStart(json("{\"n\": 1}"), "more"));

        assertThat(shapes.effects).containsExactly("push:2", "told:3");
    }

    @Test
    void aLoopMayStandInALoopAndInATry() throws Exception {
        RunRecord record = flows.run("""
                shapes:
                  - id: safely
                    try:
                      shapes:
                        - id: outer
                          loop:
                            while: { field: n, below: 4 }
                            shapes:
                              - { id: push, send: {} }
                              - id: inner
                                loop: { while: { field: n, below: 2 }, shapes: [ { id: more, count: {} } ] }
                              - { id: again, count: {} }
                      catch: [ { id: caught, send: {} } ]
                  - { id: told, send: {} }
                """, aStart(json("{\"n\": 0}")));

        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(shapes.effects).containsExactly("push:0", "push:3", "told:4");
        assertThat(flows.checkpoints.failed).extracting(FailedPayload::code).isEmpty();
    }

    @Test
    void whatGivesManyCannotStandInALoop() {
        List<Problem> problems = flows.problems("""
                shapes:
                  - id: round
                    loop:
                      while: { field: n, below: 3 }
                      shapes:
                        - { id: cut, singles: {} }
                        - { id: said, once: {} }
                        - id: both
                          branch: { paths: [ { name: one, shapes: [ { id: first, send: {} } ] } ] }
                """);

        assertThat(problems).extracting(Problem::code).containsExactly("NOT_IN_LOOP", "NOT_IN_LOOP", "NOT_IN_LOOP");
    }
}
