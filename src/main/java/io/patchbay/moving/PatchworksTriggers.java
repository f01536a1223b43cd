package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Node;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The trigger step of Patchworks as triggers. All its clocks are UTC, as ours are where no zone is said. */
final class PatchworksTriggers {

    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private final FlowDraft flow;
    private final Report report;

    PatchworksTriggers(FlowDraft flow, Report report) {
        this.flow = flow;
        this.report = report;
    }

    void read(Node node) {
        Fields config = new Fields(node.source().path("config"));
        Place at = node.place().in("config");
        report.at(flow.file() + "#trigger");
        each(config.get("schedules", "schedule"), at.in("schedules"), this::schedule);
        each(config.get("webhooks", "webhook"), at.in("webhooks"), (fields, here) -> hook(fields, here, "webhook"));
        each(config.get("callbacks", "callback"), at.in("callbacks"), (fields, here) -> hook(fields, here, "callback"));
        each(config.get("events", "event_listeners", "message_brokers", "event"), at.in("events"), this::event);
        int number = 0;
        for (JsonNode one : config.get("triggers")) {
            Fields fields = new Fields(one);
            Place here = at.in("triggers").in(String.valueOf(number++));
            switch (Fields.plain(fields.text("type", "kind", "trigger"))) {
                case "schedule", "scheduled", "cron" -> schedule(nested(fields, "schedule", "config"), here);
                case "webhook" -> hook(nested(fields, "webhook", "config"), here, "webhook");
                case "callback" -> hook(nested(fields, "callback", "config"), here, "callback");
                case "event", "eventlistener" -> event(nested(fields, "event", "config"), here);
                default ->
                    report.lost(
                            here,
                            "a trigger of type '" + SourceText.shown(fields.text("type", "kind", "trigger"))
                                    + "' is not known",
                            "docs/reference/triggers.md lists what there is");
            }
        }
        if (flow.trigger().isEmpty()
                && !config.text("occurrence", "frequency", "cron", "cron_expression")
                        .isBlank()) {
            schedule(config, at);
        }
        config.pass("name", "description", "notes", "customise_urls_for_virtual_environment");
        Translator.left(node, config, at, report);
    }

    private static Fields nested(Fields fields, String... names) {
        JsonNode inner = fields.get(names);
        return inner.isObject() ? new Fields(inner) : fields;
    }

    private interface One {
        void read(Fields fields, Place at);
    }

    private static void each(JsonNode theirs, Place at, One one) {
        if (theirs.isArray()) {
            for (int i = 0; i < theirs.size(); i++) {
                one.read(new Fields(theirs.get(i)), at.in(String.valueOf(i)));
            }
        } else if (theirs.isObject() && !theirs.isEmpty()) {
            one.read(new Fields(theirs), at);
        } else if (theirs.isTextual() && !theirs.asText().isBlank()) {
            one.read(new Fields(Json.NODES.objectNode().put("cron", theirs.asText())), at);
        }
    }

    private void schedule(Fields fields, Place at) {
        String cron = cron(fields, at);
        if (cron == null) {
            report.lost(
                    at,
                    "a schedule is not understood and is left out",
                    "write schedule: { cron: \"0 6 * * *\" } or { every: 10m }");
            return;
        }
        flow.cron(cron);
    }

    private @Nullable String cron(Fields fields, Place at) {
        String written =
                fields.text("cron", "cron_expression", "expression", "advanced").strip();
        String kind = Fields.plain(fields.text("occurrence", "frequency", "type", "kind"));
        int every = fields.whole(1, 59, "interval", "every", "value", "minutes", "hours");
        fields.pass("id", "name", "enabled", "timezone", "created_at", "updated_at");
        String[] time = fields.text("time", "start_time", "at").split(":", -1);
        int hour = time[0].matches("[0-9]{1,2}") ? Integer.parseInt(time[0]) % 24 : 0;
        int minute = time.length > 1 && time[1].matches("[0-9]{1,2}") ? Integer.parseInt(time[1]) % 60 : 0;
        if (written.split("\\s+", -1).length == 5) {
            return written;
        }
        switch (kind) {
            case "minutes", "minute" -> {
                // There, every 45 minutes is */45: at :00 and at :45 of each hour.
                return "*/" + Math.max(1, every) + " * * * *";
            }
            case "hourly", "hours", "hour" -> {
                return minute + " */" + Math.max(1, Math.min(23, every)) + " * * *";
            }
            case "daily", "day", "days", "weekly" -> {
                String days = numbers(fields.get("days", "weekdays", "days_of_week"), DAYS, 0, 6);
                return minute + " " + hour + " * * " + days;
            }
            case "monthly", "month" -> {
                JsonNode weeks = fields.get("weeks", "weeks_of_month");
                if (!weeks.isMissingNode() && !weeks.isEmpty()) {
                    report.lost(
                            at,
                            "weeks of a month cannot be said in five fields",
                            "say days of the month, or let a filter decide");
                }
                String days = numbers(fields.get("days_of_month", "days", "dates"), List.of(), 1, 31);
                String months = numbers(fields.get("months"), MONTHS, 1, 12);
                return minute + " " + hour + " " + (days.equals("*") ? "1" : days) + " " + months + " *";
            }
            default -> {
                return null;
            }
        }
    }

    private static String numbers(JsonNode theirs, List<String> words, int least, int most) {
        List<String> numbers = new ArrayList<>();
        for (JsonNode one : theirs.isArray() ? theirs : Json.NODES.arrayNode()) {
            String text = one.asText().toLowerCase(Locale.ROOT);
            int word = text.length() < 3 ? -1 : words.indexOf(text.substring(0, 3));
            if (word >= 0) {
                numbers.add(String.valueOf(word + least));
            } else if (text.matches("[0-9]{1,2}")
                    && Integer.parseInt(text) >= least
                    && Integer.parseInt(text) <= most) {
                numbers.add(text);
            }
        }
        return numbers.isEmpty() ? "*" : String.join(",", numbers);
    }

    private void hook(Fields fields, Place at, String kind) {
        String name = fields.text("name", "path", "slug");
        String given = fields.text("id", "uuid", "webhook_id", "callback_id", "key");
        String path = flow.id() + "/"
                + Names.kebab("h" + (given.isBlank() ? name : given), kind).replaceFirst("^h", "");
        path = path.endsWith("/") ? path + kind : path;
        String secret = Names.secret(flow.id() + "_" + kind);
        ObjectNode hook = Json.NODES.objectNode().put("path", path);
        if (kind.equals("webhook")) {
            hook.putArray("methods").add("GET").add("POST");
        } else {
            hook.put("method", "POST");
        }
        hook.putObject("auth").put("type", "token").put("secret", "${secret." + secret + "}");
        ObjectNode response = fields.get("response", "custom_response").isObject()
                ? (ObjectNode) fields.get("response", "custom_response")
                : Json.NODES.objectNode();
        if (kind.equals("webhook") && !response.isEmpty()) {
            report.lost(
                    at.in("response"),
                    "the answer of a webhook is 202 with the run's id here; one of its own is left out",
                    "a callback with a shape callback at its beginning answers as the flow says");
        }
        fields.pass("signature", "url", "created_at", "updated_at", "response_format", "format", "enabled");
        report.secret(at, "the signature in the address of a " + kind, secret);
        report.look(
                at,
                "a caller proves itself by the header Authorization: Bearer, and not by its address any more",
                "give the callers the new address /" + (kind.equals("webhook") ? "hooks/" : "callbacks/") + path
                        + " and the token");
        flow.trigger().addObject().set(kind, hook);
    }

    private void event(Fields fields, Place at) {
        String broker = PatchworksParts.name(
                fields.get("connector", "broker", "message_broker", "event_connector", "instance"));
        String queue = fields.text("queue", "channel", "destination", "topic");
        if (broker.isBlank() || queue.isBlank()) {
            report.lost(
                    at,
                    "an event does not say its broker and queue in a way that is understood, and is left out",
                    "write event: { instance: NAME, destination: QUEUE }");
            return;
        }
        String instance = Names.kebab(broker, "broker");
        report.lost(
                at,
                "the messages of queue '" + SourceText.shown(queue) + "' of broker '" + SourceText.shown(broker)
                        + "' start nothing yet: the broker's address is not in the file",
                "make an instance of rabbitmq called " + instance + ", and write event: { instance: " + instance
                        + ", destination: " + queue.replaceAll("\\s", "") + " } under trigger");
    }
}
