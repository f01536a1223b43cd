package io.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.Catalog;
import io.patchbay.expression.LookupTable;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Validated;
import io.patchbay.shape.Shapes;
import io.patchbay.shape.Surroundings;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said about a flow file, and at which place of it. */
class FlowReaderTest {

    private static final String ORDERS = """
            flow: orders
            variables: { currency: EUR }
            shapes:
              - id: found
                manualPayload: { json: [ { id: 1 } ] }
            """;

    private static List<String> problems(String text) {
        return problems("x.flow.yaml", text);
    }

    private static List<String> problems(String file, String text) {
        Validated<Flow> read = new FlowReader(Shapes.all())
                .read(
                        file,
                        text,
                        (flow, variables) -> new Surroundings(
                                flow,
                                Clock.systemUTC(),
                                variables,
                                Map.of("carriers", LookupTable.of(Map.of("DHL", "1"))),
                                Map.of(Catalog.class, Catalog.EMPTY)));
        return read.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void takesNamesOfAHundredCharactersWithTheEnvironment() {
        String shapes = ORDERS.substring(ORDERS.indexOf('\n'));

        assertThat(problems("flow: " + "f".repeat(59) + "@" + "e".repeat(40) + shapes))
                .as("what is in an environment stands in no file, but the name is known")
                .noneMatch(problem -> problem.contains("[BAD_VALUE]"));
        assertThat(problems("flow: " + "f".repeat(100) + shapes)).isEmpty();
        assertThat(problems("flow: " + "f".repeat(60) + "@" + "e".repeat(40) + shapes))
                .containsExactly(
                        "x.flow.yaml:1:1: flow id '" + "f".repeat(60) + "@" + "e".repeat(40)
                                + "' has 101 characters, and there is room for 100 [BAD_VALUE]\n"
                                + "  hint: an environment's name and '@' count: give the flow or the environment a shorter one");
    }

    @Test
    void placesInATextThatWasMadeOfAFileOfAnotherKindAreOfTheText() {
        String wrong = ORDERS + told("said", "${record.}");

        assertThat(problems("x.service.yaml", wrong))
                .singleElement()
                .asString()
                .startsWith("x.service.yaml#as-flow:7:");
        assertThat(problems("x.flow.yaml", wrong)).singleElement().asString().startsWith("x.flow.yaml:7:");
    }

    private static String told(String id, String text) {
        return "  - id: " + id + "\n    notify: { log: info, text: \"" + text + "\" }\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run.id",
                "run.flow",
                "run.revision",
                "run.trigger",
                "run.queuedAt - 2h",
                "run.startedAt",
                "run.failed",
                "run.shapes.found.records",
                "run.shapes.found.payloads",
                "run.shapes['found'].failed",
                "run.shapes.told.records",
                "run.shapes",
                "run",
                "meta.whatever.it.is",
                "flow.currency",
                "table.carriers['DHL']"
            })
    void takesAllThatARunHas(String inside) {
        assertThat(problems(ORDERS + told("told", "${" + inside + "}"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run.nope | 'run' has no 'nope' [UNKNOWN_NAME] |",
                "run.queued | 'run' has no 'queued' [UNKNOWN_NAME] | did you mean 'queuedAt'?",
                "run.id.x | 'run.id' is one value, it has no 'x' [UNKNOWN_NAME] | write ${run.id}",
                "run.shapes.fond.records | the flow has no shape 'fond' [UNKNOWN_SHAPE_ID] | did you mean 'found'?",
                "run.shapes.zz | the flow has no shape 'zz' [UNKNOWN_SHAPE_ID] | known here: found, told",
                "run.shapes.found.record | 'run.shapes.found' has no 'record' [UNKNOWN_NAME] | did you mean 'records'?",
                "flow.curency | the flow has no variable 'curency' [UNKNOWN_VARIABLE] | did you mean 'currency'?",
                "table.carrier['DHL'] | there is no lookup table 'carrier' [UNKNOWN_TABLE] | did you mean 'carriers'?",
            })
    void pointsAtANameThatLeadsNowhere(String inside, String what, String hint) {
        assertThat(problems(ORDERS + told("told", "so: ${" + inside + "}")))
                .first()
                .asString()
                .startsWith("x.flow.yaml:7:39: " + what)
                .endsWith(hint == null ? "queuedAt, revision, shapes, startedAt, trigger" : "\n  hint: " + hint);
    }

    @Test
    void pointsAtNamesInKeysListsBlocksAndConditions() {
        assertThat(problems(ORDERS + """
                  - id: kept
                    setVariables: { flow: { curency: "${flow.nope ?? flow.nay}" } }
                  - id: mapped
                    map:
                      fields:
                        - { to: a, from: b, then: [ trim, { lookup: { table: carrier } } ] }
                        - { to: c, template: 'it''s ${flow.no}' }
                  - id: where-to
                    route:
                      paths:
                        - { name: one, when: { field: a, in: [ x, "${flow.non}" ] } }
                  - id: letter
                    manualPayload:
                      text: |
                        Dear customer,
                        ${flow.name}
                """))
                .extracting(problem -> problem.replaceAll("(?s)^x.flow.yaml:([0-9:]+): .*'(.*)'.*\\[.*", "$1 $2"))
                .containsExactly(
                        "7:29 curency",
                        "7:41 nope",
                        "7:54 nay",
                        "11:62 carrier",
                        "12:39 no",
                        "16:54 non",
                        "21:11 name");
    }

    @Test
    void refusesCountsOfAShapeThatWorksLater() {
        assertThat(problems(ORDERS + told("early", "${run.shapes.late.records ?? 0}") + told("late", "-")))
                .containsExactly(
                        "x.flow.yaml:7:35: the counts of 'late' are always 0 here: it works later [ALWAYS_ZERO]\n"
                                + "  hint: read them in a shape behind 'late'");
    }

    @Test
    void refusesCountsOfThePathThatComesLaterButNotOfTheOneBefore() {
        String branch = ORDERS + """
                  - id: both
                    branch:
                      paths:
                        - name: one
                          shapes: [ { id: first, notify: { log: info, text: "${run.shapes.%s.records} ${run.shapes.both.records}" } } ]
                        - name: two
                          shapes: [ { id: second, notify: { log: info, text: "${run.shapes.first.records}" } } ]
                  - id: sum
                    notify: { log: info, text: "${run.shapes.first.records} ${run.shapes.second.records}" }
                """;

        assertThat(problems(branch.formatted("second")))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("x.flow.yaml:10:64: the counts of 'second' are always 0 here");
        assertThat(problems(branch.formatted("found"))).isEmpty();
    }

    @Test
    void refusesCountsOfTheRunBeforeAnAnswer() {
        String flow = ORDERS + "  - id: answer\n    callback:\n" + told("told", "${run.shapes.found.records}");

        assertThat(problems(flow))
                .containsExactly(
                        "x.flow.yaml:9:35: the counts of 'found' are always 0 here: what follows 'answer' is a run of its own"
                                + " [ALWAYS_ZERO]\n  hint: read them before 'answer'");
    }

    @Test
    void takesWhyAPayloadFailedInACatchAndBehindItOnly() {
        String flow = ORDERS + """
                  - id: before
                    notify: { log: info, text: "${error.message}" }
                  - id: safely
                    try:
                      shapes:
                        - { id: tried, notify: { log: info, text: "${error.code ?? 'none'}" } }
                      catch:
                        - { id: caught, notify: { log: info, text: "${error.code}: ${error.%s} in ${error.shape}" } }
                  - id: behind
                    filter: { keep: { field: "${error.message}", exists: false } }
                """;

        assertThat(problems(flow.formatted("attempts")))
                .containsExactly(
                        "x.flow.yaml:7:35: 'error' cannot be read here: nothing was caught before 'before' [NOT_HERE]\n"
                                + "  hint: read it in the catch of a try, or behind the try",
                        "x.flow.yaml:11:54: 'error' cannot be read here: nothing was caught before 'tried' [NOT_HERE]\n"
                                + "  hint: read it in the catch of a try, or behind the try");
        assertThat(problems(flow.formatted("mesage")))
                .contains("x.flow.yaml:13:70: 'error' has no 'mesage' [UNKNOWN_NAME]\n  hint: did you mean 'message'?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "trigger: { manual: {} } | 6:10: a list is expected here, found mapping [WRONG_TYPE]"
                        + " | put '- ' before it: each item of a list begins with that",
                "trigger: manual | 6:10: a list is expected here, found text 'manual' [WRONG_TYPE]"
                        + " | write the items in brackets, like [ one, two ]",
                "triggers: [] | 6:1: flow file has no key 'triggers' [UNKNOWN_KEY] | did you mean 'trigger'?",
                "trigger: [ { webhook: { path: a, auth: basic } } ]"
                        + " | 6:40: 'none' or a mapping with 'type' is expected here, found 'basic' [WRONG_TYPE]"
                        + " | write { type: basic, user: NAME, password: \"${secret.NAME}\" }",
                "trigger: [ { webhook: { path: a, auth: nobody } } ]"
                        + " | 6:40: 'none' or a mapping with 'type' is expected here, found 'nobody' [WRONG_TYPE]"
                        + " | write 'none', or { type: …, … } with a type of basic, token, hmacSha256, hmacSha1, ed25519, standardWebhooks",
                "trigger: [ { webhook: { path: a, auth: tokn } } ]"
                        + " | 6:40: 'none' or a mapping with 'type' is expected here, found 'tokn' [WRONG_TYPE]"
                        + " | write { type: token, secret: \"${secret.NAME}\" }",
            })
    void saysHowToMendAHead(String line, String what, String hint) {
        assertThat(problems(ORDERS + line)).containsExactly("x.flow.yaml:" + what + "\n  hint: " + hint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ camel: { uri: a }, disabled: yes } | 6:36: true or false is expected here, found text 'yes' [WRONG_TYPE]"
                        + " | write true, without quotes",
                "{ callback: , disabled: 'No' } | 6:29: true or false is expected here, found text 'No' [WRONG_TYPE]"
                        + " | write false, without quotes",
                "{ callback: , retries: 3 } | 6:28: retries must be a mapping, found number '3' [WRONG_TYPE]"
                        + " | write it as { count: … }; its keys are count, backoff, factor, most",
                "{ notify: hello } | 6:15: notify must be a mapping, found text 'hello' [WRONG_TYPE]"
                        + " | write it as { per: … }; its keys are per, log, to, subject, text",
                "{ notify: { log: info, text: \"${record.id ?? x}\" } }"
                        + " | 6:50: 'x' is not something to read from [UNKNOWN_NAME] | a text stands in quotes: ?? 'x'",
                "{ notify: { log: info, text: \"${record.id ?? recod.id}\" } }"
                        + " | 6:50: 'recod' is not something to read from [UNKNOWN_NAME] | did you mean 'record'?",
                "{ filter: { keep: { field: a, is: 1 }, drop: { field: a, is: 2 } } }"
                        + " | 6:15: a filter has either 'keep' or 'drop', found both [BAD_VALUE]"
                        + " | take one out; for both, put a second filter behind this one",
                "{ filter: { } } | 6:15: a filter needs either 'keep' or 'drop', found neither [BAD_VALUE]"
                        + " | for example keep: { field: status, is: paid }",
                "{ notify: { text: a } } | 6:15: notify needs 'log' or 'to', found neither [BAD_VALUE]"
                        + " | 'log: info' writes the text to the run's log, 'to: [ ops ]' tells a notification group",
                "{ map: { fields: { to: a } } } | 6:22: a list of fields is expected here, found mapping [WRONG_TYPE]"
                        + " | each field is an item like - { to: name, from: path }",
            })
    void saysHowToMendAShape(String shape, String what, String hint) {
        assertThat(problems(ORDERS + "  - " + shape)).containsExactly("x.flow.yaml:" + what + "\n  hint: " + hint);
    }

    @Test
    void pointsAtThePathOfARouteThatIsWrongAndNotAtTheList() {
        assertThat(problems(ORDERS + """
                  - id: where-to
                    route:
                      match: first
                      paths:
                        - name: all
                        - name: none
                        - { name: other, otherwise: true, shapes: [ { id: told, notify: { log: info, text: a } } ] }
                        - name: Again
                          otherwise: true
                        - name: all
                          when: { field: a, is: 1 }
                """))
                .containsExactly(
                        "x.flow.yaml:11:11: path 'none' can never be reached: a path before it takes all [UNREACHABLE_SHAPE]\n"
                                + "  hint: give the path before it a condition, or use 'match: all'",
                        "x.flow.yaml:12:11: path 'other' can never be reached: a path before it takes all [UNREACHABLE_SHAPE]\n"
                                + "  hint: give the path before it a condition, or use 'match: all'",
                        "x.flow.yaml:13:11: 'where-to' has two paths with 'otherwise' [TWO_OTHERWISE]\n"
                                + "  hint: the first is 'other'; put the shapes of both there",
                        "x.flow.yaml:13:11: path 'Again' can never be reached: a path before it takes all [UNREACHABLE_SHAPE]\n"
                                + "  hint: give the path before it a condition, or use 'match: all'",
                        "x.flow.yaml:13:17: path name 'Again' must be kebab-case, like known-customers [BAD_VALUE]\n"
                                + "  hint: write it in small letters and digits, with - between words",
                        "x.flow.yaml:15:11: path 'all' can never be reached: a path before it takes all [UNREACHABLE_SHAPE]\n"
                                + "  hint: give the path before it a condition, or use 'match: all'",
                        "x.flow.yaml:15:17: path name 'all' stands twice in 'where-to' [DUPLICATE_ID]\n"
                                + "  hint: the first is at line 10");
    }

    @Test
    void pointsAtThePathForTheOthersThatGetsNothing() {
        assertThat(problems(ORDERS + """
                  - id: where-to
                    route:
                      paths:
                        - { name: rest, otherwise: true }
                        - name: all
                """))
                .containsExactly("x.flow.yaml:9:11: path 'rest' can never be reached: another path takes all records"
                        + " [UNREACHABLE_SHAPE]\n"
                        + "  hint: give the other path a condition, or this one no 'otherwise'");
    }

    @Test
    void pointsAtTheSecondShapeOfTheSameId() {
        assertThat(problems(ORDERS + "  - manualPayload: { json: 1 }\n    id: found\n"))
                .containsExactly("x.flow.yaml:6:5: shape id 'found' stands twice in the flow [DUPLICATE_ID]\n"
                        + "  hint: the first is at line 4");
    }

    @Test
    void whatIsWrongInOnePartHidesNothingOfTheOthers() {
        assertThat(problems("""
                flow: Orders
                variables: { currency: EUR }
                trigger:
                  - file: { instance: nobody, path: in }
                  - schedul: { every: 1h }
                settings: { overlap: sometimes }
                shapes:
                  - id: bad
                    fliter: {}
                  - id: told
                    notify: { log: info, text: "${flow.curency} ${run.nope}" }
                  - id: pushed
                    connection: { instance: nobody, endpoint: x }
                  - id: both
                    branch:
                      onFailure: never
                      paths:
                        - name: one
                          shapes: [ { id: inner, notify: { log: info, text: "${table.carier['x']} ${flow.currency}" } } ]
                """))
                .extracting(problem -> problem.replaceAll("(?s)^x.flow.yaml:([0-9:]+): .*\\[([A-Z_]+)].*", "$1 $2"))
                .containsExactly(
                        "4:23 UNKNOWN_INSTANCE",
                        "5:5 UNKNOWN_KEY",
                        "6:22 BAD_VALUE",
                        "9:5 UNKNOWN_SHAPE",
                        "11:35 UNKNOWN_VARIABLE",
                        "11:51 UNKNOWN_NAME",
                        "13:29 UNKNOWN_INSTANCE",
                        "16:18 BAD_VALUE",
                        "19:64 UNKNOWN_TABLE");
    }

    @Test
    void saysNothingOfVariablesWhereTheirOwnListIsWrong() {
        assertThat(problems("flow: f\nvariables: [ currency ]\nshapes:\n" + told("told", "${flow.currency}")))
                .singleElement()
                .asString()
                .startsWith("x.flow.yaml:2:12: this value must be a mapping, found list [WRONG_TYPE]");
    }

    @Test
    void tellsOfAWarningInAPartThoughAnotherIsWrong() {
        assertThat(
                        problems(
                                "flow: f\nshapes:\n  - deDupe: { pool: nobodys, key: id, behaviour: filterAndTrack }\n  - nothing: {}\n"))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("x.flow.yaml:3:21: warning: no stores.yaml declares a pool 'nobodys'");
    }
}
