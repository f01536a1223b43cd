package io.patchbay.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * HubSpot's contacts, as its reference of 2026-09 describes them: list, search, and the batch that creates or changes by e-mail.
 * That batch is refused as a whole for one contact that is bad: only batches that create are promised an answer by contact.
 */
public final class SandboxHubSpot implements SandboxSystem {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROOT = "/crm/objects/2026-09/contacts";
    private static final int BATCH = 100;

    private final Clock clock = Clock.systemUTC();
    private final Map<String, HubSpotContact> contacts = new LinkedHashMap<>();
    private String token;
    private long last = 500;
    private int writes;

    /** An account whose private app has a token. */
    public SandboxHubSpot(String token) {
        this.token = token;
    }

    /** From now on it takes this token, and no other. */
    public synchronized void takes(String other) {
        token = other;
    }

    /** Its contacts: properties by name. */
    public synchronized List<Map<String, String>> contacts() {
        return contacts.values().stream().map(HubSpotContact::properties).toList();
    }

    /** The contact with an e-mail address; empty where there is none. */
    public synchronized Optional<Map<String, String>> contact(String email) {
        return find("email", email).map(HubSpotContact::properties);
    }

    /** How often a contact was made or changed. */
    public synchronized int writes() {
        return writes;
    }

    @Override
    public boolean answersAs(String host) {
        return host.equals("api.hubapi.com");
    }

    @Override
    public synchronized Answer answer(Call call) {
        if (!call.header("Authorization").equals("Bearer " + token)) {
            return refusal(401, "INVALID_AUTHENTICATION", "Authentication credentials not found.");
        }
        try {
            return switch (call.method() + " " + call.address().getPath()) {
                case "GET " + ROOT -> page(new ArrayList<>(contacts.values()), JSON.createObjectNode());
                case "POST " + ROOT + "/search" -> search(JSON.readTree(call.text()));
                case "POST " + ROOT + "/batch/upsert" -> upsert(JSON.readTree(call.text()));
                default ->
                    refusal(
                            404,
                            "OBJECT_NOT_FOUND",
                            "Unable to find " + call.address().getPath());
            };
        } catch (JsonProcessingException e) {
            return refusal(400, "VALIDATION_ERROR", "Invalid input JSON");
        }
    }

    private Answer upsert(JsonNode request) {
        JsonNode inputs = request.path("inputs");
        if (!inputs.isArray() || inputs.isEmpty()) {
            return refusal(400, "VALIDATION_ERROR", "Some required fields were not set: [inputs]");
        }
        if (inputs.size() > BATCH) {
            return refusal(
                    400, "VALIDATION_ERROR", "The maximum number of inputs supported in a batch request is 100.");
        }
        Set<String> ids = new HashSet<>();
        for (JsonNode input : inputs) {
            Optional<Answer> refused = check(input);
            if (refused.isPresent()) {
                return refused.get();
            }
            if (!ids.add(input.path("id").textValue().toLowerCase(Locale.ROOT))) {
                return refusal(
                        400,
                        "VALIDATION_ERROR",
                        "Duplicate IDs found in batch input: ["
                                + input.path("id").textValue() + "]");
            }
        }
        ArrayNode results = JSON.createArrayNode();
        inputs.forEach(input -> results.add(write(input)));
        ObjectNode answer = JSON.createObjectNode().put("status", "COMPLETE");
        answer.set("results", results);
        return json(
                200,
                answer.put("startedAt", clock.instant().toString())
                        .put("completedAt", clock.instant().toString()));
    }

    private static Optional<Answer> check(JsonNode input) {
        if (!input.path("id").isTextual() || !input.path("properties").isObject()) {
            return Optional.of(refusal(400, "VALIDATION_ERROR", "Some required fields were not set: [id, properties]"));
        }
        if (!input.path("idProperty").asText().equals("email")) {
            return Optional.of(
                    refusal(400, "VALIDATION_ERROR", "Unable to perform update/upsert by non-unique 0-1 property"));
        }
        ArrayNode problems = JSON.createArrayNode();
        if (!input.path("properties").has("email")) {
            HubSpotContact.check("email", input.path("id")).ifPresent(problems::add);
        }
        input.path("properties")
                .properties()
                .forEach(one ->
                        HubSpotContact.check(one.getKey(), one.getValue()).ifPresent(problems::add));
        return problems.isEmpty()
                ? Optional.empty()
                : Optional.of(refusal(400, "VALIDATION_ERROR", "Property values were not valid: " + problems));
    }

    private ObjectNode write(JsonNode input) {
        String email = input.path("id").textValue().toLowerCase(Locale.ROOT);
        Optional<HubSpotContact> there = find("email", email);
        HubSpotContact contact = there.orElseGet(() -> make(email));
        contact.change(input.path("properties"), clock.instant());
        writes++;
        ObjectNode result = contact.told(Set.copyOf(contact.properties().keySet()));
        if (input.has("objectWriteTraceId")) {
            result.set("objectWriteTraceId", input.get("objectWriteTraceId"));
        }
        return result.put("new", there.isEmpty());
    }

    private HubSpotContact make(String email) {
        HubSpotContact contact = new HubSpotContact(Long.toString(++last), clock.instant());
        contact.change(JSON.createObjectNode().put("email", email), clock.instant());
        contacts.put(contact.id(), contact);
        return contact;
    }

    private Optional<HubSpotContact> find(String property, String value) {
        return contacts.values().stream()
                .filter(contact -> value.equals(contact.properties().get(property)))
                .findFirst();
    }

    private Answer search(JsonNode request) {
        if (request.path("limit").asInt(10) > 200) {
            return refusal(400, "VALIDATION_ERROR", "The requested limit is more than the maximum of 200.");
        }
        JsonNode groups = request.path("filterGroups");
        try {
            List<HubSpotContact> found = contacts.values().stream()
                    .filter(contact -> groups.isEmpty() || any(groups, contact))
                    .toList();
            return page(found, request);
        } catch (IllegalArgumentException e) {
            return refusal(400, "VALIDATION_ERROR", e.getMessage());
        }
    }

    private static boolean any(JsonNode groups, HubSpotContact contact) {
        for (JsonNode group : groups) {
            boolean all = true;
            for (JsonNode filter : group.path("filters")) {
                all &= contact.passes(filter);
            }
            if (all) {
                return true;
            }
        }
        return false;
    }

    private static Answer page(List<HubSpotContact> all, JsonNode request) {
        Set<String> properties = new HashSet<>();
        request.path("properties").forEach(name -> properties.add(name.asText()));
        int from = request.path("after").asInt(0);
        int to = Math.min(all.size(), from + request.path("limit").asInt(10));
        ObjectNode answer = JSON.createObjectNode().put("total", all.size());
        ArrayNode results = answer.putArray("results");
        all.subList(Math.min(from, to), to).forEach(contact -> results.add(contact.told(properties)));
        if (to < all.size()) {
            answer.putObject("paging").putObject("next").put("after", Integer.toString(to));
        }
        return json(200, answer);
    }

    private static Answer refusal(int status, String category, String message) {
        return json(
                status,
                JSON.createObjectNode()
                        .put("status", "error")
                        .put("message", message)
                        .put("correlationId", UUID.randomUUID().toString())
                        .put("category", category));
    }

    private static Answer json(int status, JsonNode body) {
        return Answer.json(status, body.toString());
    }
}
