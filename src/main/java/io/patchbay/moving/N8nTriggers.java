package io.patchbay.moving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Node;
import io.patchbay.payload.Json;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Nodes of n8n that start a workflow, as triggers. */
final class N8nTriggers {

    private static final Set<String> KNOWN = Set.of("webhook", "cron", "interval", "start", "manualTrigger");
    private static final Pattern PART =
            Pattern.compile("\\b(?:json|item\\.json|\\$json)\\.(?:body|headers|query|params)\\b|\\bbody\\.");

    private final FlowDraft flow;
    private final Hooks hooks;
    private final Report report;

    N8nTriggers(FlowDraft flow, Hooks hooks, Report report) {
        this.flow = flow;
        this.hooks = hooks;
        this.report = report;
    }

    static boolean is(Node node) {
        String kind = N8nShapes.kind(node.type());
        return KNOWN.contains(kind) || kind.endsWith("Trigger");
    }

    /** Whether expressions read parts of a request by their names, so that the payload needs the form that it has there. */
    static boolean partsRead(String text) {
        return PART.matcher(text).find();
    }

    void read(Node node, boolean answers) {
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
                parameters.get("rule").path("interval").forEach(one -> schedule(new Fields(one), at.in("rule")));
            case "cron" ->
                parameters
                        .get("triggerTimes")
                        .path("item")
                        .forEach(one -> cron(new Fields(one), at.in("triggerTimes")));
            case "interval" -> every(parameters.whole(1, 100_000, "interval"), parameters.text("unit"));
            case "webhook" -> webhook(node, parameters, at, answers);
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

    private void every(int count, String unit) {
        flow.every(Math.max(1, count) + Translator.unit(unit, "s"));
    }

    private void expression(String theirs, Place at) {
        String[] fields = theirs.replaceFirst("^=", "").strip().split("\\s+", -1);
        if (fields.length == 6) {
            if (!fields[0].equals("0")) {
                report.lost(
                        at,
                        "the cron '" + SourceText.shown(theirs) + "' has seconds; it fires at the full minute here",
                        "use every: 30s for less than a minute");
            }
            flow.cron(String.join(" ", List.of(fields).subList(1, 6)));
        } else if (fields.length == 5) {
            flow.cron(String.join(" ", fields));
        } else {
            report.lost(
                    at,
                    "the cron '" + SourceText.shown(theirs) + "' has neither five nor six fields, and is left out",
                    "write schedule: { cron: \"0 6 * * *\" }");
        }
    }

    private void schedule(Fields rule, Place at) {
        int minute = rule.whole(0, 59, "triggerAtMinute");
        int hour = rule.whole(0, 23, "triggerAtHour");
        String field = rule.text("field");
        switch (field.isBlank() ? "days" : field) {
            case "seconds" -> every(rule.whole(30, 86_400, "secondsInterval"), "s");
            case "minutes" -> every(rule.whole(5, 86_400, "minutesInterval"), "m");
            case "hours" -> {
                int hours = rule.whole(1, 23, "hoursInterval");
                flow.cron(minute + " " + (hours == 1 ? "*" : "*/" + hours) + " * * *");
            }
            case "days" -> {
                int days = rule.whole(1, 31, "daysInterval");
                flow.cron(minute + " " + hour + " " + (days == 1 ? "*" : "*/" + days) + " * *");
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
                flow.cron(minute + " " + hour + " * * " + (days.isEmpty() ? "0" : days));
            }
            case "months" ->
                flow.cron(minute + " " + hour + " " + Math.max(1, rule.whole(1, 31, "triggerAtDayOfMonth")) + " "
                        + (rule.whole(1, 12, "monthsInterval") == 1 ? "*" : "*/" + rule.whole(1, 12, "monthsInterval"))
                        + " *");
            case "cronExpression" -> expression(rule.text("expression"), at);
            default ->
                report.lost(
                        at,
                        "a schedule by '" + SourceText.shown(rule.text("field")) + "' is not known",
                        "write schedule: { cron: \"0 6 * * *\" }");
        }
    }

    private void cron(Fields item, Place at) {
        int minute = item.whole(0, 59, "minute");
        int hour = item.whole(14, 23, "hour");
        String mode = item.text("mode");
        switch (mode.isBlank() ? "everyDay" : mode) {
            case "everyMinute" -> flow.cron("* * * * *");
            case "everyHour" -> flow.cron(minute + " * * * *");
            case "everyDay" -> flow.cron(minute + " " + hour + " * * *");
            case "everyWeek" -> flow.cron(minute + " " + hour + " * * " + item.whole(1, 7, "weekday"));
            case "everyMonth" ->
                flow.cron(minute + " " + hour + " " + Math.max(1, item.whole(1, 31, "dayOfMonth")) + " * *");
            case "everyX" -> every(item.whole(2, 100_000, "value"), item.text("unit"));
            case "custom" -> expression(item.text("cronExpression"), at);
            default ->
                report.lost(
                        at,
                        "a schedule by '" + SourceText.shown(item.text("mode")) + "' is not known",
                        "write schedule: { cron: \"0 6 * * *\" }");
        }
    }

    private void webhook(Node node, Fields parameters, Place at, boolean answers) {
        String mode = parameters.text("responseMode");
        boolean waits = answers || mode.equals("lastNode") || mode.equals("responseNode");
        String kind = waits ? "callback" : "webhook";
        String path = Hooks.path(parameters.text("path"), flow.id());
        ObjectNode hook = hooks.hook(kind, path, parameters.text("httpMethod"));
        parameters.pass("webhookId", "responseData", "responseCode", "multipleMethods", "responsePropertyName");
        auth(node, hook, kind);
        hooks.takeIn(hook);
        flow.trigger().addObject().set(kind, hook);
        report.look(at, "the address is " + Hooks.address(kind, path) + " now", "tell the callers");
    }

    private void auth(Node node, ObjectNode hook, String kind) {
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
        hooks.read("headers")
                .forEach(name -> fields.addObject()
                        .put("to", Translator.step("headers", name))
                        .put("template", "${meta.header." + name + " ?? ''}"));
        hooks.read("query")
                .forEach(name -> fields.addObject()
                        .put("to", Translator.step("query", name))
                        .put("template", "${meta.query." + name + " ?? ''}"));
        hooks.read("params")
                .forEach(name -> fields.addObject()
                        .put("to", Translator.step("params", name))
                        .put("template", "${meta.path." + name + " ?? ''}"));
        return map;
    }
}
