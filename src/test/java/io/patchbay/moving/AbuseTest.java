package io.patchbay.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.moving.Import.Dialect;
import io.patchbay.moving.Import.Request;
import io.patchbay.moving.Import.Result;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
