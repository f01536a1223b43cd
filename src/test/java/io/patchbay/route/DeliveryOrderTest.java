package io.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the shapes of a flow get to see, and in which order. */
class DeliveryOrderTest {

    @TempDir
    Path folder;

    private final FlowFixture flows = new FlowFixture();
    private final TestShapes shapes = flows.shapes;

    @BeforeEach
    void start() {
        flows.start(folder);
    }

    @AfterEach
    void stop() {
        flows.close();
    }

    @Test
    void sendsEachPageWhileTheNextOneIsStillToCome() throws Exception {
        RunRecord record = flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 3, size: 2 } }
                  - { id: first, send: {} }
                  - { id: second, send: {} }
                """);

        assertThat(shapes.effects)
                .containsExactly(
                        "first:0",
                        "first:1",
                        "second:0",
                        "second:1",
                        "first:2",
                        "first:3",
                        "second:2",
                        "second:3",
                        "first:4",
                        "first:5",
                        "second:4",
                        "second:5");
        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(record.shapes())
                .extracting(RunRecord.ShapeRecord::payloadsOut)
                .containsExactly(3L, 3L, 3L);
        assertThat(record.shapes())
                .extracting(RunRecord.ShapeRecord::recordsOut)
                .containsExactly(6L, 6L, 6L);
    }

    @Test
    void letsEachShapeSeeEverythingBeforeTheNextWhenDeliveryIsStaged() throws Exception {
        flows.run("""
                settings: { delivery: staged }
                shapes:
                  - { id: pull, numbers: { pages: 2, size: 1 } }
                  - { id: first, send: {} }
                  - { id: second, send: {} }
                """);

        assertThat(shapes.effects).containsExactly("first:0", "first:1", "second:0", "second:1");
    }

    @Test
    void worksOncePerRunBehindAllPayloadsAndLetsThemGoOn() throws Exception {
        RunRecord record = flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 2, size: 2 } }
                  - { id: single, singles: {} }
                  - { id: first, send: {} }
                  - { id: told, once: {} }
                  - { id: second, send: {} }
                """);

        assertThat(shapes.effects)
                .containsExactly(
                        "first:0",
                        "first:1",
                        "first:2",
                        "first:3",
                        "told",
                        "second:0",
                        "second:1",
                        "second:2",
                        "second:3");
        assertThat(record.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(record.shapes().get(3).recordsIn())
                .as("seen at once by 'told'")
                .isEqualTo(4);
        assertThat(record.shapes().get(3).recordsOut()).isEqualTo(4);
    }

    @Test
    void sendsEveryPayloadDownEachBranchOneBranchAfterTheOther() throws Exception {
        flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 2, size: 1 } }
                  - id: both
                    branch:
                      paths:
                        - { name: one, shapes: [ { id: a, send: {} } ] }
                        - { name: two, shapes: [ { id: b, send: {} } ] }
                  - { id: c, send: {} }
                """);

        assertThat(shapes.effects).containsExactly("a:0", "a:1", "b:0", "b:1", "c:0", "c:1", "c:0", "c:1");
    }

    @Test
    void dividesRecordsOverThePathsOfARouteAndJoinsThemBehindIt() throws Exception {
        flows.run("""
                shapes:
                  - { id: pull, numbers: { pages: 1, size: 4 } }
                  - id: where
                    route:
                      match: first
                      paths:
                        - { name: low, when: { field: n, below: 2 }, shapes: [ { id: a, send: {} } ] }
                        - { name: rest, otherwise: true, shapes: [ { id: b, send: {} } ] }
                  - { id: c, send: {} }
                """);

        assertThat(shapes.effects).containsExactly("a:0", "a:1", "b:2", "b:3", "c:0", "c:1", "c:2", "c:3");
    }
}
