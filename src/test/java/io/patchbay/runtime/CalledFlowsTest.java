package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.payload.Body;
import io.patchbay.queue.StartLists;
import io.patchbay.route.Flows;
import io.patchbay.route.Pauses;
import io.patchbay.run.CallResults;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.FailedQuery;
import io.patchbay.run.RunHistory;
import io.patchbay.run.RunQuery;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole program, in which one run at a time goes on: runs that wait for runs that they called. */
class CalledFlowsTest {

    @TempDir
    Path home;

    private ConfigurableApplicationContext program;

    @BeforeEach
    void flows() throws IOException {
        Files.createDirectories(home.resolve("routes"));
        write("price-of", """
                flow: price-of
                settings: { overlap: parallel }
                shapes:
                  - id: known
                    assert: { contains: { sku: 1 } }
                    retries: { count: 0 }
                  - id: priced
                    map: { fields: [ { to: sku, from: sku }, { to: price, value: 9.90 } ] }
                  - id: marked
                    setVariables: { meta: { source: list } }
                """);
        write("articles", """
                flow: articles
                shapes:
                  - { id: each, flowControl: { size: 1, wrapSingle: false } }
                  - { id: priced, runFlow: { flow: price-of, wait: true } }
                  - { id: told, notify: { per: payload, log: info, text: "${record.sku} for ${record.price} from ${meta.source}" } }
                """);
        write("basket", """
                flow: basket
                shapes:
                  - { id: all, runFlow: { flow: articles, wait: true } }
                  - { id: told, notify: { per: record, log: info, text: "in it ${record.sku}" } }
                """);
        write("slow", """
                flow: slow
                shapes:
                  - { id: later, delay: { for: 6s } }
                  - { id: done, manualPayload: { json: { sku: late } } }
                """);
        write("patient", """
                flow: patient
                shapes:
                  - { id: asked, runFlow: { flow: slow, wait: true } }
                  - { id: told, notify: { per: record, log: info, text: "got ${record.sku}" } }
                """);
        write("answering", """
                flow: answering
                trigger: [ { callback: { path: answering, auth: none } } ]
                shapes:
                  - { id: found, manualPayload: { json: { sku: answered } } }
                  - { id: answer, callback: { answer: one } }
                  - { id: behind, manualPayload: { json: { sku: behind } } }
                """);
        write("asks", """
                flow: asks
                shapes:
                  - { id: asked, runFlow: { flow: answering, wait: true } }
                  - { id: told, notify: { per: record, log: info, text: "got ${record.sku}" } }
                """);
        begin();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(home.resolve("routes").resolve(name + ".flow.yaml"), text);
    }

    private void begin() {
        program = Program.start(
                home, "--patchbay.runs.parallel=1", "--patchbay.runs.waiting=1", "--patchbay.runs.stop-wait=1s");
    }

    @AfterEach
    void end() {
        program.close();
    }

    private RunHistory history() {
        return program.getBean(RunHistory.class);
    }

    private String start(String flow, String body) throws Exception {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> program.getBean(Flows.class).flow(flow).isPresent());
        Body payload = new Body.Bytes(body.getBytes(StandardCharsets.UTF_8), "application/json");
        return program.getBean(Flows.class)
                .start(flow, "manual", payload, Map.of())
                .get(20, TimeUnit.SECONDS);
    }

    private RunRecord ended(String id) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> history().run(id).filter(run -> run.endedAt() != null), Optional::isPresent)
                .orElseThrow();
    }

    private static List<String> told(RunRecord run) {
        return run.logs().stream()
                .filter(line -> "told".equals(line.shape()))
                .map(RunRecord.LogLine::text)
                .toList();
    }

    private List<RunRecord> runs(String flow) {
        return history().runs(RunQuery.of(flow, null, 10)).data();
    }

    @Test
    void payloadsGoOnWithWhatCameOfTheRunsThatTheyWaitedForThoughOneRunAtATimeGoesOn() throws Exception {
        RunRecord run = ended(start("basket", "[{\"sku\":1},{\"sku\":1}]"));

        assertThat(run.status()).as(run.reason()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(told(run)).as("several payloads are a list").containsExactly("in it 1", "in it 1");
        RunRecord articles = ended(runs("articles").get(0).id());
        assertThat(articles.parent()).isEqualTo(run.id());
        assertThat(told(articles))
                .as("one is what it is")
                .containsExactly("1 for 9.90 from list", "1 for 9.90 from list");
        assertThat(runs("price-of")).hasSize(2).allSatisfy(child -> {
            assertThat(child.parent()).isEqualTo(articles.id());
            assertThat(child.status()).isEqualTo(RunStatus.SUCCEEDED);
        });
        assertThat(program.getBean(CallResults.class)
                        .find(runs("price-of").stream().map(RunRecord::id).toList()))
                .as("taken")
                .isEmpty();
    }

    @Test
    void aPayloadFailsAsTheRunThatItWaitedFor() throws Exception {
        RunRecord run = ended(start("articles", "[{\"sku\":2}]"));

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        RunRecord child = runs("price-of").get(0);
        FailedPayload of = history()
                .failed(
                        new FailedQuery(
                                null, child.id(), null, null, null, null, null, null, null, java.util.Set.of(), true),
                        null,
                        10)
                .data()
                .get(0);
        FailedPayload failed = history()
                .failed(
                        new FailedQuery(
                                null, run.id(), null, null, null, null, null, null, null, java.util.Set.of(), true),
                        null,
                        10)
                .data()
                .get(0);
        assertThat(failed.code()).isEqualTo(of.code());
        assertThat(failed.shape()).isEqualTo("priced");
        assertThat(failed.message()).contains("run " + child.id() + " of flow 'price-of' failed: shape 'known'");
        assertThat(failed.attempts()).as("it would end the same").isEqualTo(1);
    }

    @Test
    void aRunThatIsTakenUpAgainWaitsForTheRunThatItStarted() throws Exception {
        String id = start("patient", "{}");
        await().atMost(Duration.ofSeconds(20)).until(() -> runs("slow").size() == 1);
        program.close();
        begin();

        RunRecord run = ended(id);

        assertThat(run.status()).as(run.reason()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(told(run)).containsExactly("got late");
        assertThat(runs("slow")).hasSize(1);
    }

    @Test
    void aFlowThatAnswersACallerGivesWhatItAnswers() throws Exception {
        RunRecord run = ended(start("asks", "{}"));

        assertThat(run.status()).as(run.reason()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(told(run)).containsExactly("got answered");
        List<RunRecord> both =
                await().atMost(Duration.ofSeconds(20)).until(() -> runs("answering"), found -> found.size() == 2);
        both.forEach(child -> ended(child.id()));
    }

    @Test
    void aPayloadFailsWhenTheStartThatItWaitsForIsTakenOutOfTheQueue() throws Exception {
        program.getBean(Pauses.class).pause(Pauses.Kind.FLOW, "slow", null); // the called one waits
        String id = start("patient", "{}");
        String called = await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> program.getBean(StartLists.class)
                                .list("slow", io.patchbay.queue.QueuedStart.State.WAITING, null, 10),
                        found -> found.size() == 1)
                .get(0)
                .id();

        assertThat(program.getBean(StartLists.class).discard(called).get(10, TimeUnit.SECONDS))
                .isTrue();

        assertThat(ended(id).reason()).contains("CALL_GONE");
    }
}
