package io.patchbay.trigger;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.payload.Json;
import io.patchbay.problem.DidYouMean;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a trigger, which is written as a mapping with one key that names its kind. */
final class TriggerReader implements ValueReader<Trigger> {

    private static final Map<String, Class<? extends Trigger>> KINDS = kinds();

    private static final Map<String, String> NOT_THERE =
            Map.of("api", "starts by API need no trigger; write 'manual: {}' if there is no other");

    private static Map<String, Class<? extends Trigger>> kinds() {
        Map<String, Class<? extends Trigger>> kinds = new LinkedHashMap<>();
        kinds.put("schedule", Schedule.class);
        kinds.put("webhook", Webhook.class);
        kinds.put("inbound", Inbound.class);
        kinds.put("callback", Callback.class);
        kinds.put("file", FileArrival.class);
        kinds.put("mail", MailArrival.class);
        kinds.put("event", Event.class);
        kinds.put("manual", Manual.class);
        return kinds;
    }

    @Override
    public @Nullable Trigger read(Node node, Reading reading) {
        MapNode map = reading.map(node, "trigger");
        if (map == null) {
            return null;
        }
        if (map.entries().size() != 1) {
            String what = "a trigger has one key that names its kind, found "
                    + map.entries().size();
            reading.error(map, "WRONG_TYPE", what, "known here: " + String.join(", ", KINDS.keySet()));
            return null;
        }
        Node.Entry entry = map.entries().values().iterator().next();
        Class<? extends Trigger> type = KINDS.get(entry.key());
        if (type == null) {
            refuse(entry, reading);
            return null;
        }
        if (type == Manual.class && entry.value() instanceof ScalarNode scalar && scalar.value() == null) {
            return new Manual();
        }
        return type == Webhook.class && ofInstance(entry.value())
                ? reading.bind(entry.value(), InstanceWebhook.class)
                : reading.bind(entry.value(), type);
    }

    private static void refuse(Node.Entry entry, Reading reading) {
        String later = NOT_THERE.get(entry.key());
        String what = later == null ? "there is no trigger '" + entry.key() + "'" : later;
        String hint = later == null ? DidYouMean.hint(entry.key(), KINDS.keySet()) : null;
        reading.problems().error(entry.at(), later == null ? "UNKNOWN_KEY" : "NOT_THERE_YET", what, hint);
    }

    /** A webhook of a connector has other keys than one of its own. */
    private static boolean ofInstance(Node node) {
        return node instanceof MapNode map
                && (map.get("instance") != null || map.get("event") != null)
                && map.get("path") == null;
    }

    @Override
    public ObjectNode schema(Schemas schemas) {
        ObjectNode schema = Json.NODES.objectNode();
        ArrayNode choices = schema.putArray("oneOf");
        KINDS.forEach((kind, type) -> {
            ObjectNode choice = choices.addObject().put("type", "object").put("additionalProperties", false);
            choice.putObject("properties").set(kind, type == Webhook.class ? webhook(schemas) : schemas.of(type));
            choice.putArray("required").add(kind);
        });
        return schema;
    }

    private static ObjectNode webhook(Schemas schemas) {
        ObjectNode either = Json.NODES.objectNode();
        either.putArray("oneOf").add(schemas.of(Webhook.class)).add(schemas.of(InstanceWebhook.class));
        return either;
    }
}
