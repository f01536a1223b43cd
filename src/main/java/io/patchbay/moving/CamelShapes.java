package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.canvas.Durations;
import io.patchbay.moving.CamelExport.Records;
import io.patchbay.problem.Location;
import java.util.Locale;

/** Shapes that are one or a few steps of Camel. */
final class CamelShapes {

    private final String id;
    private final CamelText texts;
    private final Lack lack;

    CamelShapes(String id, CamelText texts, Lack lack) {
        this.id = id;
        this.texts = texts;
        this.lack = lack;
    }

    void variables(JsonNode of, Location at, boolean one, ArrayNode steps) {
        of.path("flow").properties().forEach(member -> {
            String text = texts.simple(member.getValue().asText(), at, one, steps);
            steps.addObject()
                    .putObject("setVariable")
                    .put("name", member.getKey())
                    .put("simple", text);
        });
        of.path("meta").properties().forEach(member -> {
            String text = texts.simple(member.getValue().asText(), at, one, steps);
            steps.addObject()
                    .putObject("setHeader")
                    .put("name", CamelText.header(member.getKey()))
                    .put("simple", text);
        });
    }

    void notified(JsonNode of, Location at, String name, boolean one, ArrayNode steps) {
        if (!of.path("to").isEmpty()) {
            lack.add(at, "notification groups and mails need Patchbay", "log it, or send it with a component of Camel");
        }
        String per = of.path("per").asText("payload");
        if (per.equals("run") || (per.equals("record") && !one)) {
            lack.add(at, "a notify for each " + per + " needs Patchbay", "per: payload has a counterpart");
        }
        String text = texts.simple(of.path("text").asText(), at, one, steps);
        steps.addObject()
                .putObject("log")
                .put("message", text)
                .put("loggingLevel", of.path("log").asText("info").toUpperCase(Locale.ROOT))
                .put("logName", id + "." + name);
    }

    void delay(JsonNode of, Location at, ArrayNode steps) {
        String time = of.path("for").asText();
        if (!time.matches("[0-9]+(ms|s|m|h|d)")) {
            lack.add(at, "a delay until an instant, or of a time from the data, needs Patchbay", "say for: 30s");
            return;
        }
        steps.addObject()
                .putObject("delay")
                .put("constant", Durations.parse(time).toMillis());
    }

    void throttle(JsonNode of, Location at, ArrayNode steps) {
        if (!of.has("payloads")) {
            lack.add(at, "a throttle of records needs Patchbay", "throttle payloads");
            return;
        }
        long period = Durations.parse(of.path("per").asText("1s")).toMillis();
        steps.addObject()
                .putObject("throttle")
                .put("constant", of.path("payloads").asInt())
                .put("timePeriodMillis", String.valueOf(period));
    }

    void runFlow(JsonNode of, Location at, ArrayNode steps) {
        if (of.has("variables") || of.has("json")) {
            lack.add(
                    at,
                    "variables and a payload of its own for another flow need Patchbay",
                    "let the other flow read them from the payload");
        }
        String uri = "direct:" + of.path("flow").asText();
        lack.note("flow " + of.path("flow").asText() + " must be exported, too: it is called as " + uri);
        if (of.path("wait").asBoolean()) {
            steps.addObject().put("to", uri);
            steps.addObject().put("convertBodyTo", "String");
        } else {
            steps.addObject().putObject("wireTap").put("uri", uri);
        }
    }

    Records manual(JsonNode of, Location at, boolean one, ArrayNode steps) {
        if (of.has("json")) {
            steps.addObject().putObject("setBody").put("constant", texts.json(of.path("json"), at, one, steps));
            return of.path("json").isArray() ? Records.LIST : Records.ONE;
        }
        String text = texts.simple(of.path("text").asText(), at, one, steps);
        steps.addObject().putObject("setBody").put(text.contains("${") ? "simple" : "constant", text);
        return Records.ONE;
    }

    void asserted(JsonNode of, Location at, boolean one, ArrayNode steps) {
        if (!of.has("that") || !one) {
            lack.add(
                    at,
                    "an assert that compares content, or records of a list, needs Patchbay",
                    "that: CONDITION of one record has a counterpart");
            return;
        }
        steps.addObject()
                .putObject("validate")
                .putObject("jsonpath")
                .put("expression", new CamelConditions(lack, at).path(of.path("that"), false))
                .put("suppressExceptions", true);
    }

    void callback(JsonNode of, Location at, ArrayNode steps, boolean more) {
        if (more) {
            lack.add(
                    at,
                    "what stands behind an answer runs as a run of its own, which is made durable first",
                    "put it before the callback, or into another flow");
        }
        if (of.has("whenEmpty")) {
            lack.note("whenEmpty has no counterpart: where nothing reaches the answer it is []");
        }
        if (!of.path("answer").asText("array").equals("one")) {
            steps.addObject().putObject("setBody").put("simple", "[${body}]");
        }
        steps.addObject().putObject("removeHeaders").put("pattern", "*");
        steps.addObject()
                .putObject("setHeader")
                .put("name", "CamelHttpResponseCode")
                .put("constant", String.valueOf(of.path("status").asInt(200)));
        steps.addObject()
                .putObject("setHeader")
                .put("name", "Content-Type")
                .put("constant", of.path("contentType").asText("application/json"));
    }

    void camel(JsonNode of, Location at, ArrayNode steps) {
        if (of.path("yields").asText("one").equals("many")) {
            lack.add(at, "yields: many needs Patchbay", "let the steps split");
        }
        if (of.has("uri")) {
            steps.addObject().put("to", of.path("uri").asText());
        }
        of.path("steps").forEach(steps::add);
        if (of.toString().contains("connector:")) {
            lack.add(at, "the component connector: is Patchbay's", "call the system with a component of Camel");
        }
        steps.addObject().put("convertBodyTo", "String");
    }
}
