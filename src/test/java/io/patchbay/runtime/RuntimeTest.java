package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.payload.Body;
import io.patchbay.problem.Problem;
import io.patchbay.route.Flows;
import io.patchbay.route.RevisionTexts;
import io.patchbay.route.plain.PlainCamel;
import io.patchbay.run.FailedPayload;
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
import java.util.concurrent.TimeUnit;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program in this process: files in a folder, starts through the durable queue, runs in the database. */
class RuntimeTest {

    @TempDir
    static Path home;

    private static Program program;
    private static Flows flows;
    private static RunHistory history;

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectories(home.resolve("routes"));
        program = new Program(home, Program.start(home));
        flows = program.flows();
        history = program.history();
    }

    @AfterAll
    static void stop() {
        program.context().close();
    }

    @Test
    void takesAPayloadThroughAFlowAndKeepsTheStory() throws Exception {
        program.flow("totals", """
                flow: totals
                shapes:
                  - id: big
                    filter: { keep: { field: total, as: number, above: 5 } }
                  - id: told
                    notify: { per: record, log: info, text: "order ${record.id}" }
                  - id: summed
                    notify: { per: run, log: info, text: "told ${run.shapes.told.records}" }
                """);
        RunRecord run = program.run("totals", "[{\"id\":1,\"total\":\"10.00\"},{\"id\":2,\"total\":\"3\"}]");

        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run.logs()).extracting(RunRecord.LogLine::text).containsExactly("order 1", "told 1");
        assertThat(run.shapes()).extracting(RunRecord.ShapeRecord::recordsOut).startsWith(1L, 1L);
        await().untilAsserted(() -> assertThat(history.payloads(run.id(), "big", true))
                .hasSize(2)
                .last()
                .satisfies(kept -> assertThat(new String(kept.bytes(), StandardCharsets.UTF_8))
                        .isEqualTo("[{\"id\":1,\"total\":\"10.00\"}]")));
    }

    @Test
    void aScriptThatChangesIsANewVersionOfTheFlowsThatCallIt() throws Exception {
        Path script = home.resolve("routes/scripts/shout.js");
        Files.createDirectories(script.getParent());
        Files.writeString(script, "function handle({ payload }) { return { payload: { id: payload.id + 1 } }; }");
        program.flow("scripted", """
                flow: scripted
                shapes:
                  - id: shouted
                    script: { file: shout.js }
                  - id: told
                    notify: { per: record, log: info, text: "${record.id}" }
                """);
        String revision = flows.flow("scripted").orElseThrow().revision();
        assertThat(program.run("scripted", "{\"id\":1}").logs())
                .extracting(RunRecord.LogLine::text)
                .containsExactly("2");

        long good = flows.generation();
        Files.writeString(script, "function handle({ payload }) {\n  return { payload: { id: payload.id + ; } };\n}");
        await().untilAsserted(() -> assertThat(flows.problems())
                .extracting(Problem::toString)
                .anyMatch(problem -> problem.startsWith("routes/scripts/shout.js:2:1: ")));
        assertThat(flows.flow("scripted").orElseThrow().revision()).isEqualTo(revision);

        await().until(() -> flows.generation() > good);
        long broken = flows.generation();
        Files.writeString(script, "function handle({ payload }) { return { payload: { id: payload.id + 10 } }; }");
        await().until(() -> flows.generation() > broken);
        assertThat(flows.flow("scripted").orElseThrow().revision()).isNotEqualTo(revision);
        assertThat(program.run("scripted", "{\"id\":1}").logs())
                .extracting(RunRecord.LogLine::text)
                .containsExactly("11");
        assertThat(flows.problems())
                .extracting(problem -> problem.at().file())
                .doesNotContain("routes/scripts/shout.js");
    }

    @Test
    void startsUnderTheRevisionThatIsAskedFor() throws Exception {
        String text = """
                flow: versions
                variables: { %s: x }
                shapes:
                  - id: told
                    notify: { per: run, log: info, text: "%s ${flow.%s}" }
                """;
        program.flow("versions", text.formatted("before", "first", "before"));
        String first = flows.flow("versions").orElseThrow().revision();
        program.flow("versions", text.formatted("now", "second", "now"));
        await().until(() -> !first.equals(flows.flow("versions").orElseThrow().revision()));

        assertThat(flows.revisions("versions", 10))
                .extracting(RevisionTexts.Kept::revision)
                .containsExactly(flows.flow("versions").orElseThrow().revision(), first);
        assertThat(flows.revision("versions", first).orElseThrow())
                .isEqualTo(new Flows.AsKept(java.util.Set.of("before"), List.of()));
        assertThat(flows.revision("versions", "none")).isEmpty();
        RunRecord old = program.ended(flows.start("versions", "api", Body.EMPTY, Map.of("var.before", "y"), first)
                .get(20, TimeUnit.SECONDS));
        assertThat(old.revision()).isEqualTo(first);
        assertThat(old.logs()).extracting(RunRecord.LogLine::text).containsExactly("first y");
        assertThat(program.run("versions", "{}").logs())
                .extracting(RunRecord.LogLine::text)
                .containsExactly("second x");
    }

    @Test
    void keepsAFailedPayloadAndReplaysItFromItsShape() throws Exception {
        program.flow("careful", """
                flow: careful
                shapes:
                  - id: dated
                    map: { fields: [ { to: day, from: placed, then: [ { date: { to: "yyyy-MM-dd" } } ] } ] }
                  - id: told
                    notify: { per: record, log: info, text: "on ${record.day}" }
                """);
        RunRecord run = program.run("careful", "{\"placed\":\"not a date\"}");
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);

        List<FailedPayload> failed = program.failed("careful");
        assertThat(failed).hasSize(1);
        Body mended =
                new Body.Bytes("{\"placed\":\"2026-11-24\"}".getBytes(StandardCharsets.UTF_8), "application/json");
        RunRecord again = program.replay(failed.get(0), mended);

        assertThat(again.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(again.parent()).isEqualTo(run.id());
        assertThat(again.logs()).extracting(RunRecord.LogLine::text).containsExactly("on 2026-11-24");
        await().untilAsserted(() -> assertThat(
                        history.failed(failed.get(0).id()).orElseThrow().state())
                .as("its replay succeeded")
                .isEqualTo(FailedPayload.State.RESOLVED));
    }

    @Test
    void startsAnotherFlowOnceForEachPayloadThatNamesItsParent() throws Exception {
        program.flow("one-order", """
                flow: one-order
                variables: { shop: none, vip: false }
                shapes:
                  - id: told
                    notify: { per: record, log: info, text: "${record.id} of ${flow.shop} ${flow.vip} ${meta.kind}" }
                """);
        program.flow("all-orders", """
                flow: all-orders
                shapes:
                  - id: marked
                    setVariables: { meta: { kind: web } }
                  - id: pairs
                    flowControl: { level: orders, size: 2 }
                  - id: handed-over
                    runFlow: { flow: one-order, variables: { shop: "12" } }
                  - id: told
                    notify: { per: run, log: info, text: "${run.shapes.handed-over.payloads} handed over" }
                """);

        RunRecord run = program.run("all-orders", "{\"orders\":[{\"id\":1},{\"id\":2},{\"id\":3}]}");

        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run.logs()).last().satisfies(line -> assertThat(line.text()).isEqualTo("2 handed over"));
        List<RunRecord> children = await().until(
                        () -> history.runs(RunQuery.of("one-order", RunStatus.SUCCEEDED, 10))
                                .data(),
                        found -> found.size() == 2);
        assertThat(children).allSatisfy(child -> {
            assertThat(child.parent()).isEqualTo(run.id());
            assertThat(child.trigger()).isEqualTo("flow");
        });
        assertThat(children)
                .flatExtracting(child -> program.ended(child.id()).logs())
                .extracting(RunRecord.LogLine::text)
                .containsExactlyInAnyOrder("1 of 12 false web", "2 of 12 false web", "3 of 12 false web");
    }

    @Test
    void handsOnAPayloadThatLiesInAFileAndKeepsItsOwn() throws Exception {
        program.flow("large-one", """
                flow: large-one
                shapes:
                  - { id: only-text, assert: { contains: { id: 7 } } }
                """);
        program.flow("large-ones", """
                flow: large-ones
                shapes:
                  - { id: handed-over, runFlow: { flow: large-one } }
                  - { id: still-there, assert: { contains: { id: 7 } } }
                """);

        RunRecord run = program.run("large-ones", "{\"id\":7,\"text\":\"" + "x".repeat(200_000) + "\"}");

        assertThat(run.status()).as(run.reason()).isEqualTo(RunStatus.SUCCEEDED);
        RunRecord child = await().until(
                        () -> history.runs(RunQuery.of("large-one", null, 10)).data(),
                        found -> found.size() == 1 && found.get(0).endedAt() != null)
                .get(0);
        assertThat(child.status()).as(child.reason()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void deploysAMapWhoseSecretIsMissingAndWarnsOfIt() throws Exception {
        program.flow(
                "proving",
                "flow: proving\nshapes:\n  - map: { fields: [ { to: a, from: a, then: [ { hmac: { secret: MAP_NOWHERE } } ] } ] }\n");

        assertThat(flows.flow("proving").orElseThrow().problems())
                .singleElement()
                .hasToString(
                        "routes/proving.flow.yaml:3:50: warning: there is no secret 'MAP_NOWHERE': it is the environment's"
                                + " PATCHBAY_SECRET_MAP_NOWHERE or a file of this name in the secrets folder [NO_SECRET]\n"
                                + "  hint: as long as that is so, each record that comes here fails");
    }

    @Test
    void leavesAFlowRunningWhoseFileTurnsBadAndSaysWhere() throws Exception {
        program.flow("steady", "flow: steady\nshapes:\n  - id: one\n    manualPayload: { json: [ { a: 1 } ] }\n");
        String before = flows.flow("steady").orElseThrow().revision();
        Files.writeString(
                home.resolve("routes/steady.flow.yaml"), "flow: steady\nshapes:\n  - id: one\n    fliter: {}\n");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> !flows.flow("steady").orElseThrow().problems().isEmpty());

        Flows.View view = flows.flow("steady").orElseThrow();
        assertThat(view.revision()).isEqualTo(before);
        assertThat(view.problems().get(0).toString())
                .startsWith("routes/steady.flow.yaml:4:5: there is no shape 'fliter' [UNKNOWN_SHAPE]")
                .contains("did you mean 'filter'?");
        assertThat(program.run("steady", "{}").status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void explainsALayoutWithItsBarriers() throws Exception {
        program.flow("explained", """
                flow: explained
                shapes:
                  - { id: all, manualPayload: { json: [ { a: 1 }, { a: 2 } ] } }
                  - { id: parts, flowControl: { size: 1 } }
                  - { id: each, notify: { per: payload, log: info, text: one } }
                  - { id: end, notify: { per: run, log: info, text: "done" } }
                """);
        String text = flows.explain("explained").orElseThrow();

        assertThat(text).contains("splitter: 'parts' yields many payloads").contains("id: explained@");
    }

    @Test
    void looksUpInATableThatIsAFileAndPassesCamelSteps() throws Exception {
        Files.createDirectories(home.resolve("routes/tables"));
        Files.writeString(home.resolve("routes/tables/carriers.csv"), "key,value\nexpress,DHL\n");
        program.flow("shipping", """
                flow: shipping
                shapes:
                  - id: carrier
                    map: { fields: [ { to: by, from: code, then: [ { lookup: { table: carriers, else: STD } } ] } ] }
                  - id: shouted
                    camel:
                      outside: false
                      steps:
                        - setBody: { jsonpath: { expression: "$.by", resultType: java.lang.String } }
                        - setBody: { simple: '{ "loud": "${lowercase(${body})}!" }' }
                  - id: told
                    notify: { per: record, log: info, text: "${record.loud}" }
                """);

        RunRecord run = program.run("shipping", "{\"code\":\"express\"}");

        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run.logs()).extracting(RunRecord.LogLine::text).containsExactly("dhl!");
        assertThat(camelRoutes()).anyMatch(route -> route.startsWith("shipping/shouted@"));
    }

    @Test
    void holdsRecordsToASchemaThatIsAFileAndKeepsThoseThatDoNotConform() throws Exception {
        Files.createDirectories(home.resolve("routes/schemas"));
        Files.writeString(home.resolve("routes/schemas/held.json"), "{ \"required\": [ \"id\" ] }");
        program.flow("held", """
                flow: held
                shapes:
                  - { id: whole, validate: { schema: held.json }, onError: skip }
                  - id: told
                    notify: { per: record, log: info, text: "order ${record.id}" }
                """);

        RunRecord run = program.run("held", "[{\"id\":1},{\"name\":\"x\"},{\"id\":3}]");

        assertThat(run.status()).isEqualTo(RunStatus.PARTIAL);
        assertThat(run.logs()).extracting(RunRecord.LogLine::text).contains("order 1", "order 3");
    }

    @Test
    void keepsPlainCamelRoutesAsTheirFilesAre() throws Exception {
        Path file = home.resolve("routes/audit.camel.yaml");
        Files.writeString(file, """
                - from:
                    uri: timer:audit
                    parameters: { period: 60000 }
                    steps:
                      - log: "still here"
                """);
        await().atMost(Duration.ofMinutes(1)).until(() -> camelRoutes().contains("audit"));

        Files.writeString(home.resolve("routes/wrong.camel.yaml"), """
                - from: { uri: "file:/etc", steps: [ { log: "x" } ] }
                """);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(flows.problems())
                                .extracting(Problem::toString)
                                .anyMatch(
                                        text -> text.startsWith(
                                                "routes/wrong.camel.yaml:1:16: component 'file' is not allowed [COMPONENT_NOT_ALLOWED]")));

        Files.delete(home.resolve("routes/wrong.camel.yaml"));
        Files.delete(file);
        await().atMost(Duration.ofMinutes(1)).until(() -> !camelRoutes().contains("audit"));
        await().until(() -> flows.problems().stream()
                .noneMatch(problem -> problem.at().file().contains("wrong")));
    }

    private static List<String> camelRoutes() {
        return program.context().getBean(PlainCamel.class).context().getRoutes().stream()
                .map(Route::getRouteId)
                .toList();
    }
}
