package io.patchbay.moving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Node;
import io.patchbay.payload.Json;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Nodes of n8n that start a workflow, as triggers. */
final class N8nTriggers {

    private static final Set<String> KNOWN = Set.of("webhook", "cron", "interval", "start", "manualTrigger");
    private static final Pattern READ =
            Pattern.compile("\\b(headers|query|params)(?:\\.|\\[\\\\?['\"])([A-Za-z_][A-Za-z0-9_-]*)");
    private static final Pattern PART =
            Pattern.compile("\\b(?:json|item\\.json|\\$json)\\.(?:body|headers|query|params)\\b|\\bbody\\.");

    private final Report report;
    private final String text;

    /** @param text of the whole file, to find which parts of a request its expressions read */
    N8nTriggers(Report report, String text) {
        this.report = report;
        this.text = text;
    }

    static boolean is(Node node) {
        String kind = N8nShapes.kind(node.type());
        return KNOWN.contains(kind) || kind.endsWith("Trigger");
    }

    /** Whether expressions read parts of a request by their names, so that the payload needs the form that it has there. */
    boolean partsRead() {
        return PART.matcher(text).find();
    }

    private Set<String> read(String part) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = READ.matcher(text);
        while (matcher.find()) {
            if (matcher.group(1).equals(part) && names.size() < 30) {
                names.add(matcher.group(2));
            }
        }
        return names;
    }

    void read(Node node, FlowDraft flow, boolean answers) {
        Fields parameters = new Fields(node.source().path("parameters"));
        Place at = node.place().in("parameters");
        report.at(flow.file() + "#trigger");
        parameters.pass("options", "notice", "authentication");
        if (new Fields(node.source()).flag(false, "disabled")) {
            report.look(node.place(), node.shown() + " is switched off, and starts nothing", null);
            return;
        }
        switch (N8nShapes.kind(node.type())) {
            case "scheduleTrigger" ->
                parameters.get("rule").path("interval").forEach(one -> schedule(new Fields(one), at.in("rule"), flow));
            case "cron" ->
                parameters
                        .get("triggerTimes")
                        .path("item")
                        .forEach(one -> cron(new Fields(one), at.in("triggerTimes"), flow));
            case "interval" -> every(parameters.whole(1, 100_000, "interval"), parameters.text("unit"), flow);
            case "webhook" -> webhook(node, parameters, at, flow, answers);
            case "manualTrigger", "start", "executeWorkflowTrigger" ->
                parameters.pass("workflowInputs", "inputSource", "jsonExample");
            default -> {
                parameters.passRest();
                report.lost(
                        node.place(),
                        node.shown() + " has no counterpart here: the flow can be started by hand",
                        "docs/reference/triggers.md lists what there is; a webhook of the system may do");
            }
        }
        Translator.left(node, parameters, at, report);
    }

    private static void cron(String expression, FlowDraft flow) {
        flow.trigger().addObject().putObject("schedule").put("cron", expression);
    }

    private void every(int count, String unit, FlowDraft flow) {
        String letter = unit.isBlank() ? "s" : unit.substring(0, 1).toLowerCase(Locale.ROOT);
        flow.trigger().addObject().putObject("schedule").put("every", Math.max(1, count) + letter);
    }

    private void expression(String theirs, Place at, FlowDraft flow) {
        String[] fields = theirs.replaceFirst("^=", "").strip().split("\\s+", -1);
        if (fields.length == 6) {
            if (!fields[0].equals("0")) {
                report.lost(
                        at,
                        "the cron '" + SourceText.shown(theirs) + "' has seconds; it fires at the full minute here",
                        "use every: 30s for less than a minute");
            }
            cron(String.join(" ", List.of(fields).subList(1, 6)).toUpperCase(Locale.ROOT), flow);
        } else if (fields.length == 5) {
            cron(String.join(" ", fields).toUpperCase(Locale.ROOT), flow);
        } else {
            report.lost(
                    at,
                    "the cron '" + SourceText.shown(theirs) + "' has neither five nor six fields, and is left out",
                    null);
        }
    }

    private void schedule(Fields rule, Place at, FlowDraft flow) {
        int minute = rule.whole(0, 59, "triggerAtMinute");
        int hour = rule.whole(0, 23, "triggerAtHour");
        String field = rule.text("field");
        switch (field.isBlank() ? "days" : field) {
            case "seconds" -> every(rule.whole(30, 86_400, "secondsInterval"), "s", flow);
            case "minutes" -> every(rule.whole(5, 86_400, "minutesInterval"), "m", flow);
            case "hours" -> {
                int hours = rule.whole(1, 23, "hoursInterval");
                cron(minute + " " + (hours == 1 ? "*" : "*/" + hours) + " * * *", flow);
            }
            case "days" -> {
                int days = rule.whole(1, 31, "daysInterval");
                cron(minute + " " + hour + " " + (days == 1 ? "*" : "*/" + days) + " * *", flow);
            }
            case "weeks" -> {
                if (rule.whole(1, 52, "weeksInterval") > 1) {
                    report.lost(
                            at,
                            "a schedule of every second week or more fires every week here",
                            "let a filter look at the week");
                }
                StringBuilder days = new StringBuilder();
                rule.get("triggerAtDay")
                        .forEach(one -> days.append(days.isEmpty() ? "" : ",").append(one.asInt() % 7));
                cron(minute + " " + hour + " * * " + (days.isEmpty() ? "0" : days), flow);
            }
            case "months" ->
                cron(
                        minute + " " + hour + " " + Math.max(1, rule.whole(1, 31, "triggerAtDayOfMonth")) + " "
                                + (rule.whole(1, 12, "monthsInterval") == 1
                                        ? "*"
                                        : "*/" + rule.whole(1, 12, "monthsInterval"))
                                + " *",
                        flow);
            case "cronExpression" -> expression(rule.text("expression"), at, flow);
            default ->
                report.lost(
                        at,
                        "a schedule by '" + SourceText.shown(rule.text("field")) + "' is not known",
                        "write schedule: { cron: \"0 6 * * *\" }");
        }
    }

    private void cron(Fields item, Place at, FlowDraft flow) {
        int minute = item.whole(0, 59, "minute");
        int hour = item.whole(14, 23, "hour");
        String mode = item.text("mode");
        switch (mode.isBlank() ? "everyDay" : mode) {
            case "everyMinute" -> cron("* * * * *", flow);
            case "everyHour" -> cron(minute + " * * * *", flow);
            case "everyDay" -> cron(minute + " " + hour + " * * *", flow);
            case "everyWeek" -> cron(minute + " " + hour + " * * " + item.whole(1, 7, "weekday"), flow);
            case "everyMonth" ->
                cron(minute + " " + hour + " " + Math.max(1, item.whole(1, 31, "dayOfMonth")) + " * *", flow);
            case "everyX" -> every(item.whole(2, 100_000, "value"), item.text("unit"), flow);
            case "custom" -> expression(item.text("cronExpression"), at, flow);
            default ->
                report.lost(
                        at,
                        "a schedule by '" + SourceText.shown(item.text("mode")) + "' is not known",
                        "write schedule: { cron: \"0 6 * * *\" }");
        }
    }

    private void webhook(Node node, Fields parameters, Place at, FlowDraft flow, boolean answers) {
        String mode = parameters.text("responseMode");
        boolean waits = answers || mode.equals("lastNode") || mode.equals("responseNode");
        String kind = waits ? "callback" : "webhook";
        String path = path(parameters.text("path"), flow);
        ObjectNode hook = Json.NODES.objectNode().put("path", path);
        String method = parameters.text("httpMethod").isBlank()
                ? "GET"
                : parameters.text("httpMethod").toUpperCase(Locale.ROOT);
        parameters.pass("webhookId", "responseData", "responseCode", "multipleMethods", "responsePropertyName");
        if (waits) {
            hook.put("method", method);
        } else {
            hook.putArray("methods").add(method);
        }
        auth(node, hook, flow, kind);
        read("headers").forEach(name -> hook.withArrayProperty("headers").add(name));
        read("query").forEach(name -> hook.withArrayProperty("query").add(name));
        flow.trigger().addObject().set(kind, hook);
        report.look(at, "the address is /" + (waits ? "callbacks/" : "hooks/") + path + " now", "tell the callers");
    }

    private static String path(String theirs, FlowDraft flow) {
        StringBuilder path = new StringBuilder();
        for (String part : theirs.split("/", -1)) {
            String plain = part.startsWith(":")
                    ? "{" + part.substring(1).replaceAll("[^A-Za-z0-9_]", "") + "}"
                    : part.replaceAll("[^A-Za-z0-9._~-]", "");
            if (!plain.isEmpty() && !plain.equals("{}") && !plain.matches("\\.+")) {
                path.append(path.isEmpty() ? "" : "/").append(plain);
            }
        }
        return path.isEmpty() ? flow.id() : path.substring(0, Math.min(path.length(), 180));
    }

    private void auth(Node node, ObjectNode hook, FlowDraft flow, String kind) {
        String theirs = node.source().path("parameters").path("authentication").asText("none");
        String secret = Names.secret(flow.id() + "_" + kind);
        switch (theirs) {
            case "none", "" -> {
                report.look(
                        node.place(),
                        node.shown() + " is open: whoever knows the address can call it",
                        "say auth: { type: token, secret: \"${secret." + secret + "}\" }");
                hook.put("auth", "none");
            }
            case "basicAuth" -> {
                hook.putObject("auth")
                        .put("type", "basic")
                        .put("user", "${secret." + secret + "_USER}")
                        .put("password", "${secret." + secret + "_PASSWORD}");
                report.secret(node.place(), "the user and password of callers", secret + "_PASSWORD");
            }
            default -> {
                hook.putObject("auth").put("type", "token").put("secret", "${secret." + secret + "}");
                report.secret(node.place(), "what callers show", secret);
                report.lost(
                        node.place(),
                        "callers show what the credentials '" + SourceText.shown(theirs)
                                + "' say, which are not in the file; here they show Authorization: Bearer",
                        "correct the header under auth");
            }
        }
    }

    /** The payload in the form that a request has in n8n. */
    ObjectNode form() {
        ObjectNode map = Json.NODES.objectNode();
        var fields = map.putArray("fields");
        fields.addObject().put("to", "body").put("from", "@");
        read("headers")
                .forEach(name -> fields.addObject()
                        .put("to", Translator.step("headers", name))
                        .put("template", "${meta.header." + name + " ?? ''}"));
        read("query")
                .forEach(name -> fields.addObject()
                        .put("to", Translator.step("query", name))
                        .put("template", "${meta.query." + name + " ?? ''}"));
        read("params")
                .forEach(name -> fields.addObject()
                        .put("to", Translator.step("params", name))
                        .put("template", "${meta.path." + name + " ?? ''}"));
        return map;
    }
}
