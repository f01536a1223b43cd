package io.patchbay.moving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.YamlReader;
import io.patchbay.moving.Import.Dialect;
import io.patchbay.moving.Import.Result;
import io.patchbay.payload.Json;
import io.patchbay.problem.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Whatever is wired to whatever: each node stands in what was made, or is told of. */
class NoNodeLostTest {

    private static final List<String> N8N = List.of(
            "scheduleTrigger",
            "webhook",
            "manualTrigger",
            "if",
            "switch",
            "set",
            "code",
            "noOp",
            "merge",
            "splitOut",
            "splitInBatches",
            "httpRequest",
            "wait",
            "slack",
            "respondToWebhook",
            "executeWorkflow",
            "stickyNote");
    private static final List<String> NODE_RED = List.of(
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
            "mqtt out",
            "junction",
            "link out",
            "comment",
            "catch",
            "subflow:1");
    private static final List<String> PATCHWORKS = List.of(
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
            "try/catch",
            "notify",
            "flow control",
            "set variables",
            "assert",
            "manual payload",
            "callback",
            "teleport");

    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void eachNodeOfN8nIsMadeOrTold(@ForAll long seed) {
        Random random = new Random(seed);
        int count = 1 + random.nextInt(25);
        ObjectNode root = Json.NODES.objectNode().put("name", "random");
        ArrayNode nodes = root.putArray("nodes");
        ObjectNode connections = root.putObject("connections");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "Nodular" + i + "x";
            names.add(name);
            ObjectNode node = nodes.addObject()
                    .put("name", name)
                    .put("type", "n8n-nodes-base." + N8N.get(random.nextInt(N8N.size())))
                    .put("typeVersion", 1 + random.nextInt(4));
            if (random.nextInt(3) == 0) {
                node.put("onError", random.nextBoolean() ? "continueErrorOutput" : "continueRegularOutput");
            }
            node.putObject("parameters")
                    .put("mode", random.nextBoolean() ? "combine" : "")
                    .put("fieldsToMatchString", "id")
                    .put("jsCode", "return [];")
                    .put("strange", random.nextBoolean() ? "yes" : "")
                    .put("url", "https://example.com/a")
                    .put("fieldToSplitOut", "a");
            ArrayNode ways = connections.putObject(name).putArray("main");
            for (int way = random.nextInt(3); way >= 0; way--) {
                ArrayNode targets = ways.addArray();
                for (int wire = random.nextInt(3); wire > 0; wire--) {
                    targets.addObject()
                            .put("node", "Nodular" + random.nextInt(count) + "x")
                            .put("type", "main")
                            .put("index", random.nextInt(2));
                }
            }
        }
        mentioned(Dialect.N8N, root.toString(), names);
    }

    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void eachNodeOfNodeRedIsMadeOrTold(@ForAll long seed) {
        Random random = new Random(seed);
        int count = 1 + random.nextInt(25);
        ArrayNode root = Json.NODES.arrayNode();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "Nodular" + i + "x";
            names.add(name);
            ObjectNode node = root.addObject()
                    .put("id", "n" + i)
                    .put("name", name)
                    .put("type", NODE_RED.get(random.nextInt(NODE_RED.size())))
                    .put("x", 1)
                    .put("func", "return msg;")
                    .put("property", "payload.a")
                    .put("payload", "1")
                    .put("payloadType", "num")
                    .put("url", "http://example.com/x")
                    .put("template", "t")
                    .put("outputs", 1 + random.nextInt(3));
            node.putArray("rules")
                    .addObject()
                    .put("t", random.nextBoolean() ? "eq" : "set")
                    .put("v", "1")
                    .put("p", "payload.b")
                    .put("to", "2");
            ArrayNode ways = node.putArray("wires");
            for (int way = random.nextInt(3); way >= 0; way--) {
                ArrayNode targets = ways.addArray();
                for (int wire = random.nextInt(3); wire > 0; wire--) {
                    targets.add("n" + random.nextInt(count));
                }
            }
        }
        mentioned(Dialect.NODE_RED, root.toString(), names);
    }

    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void eachStepOfPatchworksIsMadeOrTold(@ForAll long seed) {
        Random random = new Random(seed);
        int count = 2 + random.nextInt(25);
        ObjectNode root = Json.NODES.objectNode();
        ObjectNode version = root.putObject("flow")
                .put("name", "random")
                .putArray("versions")
                .addObject();
        ArrayNode steps = version.putArray("steps");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "Nodular" + i + "x";
            names.add(name);
            ObjectNode step = steps.addObject()
                    .put("id", i)
                    .put("name", name)
                    .put("type", i == 0 ? "trigger" : PATCHWORKS.get(random.nextInt(PATCHWORKS.size())));
            ObjectNode config = step.putObject("config")
                    .put("level", "a")
                    .put("key", "id")
                    .put("template", "t")
                    .put("payload", "{}");
            config.putArray("routes").addObject().put("name", "one");
            config.putArray("filters")
                    .addObject()
                    .put("field", "a")
                    .put("operator", random.nextBoolean() ? "equals" : "odd")
                    .put("value", "1");
        }
        ArrayNode connections = version.putArray("connections");
        for (int i = random.nextInt(2 * count); i >= 0; i--) {
            connections.addObject().put("source", random.nextInt(count)).put("target", random.nextInt(count));
        }
        mentioned(Dialect.PATCHWORKS, root.toString(), names);
    }

    private static void mentioned(Dialect dialect, String file, List<String> names) {
        Result made;
        try {
            made = Imports.of(dialect, file);
        } catch (MovingException e) {
            assertThat(e)
                    .as("only a file without any step may be refused as a whole")
                    .hasMessageContaining("nothing behind");
            return;
        }
        StringBuilder all = new StringBuilder();
        made.files().forEach((path, text) -> {
            all.append(text);
            if (path.endsWith(".yaml")) {
                Problems problems = new Problems();
                assertThat(new YamlReader().read(path, text, problems)).as(text).isPresent();
                assertThat(problems.list()).isEmpty();
            }
        });
        made.findings().forEach(finding -> all.append(finding).append('\n'));
        assertThat(names).allSatisfy(name -> assertThat(all.toString()).containsIgnoringCase(name));
    }
}
