package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** What is made of files of other programs runs in ours, and does there what it was drawn for. */
class ImportedFlowsTest {

    private static final List<String> ASKED = Collections.synchronizedList(new ArrayList<>());

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
            byte[] answer = (exchange.getRequestMethod().equals("GET")
                            ? "{\"orders\":[{\"id\":1,\"total\":5,\"shop\":\"uk\"},{\"id\":2,\"total\":500,\"shop\":\"uk\"},{\"id\":3,\"total\":700,\"shop\":\"fr\"}]}"
                            : "{\"ok\":true}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        copy(Path.of("connectors/generic-http"), home.resolve("connectors/generic-http"));
        write(Dialect.PATCHWORKS, PATCHWORKS);
        write(
                Dialect.N8N,
                N8N.replace("PORT", String.valueOf(server.getAddress().getPort())));
        write(
                Dialect.N8N,
                LISTS.replace("PORT", String.valueOf(server.getAddress().getPort())));
        write(Dialect.NODE_RED, NODE_RED);
        program = Program.start(home);
    }

    @AfterAll
    static void stop() {
        program.close();
        server.stop(0);
    }

    private static void write(Dialect dialect, String text) throws IOException {
        Import.Result made = Import.read(new Import.Request(dialect, "given.json", text, null, path -> false));
        assertThat(made.findings().stream().filter(io.patchbay.moving.Finding::lost))
                .isEmpty();
        for (Map.Entry<String, String> file : made.files().entrySet()) {
            Path target = home.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.writeString(target, file.getValue());
        }
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

    private static final String PATCHWORKS = """
        {"flow": {"name": "From Patchworks", "versions": [{"status": "Draft", "flow_priority": 3,
          "variables": [{"name": "season", "default": "winter"}],
          "steps": [
            {"id": 1, "type": "trigger", "config": {}},
            {"id": 2, "type": "filter", "name": "Large", "config": {"filters": [{"field": "*.total", "type": "number", "operator": "greater", "value": "10", "keep_matching": true}]}},
            {"id": 3, "type": "script", "name": "Tidy", "config": {"script": 9, "variables": {"by": "2"}}},
            {"id": 4, "type": "map", "name": "Short", "config": {"rules": [
                {"source": "*.id", "target": "*.number", "transforms": [{"type": "prefix", "prefix": "A-"}]},
                {"source": "*.twice", "target": "*.sum"}]}},
            {"id": 5, "type": "add to cache", "name": "Keep", "config": {"cache": {"name": "orders", "scope": "flow run"}, "cache_key": "order-[[payload.*.number]]"}},
            {"id": 6, "type": "flow control", "name": "Each", "config": {"batch_size": 1}},
            {"id": 7, "type": "notify", "name": "Told", "config": {"template": "[[payload.0.number]] of [[meta.tidied]] in {{flow.variables.season}}: [[payload.0.sum]]"}}],
          "connections": [{"from": 1, "to": 2}, {"from": 2, "to": 3}, {"from": 3, "to": 4}, {"from": 4, "to": 5}, {"from": 5, "to": 6}, {"from": 6, "to": 7}]}]},
         "scripts": [{"id": 9, "name": "Tidy", "language": "javascript",
           "code": "module.exports.handle = async data => ({ payload: JSON.stringify(JSON.parse(data.payload).map(o => ({ ...o, twice: o.total * Number(data.variables.by) }))), meta: { tidied: 1 } });"}]}\
        """;

    @Test
    void aFlowOfPatchworksRuns() throws Exception {
        Program own = new Program(home, program);
        RunRecord run = own.run(
                "from-patchworks",
                "[{\"id\": 1, \"total\": 5}, {\"id\": 2, \"total\": 50}, {\"id\": 3, \"total\": 70}]");
        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(own.told(run)).contains("A-2 of 1 in winter: 100", "A-3 of 1 in winter: 140");
    }

    private static final String N8N = """
        {"name": "From n8n", "nodes": [
          {"name": "Hand", "type": "n8n-nodes-base.manualTrigger", "typeVersion": 1, "parameters": {}},
          {"name": "Get", "type": "n8n-nodes-base.httpRequest", "typeVersion": 4.2, "parameters": {"url": "http://127.0.0.1:PORT/orders?state=open", "options": {}}},
          {"name": "Out", "type": "n8n-nodes-base.splitOut", "typeVersion": 1, "parameters": {"fieldToSplitOut": "orders", "options": {}}},
          {"name": "If", "type": "n8n-nodes-base.if", "typeVersion": 2, "parameters": {"conditions": {"combinator": "and", "conditions": [
              {"leftValue": "={{ $json.total }}", "rightValue": 100, "operator": {"type": "number", "operation": "gt"}}]}}},
          {"name": "Set", "type": "n8n-nodes-base.set", "typeVersion": 3.4, "parameters": {"assignments": {"assignments": [{"name": "size", "value": "large", "type": "string"}]}, "includeOtherFields": true}},
          {"name": "Switch", "type": "n8n-nodes-base.switch", "typeVersion": 3, "parameters": {"rules": {"values": [
              {"outputKey": "home", "conditions": {"combinator": "and", "conditions": [{"leftValue": "={{ $json.shop }}", "rightValue": "uk", "operator": {"type": "string", "operation": "equals"}}]}}]}, "options": {"fallbackOutput": "extra"}}},
          {"name": "Code", "type": "n8n-nodes-base.code", "typeVersion": 2, "parameters": {"jsCode": "for (const item of $input.all()) { item.json.home = true; }\\nreturn $input.all();"}},
          {"name": "Mark", "type": "n8n-nodes-base.functionItem", "typeVersion": 1, "parameters": {"functionCode": "item.mark = 'm' + item.id;\\nreturn item;"}},
          {"name": "Send", "type": "n8n-nodes-base.httpRequest", "typeVersion": 4.2, "parameters": {"method": "POST", "url": "=http://127.0.0.1:PORT/erp/{{ $json.id }}", "sendBody": true, "specifyBody": "json", "jsonBody": "={\\"size\\": \\"{{ $json.size }}\\", \\"home\\": \\"{{ $json.home ?? false }}\\", \\"mark\\": \\"{{ $json.mark }}\\"}", "options": {}}}],
         "connections": {
          "Hand": {"main": [[{"node": "Get", "type": "main", "index": 0}]]},
          "Get": {"main": [[{"node": "Out", "type": "main", "index": 0}]]},
          "Out": {"main": [[{"node": "If", "type": "main", "index": 0}]]},
          "If": {"main": [[{"node": "Set", "type": "main", "index": 0}], []]},
          "Set": {"main": [[{"node": "Mark", "type": "main", "index": 0}]]},
          "Mark": {"main": [[{"node": "Switch", "type": "main", "index": 0}]]},
          "Switch": {"main": [[{"node": "Code", "type": "main", "index": 0}], [{"node": "Send", "type": "main", "index": 0}]]},
          "Code": {"main": [[{"node": "Send", "type": "main", "index": 0}]]}}}\
        """;

    @Test
    void aWorkflowOfN8nRuns() throws Exception {
        Program own = new Program(home, program);
        ASKED.clear();
        RunRecord run = own.run("from-n8n", "{}");
        assertThat(run.status())
                .as(own.told(run) + " " + own.failed("from-n8n"))
                .isEqualTo(RunStatus.SUCCEEDED);
        assertThat(ASKED)
                .containsExactly(
                        "GET /orders?state=open ",
                        "POST /erp/2 {\"size\":\"large\",\"home\":true,\"mark\":\"m2\"}",
                        "POST /erp/3 {\"size\":\"large\",\"home\":false,\"mark\":\"m3\"}");
    }

    private static final String LISTS = """
        {"name": "Lists of n8n", "nodes": [
          {"name": "Hand", "type": "n8n-nodes-base.manualTrigger", "typeVersion": 1, "parameters": {}},
          {"name": "Pairs", "type": "n8n-nodes-base.splitOut", "typeVersion": 1, "parameters": {"fieldToSplitOut": "tags, amounts", "include": "allOtherFields", "options": {"destinationFieldName": "tags, amount"}}},
          {"name": "Large", "type": "n8n-nodes-base.filter", "typeVersion": 2.2, "parameters": {"conditions": {"options": {"typeValidation": "loose"}, "combinator": "and", "conditions": [
              {"leftValue": "={{ $json.amount }}", "rightValue": "9", "operator": {"type": "number", "operation": "gt"}},
              {"leftValue": "={{ $json.shop == '7' }}", "rightValue": "", "operator": {"type": "boolean", "operation": "true", "singleValue": true}}]}}},
          {"name": "Tags", "type": "n8n-nodes-base.splitOut", "typeVersion": 1, "parameters": {"fieldToSplitOut": "tags", "options": {}}},
          {"name": "Send", "type": "n8n-nodes-base.httpRequest", "typeVersion": 4.2, "parameters": {"method": "POST", "url": "http://127.0.0.1:PORT/tags", "sendBody": true, "specifyBody": "json", "jsonBody": "={\\"tag\\": \\"{{ $json.tags ?? 'none' }}\\", \\"name\\": \\"{{ $json.name ?? 'none' }}\\"}", "options": {}}}],
         "connections": {
          "Hand": {"main": [[{"node": "Pairs", "type": "main", "index": 0}]]},
          "Pairs": {"main": [[{"node": "Large", "type": "main", "index": 0}]]},
          "Large": {"main": [[{"node": "Tags", "type": "main", "index": 0}]]},
          "Tags": {"main": [[{"node": "Send", "type": "main", "index": 0}]]}}}\
        """;

    @Test
    void listsOfPlainValuesAndOfObjectsAreTakenApartAndNumbersOfTextsCompared() throws Exception {
        Program own = new Program(home, program);
        ASKED.clear();
        RunRecord run = own.run("lists-of-n8n", """
                [{"shop": 7, "tags": ["red", ["blue", {"name": "n"}], "small"], "amounts": [10, "100", 2]},
                 {"shop": "7", "tags": ["green"], "amounts": [50]}, {"shop": 8, "tags": ["other"], "amounts": [50]}]""");
        assertThat(run.status())
                .as(own.told(run) + " " + own.failed("lists-of-n8n"))
                .isEqualTo(RunStatus.SUCCEEDED);
        assertThat(ASKED)
                .containsExactly(
                        "POST /tags {\"tag\":\"red\",\"name\":\"none\"}",
                        "POST /tags {\"tag\":\"blue\",\"name\":\"none\"}",
                        "POST /tags {\"tag\":\"none\",\"name\":\"n\"}",
                        "POST /tags {\"tag\":\"green\",\"name\":\"none\"}");
    }

    private static final String NODE_RED = """
        [{"id": "t", "type": "tab", "label": "From Node-RED"},
         {"id": "i", "type": "inject", "z": "t", "name": "", "repeat": "", "crontab": "", "once": false, "payload": "[{\\"sku\\":\\"A\\",\\"level\\":3},{\\"sku\\":\\"B\\",\\"level\\":30}]", "payloadType": "json", "x": 1, "y": 1, "wires": [["s"]]},
         {"id": "s", "type": "split", "z": "t", "name": "Each", "arraySplt": 1, "x": 1, "y": 1, "wires": [["w"]]},
         {"id": "w", "type": "switch", "z": "t", "name": "Low", "property": "payload.level", "propertyType": "msg", "rules": [{"t": "lt", "v": "10", "vt": "num"}, {"t": "else"}], "checkall": "false", "outputs": 2, "x": 1, "y": 1, "wires": [["c"], ["d"]]},
         {"id": "c", "type": "change", "z": "t", "name": "Mark", "rules": [{"t": "set", "p": "topic", "pt": "msg", "to": "low", "tot": "str"}], "x": 1, "y": 1, "wires": [["f"]]},
         {"id": "f", "type": "function", "z": "t", "name": "Order", "func": "msg.payload.order = 100 - msg.payload.level;\\nnode.warn(msg.topic + ' ' + msg.payload.sku);\\nreturn msg;", "outputs": 1, "x": 1, "y": 1, "wires": [["d"]]},
         {"id": "d", "type": "debug", "z": "t", "name": "Seen", "complete": "payload.order", "x": 1, "y": 1, "wires": []}]\
        """;

    @Test
    void aFlowOfNodeRedRuns() throws Exception {
        Program own = new Program(home, program);
        RunRecord run = own.run("from-node-red", "{}");
        assertThat(run.status())
                .as(own.told(run) + " " + own.failed("from-node-red"))
                .isEqualTo(RunStatus.SUCCEEDED);
        assertThat(own.told(run)).contains("low A", "97");
    }
}
