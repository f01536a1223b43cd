package io.patchbay.route;

import static io.patchbay.route.FlowFixture.aStart;
import static io.patchbay.route.FlowFixture.claim;
import static io.patchbay.route.FlowFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.run.MemoryCheckpoints;
import io.patchbay.run.PullCursor;
import io.patchbay.run.RunStatus;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that read behind where earlier ones came, through real Camel routes. */
class GrowingListTest {

    private static final PullCursor.Key LIST = new PullCursor.Key("f", "shop", "list");

    @TempDir
    Path folder;

    private final FlowFixture flows = new FlowFixture();
    private final TestShapes shapes = flows.shapes;
    private final MemoryCheckpoints checkpoints = flows.checkpoints;
    private int crashes;

    @BeforeEach
    void start() {
        flows.types.add(new Growing());
        flows.start(folder);
    }

    @AfterEach
    void stop() {
        flows.close();
    }

    private RunStatus run(String shapesOfFlow) throws Exception {
        return flows.run("shapes:\n" + shapesOfFlow, claim(aStart(json("{}")), 1 + crashes, crashes))
                .status();
    }

    @Test
    void beginsBehindWhereTheRunBeforeCame() throws Exception {
        run("  - { id: pull, growing: { to: 2 } }\n  - { id: push, send: {} }\n");
        run("  - { id: pull, growing: { to: 4 } }\n  - { id: push, send: {} }\n");

        assertThat(shapes.effects).containsExactly("push:1", "push:2", "push:3", "push:4");
        assertThat(checkpoints.cursors).containsOnly(Map.entry(LIST, "4"));
    }

    @Test
    void staysWhereItIsWhenNothingNewIsThere() throws Exception {
        checkpoints.cursors.put(LIST, "7");

        assertThat(run("  - { id: pull, growing: { to: 4 } }\n")).isEqualTo(RunStatus.SUCCEEDED);

        assertThat(checkpoints.cursors).containsEntry(LIST, "7");
    }

    @Test
    void readsTheSameAgainWhenTheRunWasStoppedByAFailure() throws Exception {
        RunStatus status = run("  - { id: pull, growing: { to: 4 } }\n  - { id: push, send: { failsAt: 3 } }\n");

        assertThat(status).isEqualTo(RunStatus.FAILED);
        assertThat(checkpoints.cursors).isEmpty();
    }

    @Test
    void goesOnWhenWhatFailedIsKeptByItself() throws Exception {
        RunStatus status =
                run("  - { id: pull, growing: { to: 4 } }\n  - { id: push, onError: skip, send: { failsAt: 3 } }\n");

        assertThat(status).isEqualTo(RunStatus.PARTIAL);
        assertThat(checkpoints.failed).hasSize(1);
        assertThat(checkpoints.cursors).containsEntry(LIST, "4");
    }

    @Test
    void staysWhereItIsWhenThePullBroke() throws Exception {
        RunStatus status = run(
                "  - { id: pull, onError: skip, growing: { to: 4, breaksAt: 3 } }\n" + "  - { id: push, send: {} }\n");

        assertThat(status).isEqualTo(RunStatus.PARTIAL);
        assertThat(shapes.effects).containsExactly("push:1", "push:2");
        assertThat(checkpoints.cursors).isEmpty();
    }

    @Test
    void waitsForEveryPullThatBeganAtTheSameCursor() throws Exception {
        String two = "  - { id: one, growing: { to: 2 } }\n"
                + "  - { id: other, onError: skip, growing: { to: 4, breaksAt: %d } }\n";

        run(two.formatted(3));
        assertThat(checkpoints.cursors).isEmpty();

        run(two.formatted(-1));
        assertThat(checkpoints.cursors).as("the least of both").containsEntry(LIST, "2");
    }

    @Test
    void staysWhereItIsWhenOneOfSeveralPullsFoundNothingNew() throws Exception {
        checkpoints.cursors.put(LIST, "2");

        run("  - { id: one, growing: { to: 4 } }\n  - { id: other, growing: { to: 2 } }\n");

        assertThat(checkpoints.cursors).as("the least of both").containsEntry(LIST, "2");
    }

    @Test
    void saysThatItStaysWhenSeveralPullsEndedWithDifferentTokens() throws Exception {
        String two =
                "  - { id: one, growing: { to: 2, kind: token } }\n  - { id: other, growing: { to: %d, kind: token } }\n";

        run(two.formatted(4));
        assertThat(checkpoints.cursors).isEmpty();
        assertThat(checkpoints.outcomes.get(0).logs())
                .anySatisfy(line -> assertThat(line.text()).contains("ended with different tokens"));

        run(two.formatted(2));
        assertThat(checkpoints.cursors).containsEntry(LIST, "2");
    }

    @Test
    void readsAListOfOtherInputsFromItsBeginning() throws Exception {
        run("  - { id: pull, growing: { to: 2, inputs: a } }\n  - { id: push, send: {} }\n");
        run("  - { id: pull, growing: { to: 1, inputs: b } }\n  - { id: push, send: {} }\n");

        assertThat(shapes.effects).containsExactly("push:1", "push:2", "push:1");
        assertThat(checkpoints.cursors.values()).containsExactlyInAnyOrder("2", "1");
        assertThat(checkpoints.cursors.keySet())
                .allSatisfy(key -> assertThat(key.digest()).matches("[0-9a-f]{16}"));
    }

    @Test
    void failsAtACursorOfAnotherKindUntilItIsForgotten() throws Exception {
        String pull = "  - { id: pull, growing: { to: 4, kind: token } }\n";
        checkpoints.cursors.put(LIST, "2");

        assertThat(run(pull)).isEqualTo(RunStatus.FAILED);
        assertThat(checkpoints.failed.get(0).message())
                .isEqualTo("the cursor f/shop/list is of type sequence, and the connector now says token;"
                        + " forget the cursor to begin anew");
        checkpoints.cursors.remove(LIST);

        assertThat(run(pull)).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void staysWhereItIsWhenAPullThatEndedBeforeACrashIsNotSeenAgain() throws Exception {
        String flow = "  - { id: outer, numbers: { pages: 2 } }\n  - { id: pull, growing: { to: 4 } }\n"
                + "  - { id: push, send: {} }\n";
        Payload before = Payload.of(new Lineage("run-1/outer#0"), Json.NODES.objectNode());
        checkpoints.page("run-1", "outer", before, Json.NODES.numberNode(1));
        checkpoints.delivered("run-1", "outer", before, null, false);

        crashes = 1;
        assertThat(run(flow)).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(shapes.effects).hasSize(4);
        assertThat(checkpoints.cursors).isEmpty();

        crashes = 0;
        run(flow);
        assertThat(checkpoints.cursors).containsEntry(LIST, "4");
    }

    @Test
    void leavesACursorThatWasPutElsewhereMeanwhile() throws Exception {
        checkpoints.cursors.put(LIST, "1");
        shapes.onEffect = effect -> checkpoints.cursors.put(LIST, "0");

        run("  - { id: pull, growing: { to: 4 } }\n  - { id: push, send: {} }\n");

        assertThat(checkpoints.cursors).containsEntry(LIST, "0");
    }

    @Test
    void movesToWhatIsBehindForGoodWhenTheRunBreaksOffInAListThatComesOldestFirst() throws Exception {
        RunStatus status =
                run("  - { id: pull, growing: { to: 6, ascUntil: 9 } }\n  - { id: push, send: { failsAt: 4 } }\n");

        assertThat(status).isEqualTo(RunStatus.FAILED);
        assertThat(checkpoints.cursors.get(LIST))
                .as("3 was delivered, and another 3 may come")
                .isEqualTo("2");
    }

    @Test
    void staysWhereItIsWhenTheOrderIsLostBeforeTheRunBreaksOff() throws Exception {
        run("  - { id: pull, growing: { to: 6, ascUntil: 3 } }\n  - { id: push, send: { failsAt: 5 } }\n");

        assertThat(checkpoints.cursors.get(LIST)).isNull();
    }

    @Test
    void movesToWhatIsBehindForGoodWhenThePullBreaks() throws Exception {
        run("  - { id: pull, growing: { to: 6, ascUntil: 9, breaksAt: 5 } }\n  - { id: push, send: {} }\n");

        assertThat(checkpoints.cursors.get(LIST))
                .as("4 was still open when the next one was asked for")
                .isEqualTo("2");
    }

    @Test
    void staysWhereItIsWhenWhatFailedIsStillToBeCaught() throws Exception {
        run(
                "  - { id: pull, growing: { to: 6, ascUntil: 9, breaksAt: 5 } }\n"
                        + "  - id: safe\n    try:\n      shapes: [{ id: push, send: { failsAt: 2 } }]\n      catch: [{ id: mend, send: {} }]\n");

        assertThat(checkpoints.cursors.get(LIST)).isNull();
    }

    @Test
    void staysWhereItIsWhenPayloadsAreCollectedAndNotSentYet() throws Exception {
        run("  - { id: pull, growing: { to: 6, ascUntil: 9 } }\n  - { id: all, once: {} }\n"
                + "  - { id: push, send: { failsAt: 4 } }\n");

        assertThat(checkpoints.cursors.get(LIST)).isNull();
    }

    @Test
    void staysWhereItIsWhenARunThatHadFailuresBreaksOffAfterACrash() throws Exception {
        Payload open =
                Payload.of(new Lineage("run-1/pull#0"), Json.NODES.objectNode().put("n", 1));
        checkpoints.page("run-1", "pull", open, Json.NODES.numberNode(1));

        crashes = 1;
        run("  - { id: pull, growing: { to: 6, ascUntil: 9 } }\n  - { id: push, send: { failsAt: 1 } }\n");
        assertThat(checkpoints.cursors).isEmpty();

        checkpoints.page("run-1", "pull", open, Json.NODES.numberNode(1));
        run("  - { id: pull, growing: { to: 6, ascUntil: 9 } }\n  - { id: push, send: { failsAt: 5 } }\n");
        assertThat(checkpoints.cursors)
                .as("what failed in an earlier life may have been left to a catch")
                .isEmpty();
    }
}
