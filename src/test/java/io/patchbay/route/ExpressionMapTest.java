package io.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.script.ScriptLibrary;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Maps that are an expression in another language, through Camel routes. */
class ExpressionMapTest {

    private int flows;

    @TempDir
    Path folder;

    private RunRecord run(String text, String... filesAndTexts) throws Exception {
        List<String> files = Arrays.asList(filesAndTexts);
        try (FlowFixture flow = new FlowFixture()) {
            Path own;
            synchronized (this) {
                own = folder.resolve("flow-" + flows++);
            }
            flow.start(own);
            flow.services = Map.of(
                    ScriptLibrary.class,
                    new ScriptLibrary(
                            IntStream.range(0, files.size() / 2)
                                    .mapToObj(i -> new ScriptLibrary.Source(
                                            files.get(2 * i),
                                            "routes/scripts/" + files.get(2 * i),
                                            files.get(2 * i + 1)))
                                    .toList(),
                            null));
            return flow.run(text);
        }
    }

    private static List<String> lines(RunRecord run) {
        return run.logs().stream().map(RunRecord.LogLine::text).toList();
    }

    @Test
    void anExpressionReadsVariablesThatShapesBeforeItSet() throws Exception {
        RunRecord run = run("""
                variables: { currency: EUR }
                shapes:
                  - id: orders
                    manualPayload: { json: [ { id: 1 }, { id: 2 } ] }
                  - id: set
                    setVariables: { flow: { currency: GBP } }
                  - id: lines
                    map: { jq: "(.id, .id * 10) | { id: ., currency: $flow.currency, shape: $run.shape }" }
                  - id: told
                    notify: { per: record, log: info, text: "${record.id} ${record.currency} ${record.shape}" }
                """);

        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(lines(run)).containsExactly("1 GBP lines", "10 GBP lines", "2 GBP lines", "20 GBP lines");
    }

    @Test
    void whatAFileImportsIsPartOfTheRevision() throws Exception {
        String text = """
                shapes:
                  - id: one
                    manualPayload: { json: { id: 1 } }
                  - id: mapped
                    map: { jq: { file: order.jq } }
                  - id: told
                    notify: { log: info, text: "${record.id}" }
                """;
        String order = "include \"part\"; { id: (.id | part) }";
        RunRecord before = run(text, "order.jq", order, "part.jq", "def part: . + 1;", "other.jq", "1");
        RunRecord after = run(text, "order.jq", order, "part.jq", "def part: . + 2;", "other.jq", "1");
        RunRecord same = run(text, "order.jq", order, "part.jq", "def part: . + 2;", "other.jq", "2");

        assertThat(lines(before)).containsExactly("2");
        assertThat(lines(after)).containsExactly("3");
        assertThat(after.revision()).isNotEqualTo(before.revision()).isEqualTo(same.revision());
    }

    /** {@code good} fails on a record without a number, {@code whole} gives one value of the payload. */
    private record InAll(String language, String good, String whole, String endless) {
        @Override
        public String toString() {
            return language;
        }
    }

    private static String sheet(String inside) {
        return "<xsl:stylesheet version='3.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'"
                + " xmlns:xs='http://www.w3.org/2001/XMLSchema' exclude-result-prefixes='#all'>"
                + "<xsl:output method='json'/><xsl:template match='/*' name='t'>" + inside
                + "</xsl:template></xsl:stylesheet>";
    }

    private static final String QUERY =
            "declare option Q{http://www.w3.org/2010/xslt-xquery-serialization}method 'json'; ";

    static Stream<InAll> languages() {
        return Stream.of(
                new InAll("jq", "{ id: (.id * 10 + 0) }", "{ id: length }", "last(range(1e15))"),
                new InAll("jsonata", "{ 'id': id * 10 }", "{ 'id': $count($) }", "($f := function(){ $f() }; $f())"),
                new InAll("jslt", "{ \"id\": .id * 10 }", "{ \"id\": size(.) }", "def f(n) f($n) f(1)"),
                new InAll(
                        "xslt",
                        sheet("<xsl:sequence select='map { \"id\": 10 * xs:integer(id) }'/>"),
                        sheet("<xsl:sequence select='map { \"id\": count(record) }'/>"),
                        sheet("<xsl:call-template name='t'/>")),
                new InAll(
                        "xquery",
                        QUERY + "map { 'id': 10 * xs:integer(/record/id) }",
                        QUERY + "map { 'id': count(/payload/record) }",
                        "declare function local:f($n) { local:f($n + 1) }; local:f(1)"));
    }

    private static String mapped(String records, String settings, InAll language, String text) {
        return """
                shapes:
                  - id: some
                    manualPayload: { json: %s }
                  - id: mapped
                %s
                      %s: |
                        %s
                  - id: told
                    notify: { per: record, log: info, text: "${record.id}" }
                """.formatted(records, settings.indent(4).stripTrailing(), language.language(), text);
    }

    @ParameterizedTest
    @MethodSource("languages")
    void aRecordOnWhichAnExpressionFailsGoesAsideAndTheOthersGoOn(InAll language) throws Exception {
        RunRecord run = run(mapped(
                "[ { id: 1 }, { id: { not: a number } }, { id: 3 } ]",
                "onError: skip\nmap:\n  each: record",
                language,
                language.good()));

        assertThat(run.status()).as(String.valueOf(run)).isEqualTo(RunStatus.PARTIAL);
        assertThat(lines(run)).hasSize(3).endsWith("10", "30");
        assertThat(lines(run).get(0)).startsWith("record 2: ").contains("[EXPRESSION_FAILED]");
    }

    @ParameterizedTest
    @MethodSource("languages")
    void aPayloadBecomesOneValue(InAll language) throws Exception {
        RunRecord run = run(mapped("[ { id: 1 }, { id: 3 } ]", "map:\n  each: payload", language, language.whole()));

        assertThat(run.status()).as(String.valueOf(run)).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(lines(run)).containsExactly("2");
    }

    @ParameterizedTest
    @MethodSource("languages")
    void anExpressionThatGoesOnForEverHoldsUpNobody(InAll language) throws Exception {
        CompletableFuture<RunRecord> endless = CompletableFuture.supplyAsync(() -> {
            try {
                return run(mapped("{ id: 1 }", "map:\n  timeout: 1s", language, language.endless()));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        RunRecord quick = run(mapped("{ id: 1 }", "map:\n  each: record", language, language.good()));

        assertThat(quick.status()).isEqualTo(RunStatus.SUCCEEDED);
        RunRecord failed = endless.join();
        assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
        assertThat(String.valueOf(failed)).contains("[EXPRESSION_", "was stopped");
    }
}
