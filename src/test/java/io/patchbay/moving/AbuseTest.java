package io.patchbay.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.YamlReader;
import io.patchbay.moving.Import.Dialect;
import io.patchbay.moving.Import.Request;
import io.patchbay.moving.Import.Result;
import io.patchbay.problem.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that nobody exported: each is refused with a place and a reason, or told of, and none is a way out of the home. */
class AbuseTest {

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void whatIsNoJsonIsRefusedWithItsPlace(Dialect dialect) {
        assertThatThrownBy(() -> Imports.of(dialect, "{\n  \"a\": [1, }"))
                .isInstanceOf(MovingException.class)
                .hasMessageContaining("given.json:2:")
                .hasMessageContaining("no JSON");
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void whatIsOfNoDialectIsRefused(Dialect dialect) {
        for (String text : List.of(
                "",
                "null",
                "7",
                "\"text\"",
                "{}",
                "[]",
                "[[]]",
                "{\"nodes\": 7}",
                "{\"flow\": []}",
                "{\"flow\": {\"versions\": 3}}")) {
            assertThatThrownBy(() -> Imports.of(dialect, text)).isInstanceOf(MovingException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void whatIsNestedTooDeepIsRefused(Dialect dialect) {
        String deep = "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000);
        assertThatThrownBy(() -> Imports.of(dialect, deep))
                .isInstanceOf(MovingException.class)
                .hasMessageContaining("nest");
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aKeyThatStandsTwiceIsRefused(Dialect dialect) {
        assertThatThrownBy(() -> Imports.of(dialect, "{\"a\": 1, \"a\": 2}")).hasMessageContaining("twice");
    }

    @Test
    void moreStepsThanAnybodyDrawsAreRefused() {
        assertThatThrownBy(() -> Imports.of(Dialect.PATCHWORKS, steps(100_000))).hasMessageContaining("values");
        assertThatThrownBy(() -> Imports.of(Dialect.PATCHWORKS, steps(5_000)))
                .hasMessageContaining("5000 steps, more than 2000");
    }

    private static String steps(int count) {
        StringBuilder steps = new StringBuilder();
        for (int i = 0; i < count; i++) {
            steps.append(i == 0 ? "" : ",")
                    .append("{\"id\":\"")
                    .append(i)
                    .append("\",\"type\":\"notify\",\"config\":{\"template\":\"x\"},\"position\":{\"x\":1,\"y\":2}}");
        }
        return "{\"flow\":{\"name\":\"x\",\"versions\":[{\"steps\":[" + steps + "],\"connections\":[]}]}}";
    }

    @Test
    void namesThatArePathsLeadNowhere() {
        String file = """
            {"flow": {"name": "../../etc/passwd", "versions": [{"steps": [
              {"id": "../a", "type": "notify", "name": "..\\\\..\\\\b", "config": {"template": "${secret.KEY} ${run.id}"}},
              {"id": "s", "type": "script", "name": "/etc/shadow", "config": {"script": "x"}}],
              "connections": [{"source": "../a", "target": "s"}]}]},
             "scripts": [{"id": "x", "name": "../../../tmp/y", "language": "javascript", "code": "module.exports = d => d"}]}\
            """;
        Result made = Imports.of(Dialect.PATCHWORKS, file);
        assertThat(made.files().keySet())
                .containsExactly("routes/etc-passwd.flow.yaml", "routes/scripts/etc-passwd-tmp-y.js");
        assertThat(made.files().get("routes/etc-passwd.flow.yaml")).contains("$${secret.KEY} $${run.id}");
    }

    @Test
    void aNameThatIsNoIdIsRefused() {
        assertThatThrownBy(() -> Import.read(new Request(Dialect.PATCHWORKS, "f.json", "{}", "../x", path -> false)))
                .hasMessageContaining("is no id of a flow");
    }

    @Test
    void connectionsThatGoRoundAreToldAndLeftOut() {
        Result made = Imports.of(Dialect.PATCHWORKS, """
            {"flow": {"name": "round", "versions": [{"steps": [
              {"id": "t", "type": "trigger", "config": {}},
              {"id": "a", "type": "notify", "config": {"template": "a"}},
              {"id": "b", "type": "notify", "config": {"template": "b"}},
              {"id": "a", "type": "notify", "config": {"template": "again"}},
              {"id": "alone", "type": "notify", "config": {"template": "alone"}}],
              "connections": [{"source": "t", "target": "a"}, {"source": "a", "target": "b"}, {"source": "b", "target": "a"},
                              {"source": "b", "target": "gone"}, {"source": "b"}, 7, null]}]}}\
            """);
        assertThat(made.findings().stream().filter(Finding::lost).map(Finding::pointer))
                .contains(
                        "/flow/versions/0/connections/2",
                        "/flow/versions/0/connections/3",
                        "/flow/versions/0/connections/4",
                        "/flow/versions/0/connections/5",
                        "/flow/versions/0/connections/6",
                        "/flow/versions/0/steps/3",
                        "/flow/versions/0/steps/4");
    }

    @Test
    void valuesOfOtherTypesThanTheyShouldBeAreNoErrorsOfOurs() {
        for (String value : List.of("7", "true", "null", "[]", "{}", "[[1]]", "{\"a\": {\"b\": []}}", "\"text\"")) {
            for (String type : List.of(
                    "trigger",
                    "connector",
                    "map",
                    "filter",
                    "script",
                    "branch",
                    "route",
                    "split",
                    "cache",
                    "de-dupe",
                    "flow control",
                    "try/catch",
                    "manual payload",
                    "assert",
                    "notify",
                    "set variables",
                    "run process flow",
                    "track data",
                    "callback",
                    "load from cache")) {
                StringBuilder config = new StringBuilder();
                for (String key : List.of(
                        "schedules",
                        "webhooks",
                        "instance",
                        "endpoint",
                        "variables",
                        "filters",
                        "rules",
                        "script",
                        "branches",
                        "routes",
                        "level",
                        "cache",
                        "key",
                        "pool",
                        "batch_size",
                        "payload",
                        "template",
                        "flow",
                        "fields",
                        "entity",
                        "timeout",
                        "response_script")) {
                    config.append(config.isEmpty() ? "" : ",")
                            .append("\"")
                            .append(key)
                            .append("\":")
                            .append(value);
                }
                String file = "{\"flow\":{\"name\":\"n\",\"versions\":[{\"steps\":[{\"id\":\"1\",\"type\":\"" + type
                        + "\",\"config\":{" + config
                        + "}},{\"id\":\"2\",\"type\":\"notify\",\"config\":{\"template\":\"x\"}}],\"connections\":"
                        + value + "}]},\"systems\":" + value
                        + ",\"scripts\":" + value + ",\"dependencies\":" + value + "}";
                try {
                    assertThat(Imports.of(Dialect.PATCHWORKS, file).flows()).containsExactly("n");
                } catch (MovingException e) {
                    assertThat(e).hasMessageContaining("given.json");
                }
            }
        }
    }

    @Test
    void valuesOfOtherTypesInNodesAreNoErrorsOfOurs() {
        for (String value : List.of(
                "7",
                "true",
                "null",
                "[]",
                "{}",
                "[[1]]",
                "[null]",
                "{\"a\": {\"b\": []}}",
                "{\"parameters\": [1]}",
                "\"=text {{ }}\"")) {
            for (String type : List.of(
                    "if",
                    "switch",
                    "filter",
                    "set",
                    "httpRequest",
                    "code",
                    "function",
                    "merge",
                    "splitOut",
                    "splitInBatches",
                    "itemLists",
                    "aggregate",
                    "wait",
                    "executeWorkflow",
                    "respondToWebhook",
                    "stopAndError",
                    "scheduleTrigger",
                    "cron",
                    "interval",
                    "webhook")) {
                StringBuilder parameters = new StringBuilder();
                for (String key : List.of(
                        "conditions",
                        "rules",
                        "values",
                        "assignments",
                        "fields",
                        "url",
                        "queryParameters",
                        "headerParameters",
                        "jsonBody",
                        "jsCode",
                        "functionCode",
                        "mode",
                        "fieldToSplitOut",
                        "batchSize",
                        "amount",
                        "workflowId",
                        "responseBody",
                        "rule",
                        "triggerTimes",
                        "interval",
                        "path",
                        "options",
                        "authentication")) {
                    parameters
                            .append(parameters.isEmpty() ? "" : ",")
                            .append("\"")
                            .append(key)
                            .append("\":")
                            .append(value);
                }
                whatever(
                        Dialect.N8N,
                        "{\"name\":" + value + ",\"nodes\":[{\"name\":\"a\",\"type\":\"n8n-nodes-base." + type
                                + "\",\"typeVersion\":" + value + ",\"parameters\":{" + parameters
                                + "},\"credentials\":" + value + "},{\"name\":\"b\",\"type\":\"n8n-nodes-base.noOp\"},"
                                + value + "],\"connections\":{\"a\":{\"main\":[[{\"node\":\"b\"}],null," + value
                                + "]},\"b\":" + value + "}}");
            }
            for (String type : List.of(
                    "inject",
                    "http in",
                    "switch",
                    "change",
                    "function",
                    "debug",
                    "split",
                    "join",
                    "http request",
                    "http response",
                    "delay",
                    "template",
                    "json",
                    "csv",
                    "link out")) {
                StringBuilder node = new StringBuilder();
                for (String key : List.of(
                        "rules",
                        "property",
                        "func",
                        "url",
                        "headers",
                        "payload",
                        "payloadType",
                        "repeat",
                        "crontab",
                        "method",
                        "template",
                        "build",
                        "count",
                        "timeout",
                        "rate",
                        "links",
                        "libs",
                        "outputs",
                        "z")) {
                    node.append(",\"").append(key).append("\":").append(value);
                }
                whatever(
                        Dialect.NODE_RED,
                        "[{\"type\":\"tab\",\"id\":\"t\",\"label\":" + value + "},{\"id\":\"a\",\"type\":\"" + type
                                + "\"" + node + ",\"x\":1,\"wires\":[[\"b\"]," + value
                                + "]},{\"id\":\"b\",\"type\":\"debug\",\"x\":1,\"wires\":" + value + "}," + value
                                + "]");
            }
        }
    }

    private static void whatever(Dialect dialect, String file) {
        try {
            assertThat(Imports.of(dialect, file).flows()).isNotEmpty();
        } catch (MovingException e) {
            assertThat(e).hasMessageContaining("given.json");
        }
    }

    @Test
    void secretsStandInNoFileThatIsMade() {
        Result made = Imports.of(Dialect.N8N, """
            {"name": "Secrets", "nodes": [
              {"name": "Ask", "notes": "use Bearer qwertyuiop123456", "type": "n8n-nodes-base.httpRequest", "typeVersion": 4,
               "parameters": {"url": "https://ada:hunter2hunter2@api.example.com/x?api_key=k9k9k9k9k9&page=1", "sendHeaders": true,
                 "headerParameters": {"parameters": [{"name": "X-Api-Key", "value": "zx81zx81zx81"}]}}},
              {"name": "Keep", "type": "n8n-nodes-base.set", "typeVersion": 2, "parameters": {"values": {"string": [{"name": "password", "value": "open-sesame-1"}]}}},
              {"name": "Code", "type": "n8n-nodes-base.code", "typeVersion": 2, "parameters": {"jsCode": "const token = 'abc123def456'; const k = 'open-sesame-1'; return [];"}}],
             "connections": {"Ask": {"main": [[{"node": "Keep"}]]}, "Keep": {"main": [[{"node": "Code"}]]}}}\
            """);
        assertThat(Imports.shown(made))
                .doesNotContain(
                        "hunter2hunter2",
                        "k9k9k9k9k9",
                        "zx81zx81zx81",
                        "open-sesame-1",
                        "abc123def456",
                        "qwertyuiop123456");
        assertThat(made.secrets()).isNotEmpty();
    }

    @Test
    void secretsInBodiesQueriesAddressesAndCallsOfCodeStandInNoFile() {
        Result made = Imports.of(Dialect.N8N, """
            {"name": "Secrets", "nodes": [
              {"name": "Ask", "type": "n8n-nodes-base.httpRequest", "typeVersion": 4.2,
               "parameters": {"method": "POST", "url": "https://hooks.slack.com/services/T0000000/B0000000/aBcDeFgHiJkLmNoPqRsTuVwX?pwd=hunter22&sig=abcdefgh",
                 "sendBody": true, "specifyBody": "json", "jsonBody": "{\\"client_secret\\":\\"hunterhunter\\",\\"password\\":\\"pw12\\",\\"kind\\":\\"stays\\"}"}},
              {"name": "Tell", "type": "n8n-nodes-base.httpRequest", "typeVersion": 4.2,
               "parameters": {"method": "POST", "url": "https://b.example.com/x", "sendBody": true, "sendHeaders": true,
                 "bodyParameters": {"parameters": [{"name": "password", "value": "longpassword"}, {"name": "q", "value": "1"}]},
                 "headerParameters": {"parameters": [{"name": "X-Auth", "value": "zzz12345678"}]}}},
              {"name": "Code", "type": "n8n-nodes-base.code", "typeVersion": 2,
               "parameters": {"jsCode": "h['X-Api-Key'] = 'abcdef123456'; set('x-api-key', 'qqqq123456'); get('https://x.y/z?api_key=urlkey999999&x=1'); return [];"}}],
             "connections": {"Ask": {"main": [[{"node": "Tell"}]]}, "Tell": {"main": [[{"node": "Code"}]]}}}\
            """);
        assertThat(Imports.shown(made))
                .contains("kind: stays")
                .doesNotContain(
                        "aBcDeFgHiJkLmNoPqRsTuVwX",
                        "hunter22",
                        "abcdefgh",
                        "hunterhunter",
                        "pw12",
                        "longpassword",
                        "zzz12345678",
                        "abcdef123456",
                        "qqqq123456",
                        "urlkey999999");
    }

    @Test
    void aFileWithoutItsSecretsCanStillBeRead() {
        Result made = Imports.of(Dialect.NODE_RED, """
            [{"id": "t", "type": "tab", "label": "T"},
             {"id": "i", "type": "inject", "z": "t", "name": "", "repeat": "60", "payload": "{\\"password\\": \\"topsecret99\\", \\"list\\": [\\"topsecret99 and more\\"]}", "payloadType": "json", "x": 1, "y": 1, "wires": [["d"]]},
             {"id": "d", "type": "debug", "z": "t", "name": "d", "complete": "payload", "x": 1, "y": 1, "wires": []}]\
            """);
        String text = made.files().get("routes/t.flow.yaml");
        assertThat(text).contains("***").doesNotContain("topsecret99");
        Problems problems = new Problems();
        new YamlReader().read("t.flow.yaml", text, problems);
        assertThat(problems.toString()).isEqualTo(new Problems().toString());
    }

    @Test
    void fansInsideOfFansEndSomewhere() {
        StringBuilder nodes = new StringBuilder();
        StringBuilder wires = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            nodes.append(i == 0 ? "" : ",")
                    .append("{\"name\":\"n")
                    .append(i)
                    .append(
                            "\",\"type\":\"n8n-nodes-base.if\",\"typeVersion\":2,\"parameters\":{\"conditions\":{\"conditions\":[{\"leftValue\":\"={{"
                                    + " $json.a"
                                    + " }}\",\"rightValue\":\"1\",\"operator\":{\"type\":\"string\",\"operation\":\"equals\"}}]}}}");
            int one = Math.min(399, 2 * i + 1);
            wires.append(i == 0 ? "" : ",")
                    .append("\"n")
                    .append(i)
                    .append("\":{\"main\":[[{\"node\":\"n")
                    .append(one)
                    .append("\"}],[{\"node\":\"n")
                    .append(Math.min(399, one + 1))
                    .append("\"},{\"node\":\"n")
                    .append(Math.min(399, i + 3))
                    .append("\"}]]}");
        }
        Result made = Imports.of(
                Dialect.N8N, "{\"name\":\"deep\",\"nodes\":[" + nodes + "],\"connections\":{" + wires + "}}");
        assertThat(made.flows()).containsExactly("deep");
        String all = Imports.shown(made);
        for (int i = 0; i < 400; i++) {
            assertThat(all).contains("n" + i);
        }
    }

    @Test
    void propertiesThatMakeEachOtherLargerAreRefused() {
        StringBuilder nodes = new StringBuilder();
        for (int level = 0; level < 12; level++) {
            nodes.append("""
                    {"id": "s%1$d", "type": "subflow", "name": "S%1$d", "in": [{"wires": [{"id": "n%1$d"}]}], "out": [],
                     "env": [{"name": "A", "type": "str", "value": "x"}]},
                    {"id": "n%1$d", "z": "s%1$d", "type": "subflow:s%2$d", "wires": [],
                     "env": [{"name": "A", "type": "str", "value": "%3$s"}]},
                    """.formatted(level, level + 1, "{{env.A}}".repeat(10)));
        }
        String file = "[" + nodes + """
                {"id": "s12", "type": "subflow", "name": "S12", "in": [{"wires": [{"id": "d"}]}], "out": [],
                 "env": [{"name": "A", "type": "str", "value": "x"}]},
                {"id": "d", "z": "s12", "type": "debug", "name": "{{env.A}}", "wires": []},
                {"id": "t", "type": "tab", "label": "T"},
                {"id": "i", "z": "t", "type": "inject", "repeat": "60", "wires": [["u"]]},
                {"id": "u", "z": "t", "type": "subflow:s0", "env": [{"name": "A", "type": "str", "value": "xxxxxxxxxx"}], "wires": []}]
                """;

        assertThatThrownBy(() -> Imports.of(Dialect.NODE_RED, file))
                .isInstanceOf(MovingException.class)
                .hasMessageStartingWith("given.json:15:1: the node 'n3': ")
                .hasMessageContaining("a value of it has more than 65536 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{env.A}}", "${A}", "B", "type: A"})
    void subflowsThatAreLargeInEachOfManyPlacesAreRefused(String name) {
        String large = "x".repeat(60_000);
        StringBuilder nodes = new StringBuilder("""
                [{"id": "t", "type": "tab", "label": "T"},
                 {"id": "i", "z": "t", "type": "inject", "repeat": "60", "wires": [["u0"]]},
                 {"id": "s", "type": "subflow", "name": "S", "in": [{"wires": [{"id": "d0"}]}], "out": [],
                  "env": [{"name": "A", "type": "str", "value": "%s"}]}
                """.formatted(name.equals("B") ? "" : large));
        for (int i = 0; i < 20; i++) {
            nodes.append("""
                    ,{"id": "u%1$d", "z": "t", "type": "subflow:s", "wires": []}
                    ,{"id": "d%1$d", "z": "s", "type": "change", "name": "%2$s", "rules": [%3$s], "wires": []}
                    """.formatted(
                    i,
                    name.equals("B") ? large : name,
                    name.equals("type: A") ? "{\"t\": \"set\", \"p\": \"a\", \"to\": \"A\", \"tot\": \"env\"}" : ""));
        }

        assertThatThrownBy(() -> Imports.of(Dialect.NODE_RED, nodes + "]"))
                .isInstanceOf(MovingException.class)
                .hasMessageMatching(
                        "given\\.json:\\d+:2: the node 'd\\d+': with it .* more than 16 million characters.*");
    }

    @Test
    void aTextWithoutPropertiesIsNotCopiedForEachUseOfItsSubflow() {
        SourceText.Document document = SourceText.read("given.json", """
                [{"id": "s", "type": "subflow", "name": "S", "in": [], "out": [], "env": [{"name": "A", "type": "str", "value": "a"}]},
                 {"id": "f", "z": "s", "type": "function", "func": "return msg; // env.A", "name": "{{env.A}}", "wires": []},
                 {"id": "u", "type": "subflow:s", "wires": []}]
                """);

        JsonNode copy = new NodeRedSubflows(document, new Report("given.json"))
                .expanded(document.root()).stream()
                        .map(NodeRedSubflows.Placed::node)
                        .filter(node -> node.path("id").asText().equals("u/f"))
                        .findFirst()
                        .orElseThrow();

        assertThat(copy.path("name").asText()).isEqualTo("a");
        assertThat(copy.path("func").textValue())
                .isSameAs(document.root().path(1).path("func").textValue());
    }

    @Test
    void aWayIntoAMergeThatItHasNotIsToldAndLeftOut() throws Exception {
        Result made = Imports.of(Dialect.N8N, """
                {"name": "m", "nodes": [
                  {"name": "S", "type": "n8n-nodes-base.scheduleTrigger", "parameters": {}},
                  {"name": "A", "type": "n8n-nodes-base.noOp", "parameters": {}},
                  {"name": "M", "type": "n8n-nodes-base.merge", "typeVersion": 3, "parameters": {"mode": "combine", "combineBy": "combineByPosition"}}],
                 "connections": {
                  "S": {"main": [[{"node": "A", "type": "main", "index": 0}, {"node": "M", "type": "main", "index": 1}]]},
                  "A": {"main": [[{"node": "M", "type": "main", "index": 0}, {"node": "M", "type": "main", "index": 2}]]}}}
                """);

        assertThat(made.findings().toString())
                .contains("has 2 ways in; the connection from 'A' to number 3 is left out");
    }
}
