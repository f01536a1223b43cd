package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code patchbay test --update}: what came stands in place of what was expected otherwise, and the file is the same around it. */
class TestUpdateTest {

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

    private static final String CASES = """
            # Tests of the shop.
            test: orders
            clock: 2026-01-05T09:00:00Z
            cases:
              - name: small orders are sent   # the usual
                connections:
                  pull: { answers: [ { body: [ { id: 1, total: 3 }, { id: 2, total: 30 } ] }, { body: [] } ] }
                  push: { answer: { status: 201, body: { ok: true } } }
                expect:
                  %s
                  # what goes out
                  requests:
                    push:
                      - method: POST    # always
                        headers: { X-Token: "*" }
                        body: %s
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

    private String test() throws IOException {
        return Files.readString(folder.resolve("routes/orders.test.yaml"));
    }

    private Said say(String... args) {
        return Said.by(folder, Map.of(), "", args);
    }

    @Test
    void writesWhatCameAndKeepsAllAroundIt() throws IOException {
        file("routes/orders.test.yaml", CASES.formatted("outcome: failed # hm", "[ { id: 9, total: \"*\" } ] # one"));

        Said said = say("test", "--update");

        assertThat(test()).isEqualTo(CASES.formatted("outcome: succeeded # hm", "[ { id: 1, total: \"*\" } ] # one"));
        assertThat(said.out()).contains("updated routes/orders.test.yaml", "line 10", "-       outcome: failed # hm");
        assertThat(said.out())
                .contains("line 16", "+             body: [ { id: 1, total: \"*\" } ] # one", "1 test, 0 failed");
        assertThat(said.code()).isZero();

        String once = test();
        Said again = say("test", "--update");
        assertThat(again.out()).doesNotContain("updated").contains("1 test, 0 failed");
        assertThat(test()).isEqualTo(once);
        try (Stream<Path> files = Files.list(folder.resolve("routes"))) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void anEmptyOrMissingExpectationIsFilled() throws IOException {
        String start = """
                test: orders
                cases:
                  - name: a
                    expect: {}
                    connections:
                      pull: { answers: [ { body: [ { id: 1, total: 30 } ] }, { body: [] } ] }
                  - name: b
                    connections:
                      pull: { answers: [ { body: [ { id: 1, total: 3 } ] }, { body: [] } ] }
                      push: { answer: { status: 422 } }
                """;
        file("routes/orders.test.yaml", start);

        Said said = say("test", "--update", "--json");

        assertThat(said.code()).as(said.out() + test()).isZero();
        assertThat(said.json().at("/updated/0/file").asText()).isEqualTo("routes/orders.test.yaml");
        assertThat(said.json().at("/updated/0/changes/0/line").asInt()).isEqualTo(4);
        assertThat(test())
                .contains(
                        "outcome: succeeded", "text: \"1 is large\"", "HTTP_422", "The shop does not take this order.");
        assertThat(test()).contains("push: [ { method: POST, path: /orders, body: [ { id: 1, total: 3 } ] } ]");
        String once = test();
        assertThat(say("test", "--update").code()).isZero();
        assertThat(test()).isEqualTo(once);
    }

    @Test
    void listsGrowAndShrinkAndWhatIsGoneGoes() throws IOException {
        file("routes/orders.test.yaml", """
                test: orders
                cases:
                  - name: all
                    connections:
                      pull: { answers: [ { body: [ { id: 1, total: 3 } ] }, { body: [ { id: 2, total: 4 } ] }, { body: [] } ] }
                      push: { answer: { status: 201 } }
                    expect:
                      requests:
                        pull:
                          - { query: { page: 1 } }
                          - { query: { page: 7 } }   # the second
                        push:
                          - path: /orders   # the first
                            headers: { X-Gone: yes, X-Token: "*" }
                      logs: [ { shape: tell, text: 3 is large } ]
                      mails: []
                """);

        Said said = say("test", "--update");

        assertThat(said.code()).as(said.out()).isZero();
        assertThat(test()).contains("""
                        pull:
                          - { query: { page: 1 } }
                          - { query: { page: "2" } }   # the second
                          - { query: { page: "3" } }
                        push:
                          - path: /orders   # the first
                            headers: { X-Token: "*" }
                          - { path: /orders }
                      logs: []
                """);
    }

    @Test
    void whatIsOtherwiseEachTimeIsLeftOpen() throws IOException {
        file("routes/orders.flow.yaml", """
                flow: orders
                shapes:
                  - id: made
                    manualPayload: { json: { at: "${run.queuedAt}", fixed: 1 } }
                """);
        file("routes/orders.test.yaml", """
                test: orders
                cases:
                  - name: a
                    expect: { shapes: { made: { out: [ { at: "2020-01-01T00:00:00Z", fixed: 2 } ] } } }
                """);

        Said said = say("test", "--update");

        assertThat(said.out()).contains("0 failed");
        assertThat(test()).contains("out: [ { at: \"*\", fixed: 1 } ]");
    }

    @Test
    void aCaseThatLacksAnAnswerIsLeftAsItIs() throws IOException {
        String text = CASES.formatted("outcome: failed", "[ { id: 9 } ]")
                .replace("      push: { answer: { status: 201, body: { ok: true } } }\n", "");
        file("routes/orders.test.yaml", text);

        Said said = say("test", "--update");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).contains("has no answers for it").doesNotContain("updated");
        assertThat(test()).isEqualTo(text);
    }

    @Test
    void aFileThatIsNotRightIsLeftAsItIs() throws IOException {
        String text = CASES.formatted("outcome: failed", "[ { id: 9 }");
        file("routes/orders.test.yaml", text);

        Said said = say("test", "--update");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).contains("BAD_YAML");
        assertThat(test()).isEqualTo(text);
    }

    @Test
    void testsOfScriptsAreUpdatedToo() throws IOException {
        file(
                "routes/scripts/twice.js",
                "function handle(data) { console.log('n'); return { payload: data.payload * 2, meta: {} }; }");
        file("routes/scripts/twice.test.yaml", """
                cases:
                  # a comment
                  - name: doubles
                    given: { payload: 2 }
                    expect: { payload: 5 } # five
                    logs: [ m ]
                  - name: again
                    given: { payload: 3 }
                    expect: {}
                """);

        Said said = say("test", "--update", "routes/scripts");

        assertThat(said.code()).as(said.out()).isZero();
        assertThat(Files.readString(folder.resolve("routes/scripts/twice.test.yaml")))
                .isEqualTo("""
                cases:
                  # a comment
                  - name: doubles
                    given: { payload: 2 }
                    expect: { payload: 4 } # five
                    logs: [ "n" ]
                  - name: again
                    given: { payload: 3 }
                    expect: { payload: 6, meta: {} }
                """);
    }
}
