package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.expression.Proofs;
import io.patchbay.queue.StartQueue;
import io.patchbay.run.Cursors;
import io.patchbay.run.FailedQuery;
import io.patchbay.run.PullCursor;
import io.patchbay.run.RunHistory;
import io.patchbay.run.RunQuery;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.trial.dry.Captured;
import io.patchbay.trial.dry.Captured.Kind;
import io.patchbay.trial.dry.DryReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The whole program against a system that counts: what a dry run reads and shows, and that it leaves nothing behind. */
class DryRunTest extends DryRunPrograms {

    @Test
    void readsAndShowsWhatWouldBeSentAndChangesNothing() throws Exception {
        List<String> tables = Stream.concat(STATE.stream(), STORY.stream()).toList();
        Map<String, List<String>> before = rows(tables);

        DryReport report = dry("orders", "{}", Map.of("var.note", "hello"));

        assertThat(report.status()).as(report.reason()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(reads).hasSize(1);
        assertThat(reads.get(0).headers()).containsEntry("X-Key", SENTINEL);
        assertThat(writes).isEmpty();
        assertThat(report.reads()).extracting(read -> read.log().target()).allMatch(to -> to.contains("/orders"));
        assertThat(report.logs()).extracting(RunRecord.LogLine::text).contains("order 1 hello", "order 3 hello");
        assertThat(of(RunHistory.class).runs(RunQuery.of(null, null, 10)).data())
                .isEmpty();
        assertThat(of(StartQueue.class).queued())
                .allSatisfy((flow, count) -> assertThat(count).isZero());
        assertThat(rows(tables)).isEqualTo(before);
        assertThat(report.toString()).doesNotContain(SENTINEL);

        List<Captured> sent = report.writes().stream()
                .filter(write -> write.kind() == Kind.REQUEST)
                .toList();
        assertThat(sent).hasSize(2).allSatisfy(write -> {
            assertThat(write.shape()).isEqualTo("push");
            assertThat(write.headers()).containsEntry("X-Key", "***");
            assertThat(write.answer()).startsWith("200 without content");
        });
        assertThat(report.writes())
                .extracting(write -> write.shape() + " " + write.kind() + " " + write.what() + " " + write.target())
                .contains(
                        "fresh POOL CLAIM sent-orders",
                        "fresh POOL REMEMBER sent-orders",
                        "kept CACHE APPEND seen all",
                        "child START START child",
                        "watched TRACKED TRACK order 1",
                        " CURSOR MOVE cursor orders/shop-one/orders.list");

        assertThat(program.run("orders", "{}").status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(writes).hasSameSizeAs(sent);
        for (int i = 0; i < sent.size(); i++) {
            Captured shown = sent.get(i);
            Sent went = writes.get(i);
            assertThat(shown.what()).isEqualTo(went.method());
            assertThat(shown.target()).endsWith(went.target());
            assertThat(shown.body()).isEqualTo(json(went.body()));
            assertThat(shown.headers())
                    .containsEntry("Content-Type", went.headers().get("Content-Type"));
        }
    }

    @Test
    void sawWhatRunsLeftAndLeavesItAsItIs() throws Exception {
        assertThat(program.run("orders", "{}").status()).isEqualTo(RunStatus.SUCCEEDED);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(of(RunHistory.class)
                                .runs(RunQuery.of("child", RunStatus.SUCCEEDED, 10))
                                .data())
                        .hasSize(1));
        PullCursor.Key key = new PullCursor.Key("orders", "shop-one", "orders.list");
        PullCursor cursor = of(Cursors.class).find(key).orElseThrow();
        Map<String, List<String>> before = rows(STATE);
        writes.clear();

        DryReport report = dry("orders", "{}", Map.of());

        assertThat(reads).last().satisfies(read -> assertThat(read.target()).contains("since="));
        assertThat(report.writes()).noneMatch(write -> write.kind() == Kind.REQUEST);
        assertThat(report.logs()).anySatisfy(line -> assertThat(line.text()).contains("3 known in pool 'sent-orders'"));
        assertThat(writes).isEmpty();
        assertThat(of(Cursors.class).find(key)).contains(cursor);
        assertThat(rows(STATE)).isEqualTo(before);
    }

    @Test
    void seesItsOwnWritesOverWhatIsThere() throws Exception {
        program.flow("counting", """
                flow: counting
                shapes:
                  - { id: counted, addToCache: { cache: seen, key: list, append: true } }
                  - { id: all, loadFromCache: { cache: seen, key: list } }
                  - { id: told, notify: { per: record, log: info, text: "has ${record.id}" } }
                """);
        program.run("counting", "[{\"id\":1}]");
        Map<String, List<String>> before = rows(STATE);

        DryReport report = dry("counting", "[{\"id\":2}]", Map.of());
        DryReport again = dry("counting", "[{\"id\":3}]", Map.of());

        assertThat(report.logs()).extracting(RunRecord.LogLine::text).containsExactly("has 1", "has 2");
        assertThat(again.logs()).extracting(RunRecord.LogLine::text).containsExactly("has 1", "has 3");
        assertThat(rows(STATE)).isEqualTo(before);
    }

    @Test
    void takesTheAnswerOfAFixtureAndSaysSo() throws Exception {
        program.flow("closing", """
                flow: closing
                shapes:
                  - { id: close, connection: { instance: shop-one, endpoint: orders.close } }
                  - { id: told, notify: { per: record, log: info, text: "closed ${record.closed}" } }
                """);

        DryReport report = dry("closing", "{\"id\":7,\"text\":\"" + SENTINEL + "\"}", Map.of());

        assertThat(report.status()).as(report.reason()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(report.writes()).singleElement().satisfies(write -> {
            assertThat(write.answer()).isEqualTo("202 of the fixture 'orders-close'");
            assertThat(write.body()).isEqualTo(json("{\"id\":7,\"text\":\"***\"}"));
        });
        assertThat(report.logs()).extracting(RunRecord.LogLine::text).containsExactly("closed true");
        assertThat(report.toString()).doesNotContain(SENTINEL);
    }

    @Test
    void whatSpeaksNoHttpIsShownTooAndACallerSeesTheAnswer() throws Exception {
        Path folder = Files.createDirectories(home.resolve("connectors/local-folder/instances"));
        Files.copy(
                Path.of("connectors/local-folder/connector.yaml"),
                home.resolve("connectors/local-folder/connector.yaml"));
        Files.writeString(
                folder.resolve("out.yaml"), "instance: out\nconnector: local-folder\nsettings: { folder: data/out }\n");
        program.flow("price", """
                flow: price
                trigger: [ { callback: { path: price, auth: none } } ]
                shapes:
                  - id: rows
                    connection: { instance: out, endpoint: rows.put, with: { path: "rows-${payload.id}.csv" }, output: input }
                  - { id: answered, callback: { answer: one } }
                  - { id: kept, delay: { for: 1h } }
                  - id: file
                    connection: { instance: out, endpoint: files.put, with: { path: late.json }, output: input }
                  - id: read
                    camel: { outside: false, steps: [ { setBody: { constant: ran } } ] }
                  - id: steps
                    camel: { steps: [ { setBody: { constant: changed } } ] }
                  - id: other
                    runFlow: { flow: child, wait: true }
                  - id: yes
                    wait: { for: approval, title: "send the price?" }
                  - id: paid
                    wait: { release: "paid:7", data: { ok: true } }
                """);

        DryReport report = dry("price", "{\"id\":7,\"price\":\"9.90\"}", Map.of());

        assertThat(report.status()).as(report.reason()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(report.answer()).isNotNull().satisfies(answer -> {
            assertThat(answer.target()).isEqualTo("200");
            assertThat(answer.body()).isEqualTo(json("{\"id\":7,\"price\":\"9.90\"}"));
        });
        assertThat(report.writes())
                .extracting(write -> write.shape() + " " + write.kind() + " " + write.what() + " " + write.target())
                .containsExactly(
                        "rows FILE WRITE rows-7.csv",
                        "file FILE WRITE late.json",
                        "steps STEPS RUN steps of 'steps'",
                        "other START START child",
                        "yes WAIT WAIT approval",
                        "paid WAIT RELEASE event paid:7");
        assertThat(report.writes().get(0).body().asText()).startsWith("id,price");
        assertThat(report.writes().get(2).body().asText()).contains("ran");
        assertThat(home.resolve("data/out")).doesNotExist();
        try (Stream<Path> left = Files.list(home.resolve("data/spill"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aPayloadThatFailsIsShownAndNotKept() throws Exception {
        program.flow("failing", """
                flow: failing
                shapes:
                  - { id: checked, assert: { contains: { id: 7 } } }
                """);

        DryReport report = dry("failing", "{\"id\":8}", Map.of());

        assertThat(report.status()).isEqualTo(RunStatus.FAILED);
        assertThat(report.writes()).singleElement().satisfies(write -> {
            assertThat(write.kind()).isEqualTo(Kind.FAILED);
            assertThat(write.shape()).isEqualTo("checked");
            assertThat(write.body()).isEqualTo(json("{\"id\":8}"));
        });
        assertThat(of(RunHistory.class)
                        .failed(FailedQuery.of("failing", null), null, 10)
                        .data())
                .isEmpty();
    }

    @Test
    void signsWithNoSecret() throws Exception {
        program.flow("signed", """
                flow: signed
                shapes:
                  - { id: made, map: { fields: [ { to: a, from: a, then: [ { hmac: { secret: MAP_KEY } } ] } ] } }
                  - { id: told, notify: { per: record, log: info, text: "proof ${record.a}" } }
                """);

        DryReport report = dry("signed", "{ \"a\": \"x\" }", Map.of());

        byte[] proof = Proofs.STAND_IN.of("MAP_KEY", "HmacSHA256", "x".getBytes(StandardCharsets.UTF_8));
        assertThat(report.logs())
                .extracting(RunRecord.LogLine::text)
                .containsExactly("proof " + HexFormat.of().formatHex(proof));
    }
}
