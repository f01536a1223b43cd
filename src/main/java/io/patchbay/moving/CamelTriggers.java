package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Durations;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Triggers as routes that call the route of the flow. */
final class CamelTriggers {

    private final String id;
    private final CamelHttp http;
    private final Lack lack;
    private boolean answers;

    CamelTriggers(String id, CamelHttp http, Lack lack) {
        this.id = id;
        this.http = http;
        this.lack = lack;
    }

    /** Whether a caller waits for what the flow gives. */
    boolean answers() {
        return answers;
    }

    void trigger(io.patchbay.canvas.Node at, JsonNode trigger, int number, ArrayNode routes) {
        String kind = trigger.fieldNames().hasNext() ? trigger.fieldNames().next() : "";
        JsonNode of = trigger.path(kind);
        ArrayNode steps = Json.NODES.arrayNode();
        ObjectNode parameters = Json.NODES.objectNode();
        String name = id + "-" + kind + (number == 1 ? "" : "-" + number);
        switch (kind) {
            case "schedule" -> {
                String every = of.path("every").asText();
                if (!every.isEmpty()) {
                    parameters.put("period", Durations.parse(every).toMillis());
                    lack.note("schedule every " + every + " counts from the start of the route");
                } else {
                    String cron = quartz(of.path("cron").asText());
                    if (cron == null) {
                        lack.add(
                                at.at(),
                                "the cron '" + of.path("cron").asText()
                                        + "' names days of the month and of the week, which Quartz does not take"
                                        + " together",
                                "make two schedules of it");
                        return;
                    }
                    parameters
                            .put("cron", cron)
                            .put("trigger.timeZone", of.path("zone").asText("UTC"));
                }
                steps.addObject().putObject("setBody").put("constant", "");
                steps.addObject().put("to", "direct:" + id);
                CamelExport.route(routes, name, (every.isEmpty() ? "quartz:" : "timer:") + name, parameters, steps);
            }
            case "webhook", "callback" -> hook(at, kind, of, name, routes);
            case "manual" -> {}
            default ->
                lack.add(
                        at.at(),
                        "the trigger " + kind + " has no plain counterpart",
                        "call direct:" + id + " from a route of your own");
        }
    }

    private void hook(io.patchbay.canvas.Node at, String kind, JsonNode of, String name, ArrayNode routes) {
        ObjectNode parameters = Json.NODES.objectNode();
        ArrayNode steps = Json.NODES.arrayNode();
        if (of.path("path").isMissingNode()) {
            lack.add(
                    at.at(),
                    "a webhook of a connector's event has its path and proof from the connector",
                    "give it a path and a proof of its own");
            return;
        }
        List<String> methods = new ArrayList<>();
        of.path("methods").forEach(one -> methods.add(one.asText()));
        parameters.put(
                "httpMethodRestrict", methods.isEmpty() ? of.path("method").asText("POST") : String.join(",", methods));
        JsonNode auth = of.has("auth") ? of.path("auth") : of.path("verify");
        String type = auth.isTextual() ? auth.asText() : auth.path("type").asText();
        if (type.equals("token")) {
            http.token(auth, steps);
        } else if (!type.equals("none")) {
            lack.add(
                    at.at(),
                    "what proves who calls (" + type + ") has no plain counterpart",
                    "auth: none and auth: { type: token } have; let a proxy check the rest");
        }
        if (of.has("dedupe")) {
            lack.add(
                    at.at(),
                    "dedupe needs Patchbay's database",
                    "an idempotentConsumer with a repository of yours does it");
        }
        steps.addObject().putObject("removeHeaders").put("pattern", "CamelHttp*");
        if (kind.equals("callback")) {
            answers = true;
            steps.addObject().put("to", "direct:" + id);
        } else {
            lack.note("a webhook answers 202 when the request is in memory, and not when it is on disk");
            steps.addObject().put("convertBodyTo", "String");
            steps.addObject()
                    .putObject("to")
                    .put("uri", "seda:" + id)
                    .putObject("parameters")
                    .put("waitForTaskToComplete", "Never");
            steps.addObject()
                    .putObject("setHeader")
                    .put("name", "CamelHttpResponseCode")
                    .put("constant", "202");
            steps.addObject().putObject("setBody").put("constant", "");
            ArrayNode on = Json.NODES.arrayNode();
            on.addObject().put("to", "direct:" + id);
            CamelExport.route(routes, name + "-taken", "seda:" + id, Json.NODES.objectNode(), on);
        }
        CamelExport.route(
                routes,
                name,
                "platform-http:/" + (kind.equals("webhook") ? "hooks" : "callbacks") + "/"
                        + of.path("path").asText(),
                parameters,
                steps);
    }

    /** Six fields for five; Quartz wants a question mark for the day that does not count, and counts Sunday from 1. */
    static @Nullable String quartz(String cron) {
        String[] fields = cron.strip().split("\\s+", -1);
        if (fields.length != 5 || (!fields[2].equals("*") && !fields[4].equals("*"))) {
            return null;
        }
        String[] days = {"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"};
        StringBuilder week = new StringBuilder();
        boolean step = false;
        for (char c : fields[4].toCharArray()) {
            week.append(!step && c >= '0' && c <= '7' ? days[c - '0'] : String.valueOf(c));
            step = c == '/';
        }
        return "0 " + fields[0] + " " + fields[1] + " "
                + (fields[4].equals("*") ? fields[2] + " " + fields[3] + " ?" : "? " + fields[3] + " " + week);
    }
}
