package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.patchbay.moving.Finding;
import io.patchbay.moving.Import;
import io.patchbay.moving.Import.Dialect;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Items that are joined, that fail, that Python works on, and subflows: what is made of such workflows does the same. */
class ImportedItemsTest {

    @TempDir
    static Path home;

    private static ConfigurableApplicationContext program;
    private static HttpServer server;

    /** Two lists, a merge, and what came out of it in the log. */
    private static final String MERGE = """
        {"name": "Merge", "nodes": [
          {"name": "Hand", "type": "n8n-nodes-base.manualTrigger", "typeVersion": 1, "position": [0, 0], "parameters": {}},
          {"name": "One", "type": "n8n-nodes-base.code", "typeVersion": 2, "position": [1, 0], "parameters": {"jsCode": "return [{id: 1, data: 'a', text: 'foo', deep: {x: 1}}, {id: 2, data: 'b'}, {data: 'n'}, {id: 4, data: 'f'}];"}},
          {"name": "Two", "type": "n8n-nodes-base.code", "typeVersion": 2, "position": [1, 1], "parameters": {"jsCode": "return [{id: 1, data: 'c', tag: 's', deep: {y: 2}}, {id: 2, data: ''}, {id: '4', data: 'g'}, {id: 1, data: 'h'}];"}},
          {"name": "Merge", "type": "n8n-nodes-base.merge", "typeVersion": VERSION, "position": [2, 0], "parameters": PARAMETERS},
          {"name": "Log", "type": "n8n-nodes-base.code", "typeVersion": 2, "position": [3, 0], "parameters": {"jsCode": "console.log(JSON.stringify($input.all().map(item => item.json)));\\nreturn $input.all();"}}],
         "connections": {
          "Hand": {"main": [[{"node": "One", "type": "main", "index": 0}, {"node": "Two", "type": "main", "index": 0}]]},
          "One": {"main": [[{"node": "Merge", "type": "main", "index": 0}]]},
          "Two": {"main": [[{"node": "Merge", "type": "main", "index": 1}]]},
          "Merge": {"main": [[{"node": "Log", "type": "main", "index": 0}]]}}}\
        """;

    private static final String BOTH =
            "{\"id\":1,\"data\":\"c\",\"text\":\"foo\",\"deep\":{\"x\":1,\"y\":2},\"tag\":\"s\"},{\"id\":1,\"data\":\"h\",\"text\":\"foo\",\"deep\":{\"x\":1}},{\"id\":2,\"data\":\"\"}";
    private static final String ALONE_ONE = "{\"data\":\"n\"},{\"id\":4,\"data\":\"f\"}";
    private static final String ALONE_TWO = "{\"id\":\"4\",\"data\":\"g\"}";

    static List<Arguments> merges() {
        return List.of(
                Arguments.of("3.2", "{\"mode\": \"combine\", \"fieldsToMatchString\": \"id\", \"options\": {}}", BOTH),
                Arguments.of(
                        "2.1",
                        "{\"mode\": \"combine\", \"mergeByFields\": {\"values\": [{\"field1\": \"id\", \"field2\": \"id\"}]}, \"joinMode\": \"keepEverything\", \"options\": {}}",
                        BOTH + "," + ALONE_ONE + "," + ALONE_TWO),
                Arguments.of(
                        "3",
                        "{\"mode\": \"combine\", \"advanced\": true, \"mergeByFields\": {\"values\": [{\"field1\": \"id\", \"field2\": \"id\"}]}, \"joinMode\": \"enrichInput1\", \"options\": {\"multipleMatches\": \"first\", \"clashHandling\": {\"values\": {\"resolveClash\": \"preferInput2\", \"mergeMode\": \"shallowMerge\", \"overrideEmpty\": true}}}}",
                        "{\"id\":1,\"data\":\"c\",\"text\":\"foo\",\"deep\":{\"y\":2},\"tag\":\"s\"},{\"id\":2,\"data\":\"b\"},"
                                + ALONE_ONE),
                Arguments.of(
                        "3",
                        "{\"mode\": \"combine\", \"fieldsToMatchString\": \"id\", \"joinMode\": \"enrichInput2\", \"options\": {\"multipleMatches\": \"first\"}}",
                        "{\"id\":1,\"data\":\"a\",\"tag\":\"s\",\"deep\":{\"y\":2,\"x\":1},\"text\":\"foo\"},{\"id\":2,\"data\":\"b\"},{\"id\":\"4\",\"data\":\"g\"},{\"id\":1,\"data\":\"h\"}"),
                Arguments.of(
                        "3",
                        "{\"mode\": \"combine\", \"fieldsToMatchString\": \"id\", \"joinMode\": \"keepNonMatches\", \"options\": {}}",
                        "{\"data\":\"n\",\"_source\":\"input1\"},{\"id\":4,\"data\":\"f\",\"_source\":\"input1\"},{\"id\":\"4\",\"data\":\"g\",\"_source\":\"input2\"}"),
                Arguments.of(
                        "3",
                        "{\"mode\": \"combine\", \"fieldsToMatchString\": \"data, id\", \"joinMode\": \"keepNonMatches\", \"outputDataFrom\": \"input2\", \"options\": {}}",
                        "{\"id\":1,\"data\":\"c\",\"tag\":\"s\",\"deep\":{\"y\":2}},{\"id\":2,\"data\":\"\"},{\"id\":\"4\",\"data\":\"g\"},{\"id\":1,\"data\":\"h\"}"),
                Arguments.of(
                        "3",
                        "{\"mode\": \"combine\", \"fieldsToMatchString\": \"deep.x\", \"outputDataFrom\": \"input1\", \"options\": {\"disableDotNotation\": true}}",
                        ""),
                Arguments.of(
                        "3",
                        "{\"mode\": \"combine\", \"combineBy\": \"combineByPosition\", \"options\": {\"clashHandling\": {\"values\": {\"resolveClash\": \"preferInput1\"}}}}",
                        "{\"id\":1,\"data\":\"a\",\"text\":\"foo\",\"deep\":{\"x\":1,\"y\":2},\"tag\":\"s\"},{\"id\":2,\"data\":\"b\"},{\"data\":\"n\",\"id\":\"4\"},{\"id\":4,\"data\":\"f\"}"),
                Arguments.of(
                        "3",
                        "{\"mode\": \"chooseBranch\", \"useDataOfInput\": 2}",
                        "{\"id\":1,\"data\":\"c\",\"tag\":\"s\",\"deep\":{\"y\":2}},{\"id\":2,\"data\":\"\"},{\"id\":\"4\",\"data\":\"g\"},{\"id\":1,\"data\":\"h\"}"),
                Arguments.of("2", "{\"mode\": \"chooseBranch\", \"output\": \"empty\"}", "{}"),
                Arguments.of(
                        "1",
                        "{\"mode\": \"mergeByKey\", \"propertyName1\": \"id\", \"propertyName2\": \"id\"}",
                        "{\"id\":1,\"data\":\"h\",\"text\":\"foo\",\"deep\":{\"x\":1}},{\"id\":2,\"data\":\"\"},{\"id\":4,\"data\":\"g\"}"),
                Arguments.of(
                        "1",
                        "{\"mode\": \"removeKeyMatches\", \"propertyName1\": \"id\", \"propertyName2\": \"id\"}",
                        "{\"data\":\"n\"}"));
    }

    private static final String FAILING = """
        {"name": "Failing", "nodes": [
          {"name": "Hand", "type": "n8n-nodes-base.manualTrigger", "typeVersion": 1, "position": [0, 0], "parameters": {}},
          {"name": "Send", "type": "n8n-nodes-base.httpRequest", "typeVersion": 4.2, "position": [1, 0], "onError": "continueErrorOutput", "parameters": {"url": "=http://127.0.0.1:PORT/{{ $json.id }}", "options": {}}},
          {"name": "Done", "type": "n8n-nodes-base.set", "typeVersion": 3.4, "position": [2, 0], "parameters": {"assignments": {"assignments": [{"name": "way", "value": "done", "type": "string"}]}, "includeOtherFields": true}},
          {"name": "Failed", "type": "n8n-nodes-base.set", "typeVersion": 3.4, "position": [2, 1], "parameters": {"assignments": {"assignments": [{"name": "way", "value": "failed", "type": "string"}]}, "includeOtherFields": true}},
          {"name": "Log", "type": "n8n-nodes-base.code", "typeVersion": 2, "position": [3, 0], "parameters": {"jsCode": "$input.all().forEach(item => console.log(item.json.way + ' ' + (item.json.id ?? 'answer') + ' ' + Boolean(item.json.error)));\\nreturn $input.all();"}},
          {"name": "Checked", "type": "n8n-nodes-base.code", "typeVersion": 2, "position": [4, 0], "onError": "continueErrorOutput", "parameters": {"jsCode": "throw new Error('checked');"}}],
         "connections": {
          "Hand": {"main": [[{"node": "Send", "type": "main", "index": 0}]]},
          "Send": {"main": [[{"node": "Done", "type": "main", "index": 0}], [{"node": "Failed", "type": "main", "index": 0}]]},
          "Done": {"main": [[{"node": "Log", "type": "main", "index": 0}]]},
          "Failed": {"main": [[{"node": "Log", "type": "main", "index": 0}]]},
          "Log": {"main": [[{"node": "Checked", "type": "main", "index": 0}]]}}}\
        """;

    private static final String ANSWERS = """
        {"name": "Answers", "nodes": [
          {"name": "Hand", "type": "n8n-nodes-base.manualTrigger", "typeVersion": 1, "position": [0, 0], "parameters": {}},
          {"name": "Get", "type": "n8n-nodes-base.httpRequest", "typeVersion": 4.2, "position": [1, 0], "parameters": {"url": "=http://127.0.0.1:PORT/{{ $json.what }}/1", "options": {}}},
          {"name": "Log", "type": "n8n-nodes-base.code", "typeVersion": 2, "position": [2, 0], "parameters": {"jsCode": "$input.all().forEach(item => console.log('item ' + JSON.stringify(item.json))); return $input.all();"}}],
         "connections": {
          "Hand": {"main": [[{"node": "Get", "type": "main", "index": 0}]]},
          "Get": {"main": [[{"node": "Log", "type": "main", "index": 0}]]}}}\
        """;

    private static final String PYTHON = """
        {"name": "Python", "nodes": [
          {"name": "Hand", "type": "n8n-nodes-base.manualTrigger", "typeVersion": 1, "position": [0, 0], "parameters": {}},
          {"name": "All", "type": "n8n-nodes-base.code", "typeVersion": 2, "position": [1, 0], "parameters": {"language": "python", "pythonCode": "import math\\n# Loop over input items\\nfor item in _input.all():\\n  item.json.twice = item.json.total * 2\\n  item.json.inner.seen = True\\nreturn _input.all()"}},
          {"name": "Each", "type": "n8n-nodes-base.code", "typeVersion": 2, "position": [2, 0], "parameters": {"mode": "runOnceForEachItem", "language": "pythonNative", "pythonCode": "if _item[\\"json\\"][\\"twice\\"] > 10:\\n\\treturn None\\n_item[\\"json\\"][\\"mark\\"] = 'x'\\nreturn _item"}},
          {"name": "Plain", "type": "n8n-nodes-base.code", "typeVersion": 2, "position": [3, 0], "parameters": {"language": "pythonNative", "pythonCode": "text = \\"\\"\\"one\\n  two  \\n\\nthree\\"\\"\\"\\nreturn [{\\"json\\": {\\"text\\": text, \\"sum\\": sum(one[\\"json\\"][\\"twice\\"] for one in _items), \\"mark\\": _items[0][\\"json\\"][\\"mark\\"], \\"seen\\": _items[0][\\"json\\"][\\"inner\\"][\\"seen\\"]}}]"}},
          {"name": "Log", "type": "n8n-nodes-base.code", "typeVersion": 2, "position": [4, 0], "parameters": {"jsCode": "console.log(JSON.stringify($input.all().map(item => item.json)));\\nreturn $input.all();"}}],
         "connections": {
          "Hand": {"main": [[{"node": "All", "type": "main", "index": 0}]]},
          "All": {"main": [[{"node": "Each", "type": "main", "index": 0}]]},
          "Each": {"main": [[{"node": "Plain", "type": "main", "index": 0}]]},
          "Plain": {"main": [[{"node": "Log", "type": "main", "index": 0}]]}}}\
        """;

    private static final String SUBFLOWS = """
        [{"id": "t", "type": "tab", "label": "Subflows"},
         {"id": "sf", "type": "subflow", "name": "Mark", "info": "", "category": "", "env": [{"name": "SIGN", "type": "str", "value": "?"}, {"name": "LEAST", "type": "num", "value": "5"}],
          "in": [{"x": 1, "y": 1, "wires": [{"id": "si"}]}], "out": [{"x": 1, "y": 1, "wires": [{"id": "sw", "port": 0}]}, {"x": 1, "y": 1, "wires": [{"id": "sw", "port": 1}]}], "color": "#DDAA99"},
         {"id": "si", "type": "function", "z": "sf", "name": "Sign", "func": "msg.payload.marks = (msg.payload.marks || '') + env.get('SIGN');\\nif (msg.payload.bad === env.get('SIGN')) throw new Error('bad ' + msg.payload.sku);\\nreturn msg;", "outputs": 1, "x": 1, "y": 1, "wires": [["sw"]]},
         {"id": "sw", "type": "switch", "z": "sf", "name": "Enough", "property": "payload.level", "propertyType": "msg", "rules": [{"t": "gte", "v": "LEAST", "vt": "env"}, {"t": "else"}], "checkall": "false", "outputs": 2, "x": 1, "y": 1, "wires": [[], []]},
         {"id": "i", "type": "inject", "z": "t", "name": "", "repeat": "", "crontab": "", "once": false, "payload": "[{\\"sku\\":\\"A\\",\\"level\\":3},{\\"sku\\":\\"B\\",\\"level\\":30},{\\"sku\\":\\"C\\",\\"level\\":30,\\"bad\\":\\"!\\"}]", "payloadType": "json", "x": 1, "y": 1, "wires": [["s"]]},
         {"id": "s", "type": "split", "z": "t", "name": "Each", "arraySplt": 1, "x": 1, "y": 1, "wires": [["u1"]]},
         {"id": "u1", "type": "subflow:sf", "z": "t", "name": "", "env": [], "x": 1, "y": 1, "wires": [["u2"], ["low"]]},
         {"id": "u2", "type": "subflow:sf", "z": "t", "name": "Again", "env": [{"name": "SIGN", "type": "str", "value": "!"}, {"name": "LEAST", "type": "num", "value": "10"}], "x": 1, "y": 1, "wires": [["call"], []]},
         {"id": "call", "type": "link call", "z": "t", "name": "", "links": ["in"], "linkType": "static", "timeout": "30", "x": 1, "y": 1, "wires": [["seen"]]},
         {"id": "in", "type": "link in", "z": "t", "name": "", "links": [], "x": 1, "y": 1, "wires": [["there"]]},
         {"id": "there", "type": "change", "z": "t", "name": "There", "rules": [{"t": "set", "p": "payload.there", "pt": "msg", "to": "yes", "tot": "str"}], "x": 1, "y": 1, "wires": [["back"]]},
         {"id": "back", "type": "link out", "z": "t", "name": "", "mode": "return", "links": [], "x": 1, "y": 1, "wires": []},
         {"id": "seen", "type": "function", "z": "t", "name": "Seen", "func": "node.warn('seen ' + msg.payload.sku + ' ' + msg.payload.marks + ' ' + msg.payload.there);\\nreturn null;", "outputs": 1, "x": 1, "y": 1, "wires": [["low"]]},
         {"id": "low", "type": "function", "z": "t", "name": "Low", "func": "node.warn('low ' + msg.payload.sku);\\nreturn msg;", "outputs": 1, "x": 1, "y": 1, "wires": []},
         {"id": "k", "type": "catch", "z": "t", "name": "All", "scope": null, "uncaught": false, "x": 1, "y": 1, "wires": [["told"]]},
         {"id": "told", "type": "function", "z": "t", "name": "Told", "func": "node.warn('caught ' + msg.payload.sku + ': ' + msg.error.message.includes('bad C'));\\nreturn msg;", "outputs": 1, "x": 1, "y": 1, "wires": []}]\
        """;

    private static final String CATCHES = """
        [{"id": "t", "type": "tab", "label": "Catches"},
         {"id": "i", "type": "inject", "z": "t", "name": "", "repeat": "", "crontab": "", "once": false, "payload": "[{\\"sku\\":\\"A\\"},{\\"sku\\":\\"B\\"},{\\"sku\\":\\"C\\"}]", "payloadType": "json", "x": 1, "y": 1, "wires": [["s"]]},
         {"id": "s", "type": "split", "z": "t", "name": "Each", "arraySplt": 1, "x": 1, "y": 1, "wires": [["one"]]},
         {"id": "one", "type": "function", "z": "t", "name": "One", "func": "if (msg.payload.sku === 'A') throw new Error('no A');\\nreturn msg;", "outputs": 1, "x": 1, "y": 1, "wires": [["two"]]},
         {"id": "two", "type": "function", "z": "t", "name": "Two", "func": "if (msg.payload.sku === 'B') throw new Error('no B');\\nreturn msg;", "outputs": 1, "x": 1, "y": 1, "wires": [["seen"]]},
         {"id": "k", "type": "catch", "z": "t", "name": "Of two", "scope": ["one", "two"], "uncaught": false, "x": 1, "y": 1, "wires": [["told"]]},
         {"id": "told", "type": "function", "z": "t", "name": "Told", "func": "node.warn('caught ' + msg.payload.sku + ' at ' + msg.error.source.name + ': ' + msg.error.message.includes('no '));\\nreturn msg;", "outputs": 1, "x": 1, "y": 1, "wires": []},
         {"id": "seen", "type": "function", "z": "t", "name": "Seen", "func": "node.warn('seen ' + msg.payload.sku);\\nreturn msg;", "outputs": 1, "x": 1, "y": 1, "wires": []}]\
        """;

    @BeforeAll
    static void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean good = exchange.getRequestURI().getPath().endsWith("1");
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            byte[] answer = (exchange.getRequestURI().getPath().startsWith("/list")
                            ? "[{\"id\":1},{\"id\":2}]"
                            : "{\"ok\":true}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(good ? 200 : 404, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try (Stream<Path> all = Files.walk(Path.of("connectors/generic-http"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Path target = home.resolve(file.toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        List<Arguments> merges = merges();
        for (int i = 0; i < merges.size(); i++) {
            write("merge-" + letter(i), merge(merges.get(i)));
        }
        write(
                "failing",
                FAILING.replace("PORT", String.valueOf(server.getAddress().getPort())));
        write(
                "answers",
                ANSWERS.replace("PORT", String.valueOf(server.getAddress().getPort())));
        write("python", PYTHON);
        write(Dialect.NODE_RED, "subflows", SUBFLOWS);
        write(Dialect.NODE_RED, "catches", CATCHES);
        program = Program.start(home);
    }

    @AfterAll
    static void stop() {
        program.close();
        server.stop(0);
    }

    private static String letter(int number) {
        return String.valueOf((char) ('a' + number));
    }

    private static String merge(Arguments one) {
        return MERGE.replace("VERSION", String.valueOf(one.get()[0]))
                .replace("PARAMETERS", String.valueOf(one.get()[1]));
    }

    private static void write(String id, String text) throws IOException {
        write(Dialect.N8N, id, text);
    }

    private static void write(Dialect dialect, String id, String text) throws IOException {
        Import.Result made = Import.read(new Import.Request(dialect, "given.json", text, id, path -> false));
        assertThat(made.findings().stream().filter(Finding::lost)).isEmpty();
        for (Map.Entry<String, String> file : made.files().entrySet()) {
            Path target = home.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.writeString(target, file.getValue());
        }
    }

    @ParameterizedTest
    @MethodSource("merges")
    void whatAMergeJoinsIsJoined(String version, String parameters, String joined) throws Exception {
        int number = merges().stream().map(one -> one.get()[1]).toList().indexOf(parameters);
        String id = "merge-" + letter(number);
        Program own = new Program(home, program);
        RunRecord run = own.run(id, "{}");
        assertThat(run.status()).as(own.told(run) + " " + own.failed(id)).isEqualTo(RunStatus.SUCCEEDED);
        List<String> lists = new ArrayList<>(own.told(run));
        lists.removeIf(line -> !line.startsWith("["));
        assertThat(lists).isEqualTo(joined.isEmpty() ? List.of() : List.of("[" + joined + "]"));
    }

    @Test
    void whatFailsLeavesByTheWayOfWhatFailsAndTheRestByTheOther() throws Exception {
        Program own = new Program(home, program);
        RunRecord run = own.run("failing", "[{\"id\": 1}, {\"id\": 2}, {\"id\": 3}]");
        assertThat(run.status()).as(own.told(run) + " " + own.failed("failing")).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(own.told(run)).contains("done answer false", "failed 2 true", "failed 3 true");
    }

    @Test
    void anAnswerThatIsAListIsItsItemsAndOneThatIsNoneIsOne() throws Exception {
        Program own = new Program(home, program);
        RunRecord list = own.run("answers", "{\"what\": \"list\"}");
        assertThat(own.told(list)).contains("item {\"id\":1}", "item {\"id\":2}");
        RunRecord one = own.run("answers", "{\"what\": \"one\"}");
        assertThat(own.told(one)).contains("item {\"ok\":true}");
    }

    @Test
    void codeInPythonFindsWhatItWasWrittenFor() throws Exception {
        Program own = new Program(home, program);
        RunRecord run = own.run(
                "python",
                "[{\"total\": 2, \"inner\": {}}, {\"total\": 50, \"inner\": {}}, {\"total\": 3, \"inner\": {}}]");
        assertThat(run.status()).as(own.told(run) + " " + own.failed("python")).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(own.told(run))
                .contains("[{\"text\":\"one\\n  two  \\n\\nthree\",\"sum\":10,\"mark\":\"x\",\"seen\":true}]");
    }

    @Test
    void aSubflowStandsWhereItIsUsedWithItsPropertiesAndACatchNodeTakesWhatFailsOnItsTab() throws Exception {
        Program own = new Program(home, program);
        RunRecord run = own.run("subflows", "{}");
        assertThat(run.status())
                .as(own.told(run) + " " + own.failed("subflows"))
                .isEqualTo(RunStatus.SUCCEEDED);
        assertThat(own.told(run))
                .contains("low A", "seen B ?! yes", "caught C: true")
                .doesNotContain("low B", "low C");
    }

    @Test
    void aCatchNodeThatNamesNodesTakesWhatFailsThere() throws Exception {
        Program own = new Program(home, program);
        RunRecord run = own.run("catches", "{}");
        assertThat(run.status()).as(own.told(run) + " " + own.failed("catches")).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(own.told(run))
                .contains("caught A at One: true", "caught B at Two: true", "seen C")
                .doesNotContain("seen A", "seen B", "caught C at Two: true");
    }

    @Test
    void whatCodeInPythonWantsAndNoScriptHasIsTold() {
        String made = String.valueOf(Import.read(new Import.Request(
                        Dialect.N8N,
                        "given.json",
                        PYTHON.replace(
                                "import math\\n", "from datetime import datetime\\nimport json, requests as r\\n"),
                        null,
                        path -> false))
                .findings());
        assertThat(made).contains("uses datetime, requests, which no script has here");
    }
}
