package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.canvas.Literals;
import io.patchbay.canvas.YamlReader;
import io.patchbay.moving.CamelExport;
import io.patchbay.moving.CamelExport.Records;
import io.patchbay.payload.Json;
import io.patchbay.problem.Problems;
import io.patchbay.run.RunStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.context.ConfigurableApplicationContext;

/** A flow does the same in the program and in a bare Camel that has nothing but its export: it asks another system for the same, or fails. */
class ExportedFlowsTest {

    private static final List<String> ASKED = Collections.synchronizedList(new ArrayList<>());

    private static final String INSTANCE = """
        instance: sink
        connector: generic-http
        auth: none
        settings: { scheme: http, host: 127.0.0.1, port: PORT }
        """;

    private static final String ORDERS = """
        {"name":"#1001","no":7,"total":"12.50","email":" Ann@Example.ORG ","country":"gb","note":null,"tags":["a","b","a"],
         "line_items":[{"sku":"A1","quantity":2,"price":0.1,"codes":[1,2]},{"quantity":1,"price":0.2},{"sku":"Zürich ß","quantity":null,"codes":[]}],
         "customer":{"first":"Ömer","last":"ŠIMEK","phone":""},"paid":true,"rate":0.1,"odd name":{"x":[1,2]}}\
        """;

    /** What comes in: whole, with what is missing, empty or of another type, and odd values. */
    private static final List<String> RECORDS = List.of(
            ORDERS,
            "{}",
            "{\"name\":null,\"no\":null,\"total\":null,\"line_items\":null,\"customer\":null,\"tags\":null}",
            "{\"name\":\"\",\"no\":\"0042\",\"total\":\"\",\"email\":\"\",\"line_items\":[],\"customer\":{},\"tags\":[]}",
            "{\"name\":12,\"no\":\"x\",\"total\":1.005,\"email\":true,\"country\":\"DE\",\"line_items\":[{}],\"tags\":\"one\",\"rate\":\"3.14159\"}",
            "{\"name\":\"a b  c\\u00a0d\\n\",\"no\":-3,\"total\":-2.675,\"country\":\"Fr\",\"line_items\":{\"sku\":\"obj\"},\"customer\":\"text\",\"tags\":[null,1,\"\",[],{},[\"x\"]]}",
            "{\"name\":\"😀 ${x} {{y}} \\\"q\\\" \\\\\",\"no\":12345678,\"total\":\"1e3\",\"rate\":1e-7,\"line_items\":[{\"sku\":\"Ω\",\"price\":\"19.99\",\"quantity\":3}],\"customer\":{\"first\":\"ǆ ﬁ ŉ İ\",\"last\":\"STRAẞE\"},\"tags\":[\"b\",\"c\"]}");

    private static final List<String> DATES = Stream.of(
                    "2026-03-01T10:20:30Z",
                    "2026-03-01T10:20:30+01:00",
                    "2026-03-01T10:20:30.123456-0330",
                    " 2026-03-01 10:20 ",
                    "2026-03-01",
                    "2026-03-01t23:59:59z",
                    "2026-02-29",
                    "2024-02-29T24:00:00Z",
                    "2024-02-29T10:00:00+19:00",
                    "2026-13-01",
                    "2026-3-1",
                    "yesterday",
                    "",
                    "2026-04-31T10:00:00Z")
            .map(date -> "{\"made\":\"" + date + "\"}")
            .toList();

    /**
     * One flow.
     *
     * @param list whether its payloads are lists
     * @param shapes before the call that shows what came of it
     */
    record Case(String name, boolean list, String shapes) {

        static Case map(String name, String... fields) {
            return new Case(name, false, "- map: { fields: [ " + String.join(", ", fields) + " ] }");
        }

        String id() {
            return "c-" + name.replaceAll("[^a-z0-9]+", "-");
        }

        String flow() {
            return "flow: " + id() + "\nvariables: { currency: GBP }\nshapes:\n"
                    + shapes.indent(2)
                    + "  - id: sent\n    connection: { instance: sink, endpoint: json.post, with: { path: end } }\n";
        }

        List<String> payloads() {
            if (name.equals("dates")) {
                return DATES;
            }
            if (name.startsWith("a call")) {
                return RECORDS.subList(1, 2);
            }
            return list
                    ? List.of("[" + String.join(",", RECORDS.subList(0, 2)) + "]", "[]", "[" + RECORDS.get(6) + "]")
                    : RECORDS;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Case> CASES = List.of(
            Case.map(
                    "fields and constants",
                    "{ to: a.b, from: customer.first }",
                    "{ to: \"deep.list[1].x\", from: no }",
                    "{ to: same, from: customer }",
                    "{ to: [ one, two.x ], from: name }",
                    "{ to: k, value: { a: [ 1, -2.5, true, null, \"${\" ] } }",
                    "{ to: odd, from: \"['odd name'].x[-1]\" }"),
            Case.map(
                    "lists are lined up",
                    "{ to: \"lines[*].item\", from: \"line_items[*].sku\" }",
                    "{ to: \"lines[*].count\", from: \"line_items[*].quantity\", then: [ { default: 0 } ] }",
                    "{ to: \"lines[*].cur\", value: GBP }",
                    "{ to: \"lines[*].order\", from: name }",
                    "{ to: \"skus[*]\", from: \"line_items[*].sku\" }",
                    "{ to: all, from: \"line_items[*].sku\" }",
                    "{ to: \"nested[*].codes[*].c\", from: \"line_items[*].codes[*]\" }",
                    "{ to: \"perLine[*].codes\", from: \"line_items[*].codes[*]\" }",
                    "{ to: \"flat[*].c\", from: \"line_items[*].codes[*]\", flatten: true }"),
            Case.map(
                    "several sources",
                    "{ to: both, from: [ customer.first, customer.last ] }",
                    "{ to: joined, from: [ name, no, note ], then: [ { join: \"-\" } ] }"),
            Case.map(
                    "default and required",
                    "{ to: d, from: note, default: none }",
                    "{ to: e, from: email, default: \"${record.customer.first ?? 'x'}\" }",
                    "{ to: n, from: name, required: true }"),
            Case.map(
                    "templates",
                    "{ to: t, template: \"n ${record.name ?? 'none'} of ${flow.currency} $${x} {{y}}\" }",
                    "{ to: typed, template: \"${record.line_items}\", default: 0 }",
                    "{ to: tree, template: { a: [ \"${record.no ?? 1}\", \"${record.tags ?? record.name ?? 'x'}\" ], b: \"l ${record.tags ?? ''}\" } }"),
            Case.map("a template that has no value", "{ to: t, template: \"n ${record.name}\" }"),
            Case.map("a typed template that has no value", "{ to: t, template: \"${record.customer.last}\" }"),
            Case.map(
                    "texts",
                    "{ to: a, from: name, then: [ trim ] }",
                    "{ to: b, from: name, then: [ squeeze, length ] }",
                    "{ to: c, from: name, then: [ text, firstWord ] }",
                    "{ to: d, from: name, then: [ lastWord ] }",
                    "{ to: e, from: email, then: [ { prefix: \"<${record.country ?? '?'}\" }, { suffix: \">\" } ] }",
                    "{ to: f, from: no, then: [ { pad: { to: 6, with: \"0\" } } ] }",
                    "{ to: g, from: name, then: [ { pad: { to: 9, side: right } } ] }",
                    "{ to: h, from: name, then: [ { cut: 3 } ] }",
                    "{ to: i, from: name, then: [ { substring: { from: 1, length: 3 } } ] }",
                    "{ to: j, from: name, then: [ { substring: { from: -2 } } ] }",
                    "{ to: k, from: name, then: [ { replace: { search: \"#\", by: \"no \" } } ] }",
                    "{ to: l, from: no, then: [ { replace: { search: \"[^0-9]\", by: \"\", regex: true } } ] }",
                    "{ to: m, from: name, then: [ { split: \" \" } ] }",
                    "{ to: n, from: country, then: [ { concat: { with: [ name, note, customer.phone ], separator: \"/\" } } ] }"),
            Case.map(
                    "capitals",
                    "{ to: a, from: customer.first, then: [ upper ] }",
                    "{ to: b, from: customer.first, then: [ lower ] }",
                    "{ to: c, from: customer.last, then: [ upper ] }",
                    "{ to: d, from: customer.last, then: [ lower ] }",
                    "{ to: e, from: country, then: [ upper ] }"),
            Case.map("texts of a list", "{ to: a, from: tags, then: [ { prefix: x } ] }"),
            Case.map(
                    "lists",
                    "{ to: a, from: tags, then: [ first ] }",
                    "{ to: b, from: tags, then: [ last ] }",
                    "{ to: c, from: tags, then: [ count ] }",
                    "{ to: d, from: tags, then: [ reverse ] }",
                    "{ to: e, from: tags, then: [ compact ] }",
                    "{ to: f, from: tags, then: [ { item: -2 } ] }",
                    "{ to: g, from: tags, then: [ { slice: { from: 1, to: -1 } } ] }",
                    "{ to: h, from: tags, then: [ flatten ] }",
                    "{ to: i, from: tags, then: [ { append: [ name, note, 7 ] } ] }",
                    "{ to: j, from: note, then: [ { coalesce: [ customer.phone, name, 1 ] } ] }"),
            Case.map("joined lists", "{ to: a, from: tags, then: [ { join: \", \" } ] }"),
            Case.map("get", "{ to: a, from: line_items, then: [ { get: sku } ] }"),
            Case.map("members", "{ to: a, from: customer, then: [ { only: [ last, first ] }, keys ] }"),
            Case.map("other members", "{ to: a, from: customer, then: [ { without: last }, values ] }"),
            Case.map(
                    "dates",
                    "{ to: a, from: made, then: [ { date: { to: yyyy-MM-dd } } ] }",
                    "{ to: b, from: made, then: [ { date: { to: \"dd.MM.yyyy 'at' HH:mm:ss\" } } ] }"),
            Case.map("numbers", "{ to: a, from: total, then: [ number ] }"),
            Case.map("rounded", "{ to: a, from: total, then: [ { number: { decimals: 2 } } ] }"),
            Case.map(
                    "whole",
                    "{ to: a, from: rate, then: [ round ] }",
                    "{ to: b, from: rate, then: [ { round: { decimals: 3 } } ] }"),
            Case.map(
                    "sums",
                    "{ to: a, from: rate, then: [ { add: [ 0.2, -1 ] } ] }",
                    "{ to: b, from: rate, then: [ { multiply: 1.2 }, { subtract: 0.05 } ] }"),
            Case.map("fields added", "{ to: a, from: total, then: [ { add: \"${record.no ?? 0}\" } ] }"),
            Case.map("sum of a list", "{ to: a, from: line_items, then: [ { sum: { of: price } } ] }"),
            Case.map("sign", "{ to: a, from: total, then: [ negate ] }", "{ to: b, from: rate, then: [ abs, text ] }"),
            Case.map(
                    "choices",
                    "{ to: a, from: country, then: [ { case: { of: { gb: 1, FR: [ 2 ] }, else: \"?\", ignoreCase: true } } ] }",
                    "{ to: b, from: name, then: [ { nullIf: [ \"\", 12 ] } ] }",
                    "{ to: c, from: paid, then: [ truthy ] }",
                    "{ to: d, from: tags, then: [ truthy ] }",
                    "{ to: e, from: no, then: [ { when: [ { if: { field: country, is: gb }, value: home }, { if: { field: name, exists: true }, value: \"x ${record.name}\" } ] } ] }"),
            Case.map("a choice that is none", "{ to: a, from: country, then: [ { case: { of: { gb: 1 } } } ] }"),
            Case.map("truths", "{ to: a, from: paid, then: [ boolean, not ] }"),
            Case.map(
                    "truths of texts",
                    "{ to: a, from: name, then: [ { boolean: { true: [ \"#1001\", \"12\" ], false: [ \"\" ] } } ] }"),
            Case.map(
                    "conditions",
                    "{ to: a, value: 1, when: { field: country, in: [ gb, DE, null ] } }",
                    "{ to: a, value: 2, when: { any: [ { field: tags, contains: b }, { field: customer.last, startsWith: S } ] } }",
                    "{ to: a, value: 3 }",
                    "{ to: b, value: 1, when: { not: { field: tags, is: b } } }",
                    "{ to: c, value: 1, when: { field: \"line_items[*].sku\", is: A1 } }",
                    "{ to: d, value: 1, when: { all: [ { field: note, empty: true }, { field: name, matches: \"#\\\\d+|a.*\" } ] } }",
                    "{ to: e, value: 1, when: { field: no, is: 7 } }",
                    "{ to: f, value: 1, when: { field: name, endsWith: \"1\" } }",
                    "{ to: g, value: 1, when: { field: country, notIn: [ gb ] } }"),
            Case.map("orders of numbers", "{ to: a, value: 1, when: { field: no, above: 5 } }"),
            Case.map(
                    "orders of texts as numbers",
                    "{ to: a, value: 1, when: { field: no, between: [ -3, 42 ], as: number } }"),
            new Case("a call that is made again", false, """
                    - id: tried
                      connection: { instance: sink, endpoint: json.put, with: { path: flaky/2 }, output: input }
                      retries: { count: 2 }
                      timeout: 20s
                    - try:
                        shapes:
                          - id: often
                            connection: { instance: sink, endpoint: json.put, with: { path: flaky/3 }, output: input }
                            retries: { count: 2 }
                        catch:
                          - id: told
                            connection: { instance: sink, endpoint: json.post, with: { path: caught } }
                    """),
            new Case("a call that is refused", false, """
                    - id: tried
                      connection: { instance: sink, endpoint: json.put, with: { path: refused }, output: input }
                      retries: { count: 2 }
                    """),
            new Case("parts of a list", true, "- flowControl: { size: 2 }"),
            new Case("each record as a list", true, "- flowControl: { size: 1 }"),
            new Case("each record", true, "- flowControl: { size: 1, wrapSingle: false }"),
            new Case("parts of a list in a record", false, "- flowControl: { level: line_items, size: 2 }"),
            new Case(
                    "items of a list in a record",
                    false,
                    "- flowControl: { level: line_items, size: 1, wrapSingle: false }"),
            new Case(
                    "parts that are mapped, one of which fails",
                    true,
                    "- flowControl: { size: 1, wrapSingle: false }\n- map: { fields: [ { to: name, from: name, required: true } ] }"),
            new Case(
                    "others are kept",
                    false,
                    "- map: { keepOthers: true, rename: { name: order.no, customer.first: given }, remove: [ tags, \"line_items[*].price\", \"line_items[0]\" ], fields: [ { to: customer.last, value: x } ] }"),
            new Case(
                    "a single record as a list",
                    false,
                    "- map: { wrapOutput: true, fields: [ { to: a, from: name } ] }"),
            new Case(
                    "records of a list",
                    true,
                    "- map: { fields: [ { to: a, from: name }, { to: n, from: \"$[0].no\" }, { to: cur, template: \"${flow.currency}\" } ] }"),
            new Case(
                    "records of items",
                    false,
                    "- map: { explode: { list: line_items, number: n }, fields: [ { to: order, from: name }, { to: sku, from: line_items.sku }, { to: n, from: n } ] }"),
            new Case(
                    "records of items, kept",
                    true,
                    "- map: { explode: { list: line_items, whenEmpty: keep }, keepOthers: true }"),
            new Case(
                    "records of groups",
                    true,
                    "- map: { group: { by: [ country ], into: all }, fields: [ { to: c, from: country }, { to: names, from: \"all[*].name\" } ] }"),
            new Case(
                    "an expression of a record",
                    false,
                    "- map: { jq: \"{ n: .name, lines: [.line_items[]? | .sku?], c: (.country // \\\"none\\\") }\" }"),
            new Case(
                    "an expression of each of a list",
                    true,
                    "- map: { jq: \"if .name then { a: .name, b: .no }, { a: 2 } else empty end\" }"),
            new Case(
                    "an expression of all",
                    true,
                    "- map: { each: payload, jq: \"{ n: length, names: [.[].name] }\" }"));

    @TempDir
    static Path home;

    private static ConfigurableApplicationContext program;
    private static HttpServer server;

    @BeforeAll
    static void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            ASKED.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
            byte[] answer = "{\"ok\":true}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status(exchange.getRequestURI().getPath()), answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        Path connector = home.resolve("connectors/generic-http");
        copy(Path.of("connectors/generic-http"), connector);
        Files.createDirectories(connector.resolve("instances"));
        Files.writeString(connector.resolve("instances/sink.yaml"), instance());
        Files.createDirectories(home.resolve("routes"));
        for (Case one : CASES) {
            Files.writeString(home.resolve("routes/" + one.id() + ".flow.yaml"), one.flow());
        }
        program = Program.start(home);
    }

    /** What is flaky is well after as many tries as its name says. */
    private static int status(String path) {
        if (path.endsWith("refused")) {
            return 422;
        }
        long before = ASKED.stream()
                .filter(one -> one.startsWith("PUT " + path + " "))
                .count();
        return path.contains("flaky") && before <= Integer.parseInt(path.substring(path.length() - 1)) ? 503 : 200;
    }

    private static String instance() {
        return INSTANCE.replace("PORT", String.valueOf(server.getAddress().getPort()));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    @AfterAll
    static void stop() {
        program.close();
        server.stop(0);
    }

    @ParameterizedTest
    @FieldSource("CASES")
    void doesTheSame(Case one) throws Exception {
        CamelExport.Result exported = CamelExport.write(
                one.id() + ".flow.yaml",
                one.flow(),
                one.list() ? Records.LIST : Records.ONE,
                name -> new YamlReader()
                        .read("sink.yaml", instance(), new Problems())
                        .map(Literals::json));
        assertThat(exported.problems()).isEmpty();
        StringBuilder other = new StringBuilder();
        int well = 0;
        try (DefaultCamelContext bare = new DefaultCamelContext()) {
            PluginHelper.getRoutesLoader(bare).loadRoutes(ResourceHelper.fromString("exported.yaml", exported.yaml()));
            bare.getComponent("http", HttpComponent.class).setAutomaticRetriesDisabled(true);
            bare.start();
            for (String payload : one.payloads()) {
                List<String> here = here(one, payload);
                List<String> there = there(bare, one, payload);
                well += here.contains("well") ? 1 : 0;
                if (!same(here, there)) {
                    other.append(payload)
                            .append("\n  here  ")
                            .append(here)
                            .append("\n  there ")
                            .append(there)
                            .append('\n');
                }
            }
        }
        assertThat(other.toString()).as(exported.yaml()).isEmpty();
        assertThat(well > 0).as("payloads that go well").isNotEqualTo(one.name().endsWith("refused"));
    }

    private static List<String> here(Case one, String payload) throws Exception {
        ASKED.clear();
        RunStatus status = new Program(home, program).run(one.id(), payload).status();
        List<String> asked = new ArrayList<>(ASKED);
        asked.add(status == RunStatus.FAILED ? "failed" : "well");
        return asked;
    }

    private static List<String> there(DefaultCamelContext bare, Case one, String payload) {
        ASKED.clear();
        String end = "well";
        try {
            bare.createProducerTemplate().requestBody("direct:" + one.id(), payload);
        } catch (CamelExecutionException e) {
            end = "failed";
            if (!(e.getCause() instanceof org.apache.camel.RuntimeCamelException
                    || e.getCause() instanceof org.apache.camel.http.base.HttpOperationFailedException
                    || e.getCause() instanceof org.apache.camel.CamelExchangeException
                    || e.getCause() instanceof org.apache.camel.support.processor.PredicateValidationException)) {
                end = "failed: " + e.getCause();
            }
        }
        List<String> asked = new ArrayList<>(ASKED);
        asked.add(end);
        return asked;
    }

    /** Numbers of one value are the same, however they are written. */
    private static boolean same(List<String> here, List<String> there) throws IOException {
        if (here.size() != there.size()) {
            return false;
        }
        for (int i = 0; i < here.size(); i++) {
            int body = here.get(i).indexOf(' ', here.get(i).indexOf(' ') + 1) + 1;
            if (body == 0 ? !here.get(i).equals(there.get(i)) : !alike(here.get(i), there.get(i), body)) {
                return false;
            }
        }
        return true;
    }

    private static boolean alike(String here, String there, int body) throws IOException {
        if (there.length() < body || !here.substring(0, body).equals(there.substring(0, body))) {
            return false;
        }
        JsonNode one = Json.MAPPER.readTree(here.substring(body));
        JsonNode two = Json.MAPPER.readTree(there.substring(body));
        return one.equals(
                (a, b) -> a.isNumber() && b.isNumber()
                        ? a.decimalValue().compareTo(b.decimalValue())
                        : a.equals(b) ? 0 : 1,
                two);
    }
}
