package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Node;
import io.patchbay.moving.PatchworksParts.Kind;
import io.patchbay.payload.Json;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The trigger step of Patchworks as triggers. All its clocks are UTC, as ours are where no zone is said. */
final class PatchworksTriggers {

    private static final String[] SCHEDULES = {"schedules", "schedule"};
    private static final String[] WEBHOOKS = {"webhooks", "webhook"};
    private static final String[] CALLBACKS = {"callbacks", "callback"};
    private static final String[] EVENTS = {"events", "event_listeners", "message_brokers", "event"};

    private final FlowDraft flow;
    private final PatchworksParts parts;
    private final PatchworksReading reading;
    private final Report report;
    private final Names paths = new Names();
    private @Nullable String answerType;
    private boolean callback;

    PatchworksTriggers(FlowDraft flow, PatchworksParts parts, Report report) {
        this.flow = flow;
        this.parts = parts;
        this.reading = parts.reading();
        this.report = report;
    }

    /** Whether a caller waits for an answer. */
    boolean callback() {
        return callback;
    }

    /** The media type of the answer, as the trigger says it; null for JSON. */
    @Nullable
    String answerType() {
        return answerType;
    }

    void read(Node node, Fields config, Place at) {
        report.at(flow.file() + "#trigger");
        lists(config, at);
        JsonNode all = config.get("triggers");
        Place place = reading.at(all, at.in("triggers"));
        int number = 0;
        for (JsonNode one : reading.list(all)) {
            Fields fields = reading.of(one);
            Place here = reading.at(one, place.in(String.valueOf(number++)));
            String kind = fields.text("type", "kind", "trigger", "trigger_type");
            fields.pass("id", "uuid", "name", "description", "order", "created_at", "updated_at");
            if (off(fields, here)) {
                reading.whole(one);
                continue;
            }
            switch (Fields.plain(kind)) {
                case "schedule", "scheduled", "cron" -> schedule(nested(fields, "schedule", "config"), here);
                case "webhook" -> hook(nested(fields, "webhook", "config"), here, "webhook");
                case "callback" -> hook(nested(fields, "callback", "config"), here, "callback");
                case "event", "eventlistener" -> event(nested(fields, "event", "config"), here);
                default -> {
                    reading.whole(one);
                    report.lost(
                            here,
                            "a trigger of type '" + SourceText.shown(kind) + "' is not known",
                            "docs/reference/triggers.md lists what there is");
                }
            }
        }
        if (flow.trigger().isEmpty() && config.has("occurrence", "frequency", "cron", "cron_expression")) {
            schedule(config, at);
        }
        config.pass("name", "description", "notes");
        if (config.flag(false, "customise_urls_for_virtual_environment", "customise_urls")) {
            report.look(
                    at,
                    "an environment has a part of its own in the address of its webhooks and callbacks here, too",
                    "docs/reference/environments.md says how an environment takes this flow");
        }
    }

    /** Triggers that stand in lists by their kind; in the step, or beside the flow. */
    void lists(Fields config, Place at) {
        each(config.get(SCHEDULES), at.in(config.key(SCHEDULES)), this::schedule);
        each(config.get(WEBHOOKS), at.in(config.key(WEBHOOKS)), (fields, here) -> hook(fields, here, "webhook"));
        each(config.get(CALLBACKS), at.in(config.key(CALLBACKS)), (fields, here) -> hook(fields, here, "callback"));
        each(config.get(EVENTS), at.in(config.key(EVENTS)), this::event);
    }

    private Fields nested(Fields fields, String... names) {
        JsonNode inner = fields.get(names);
        return inner.isObject() ? reading.of(inner) : fields;
    }

    private boolean off(Fields fields, Place at) {
        if (fields.flag(true, "enabled", "is_enabled", "active", "is_active")) {
            return false;
        }
        report.look(at, "a trigger that is switched off is left out", null);
        return true;
    }

    private interface One {
        void read(Fields fields, Place at);
    }

    private void each(JsonNode theirs, Place at, One one) {
        Place place = reading.at(theirs, at);
        if (theirs.isArray()) {
            for (int i = 0; i < theirs.size(); i++) {
                each(theirs.get(i), reading.at(theirs.get(i), place.in(String.valueOf(i))), one);
            }
        } else if (theirs.isObject() && !theirs.isEmpty()) {
            Fields fields = reading.of(theirs);
            if (off(fields, place)) {
                reading.whole(theirs);
            } else {
                one.read(fields, place);
            }
        } else if (theirs.isTextual() && !theirs.asText().isBlank()) {
            one.read(new Fields(Json.NODES.objectNode().put("cron", theirs.asText())), place);
        } else if (theirs.isNumber()) {
            report.lost(
                    place,
                    "a trigger is only named by a number here, and is left out",
                    "docs/reference/triggers.md lists what there is");
        }
    }

    private void schedule(Fields fields, Place at) {
        String cron = new PatchworksSchedule(reading, report).cron(fields, at);
        fields.pass("id", "uuid", "name", "created_at", "updated_at", "next_run_at", "last_run_at");
        if (cron == null) {
            report.lost(
                    at,
                    "a schedule is not understood and is left out",
                    "write schedule: { cron: \"0 6 * * *\" } or { every: 10m }");
            return;
        }
        flow.cron(cron);
        String zone = fields.text("timezone", "time_zone", "tz");
        if (zone.matches("[A-Za-z]+/[A-Za-z_/+-]+")) {
            ((ObjectNode) flow.trigger().get(flow.trigger().size() - 1).path("schedule")).put("zone", zone);
        } else if (!zone.isBlank() && !zone.matches("(?i)utc|gmt|z|\\+?00:?00")) {
            report.lost(
                    at,
                    "the time zone '" + SourceText.shown(zone) + "' is not understood: the times are those of UTC",
                    "zone is one like Europe/London");
        }
    }

    private void hook(Fields fields, Place at, String kind) {
        String name = fields.text("name", "path", "slug", "label");
        String given = fields.text("id", "uuid", "webhook_id", "callback_id", "key");
        String end = Names.kebab("h" + (given.isBlank() ? name : given), kind).replaceFirst("^h-?", "");
        String path = flow.id() + "/"
                + paths.free(kind + " " + (end.isEmpty() ? kind : end)).substring(kind.length() + 1);
        boolean first = !callback || kind.equals("webhook");
        String secret = Names.secret(flow.id() + "_" + kind);
        fields.pass(
                "signature",
                "patchworks_signature",
                "url",
                "created_at",
                "updated_at",
                "description",
                "uuid",
                "id",
                "webhook_id",
                "callback_id",
                "name",
                "path",
                "slug",
                "label");
        if (kind.equals("webhook")) {
            ObjectNode hook = proof(Json.NODES.objectNode().put("path", path), secret);
            hook.putArray("methods").add("GET").add("POST");
            answer(hook, fields, at);
            flow.trigger().addObject().set(kind, hook);
        } else {
            callback = true;
            String format = fields.text("response_format", "format", "content_type", "response_type");
            String type = media(format);
            if (type == null && !format.isBlank()) {
                report.lost(
                        at,
                        "the response format '" + SourceText.shown(format) + "' is not understood: the answer is JSON",
                        "say contentType in the shape callback");
            }
            String ours = "application/json".equals(type) ? null : type;
            if (!first && !Objects.equals(ours, answerType)) {
                report.lost(
                        at,
                        "a second callback has another response format, which the shape callback cannot tell apart",
                        null);
            } else {
                answerType = ours;
            }
            for (String method : new String[] {"GET", "POST"}) {
                ObjectNode hook = Json.NODES
                        .objectNode()
                        .put("path", path)
                        .put("method", method)
                        .put("timeout", "5m");
                flow.trigger().addObject().set(kind, proof(hook, secret));
            }
        }
        report.secret(at, "the signature in the address of a " + kind, secret);
        report.look(
                at,
                "a caller proves itself by the header Authorization: Bearer, and not by its address any more",
                "give the callers the new address /" + (kind.equals("webhook") ? "hooks/" : "callbacks/") + path
                        + " and the token");
    }

    private static ObjectNode proof(ObjectNode hook, String secret) {
        hook.putObject("auth").put("type", "token").put("secret", "${secret." + secret + "}");
        return hook;
    }

    /** There, a caller gets 200 and a sentence in JSON unless the webhook says otherwise. */
    private void answer(ObjectNode hook, Fields fields, Place at) {
        JsonNode own = fields.get("response", "custom_response");
        if (own.isArray() || own.isNumber()) {
            reading.odd(own);
        }
        Fields of = own.isObject() ? reading.of(own) : fields;
        Place place = own.isObject() ? reading.at(own, at.in("response")) : at;
        String said = own.isObject()
                ? of.text("status", "status_code", "code")
                : of.text("response_status", "response_status_code", "status_code");
        JsonNode body = own.isObject() ? of.get("body", "content", "payload") : of.get("response_body", "body");
        String format =
                own.isObject() ? of.text("format", "type", "content_type") : of.text("response_format", "format");
        int status = said.matches("2[0-9]{2}") ? Integer.parseInt(said) : 200;
        if (!said.isBlank() && status == 200 && !said.equals("200")) {
            report.lost(
                    place,
                    "a webhook cannot answer with the status '" + SourceText.shown(said) + "' here: it is 200",
                    "answer.status is from 200 to 299");
        }
        ObjectNode answer = hook.putObject("answer").put("status", status);
        if (body.isMissingNode() && own.isTextual()) {
            body = own;
        }
        if (body.isMissingNode() || (body.isTextual() && body.asText().isBlank())) {
            answer.putObject("body").put("message", "Flow initialised.");
        } else {
            reading.whole(body);
            answer.set("body", body);
        }
        String type = media(format);
        if (type != null) {
            answer.put("contentType", type);
        } else if (!format.isBlank()) {
            report.lost(
                    place,
                    "the format '" + SourceText.shown(format) + "' of a webhook's answer is not understood",
                    "say answer.contentType");
        }
    }

    private static @Nullable String media(String format) {
        return switch (format.toLowerCase(Locale.ROOT).strip()) {
            case "json", "application/json" -> "application/json";
            case "xml", "application/xml", "text/xml" -> "application/xml";
            case "csv", "text/csv" -> "text/csv";
            case "txt", "text", "plain", "text/plain" -> "text/plain";
            default -> null;
        };
    }

    private void event(Fields fields, Place at) {
        String broker = parts.name(
                Kind.BROKER, fields.get("connector", "broker", "message_broker", "event_connector", "instance"));
        String queue = fields.text("queue", "channel", "destination", "topic");
        fields.pass("id", "uuid", "name", "created_at", "updated_at");
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
