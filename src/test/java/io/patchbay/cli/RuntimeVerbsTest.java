package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.patchbay.api.FakeDryRuns;
import io.patchbay.api.FakeFlows;
import io.patchbay.api.FakeHistory;
import io.patchbay.payload.Body;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.queue.QueueFullException;
import io.patchbay.route.Flows;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The verbs that speak to a runtime, spoken to the real API. */
class RuntimeVerbsTest extends VerbsOfARuntime {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @Autowired
    private FakeDryRuns dryRuns;

    @Autowired
    private FakeHistory history;

    @BeforeEach
    void fill() {
        flows.asked.clear();
        flows.refusal = null;
        history.runs.clear();
        history.failed.clear();
    }

    @Test
    void startsAFlowAndTellsHowItEnded() throws Exception {
        Files.writeString(folder.resolve("orders.csv"), "a;b\n");
        ended("run-1", RunStatus.SUCCEEDED, null);
        flows.keeps("old 1", new Flows.AsKept(Set.of("currency"), List.of()));
        Said said = say(
                "run", "orders-to-erp", "--payload", "orders.csv", "--var", "currency=E U&R", "--revision", "old 1");

        assertThat(said.err()).isEmpty();
        assertThat(said.code()).isZero();
        assertThat(said.out())
                .startsWith("run run-1 of orders-to-erp: succeeded in 2.0 s\n")
                .contains("  shape  kind        in  out  failed  records in  records out   time\n")
                .contains("  pull   connection   1    4       1           0          100  1.5 s\n");
        assertThat(flows.startedUnder).isEqualTo("old 1");
        assertThat(say("run", "orders-to-erp", "--revision", "none").err())
                .contains("There is no revision 'none' of flow 'orders-to-erp'. Newest first there are: old 1;");
        FakeFlows.Asked asked = flows.asked.get(0);
        assertThat(asked.trigger()).isEqualTo("manual");
        assertThat(asked.meta()).isEqualTo(Map.of("var.currency", "E U&R"));
        assertThat(asked.body()).isInstanceOfSatisfying(Body.Bytes.class, body -> {
            assertThat(body.contentType()).isEqualTo("text/csv");
            assertThat(new String(body.bytes(), StandardCharsets.UTF_8)).isEqualTo("a;b\n");
        });
    }

    @Test
    void showsWhatADryRunWouldSend() throws Exception {
        dryRuns.clear();
        Files.writeString(folder.resolve("order.json"), "{}");
        Said said = say("run", "orders-to-erp", "--dry", "--payload", "order.json", "--var", "currency=EUR");

        assertThat(said.err()).isEmpty();
        assertThat(said.code()).isZero();
        assertThat(said.out()).isEqualTo("""
                        dry run of orders-to-erp: succeeded

                        push: 3 writes
                          POST https://erp.example.com/orders
                            Authorization: ***
                            {
                              "id" : 1
                            }
                            -> 201 of the fixture 'orders-create'
                          and 2 more, beyond the bounds of dry runs
                        """);
        assertThat(dryRuns.asked).containsExactly(Map.of("var.currency", "EUR"));
        assertThat(flows.asked).isEmpty();
        assertThat(say("run", "orders-to-erp", "--dry", "--json")
                        .json()
                        .at("/writes/0/what")
                        .asText())
                .isEqualTo("POST");
        assertThat(say("run", "nope", "--dry"))
                .extracting(Said::code, Said::err)
                .containsExactly(2, "The runtime refuses: There is no flow 'nope'.\n");
        assertThat(say("run", "orders-to-erp", "--dry", "--no-wait"))
                .extracting(Said::code, Said::err)
                .containsExactly(2, "--no-wait does not go with --dry, which answers when it is over.\n");
    }

    private static FailedPayload failed(String id, String run) {
        return new FailedPayload(
                id,
                run,
                "orders-to-erp",
                "0123456789ab",
                "push",
                Payload.empty(Lineage.ofRun(run)),
                Owner.REMOTE,
                "HTTP_500",
                "the ERP answered 500",
                4,
                NOON,
                FailedPayload.State.OPEN);
    }

    @ParameterizedTest
    @CsvSource({"FAILED", "PARTIAL", "STOPPED"})
    void failsWhenTheRunDidNotSucceed(RunStatus status) throws Exception {
        ended("run-1", status, "the shop answered 401");
        history.failed.add(failed("f1", "run-1"));
        history.failed.add(failed("f2", "run-2"));
        Said text = say("run", "orders-to-erp");
        Said json = say("run", "orders-to-erp", "--json");

        assertThat(text.code()).isEqualTo(1);
        assertThat(text.out())
                .contains("\n  the shop answered 401\n")
                .contains("\n  f1              push   open   the ERP answered 500 [HTTP_500]\n")
                .doesNotContain("f2");
        assertThat(json.code()).isEqualTo(1);
        assertThat(json.json().get("status").asText()).isEqualTo(status.name().toLowerCase(java.util.Locale.ROOT));
    }

    @Test
    void readsThePayloadFromStandardInput() {
        Said said = Said.by(folder, environment(), "{\"n\":1}", "run", "orders-to-erp", "--payload", "-", "--no-wait");

        assertThat(said.out()).isEqualTo("run run-1\n");
        assertThat(((Body.Bytes) flows.asked.get(0).body()).contentType()).isEqualTo("application/json");
    }

    @Test
    void givesUpWaitingWhileTheRunGoesOn() {
        Said said = say("run", "orders-to-erp", "--wait", "200ms");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("Run run-1 is still queued after 200ms; it goes on.");
    }

    @Test
    void refusesVariablesFlowsAndFilesThatAreNotThere() {
        assertThat(say("run", "orders-to-erp", "--var", "curency=EUR"))
                .extracting(Said::code, Said::err)
                .containsExactly(2, "The runtime refuses: The flow has no variable 'curency'; it has currency.\n");
        assertThat(say("run", "nope").err()).isEqualTo("The runtime refuses: There is no flow 'nope'.\n");
        assertThat(say("run", "orders-to-erp", "--payload", "nope.json").code()).isEqualTo(2);
        assertThat(flows.asked).isEmpty();
    }

    @Test
    void saysWhenToTryAgain() throws Exception {
        flows.refusal = new QueueFullException("10000 starts wait.", Duration.ofSeconds(5));
        Said said = say("run", "orders-to-erp", "--json");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).isEqualTo("The runtime refuses: 10000 starts wait. Try again in 5 s.\n");
        assertThat(said.json().get("error").asText()).contains("10000 starts wait");
    }

    @Test
    void whatARuntimeRefusesWithDoesNotSteerTheTerminal() throws Exception {
        flows.refusal = new QueueFullException("the shop said\u001b]0;x\u0007 and\u009b2J.", Duration.ofSeconds(5));

        assertThat(say("run", "orders-to-erp").err())
                .isEqualTo("The runtime refuses: the shop said ]0;x  and 2J. Try again in 5 s.\n");
    }

    @Test
    void listsRuns() throws Exception {
        ended("r1", RunStatus.FAILED, "the shop\u001b[2J answered 401");
        ended("r2", RunStatus.SUCCEEDED, null);
        Said all = say("runs", "--limit", "1");
        Said failed = say("runs", "--status", "failed", "--flow", "orders-to-erp");
        Said json = say("runs", "--json");

        assertThat(all.out())
                .contains("r2", "succeeded", "more with --after r2")
                .doesNotContain("r1");
        assertThat(failed.out()).contains("the shop [2J answered 401").doesNotContain("r2");
        assertThat(json.json().get("data")).hasSize(2);
        assertThat(say("runs", "--status", "done").code()).isEqualTo(2);
    }

    @Test
    void stopsARun() throws Exception {
        ended("r1", RunStatus.FAILED, "no");
        flows.running.add("r1");

        assertThat(say("runs", "stop", "r1").out()).isEqualTo("run r1 is told to stop.\n");
        assertThat(say("runs", "stop", "r1").err()).contains("Run 'r1' cannot be stopped: it is failed.");
        assertThat(say("runs", "stop", "r2").code()).isEqualTo(2);
    }

    @Test
    void saysThatThereAreNoRuns() throws Exception {
        assertThat(say("runs").out()).isEqualTo("There are no runs yet.\n");
        assertThat(say("runs", "--status", "failed").out()).isEqualTo("There are no such runs.\n");
        assertThat(say("runs").code()).isZero();
        assertThat(say("runs", "--json").json().get("data")).isEmpty();
    }

    @Test
    void showsOneRun() {
        ended("r1", RunStatus.SUCCEEDED, null);

        assertThat(say("runs", "r1").out()).contains("run r1 of orders-to-erp: succeeded", "pull");
        assertThat(say("runs", "nope").code()).isEqualTo(2);
    }

    @Test
    void replaysAFailedPayload() throws Exception {
        Files.writeString(folder.resolve("edited.json"), "{\"sku\":\"B-2\"}");
        history.failed.add(failed("f1", "r1"));
        ended("run-of-f1", RunStatus.SUCCEEDED, null);
        Said said = say("replay", "f1", "--today", "--edited", "edited.json");

        assertThat(said.err()).isEmpty();
        assertThat(said.code()).isZero();
        assertThat(said.out()).startsWith("run run-of-f1 of orders-to-erp: succeeded");
        assertThat(flows.asked.get(0).today()).isTrue();
        assertThat(flows.asked.get(0).body()).isInstanceOf(Body.Tree.class);
    }

    @Test
    void replaysAFailedPayloadWithContentOfAnotherKind() throws Exception {
        Files.writeString(folder.resolve("mended.csv"), "sku,qty\nA1,2\n");
        history.failed.add(failed("f1", "r1"));
        ended("run-of-f1", RunStatus.SUCCEEDED, null);

        Said asJson = say("replay", "f1", "--edited", "mended.csv");
        Said alone = say("replay", "f1", "--type", "text/csv");
        Said said = say("replay", "f1", "--edited", "mended.csv", "--type", "text/csv");

        assertThat(asJson.code()).isEqualTo(2);
        assertThat(asJson.err()).contains("mended.csv:1:1: this is not JSON", "--type text/csv");
        assertThat(alone.code()).isEqualTo(2);
        assertThat(said.err()).isEmpty();
        assertThat(said.code()).isZero();
        assertThat(flows.asked).singleElement().satisfies(asked -> {
            assertThat(asked.body().contentType()).isEqualTo("text/csv");
            assertThat(new String(((Body.Bytes) asked.body()).bytes(), StandardCharsets.UTF_8))
                    .isEqualTo("sku,qty\nA1,2\n");
        });
    }

    @Test
    void replaysManyByWhatIsSaidOfThem() {
        Said said = say("replay", "--flow", "orders-to-erp", "--text", "a b", "--per-second", "3", "--from", "start");
        Said nothing = say("replay");

        assertThat(said.err()).isEmpty();
        assertThat(said.out()).contains("begun, 3").contains("'replays show ");
        assertThat(nothing.code()).isEqualTo(2);
        assertThat(nothing.err()).contains("Name a failed payload, or say which ones");
    }

    @Test
    void saysThatTheTokenIsMissingOrWrong() {
        Said missing = Said.by(folder, Map.of("PATCHBAY_URL", url()), "", "runs");
        Said wrong = Said.by(folder, Map.of("PATCHBAY_URL", url(), "PATCHBAY_ADMIN_TOKEN", "wrong"), "", "runs");

        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains("PATCHBAY_ADMIN_TOKEN");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("does not accept the token").doesNotContain("wrong");
    }

    @Test
    void saysThatNoRuntimeAnswers() {
        Said said = say("runs", "--url", "http://127.0.0.1:1");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).startsWith("No runtime answers at http://127.0.0.1:1.\n  hint: start one");
    }

    @Test
    void saysThatSomethingElseAnswers() throws IOException {
        HttpServer other = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        other.createContext("/", call -> {
            byte[] page = "<html>".getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(200, page.length);
            call.getResponseBody().write(page);
            call.close();
        });
        other.start();
        try {
            Said said = say(
                    "runs", "--url", "http://127.0.0.1:" + other.getAddress().getPort());

            assertThat(said.code()).isEqualTo(1);
            assertThat(said.err()).contains("is not a Patchbay");
        } finally {
            other.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource({"200,0,ready", "503,1,not ready: it answered 503"})
    void tellsWhetherTheRuntimeIsReady(int status, int code, String text) throws IOException {
        HttpServer health = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        health.createContext("/actuator/health/readiness", call -> {
            call.sendResponseHeaders(status, -1);
            call.close();
        });
        health.start();
        try {
            String url = "http://127.0.0.1:" + health.getAddress().getPort();
            Said said = Said.by(folder, Map.of(), "", "health", "--url", url);

            assertThat(said.code()).isEqualTo(code);
            assertThat(said.out()).isEqualTo(text + "\n");
        } finally {
            health.stop(0);
        }
    }

    @Test
    void isNotReadyWhenNothingAnswers() throws IOException {
        Said said = Said.by(folder, Map.of(), "", "health", "--json", "--url", "http://127.0.0.1:1");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.json().get("ready").asBoolean()).isFalse();
        assertThat(Said.by(folder, Map.of(), "", "health", "--url", "localhost").code())
                .isEqualTo(2);
    }

    private void ended(String id, RunStatus status, String reason) {
        history.started(new RunRecord(
                id,
                "orders-to-erp",
                "0123456789ab",
                "manual",
                status,
                NOON,
                NOON.plusSeconds(1),
                NOON.plusSeconds(3),
                reason,
                null,
                0,
                List.of(new RunRecord.ShapeRecord(
                        "pull", "connection", 1, 4, 1, 0, 100, 5000, 0, 5, Duration.ofMillis(1500))),
                List.of(),
                List.of()));
    }
}
