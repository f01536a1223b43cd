package io.patchbay.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.YamlReader;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Problems;
import io.patchbay.service.ServiceReader.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a service file may say, and the flow that is made of it. */
class ServiceReaderTest {

    private static final String PLAIN = """
            service: orders
            entity: orders
            source: { instance: shop }
            reference: number
            mapping: { order: [ { to: nr, from: number } ] }
            destination: { instance: erp }
            """;

    private static Service read(String text) {
        var read = new ServiceReader().read("routes/services/orders.service.yaml", text);
        return read.value().orElseThrow(() -> new AssertionError(read.problems().toString()));
    }

    private static List<String> problems(String text) {
        return new ServiceReader()
                .read("s.service.yaml", text).problems().stream()
                        .map(Problem::toString)
                        .toList();
    }

    /** The shape of the flow that is made, by id. */
    private static String shape(String text, String id) {
        String flow = read(text).flow().text();
        int from = flow.indexOf("  - id: " + id + "\n");
        assertThat(from).as(flow).isPositive();
        int to = flow.indexOf("\n  - id: ", from + 1);
        return flow.substring(from, to < 0 ? flow.length() : to);
    }

    @Test
    void theFewestKeysMakeAWholeFlow() {
        assertThat(read(PLAIN).flow().text()).isEqualTo("""
                # Made from routes/services/orders.service.yaml, which is the file to change.
                flow: orders
                variables: { with: {}, only: [], unfiltered: false }
                settings:
                  businessKey: [ number, nr ]
                shapes:

                  - id: source
                    name: orders of shop
                    connection: { instance: shop, endpoint: orders.list }

                  - id: filters
                    name: "Records that are sent; a run may be for some alone, or for all"
                    onError: skip
                    filter:
                      keep:
                        any:
                          - { field: number, in: "${flow.only}", as: text }
                          - { all: [ { field: "${flow.only}", empty: true }, { field: "${flow.unfiltered}", is: true } ] }
                          - all:
                              - { field: "${flow.only}", empty: true }

                  - id: mapping
                    onError: skip
                    map:
                      fields:
                        # order
                        - { to: nr, from: number }

                  - id: destination
                    name: orders to erp
                    onError: skip
                    connection: { instance: erp, endpoint: orders.create, output: input }

                  - id: sent
                    name: "What was sent, for the report"
                    onError: skip
                    trackData: { entity: orders, direction: send, fields: [ nr ], source: erp }
                """);
    }

    @Test
    void theSameFileBecomesTheSameText() {
        assertThat(read(PLAIN).flow().text()).isEqualTo(read(PLAIN).flow().text());
    }

    @Test
    void valuesForTheSourceAreAVariableThatARunMayGiveOtherwise() {
        String text = PLAIN.replace(
                "{ instance: shop }", "{ instance: shop, with: { status: any, since: \"${run.queuedAt - 2h}\" } }");

        assertThat(read(text).flow().text())
                .contains("variables: { with: { status: any }, only: [], unfiltered: false }");
        assertThat(shape(text, "source"))
                .contains("status: \"${flow.with['status']}\"")
                .contains("since: \"${run.queuedAt - 2h}\"");
    }

    @Test
    void pagesAndAttemptsAreThoseOfTheSource() {
        String text = PLAIN.replace("{ instance: shop }", "{ instance: shop, pageSize: 20, attempts: 4 }")
                .replace("{ instance: erp }", "{ instance: erp, attempts: 1, batch: 5 }");

        assertThat(shape(text, "source")).contains("retries: { count: 3 }").contains("pageSize: 20");
        assertThat(shape(text, "batches")).contains("flowControl: { size: 5 }");
        assertThat(shape(text, "destination")).contains("retries: { count: 0 }");
    }

    @Test
    void theSourcesZoneIsThatOfItsSchedulesAndOfItsDatesWithoutAnOffset() {
        String text = PLAIN.replace("{ instance: shop }", "{ instance: shop, zone: Europe/London }")
                        .replace("[ { to: nr, from: number } ]", """
                [ { to: nr, from: number }, { to: day, from: at, then: [ { date: { to: yyyy-MM-dd } } ] },
                  { to: at, from: at, then: [ date ] }, { to: utc, from: at, then: [ { date: { fromZone: UTC } } ] } ]""")
                + "trigger: [ { schedule: { cron: '0 6 * * *' } }, { schedule: { cron: '0 6 * * *', zone: UTC } } ]\n";

        assertThat(read(text).flow().text())
                .contains("- { schedule: { cron: \"0 6 * * *\", zone: Europe/London } }")
                .contains("- { schedule: { cron: \"0 6 * * *\", zone: UTC } }")
                .contains("date: { to: yyyy-MM-dd, fromZone: Europe/London }")
                .contains("{ to: at, from: at, then: [ { date: { fromZone: Europe/London } } ] }")
                .contains("date: { fromZone: UTC }");
    }

    @Test
    void nothingIsPulledWhereTheTriggerBringsTheRecords() {
        assertThat(read(PLAIN.replace("{ instance: shop }", "{ instance: shop, pull: false }"))
                        .flow()
                        .text())
                .doesNotContain("connection: { instance: shop");
    }

    @Test
    void pairsOfValuesAreReadFromEitherSide() {
        String pairs = "values: { shipping: { from: way, to: via, pairs: { a: b }%s } }\n";

        assertThat(shape(PLAIN + pairs.formatted(", else: c"), "mapping"))
                .contains("{ to: via, from: way, then: [ { case: { of: { a: b }, else: c } } ] }");
        assertThat(shape(PLAIN + pairs.formatted(", reverse: true"), "mapping")).contains("{ case: { of: { b: a } } }");
        assertThat(shape(PLAIN + "values: { shipping: { from: way, to: via, table: carriers } }\n", "mapping"))
                .contains("{ lookup: { table: carriers } }");
    }

    @Test
    void metafieldsStandInAListThatIsClosedUp() {
        String text = PLAIN + "metafields: [ { key: care, from: wash, then: [ trim ] } ]\n";

        assertThat(shape(text, "mapping"))
                .contains("- { to: \"metafields[0].namespace\", value: custom, when: { field: wash, exists: true } }")
                .contains(
                        "- { to: \"metafields[0].value\", from: wash, then: [ trim ], when: { field: wash, exists: true } }");
        assertThat(shape(text, "metafields")).contains("then: [ compact ]");
    }

    @Test
    void eachLineOfTheFlowKnowsThePlaceThatItComesFrom() {
        Service service = read(PLAIN + "filters:\n  - { field: total, above: 0 }\n");
        String[] lines = service.flow().text().split("\n");

        assertThat(service.flow().origins()).hasSameSizeAs(lines);
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].contains("total")) {
                assertThat(service.flow().origins().get(i).line()).isEqualTo(8);
            }
            if (lines[i].contains("instance: erp")) {
                assertThat(service.flow().origins().get(i).line()).isEqualTo(6);
            }
        }
    }

    @Test
    void whatIsSentIsKnownByTheFieldThatCopiesTheReference() {
        assertThat(read(PLAIN).destination()).isEqualTo("nr");
        assertThat(read(PLAIN.replace("reference: number", "reference: { source: number, destination: order.no }"))
                        .destination())
                .isEqualTo("order.no");
    }

    @Test
    void aReferenceWhoseNameMeansTwoThingsIsToldOf() {
        String text =
                PLAIN.replace("[ { to: nr, from: number } ]", "[ { to: nr, from: number }, { to: number, from: id } ]");

        assertThat(problems(text)).singleElement().asString().contains("4:1").contains("REFERENCE_MEANS_TWO");
        assertThat(read(text).flow().text()).contains("businessKey: [ nr, number ]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "entity: orders | entty: orders | 'entity'?",
                "service: orders | service: My Orders | must be kebab-case",
                "{ instance: shop } | { instance: shop, zone: London } | there is no time zone 'London'",
                "{ instance: shop } | { instance: shop, pull: false, pageSize: 3 } | with 'pull: false' nothing is read",
                "from: number | from: other | no field of the mapping copies the reference 'number'",
                "mapping: { order: [ { to: nr, from: number } ] } | mapping: {} | a service needs at least one field",
                "mapping: { order: [ { to: nr, from: number } ] } | mapping: { order: [ { to: nr, form: number } ] } | 'from'?",
            })
    void saysWhatIsWrong(String right, String wrong, String what) {
        assertThat(String.join("\n", problems(PLAIN.replace(right, wrong)))).contains(what);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "sweep: { at: [ noon ] } | 'noon' is no time of the day",
                "sweep: { at: [] } | a sweep has 1 to 24 times, found 0",
                "values: { a: { from: x, to: y } } | a value map needs 'pairs' or 'table', found neither",
                "values: { a: { from: x, to: y, pairs: { a: z, b: z }, reverse: true } } | found 'z' twice",
                "values: { a: { from: x, to: y, table: t, reverse: true } } | 'reverse' is for pairs",
                "variables: { only: 1 } | 'only' is a variable of every service",
                "script: { file: a.js, contentType: text/csv } | has no key 'contentType'",
                "filters: [ { field: a, iss: 1 } ] | 'is'?",
                "trigger: [ { shedule: {} } ] | 'schedule'?",
            })
    void saysWhatIsWrongWithWhatItAdds(String more, String what) {
        assertThat(String.join("\n", problems(PLAIN + more + "\n")))
                .contains(what)
                .contains("s.service.yaml:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ instance: shop } | { instance: shop, zone: London } | 3:27: there is no time zone",
                "{ instance: shop } | { instance: shop, pageSize: 3, pull: false } | 3:40: with 'pull: false'",
                "entity: orders | entity: '' | 2:1: 'entity' has",
                "service: orders | variables: { a: 1, only: 2 } # | 1:20: 'only' is a variable",
                "reference: number | reference: { sourc: number } | 4:14: reference has no key 'sourc'",
            })
    void whatDoesNotFitIsToldAtTheKeyThatSaysIt(String right, String wrong, String place) {
        String text = PLAIN.replace(right, wrong.replace("#", "\nservice: orders"));

        assertThat(problems(text)).anyMatch(problem -> problem.startsWith("s.service.yaml:" + place));
    }

    @Test
    void aSweepIsDueAtTheLastOfItsTimesInItsZone() {
        Sweep sweep = new Sweep(List.of("06:00", "18:00"), "Europe/Berlin", 4);

        assertThat(sweep.before(Instant.parse("2026-07-01T05:00:00Z"), ZoneOffset.UTC))
                .isEqualTo("2026-07-01T04:00:00Z");
        assertThat(sweep.before(Instant.parse("2026-07-01T03:59:59Z"), ZoneOffset.UTC))
                .isEqualTo("2026-06-30T16:00:00Z");
        assertThat(new Sweep(List.of("06:00"), null, 4).before(Instant.parse("2026-07-01T06:00:00Z"), ZoneOffset.UTC))
                .isEqualTo("2026-07-01T06:00:00Z");
    }

    @Test
    void aBrokenFileLeavesTheServiceAsItWas() {
        Services services = new Services();
        services.take(List.of(new Services.File("a.service.yaml", PLAIN)));
        services.take(List.of(new Services.File("a.service.yaml", "service: [")));

        assertThat(services.find("orders")).isPresent();

        services.take(List.of());

        assertThat(services.list()).isEmpty();
    }

    @Test
    void theShippedExampleIsAService() throws IOException {
        Path file = Path.of("routes/services/orders-for-accounts.service.yaml");
        Service service = read(Files.readString(file));
        Problems problems = new Problems();

        assertThat(new YamlReader().read("flow", service.flow().text(), problems))
                .containsInstanceOf(MapNode.class);
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void aNameOfAGroupIsARemarkWhateverItsSigns() {
        Service service = read(PLAIN.replace("{ order:", "{ \"a\\u0001\\u2028\\r\\n- { to: x, value: 1 }\":"));
        assertThat(service.flow().text())
                .contains("        # a - { to: x, value: 1 }\n        - { to: nr, from: number }");
        assertThat(new YamlReader().read("f", service.flow().text(), new Problems()))
                .isPresent();
    }
}
