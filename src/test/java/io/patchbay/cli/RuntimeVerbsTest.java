package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.patchbay.api.ApiProgram;
import io.patchbay.api.FakeCursors;
import io.patchbay.api.FakeDryRuns;
import io.patchbay.api.FakeFlows;
import io.patchbay.api.FakeHistory;
import io.patchbay.api.FakeKnownLists;
import io.patchbay.api.FakePools;
import io.patchbay.api.FakeTracked;
import io.patchbay.api.FakeWaits;
import io.patchbay.payload.Body;
import io.patchbay.payload.CursorKind;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.queue.QueueFullException;
import io.patchbay.route.Flows;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.PullCursor;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.run.jdbc.RunCaches;
import io.patchbay.shape.CacheRules;
import io.patchbay.shape.CacheRules.Scope;
import io.patchbay.shape.Stores;
import io.patchbay.shape.trackdata.Tracked;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.util.unit.DataSize;

/** The verbs that speak to a runtime, spoken to the real API. */
@SpringBootTest(
        classes = ApiProgram.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"patchbay.admin-token=" + ApiProgram.TOKEN, "patchbay.api.max-body=100KB"})
class RuntimeVerbsTest {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    Path folder;

    @LocalServerPort
    private int port;

    @Autowired
    private FakeFlows flows;

    @Autowired
    private FakeDryRuns dryRuns;

    @Autowired
    private FakeHistory history;

    @Autowired
    private FakeCursors cursors;

    @Autowired
    private FakeKnownLists knownLists;

    @Autowired
    private FakeTracked tracked;

    @Autowired
    private FakePools pools;

    @Autowired
    private RunCaches caches;

    @Autowired
    private FakeWaits waits;

    @BeforeEach
    void fill() {
        flows.with("orders-to-erp");
        flows.asked.clear();
        flows.refusal = null;
        history.runs.clear();
        history.failed.clear();
        cursors.clear();
        knownLists.clear();
        tracked.clear();
        pools.clear();
        caches.clear();
        flows.stores = new Stores(
                Map.of("stock", new CacheRules(Scope.COMPANY, Duration.ofDays(1), DataSize.ofMegabytes(1), 100)),
                Map.of());
    }

    @Test
    void showsForgetsTakesInAndHandsOutKeysOfPools() throws Exception {
        assertThat(say("pools").out()).isEqualTo("No pool has keys.\n");
        pools.with("erp", "order", "10 01", false);
        pools.with("erp", "order", "1002", true);
        assertThat(say("pools").out()).contains("pool  remembered  claimed\n").contains("erp            1        1\n");
        assertThat(say("pools", "erp", "--prefix", "10 ").out())
                .contains("order   10 01  remembered  run-1  2026-11-24T12:00:00Z  2026-11-24T12:01:00Z\n")
                .doesNotContain("1002");
        assertThat(say("pools", "erp", "--export", "keys.csv").out()).isEqualTo("written to keys.csv\n");
        assertThat(folder.resolve("keys.csv")).content().contains("10 01,order,remembered,run-1");
        assertThat(say("pools", "erp", "--forget", "10 01", "--entity", "order").out())
                .isEqualTo("forgotten: 1\n");
        assertThat(say("pools", "erp", "--import", "keys.csv", "--keep", "7d").out())
                .isEqualTo("added 1 of 1 keys; the others were there\n");
        assertThat(say("pools", "erp", "--forget-all", "--prefix", "10").out()).isEqualTo("forgotten: 2\n");
        assertThat(say("pools", "erp", "--forget-all").out()).isEqualTo("forgotten: 0\n");
        assertThat(say("pools", "erp").out()).isEqualTo("There are no such keys.\n");
        assertThat(say("pools", "--prefix", "1").err()).contains("Name the POOL");
        assertThat(say("pools", "erp", "--import", "none.csv").err()).contains("There is no file none.csv.");
        assertThat(say("pools", "erp", "--forget", "x").code()).isEqualTo(2);
    }

    @Test
    void showsReadsDeletesTakesInAndHandsOutEntriesOfCaches() throws Exception {
        assertThat(say("caches").out()).isEqualTo("No cache has entries.\n");
        Files.writeString(folder.resolve("in.csv"), "key,value\n10 01,\"{\"\"n\"\":1}\"\n1002,-5\n");
        assertThat(say("caches", "stock", "--import", "in.csv", "--keep", "1h").out())
                .isEqualTo("taken in: 2 entries of 2 rows\n");
        assertThat(say("caches").out())
                .contains("cache  scope    of         entries  bytes\n")
                .contains("stock  company  all flows        2  ");
        assertThat(say("caches", "stock", "--keys", "10 *").out())
                .contains("10 01  value      1  ")
                .doesNotContain("1002");
        assertThat(say("caches", "stock", "--read", "10 01").out()).isEqualTo("{\"n\":1}\n");
        assertThat(say("caches", "stock", "--read", "10 01", "--to", "one.json").out())
                .isEqualTo("written to one.json\n");
        assertThat(folder.resolve("one.json")).content().isEqualTo("{\"n\":1}");
        assertThat(say("caches", "stock", "--export", "out.csv").out()).isEqualTo("written to out.csv\n");
        assertThat(folder.resolve("out.csv")).content().contains("\"text\",\"'-5\"");
        assertThat(say("caches", "stock", "--delete", "10 01").out()).isEqualTo("deleted: 1\n");
        assertThat(say("caches", "stock", "--delete-all", "--keys", "1*").out()).isEqualTo("deleted: 1\n");
        assertThat(say("caches", "stock", "--delete-all").out()).isEqualTo("deleted: 0\n");
        assertThat(say("caches", "stock").out()).isEqualTo("There are no such entries.\n");
        assertThat(say("caches", "stock", "--read", "no").err()).contains("There is no key in cache 'stock' 'no'.");
        assertThat(say("caches", "--keys", "1").err()).contains("Name the CACHE");
        assertThat(say("caches", "stock", "--page", "1").err()).contains("--page and --to go with --read KEY.");
        assertThat(say("caches", "stock", "--import", "none.csv").err()).contains("There is no file none.csv.");
    }

    @Test
    void listsShowsAndDecidesWhatWaits() {
        waits.clear();
        assertThat(say("waits", "list").out()).contains("Nothing waits.");
        waits.add("w1", "orders");
        waits.add("w2", "orders");

        assertThat(say("waits", "list", "--flow", "orders", "--limit", "1").out())
                .contains("w1", "Order 7", "approval", "There are more: --after w1")
                .doesNotContain("w2");
        assertThat(say("waits", "show", "w1").out()).contains("title:       Order 7", "\"id\" : 7");
        assertThat(say("waits", "approve", "w1", "--by", "ada", "--note", "fine", "--data", "{\"sum\":5}")
                        .out())
                .contains("approved; run run-of-w1 takes it on.");
        assertThat(say("waits", "show", "w1").out()).contains("by:          ada", "note:        fine", "{\"sum\":5}");
        Said twice = say("waits", "reject", "w1", "--by", "bob");
        assertThat(twice.code()).isEqualTo(2);
        assertThat(twice.err()).contains("It does not wait any more.");
        assertThat(say("waits", "list", "--state", "all").out()).contains("w1", "w2");
        assertThat(say("waits", "release", "paid:7", "--data", "[1]").out()).contains("it is kept until");
        assertThat(say("waits", "release", "nobody").code()).isEqualTo(2);
        assertThat(say("waits").code()).isEqualTo(2);
    }

    @Test
    void tellsWhatHappenedToARecord() {
        assertThat(say("tracked", "--value", "1001").out()).isEqualTo("Nothing like it was tracked.\n");
        tracked.with("10 01&");
        tracked.with("1002");
        Said said = say("tracked", "--entity", "order", "--value", "10 01&", "--success", "true");

        assertThat(said.code()).isZero();
        assertThat(said.out())
                .contains(
                        "2026-11-24T12:00:00Z  order   10 01&  send       yes      erp     orders-to-erp  sent   run-1\n")
                .endsWith("There are more; the API pages through them.\n");
        assertThat(tracked.asked).isEqualTo(new Tracked.Query("order", "10 01&", null, null, null, true, null, 50));
        assertThat(say("tracked", "--direction", "up").code()).isEqualTo(2);
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
    void replaysManyByWhatIsSaidOfThem() {
        Said said = say("replay", "--flow", "orders-to-erp", "--text", "a b", "--per-second", "3", "--from", "start");
        Said nothing = say("replay");

        assertThat(said.err()).isEmpty();
        assertThat(said.out()).contains("begun, 3").contains("/api/v1/replays/");
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

    @Test
    void showsCursorsAndPutsThemElsewhere() {
        assertThat(say("cursors").out()).isEqualTo("There are no cursors yet.\n");
        cursors.with("orders-to-erp", CursorKind.DATETIME, "2026-11-24T12:00:00Z");

        assertThat(say("cursors").out())
                .contains(
                        "flow           instance  endpoint     digest  inputs  kind      position              moved at")
                .contains(
                        "orders-to-erp  shop-uk   orders.list                  datetime  2026-11-24T12:00:00Z  2026-11-24T12:00:00Z  run-1");
        assertThat(say("cursors", "other").out()).isEqualTo("There are no such cursors.\n");
        assertThat(say("cursors", "orders-to-erp", "shop-uk", "orders.list", "--back", "1d")
                        .out())
                .contains("2026-11-23T12:00:00Z")
                .contains("an operator")
                .contains("The next run begins there.");
        assertThat(say("cursors", "orders-to-erp", "shop-uk", "orders.list", "--to", "2026-01-01T00:00:00Z", "--json")
                        .out())
                .contains("\"position\" : \"2026-01-01T00:00:00Z\"");
        assertThat(say("cursors", "orders-to-erp", "shop-uk", "orders.list", "--forget")
                        .out())
                .contains("It is forgotten.");
        Said none = say("cursors", "orders-to-erp", "shop-uk", "orders.list");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("There is no cursor");
        cursors.with(
                new PullCursor.Key("orders-to-erp", "shop-uk", "orders.list", "0a"), "{}", CursorKind.SEQUENCE, "17");
        assertThat(say("cursors", "orders-to-erp", "shop-uk", "orders.list", "0a", "--to", "5")
                        .out())
                .contains("0a      {}      sequence  5 ");
        assertThat(say("cursors", "orders-to-erp", "--forget").err()).contains("FLOW, INSTANCE and ENDPOINT");
    }

    @Test
    void showsListsWithKnownKeysAllowsWhatIsMissingAndForgets() {
        assertThat(say("cursors", "--keys").out()).isEqualTo("There are no lists with known keys.\n");
        knownLists.with(new PullCursor.Key("orders-to-erp", "shop-uk", "orders.list"), 7);

        assertThat(say("cursors", "--keys").out())
                .contains("flow           instance  endpoint     digest  inputs  key  keys  bytes  kept at")
                .contains(
                        "orders-to-erp  shop-uk   orders.list                  id   7     21     2026-11-24T12:00:00Z");
        assertThat(say("cursors", "orders-to-erp", "shop-uk", "orders.list", "--keys", "--allow")
                        .out())
                .contains("once")
                .contains("The next run that ends well tells deletes, whatever is missing.");
        assertThat(say("cursors", "orders-to-erp", "shop-uk", "orders.list", "--keys", "--back", "1d")
                        .err())
                .contains("With --keys there is --allow or --forget.");
        assertThat(say("cursors", "orders-to-erp", "shop-uk", "orders.list", "--allow")
                        .err())
                .contains("say --keys, too");
        assertThat(say("cursors", "orders-to-erp", "shop-uk", "orders.list", "--keys", "--forget")
                        .out())
                .contains("They are forgotten");
        assertThat(knownLists.list(null)).isEmpty();
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

    private Said say(String... args) {
        return Said.by(folder, environment(), "", args);
    }

    private Map<String, String> environment() {
        return Map.of("PATCHBAY_URL", url(), "PATCHBAY_ADMIN_TOKEN", ApiProgram.TOKEN);
    }

    private String url() {
        return "http://127.0.0.1:" + port;
    }
}
