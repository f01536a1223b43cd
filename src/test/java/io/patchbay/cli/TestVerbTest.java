package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code patchbay test}: flows against the answers that their tests give. */
class TestVerbTest {

    private static final String SHOP = """
            connector: shop
            version: 1.0.0
            settings:
              properties: { token: { description: "Sent in a header" } }
              secrets: [token]
            auth: { key: { type: apiKey, inject: { into: header, name: X-Token, format: '${settings.token}' } } }
            requester: { baseUrl: 'https://shop.example.com' }
            errorHandler:
              rules:
                - match: { status: [422] }
                  action: fail
                  message: The shop does not take this order.
              backoff: { initial: 10s, maxAttempts: 3 }
            endpoints:
              orders.list:
                kind: read
                method: GET
                path: /orders
                paginator: { type: pageNumber, inject: { into: query, name: page }, stopWhen: emptyPage }
              orders.create: { kind: write, method: POST, path: /orders }
            """;

    private static final String FLOW = """
            flow: orders
            variables: { limit: 10 }
            shapes:
              - id: pull
                connection: { instance: uk, endpoint: orders.list }
              - id: sort
                route:
                  paths:
                    - name: small
                      when: { field: total, as: number, below: 10 }
                      shapes:
                        - id: push
                          retries: { count: 0 }
                          connection: { instance: uk, endpoint: orders.create, output: input }
                    - name: large
                      otherwise: true
                      shapes:
                        - id: tell
                          notify: { to: [ ops ], text: "${record.id} is large" }
            """;

    private static final String GOOD = """
            test: orders
            cases:
              - name: small orders are sent
                connections:
                  pull:
                    answers:
                      - { body: [ { id: 1, total: 3 } ] }   # the first page
                      - { body: [] }
                  push: { answer: { status: 201, body: { ok: true } } }
                expect:
                  outcome: succeeded
                  requests:
                    push: [ { method: POST, path: /orders, headers: { X-Token: "*" }, body: [ { id: 1, total: 3 } ] } ]
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void home() throws IOException {
        file("connectors/shop/connector.yaml", SHOP);
        file(
                "connectors/shop/instances/uk.yaml",
                "instance: uk\nconnector: shop\nsettings: { token: '${secret.SHOP}' }\n");
        file("routes/orders.flow.yaml", FLOW);
    }

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Said say(String... args) {
        return Said.by(folder, Map.of(), "", args);
    }

    private List<Path> all() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.sorted().toList();
        }
    }

    @Test
    void testsOfTheExamplesPass() {
        Said said = Said.by(Path.of(""), Map.of(), "", "test", "--coverage");

        assertThat(said.out())
                .contains("ok      paid orders of all pages go in one file")
                .endsWith(" 0 failed\n");
        assertThat(said.out()).doesNotContain("not reached");
        assertThat(said.code()).isZero();
    }

    @Test
    void passesAndLeavesNothingInTheHome() throws IOException {
        file("routes/orders.test.yaml", GOOD);
        List<Path> before = all();

        Said said = say("test");

        assertThat(said.out()).contains("ok      small orders are sent").endsWith("1 test, 0 failed\n");
        assertThat(said.err()).isEmpty();
        assertThat(said.code()).isZero();
        assertThat(all()).isEqualTo(before);
    }

    @Test
    void decidesWhatWouldWaitAsTheTestSays() throws IOException {
        file("routes/approved.flow.yaml", """
                flow: approved
                shapes:
                  - id: approved
                    wait: { for: approval, title: "Order ${record.id}", into: approval }
                  - id: told
                    wait: { release: "ready:${record.id}" }
                  - id: log
                    notify: { per: payload, log: info, text: "${meta.wait.decision} ${record.approval.ok ?? 'no more'}" }
                """);
        file("routes/approved.test.yaml", """
                test: approved
                cases:
                  - name: yes, unless the test says otherwise
                    start: { json: { id: 7 } }
                    expect:
                      outcome: succeeded
                      requests:
                        approved: [ { method: approval, with: { title: Order 7 }, body: { id: 7 } } ]
                        told: [ { method: release, with: { key: "ready:7" }, body: { id: 7 } } ]
                  - name: with what comes with it
                    start: { json: { id: 7 } }
                    connections: { approved: { answer: { body: { ok: true } } } }
                    expect: { logs: [ { shape: log, text: approved true } ] }
                  - name: rejected
                    start: { json: { id: 7 } }
                    connections: { approved: { answer: { error: REJECTED, message: too dear } } }
                    expect: { outcome: failed, failed: [ { shape: approved, code: REJECTED, message: "rejected by test: too dear" } ] }
                  - name: too late
                    start: { json: { id: 7 } }
                    connections: { approved: { answer: { error: WAIT_EXPIRED } } }
                    expect: { failed: [ { code: WAIT_EXPIRED } ] }
                  - name: nobody decides
                    start: { json: { id: 7 } }
                    connections: { approved: { answer: { error: WAITING } } }
                    expect: { outcome: succeeded, shapes: { approved: { out: [] }, told: { in: [] } } }
                """);

        Said said = say("test", "routes/approved.test.yaml");

        assertThat(said.out()).endsWith("5 tests, 0 failed\n");
    }

    @Test
    void runsTestsOfScriptsBesideThem() throws IOException {
        file("routes/scripts/tidy.js", "function handle({ payload }) { return { payload: { id: payload.id + 1 } }; }");
        file("routes/scripts/tidy.test.yaml", """
                cases:
                  - name: counts up
                    given: { payload: { id: 1 } }
                    expect: { payload: { id: 2 } }
                  - name: is wrong
                    given: { payload: { id: 1 } }
                    expect: { payload: { id: 3 } }
                """);

        Said said = say("test");

        assertThat(said.out())
                .contains(
                        "ok      counts up",
                        "FAILED  is wrong",
                        "routes/scripts/tidy.test.yaml:5:",
                        "2 tests, 1 failed");
        assertThat(said.code()).isEqualTo(1);
        assertThat(say("test", "routes/scripts/tidy.test.yaml").out()).contains("2 tests");
    }

    @Test
    void tellsWhatIsOtherwiseWithThePlaceInTheTestFile() throws IOException {
        file("routes/orders.test.yaml", GOOD.replace("total: 3 } ] } ]", "total: 4 } ] } ]"));

        Said said = say("test");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out())
                .contains("FAILED  small orders are sent")
                .contains("routes/orders.test.yaml:13:99: requests.push[0].body[0].total is 3, expected 4");
    }

    @Test
    void saysThatARequestHasNoAnswer() throws IOException {
        file("routes/orders.test.yaml", GOOD.replace("push: { answer: { status: 201, body: { ok: true } } }", ""));

        assertThat(say("test").out())
                .contains("shape 'push' asks POST https://shop.example.com/orders, and the case has no answers for it");
    }

    @Test
    void statusesMeanWhatTheConnectorSaysAndNothingWaits() throws IOException {
        file("routes/orders.test.yaml", """
                test: orders
                cases:
                  - name: refused
                    connections:
                      pull: { answers: [ { body: [ { id: 1, total: 3 } ] }, { body: [] } ] }
                      push: { answer: { status: 422 } }
                    expect:
                      outcome: failed
                      failed: [ { shape: push, message: "*The shop does not take this order.*", payload: [ { id: 1, total: 3 } ] } ]
                  - name: down, and up again
                    connections:
                      pull: { answers: [ { status: 503, times: 2 }, { body: [ { id: 2, total: 30 } ] }, { error: TIMEOUT }, { body: [] } ] }
                    expect:
                      outcome: succeeded
                      mails: [ { to: [ ops ], text: 2 is large } ]
                """);

        Said said = say("test");

        assertThat(said.out()).endsWith("2 tests, 0 failed\n");
    }

    @Test
    void writesJunitXmlAndJson() throws Exception {
        file("routes/orders.test.yaml", GOOD.replace("total: 3 } ] } ]", "total: 4 } ] } ]"));

        JsonNode json = say("test", "--json", "--junit", "out/junit.xml").json();

        assertThat(json.path("failed").asInt()).isEqualTo(1);
        assertThat(json.path("results").path(0).path("differences")).hasSize(1);
        String xml = Files.readString(folder.resolve("out/junit.xml"));
        assertThat(xml)
                .contains("<testsuite name=\"routes/orders.test.yaml\" tests=\"1\" failures=\"1\"")
                .contains("<testcase classname=\"routes/orders.test.yaml\" name=\"small orders are sent\"")
                .contains("<failure message=\"routes/orders.test.yaml:13:");
    }

    @Test
    void tellsWhichPathsNoCaseReached() throws IOException {
        file("routes/orders.test.yaml", GOOD);

        assertThat(say("test", "--coverage").out())
                .contains("coverage of orders: 4 of 6 shapes and paths")
                .contains("routes/orders.flow.yaml:18:15: shape 'tell' was not reached by any case")
                .contains("path 'large' of 'sort' was not reached by any case");
    }

    @Test
    void problemsOfTestFilesAreToldWithTheirPlaces() throws IOException {
        file("routes/orders.test.yaml", GOOD.replace("pull:", "pul:").replace("outcome: succeeded", "outcome: good"));

        Said said = say("test");
        Said checked = say("check");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).contains("routes/orders.test.yaml:11:16: 'good' is not one of succeeded, partial");
        assertThat(checked.out()).contains("routes/orders.test.yaml:11:16: ");
        file("routes/orders.test.yaml", GOOD.replace("pull:", "pul:"));
        assertThat(say("check").out())
                .contains("routes/orders.test.yaml:5:7: flow 'orders' has no shape 'pul'")
                .contains("did you mean 'pull'?");
        file("routes/orders.test.yaml", GOOD.replace("test: orders", "test: order"));
        assertThat(say("check").out())
                .contains("there is no flow 'order' that is right")
                .contains("'orders'");
        assertThat(say("test", "connectors/shop/connector.yaml").code()).isEqualTo(2);
        assertThat(say("test", "nowhere").err()).contains("There is no file or folder nowhere.");
    }

    @Test
    void aFlowFileStandsForItsTests() throws IOException {
        file("routes/orders.test.yaml", GOOD);
        file("routes/other.flow.yaml", FLOW.replace("flow: orders", "flow: other"));
        file("routes/other.test.yaml", GOOD.replace("test: orders", "test: other"));

        assertThat(say("test", "routes/orders.flow.yaml").out()).endsWith("1 test, 0 failed\n");
        assertThat(say("test").out()).endsWith("2 tests, 0 failed\n");
    }

    @Test
    void cachesAndPoolsBeginEmptyInEachCase() throws IOException {
        file("routes/stores.yaml", """
                caches: { seen: { scope: company, keep: 1d } }
                pools: { sent: { keep: 30d } }
                """);
        file("routes/kept.flow.yaml", """
                flow: kept
                shapes:
                  - id: new-ones
                    deDupe: { pool: sent, key: id, remember: { after: next } }
                  - id: keep
                    addToCache: { cache: seen, key: all, append: true }
                  - id: count
                    addToCache: { cache: seen, key: sum, increment: "${record.total}" }
                  - id: next
                    runFlow: { flow: other }
                  - id: load
                    loadFromCache: { cache: seen, key: all }
                  - id: sum
                    loadFromCache: { cache: seen, key: sum }
                """);
        file("routes/other.flow.yaml", FLOW.replace("flow: orders", "flow: other"));
        String one = """
                  - name: %s
                    start: { json: [ { id: 1, total: 3 }, { id: 1, total: 3 }, { id: 2, total: 4 } ] }
                    expect:
                      outcome: succeeded
                      starts: [ { flow: other, payload: [ { id: 1, total: 3 }, { id: 2, total: 4 } ] } ]
                      shapes:
                        load: { out: [ [ { id: 1, total: 3 }, { id: 2, total: 4 } ] ] }
                        sum: { out: [ 7 ] }
                """;
        file("routes/kept.test.yaml", "test: kept\ncases:\n" + one.formatted("first") + one.formatted("again"));

        Said said = say("test");

        assertThat(said.out()).endsWith("2 tests, 0 failed\n");
    }

    @Test
    void whatIsCachedIsWorkedOutOnceInEachCaseAndAFailureIsNot() throws IOException {
        file("routes/stores.yaml", "caches: { prices: { scope: company, keep: 1d } }\n");
        file("routes/priced.flow.yaml", """
                flow: priced
                shapes:
                  - id: each
                    flowControl: { size: 1, wrapSingle: false }
                  - id: price
                    cached:
                      cache: prices
                      key: "price-${record.sku}"
                      shapes:
                        - id: asked
                          retries: { count: 0 }
                          connection: { instance: uk, endpoint: orders.create, output: response }
                  - id: told
                    notify: { per: record, log: info, text: "for ${record.price}" }
                """);
        file("routes/priced.test.yaml", """
                test: priced
                cases:
                  - name: asks once for one article
                    start: { json: [ { sku: a }, { sku: a }, { sku: b } ] }
                    connections:
                      asked:
                        answers:
                          - { body: { price: 3 } }
                          - { body: { price: 4 } }
                    expect:
                      outcome: succeeded
                      requests: { asked: [ { body: { sku: a } }, { body: { sku: b } } ] }
                      logs: [ { text: "for 3" }, { text: "for 3" }, { text: "for 4" } ]
                  - name: knows nothing of the case before, and keeps no failure
                    start: { json: [ { sku: a } ] }
                    connections: { asked: { answer: { status: 400, body: {} } } }
                    expect:
                      outcome: failed
                      failed: [ { shape: asked } ]
                """);

        Said said = say("test");

        assertThat(said.out()).endsWith("2 tests, 0 failed\n");
    }

    @Test
    void aFlowThatIsWaitedForAnswersWhatTheCaseSays() throws Exception {
        file("routes/asks.flow.yaml", """
                flow: asks
                shapes:
                  - id: priced
                    runFlow: { flow: other, wait: true, variables: {} }
                  - id: told
                    notify: { per: record, log: info, text: "for ${record.price}" }
                """);
        file("routes/other.flow.yaml", FLOW.replace("flow: orders", "flow: other"));
        file("routes/asks.test.yaml", """
                test: asks
                cases:
                  - name: goes on with what comes of the flow
                    start: { json: { sku: 7 } }
                    connections: { priced: { answer: { body: { price: 3 } } } }
                    expect:
                      outcome: succeeded
                      starts: [ { shape: priced, flow: other, payload: { sku: 7 } } ]
                      requests: { priced: [ { method: other, body: { sku: 7 } } ] }
                      logs: [ { shape: told, text: "for 3" } ]
                  - name: fails as the flow does
                    start: { json: { sku: 7 } }
                    connections: { priced: { answer: { error: OUT_OF_STOCK, message: none is left } } }
                    expect:
                      outcome: failed
                      failed: [ { shape: priced, code: OUT_OF_STOCK } ]
                """);

        Said said = say("test");

        assertThat(said.out()).endsWith("2 tests, 0 failed\n");
    }

    @Test
    void aFlowThatIsWaitedForAndHasNoAnswerIsAFault() throws Exception {
        file("routes/asks.flow.yaml", """
                flow: asks
                shapes:
                  - { id: priced, runFlow: { flow: other, wait: true } }
                """);
        file("routes/other.flow.yaml", FLOW.replace("flow: orders", "flow: other"));
        file("routes/asks.test.yaml", """
                test: asks
                cases:
                  - name: asks
                    start: { json: { sku: 7 } }
                """);

        assertThat(say("test").out()).contains("shape 'priced' asks flow 'other', and the case has no answers for it");
    }
}
