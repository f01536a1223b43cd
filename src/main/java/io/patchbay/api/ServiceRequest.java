package io.patchbay.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Doc;
import io.patchbay.service.ServiceDraft;
import io.patchbay.service.ServiceFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a new service is to be. */
@Doc("What a new service is to be")
record ServiceRequest(
        @Doc("Its name, kebab-case, and the id of its flow") String name,

        @Doc("What people call it") @Nullable String title,
        @Doc("What its records are, like orders") String entity,
        @Doc("Where they come from") SystemRequest source,
        @Doc("Where they go") SystemRequest destination,

        @Doc("What starts it, as it stands in a service file; without it, only people do") @Nullable
        Map<String, JsonNode> trigger,

        @Doc("Path of what people know a record by") String reference,

        @Doc("Conditions, as they stand in a service file") @Nullable
        List<JsonNode> filters,

        @Doc("Fields of the mapping, as they stand in a service file; the reference is copied in any case") @Nullable
        List<JsonNode> fields,

        @Doc("Whether its trigger starts it at once; without it, it is inactive") @Nullable
        Boolean active) {

    private static final List<String> KEYS = List.of(
            "name", "title", "entity", "source", "destination", "trigger", "reference", "filters", "fields", "active");
    private static final List<String> SIDE = List.of("instance", "endpoint", "with");
    private static final int LONGEST = 200;
    private static final int MOST = 500;

    /** One of its systems. */
    @Doc("One of the two systems of a service")
    record SystemRequest(
            String instance,
            String endpoint,

            @Doc("Values for inputs of the endpoint") @Nullable
            Map<String, JsonNode> with) {}

    /** Reads a body. */
    static ServiceDraft read(byte[] body) {
        JsonNode given = JsonRequest.object(body, KEYS);
        JsonNode trigger = given.path("trigger");
        if (!trigger.isMissingNode() && !trigger.isNull() && !trigger.isObject()) {
            throw Refusal.badRequest("trigger must be an object, like { \"schedule\": { \"every\": \"15m\" } }.");
        }
        return new ServiceDraft(
                named(JsonRequest.needed(given, "name", LONGEST, "give the service a name")),
                JsonRequest.text(given, "title", LONGEST),
                JsonRequest.needed(given, "entity", LONGEST, "say what its records are, like orders"),
                side(given, "source"),
                side(given, "destination"),
                trigger.isObject() ? trigger : null,
                JsonRequest.needed(given, "reference", LONGEST, "say by which path people know a record"),
                objects(given, "filters"),
                objects(given, "fields"),
                JsonRequest.flag(given, "active"));
    }

    /** A name that a service may have. */
    static String named(String name) {
        if (!ServiceFile.named(name)) {
            throw Refusal.badRequest(
                    "A service's name is kebab-case, like orders-to-erp; found " + Refusal.quoted(name) + ".");
        }
        return name;
    }

    private static ServiceDraft.Side side(JsonNode given, String key) {
        JsonNode side = given.path(key);
        if (!side.isObject()) {
            throw Refusal.badRequest(key + " is missing: give an object with instance and endpoint.");
        }
        side.fieldNames().forEachRemaining(name -> {
            if (!SIDE.contains(name)) {
                throw Refusal.badRequest("Key " + Refusal.quoted(name) + " of " + key
                        + " is not known; there are instance, endpoint and with.");
            }
        });
        JsonNode with = side.path("with");
        if (!with.isMissingNode() && !with.isNull() && (!with.isObject() || with.size() > MOST)) {
            throw Refusal.badRequest("with of " + key + " must be an object of at most " + MOST + " values.");
        }
        Map<String, JsonNode> values = new LinkedHashMap<>();
        with.properties().forEach(one -> values.put(one.getKey(), one.getValue()));
        return new ServiceDraft.Side(
                JsonRequest.needed(side, "instance", LONGEST, "name the instance of the " + key),
                JsonRequest.needed(side, "endpoint", LONGEST, "name an endpoint of the " + key),
                values);
    }

    private static List<JsonNode> objects(JsonNode given, String key) {
        JsonNode list = given.path(key);
        if (list.isMissingNode() || list.isNull()) {
            return List.of();
        }
        List<JsonNode> objects = new ArrayList<>();
        list.forEach(objects::add);
        if (!list.isArray() || list.size() > MOST || !objects.stream().allMatch(JsonNode::isObject)) {
            throw Refusal.badRequest(key + " must be a list of at most " + MOST + " objects.");
        }
        return objects;
    }
}
