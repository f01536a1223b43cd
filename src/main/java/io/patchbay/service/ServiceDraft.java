package io.patchbay.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.YamlText;
import io.patchbay.payload.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a new service is to be.
 *
 * @param title what people call it, or null
 * @param trigger of its schedule, or null for none
 * @param reference path of what people know a record by
 * @param filters conditions
 * @param fields of the mapping
 * @param active whether it is started by its trigger at once
 */
public record ServiceDraft(
        String name,
        @Nullable String title,
        String entity,
        Side source,
        Side destination,
        @Nullable JsonNode trigger,
        String reference,
        List<JsonNode> filters,
        List<JsonNode> fields,
        boolean active) {

    /** One of its two systems. */
    public record Side(String instance, String endpoint, Map<String, JsonNode> with) {

        private ObjectNode written(String usual) {
            ObjectNode side = Json.NODES.objectNode().put("instance", instance);
            if (!endpoint.equals(usual)) {
                side.put("endpoint", endpoint);
            }
            if (!with.isEmpty()) {
                with.forEach(side.putObject("with")::set);
            }
            return side;
        }
    }

    public ServiceDraft {
        filters = List.copyOf(filters);
        fields = List.copyOf(fields);
    }

    /** The text of its file. */
    public String text() {
        ObjectNode file = Json.NODES.objectNode().put("service", name);
        if (title != null) {
            file.put("name", title);
        }
        if (!active) {
            file.put("status", "inactive");
        }
        file.put("entity", entity);
        if (trigger != null) {
            file.putArray("trigger").add(trigger);
        }
        file.set("source", source.written(entity + ".list"));
        file.put("reference", reference);
        if (!filters.isEmpty()) {
            filters.forEach(file.putArray("filters")::add);
        }
        ArrayNode fieldsOfRecord = file.putObject("mapping").putArray(entity);
        if (fields.stream().noneMatch(this::copies)) {
            fieldsOfRecord.addObject().put("to", last(reference)).put("from", reference);
        }
        fields.forEach(fieldsOfRecord::add);
        file.set("destination", destination.written(entity + ".create"));
        return YamlText.block(file, 0) + "\n";
    }

    private boolean copies(JsonNode field) {
        return field.path("from").asText().equals(reference)
                && field.path("then").isEmpty()
                && !field.path("to").asText().contains("[");
    }

    /** A path's last name. */
    private static String last(String path) {
        String name = path.replaceAll("[^A-Za-z0-9_.-]", "");
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
