package io.patchbay.route;

import static io.patchbay.route.FlowFixture.aStart;
import static io.patchbay.route.FlowFixture.claim;
import static io.patchbay.route.FlowFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Payload;
import io.patchbay.problem.Problem;
import io.patchbay.queue.Priority;
import io.patchbay.queue.Start;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.run.Runner;
import io.patchbay.run.Slot;
import io.patchbay.shape.wait.Waits;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Payloads leave their run at a wait: what the run says of them, and where a wait cannot stand. */
class WaitShapeTest {

    @TempDir
    Path folder;

    private final FlowFixture flows = new FlowFixture();
    private final List<String> kept = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() {
        flows.services = Map.of(Waits.class, new Waits() {
            @Override
            public CompletableFuture<Arrival> arrive(
                    Place at, Wish wish, Payload payload, Map<String, JsonNode> variables) {
                kept.add(at.revision() + " " + variables);
                return CompletableFuture.completedFuture(new Kept("w" + kept.size()));
            }

            @Override
            public CompletableFuture<Told> tell(Event event) {
                return CompletableFuture.completedFuture(new Told(List.of(), null, false));
            }
        });
        flows.start(folder);
    }

    @AfterEach
    void end() {
        flows.close();
    }

    @Test
    void aRunThatIsTakenUpAgainLetsNothingPassThatWaits() throws Exception {
        String text = """
                variables: { shop: uk }
                shapes:
                  - { id: approved, wait: { for: approval } }
                  - { id: push, send: {} }
                """;
        RunRecord run = flows.run(text, aStart(json("{\"n\":1}")));
        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run.reason()).isEqualTo("1 payload waits to go on in a run of its own");
        String revision = run.revision();

        RunRecord again = flows.end(flows.runner.run(claim(aStart(json("{\"n\":1}")), 2, 1), Slot.NONE));

        assertThat(again.reason()).isEqualTo(run.reason());
        assertThat(kept).containsExactly(revision + " {shop=\"uk\"}");
        assertThat(flows.shapes.effects).isEmpty();
    }

    @Test
    void aRunWhosePayloadsWaitIsNotFailedByOneThatFails() throws Exception {
        RunRecord run = flows.run("""
                shapes:
                  - { id: each, flowControl: { size: 1, wrapSingle: false } }
                  - { id: known, onError: skip, assert: { contains: { n: 1 } }, retries: { count: 0 } }
                  - { id: approved, wait: { for: approval } }
                  - { id: push, send: {} }
                """, aStart(json("[{\"n\":1},{\"n\":2}]")));

        assertThat(run.status()).isEqualTo(RunStatus.PARTIAL);
    }

    @Test
    void whatWasDecidedNeverGoesOnWhereThereIsNoWaitForIt() throws Exception {
        flows.deploy("""
                shapes:
                  - { id: told, wait: { release: x } }
                  - { id: off, disabled: true, wait: { for: approval } }
                  - { id: push, send: {} }
                """);
        for (String entry : List.of("push", "told", "off", "gone")) {
            Start start = new Start(
                    "run-" + entry,
                    "f",
                    Runner.WAITED,
                    Priority.REGULAR,
                    Instant.parse("2026-11-29T10:00:00Z"),
                    json("{\"n\":1}"),
                    Map.of(Runner.PARENT, "r0"),
                    null,
                    entry);

            RunRecord run = flows.end(flows.runner.run(claim(start, 1, 0), Slot.NONE));

            assertThat(run.status()).as(entry).isEqualTo(RunStatus.FAILED);
            assertThat(run.reason())
                    .contains("there is no wait '" + entry + "' under revision")
                    .contains("NO_WAIT");
        }
        assertThat(flows.shapes.effects).isEmpty();
        assertThat(flows.checkpoints.failed)
                .extracting(FailedPayload::shape)
                .containsExactlyInAnyOrder("push", "told", "off", "gone");
    }

    @Test
    void hasNoTimeoutOfATryForThatWouldFailWhatIsKept() {
        assertThat(problem("""
                shapes:
                  - { id: approved, timeout: 5s, wait: { for: approval } }
                """))
                .contains("f.flow.yaml:3:")
                .contains("NO_TIMEOUT")
                .contains("take 'timeout' out");
    }

    @Test
    void standsNowhereThatWhatGoesOnLaterWouldHaveToComeBackTo() {
        assertThat(problem("""
                trigger: [ { callback: { path: f, auth: none } } ]
                shapes:
                  - { id: approved, wait: { for: approval } }
                  - { id: answer, callback: {} }
                """))
                .contains("f.flow.yaml:4:")
                .contains("'approved' lets payloads wait before 'answer'")
                .contains("NOT_BEFORE_CALLBACK")
                .contains("put it behind 'answer'");
        assertThat(problem("""
                trigger: [ { callback: { path: f, auth: none } } ]
                shapes:
                  - { id: answer, callback: {} }
                  - { id: approved, wait: { for: approval } }
                """)).isNull();
        assertThat(problem("""
                shapes:
                  - id: round
                    loop: { while: { field: n, below: 3, as: number }, most: 5, shapes: [ { id: approved, wait: { for: approval } } ] }
                """))
                .contains("f.flow.yaml:4:")
                .contains("NOT_IN_LOOP")
                .contains("knows nothing of rounds before");
        assertThat(problem("""
                shapes:
                  - id: once
                    cached: { cache: c, key: k, shapes: [ { id: approved, wait: { for: approval } } ] }
                """)).contains("NOT_IN_CACHED").contains("nothing is left to be kept");
    }

    @Test
    void whatIsRememberedWhenItIsSentCannotWaitBefore() {
        String text = """
                shapes:
                  - { id: new-ones, deDupe: { pool: numbers, key: n, remember: { after: push } } }
                  - { id: %s, wait: { for: approval } }
                  - { id: push, send: {} }
                """;
        assertThat(problem(text.formatted("approved")))
                .contains("NOT_BEHIND")
                .contains("'push' stands behind 'approved': what waits there goes on in a run of its own");
        assertThat(problem("""
                shapes:
                  - { id: approved, wait: { for: approval } }
                  - { id: new-ones, deDupe: { pool: numbers, key: n, remember: { after: push } } }
                  - { id: push, send: {} }
                """)).isNull();
    }

    private String problem(String text) {
        return flows.problems(text).stream()
                .filter(problem -> !problem.code().equals("POOL_NOT_DECLARED"))
                .map(Problem::toString)
                .findFirst()
                .orElse(null);
    }
}
