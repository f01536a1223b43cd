package io.patchbay.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A contact of HubSpot: properties that are all texts, of names that are known, and some of them with rules. */
final class HubSpotContact {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> STAGES = List.of(
            "subscriber",
            "lead",
            "marketingqualifiedlead",
            "salesqualifiedlead",
            "opportunity",
            "customer",
            "evangelist",
            "other");
    private static final Set<String> KNOWN = Set.of(
            "email",
            "firstname",
            "lastname",
            "phone",
            "mobilephone",
            "company",
            "address",
            "city",
            "state",
            "zip",
            "country",
            "website",
            "jobtitle",
            "lifecyclestage");

    private final String id;
    private final Instant createdAt;
    private final Map<String, String> properties = new TreeMap<>();
    private Instant updatedAt;

    HubSpotContact(String id, Instant time) {
        this.id = id;
        this.createdAt = time;
        this.updatedAt = time;
    }

    String id() {
        return id;
    }

    Map<String, String> properties() {
        return Map.copyOf(properties);
    }

    /** What is wrong with a value, as the message of a refusal lists it. */
    static Optional<JsonNode> check(String name, JsonNode value) {
        if (!KNOWN.contains(name)) {
            return Optional.of(problem(name, "PROPERTY_DOESNT_EXIST", "Property \"" + name + "\" does not exist"));
        }
        if (value.isContainerNode()) {
            return Optional.of(problem(name, "INVALID_TYPE", "The value of \"" + name + "\" has to be a text"));
        }
        String text = value.asText("");
        if (name.equals("email") && !text.matches("[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+")) {
            return Optional.of(problem(name, "INVALID_EMAIL", "Email address " + text + " is invalid"));
        }
        if (name.equals("lifecyclestage") && !text.isEmpty() && !STAGES.contains(text)) {
            return Optional.of(problem(
                    name,
                    "INVALID_OPTION",
                    text + " was not one of the allowed options: " + String.join(", ", STAGES)));
        }
        return Optional.empty();
    }

    private static JsonNode problem(String name, String error, String message) {
        return JSON.createObjectNode()
                .put("isValid", false)
                .put("message", message)
                .put("error", error)
                .put("name", name);
    }

    /** Changes properties; an empty text clears one, and a lifecycle stage goes forward only. */
    void change(JsonNode given, Instant time) {
        given.properties().forEach(one -> {
            String name = one.getKey();
            String value = one.getValue().asText("");
            if (one.getValue().isNull() || name.equals("lifecyclestage") && isBefore(value)) {
                return;
            }
            if (value.isEmpty()) {
                properties.remove(name);
            } else {
                properties.put(name, name.equals("email") ? value.toLowerCase(Locale.ROOT) : value);
            }
        });
        updatedAt = time;
    }

    private boolean isBefore(String stage) {
        return !stage.isEmpty()
                && STAGES.indexOf(stage) < STAGES.indexOf(properties.getOrDefault("lifecyclestage", ""));
    }

    /** Whether it passes a filter of a search. */
    boolean passes(JsonNode filter) {
        String name = filter.path("propertyName").asText();
        String value = name.equals("lastmodifieddate") ? updatedAt.toString() : properties.get(name);
        String operator = filter.path("operator").asText();
        if (operator.equals("HAS_PROPERTY") || operator.equals("NOT_HAS_PROPERTY")) {
            return operator.equals("HAS_PROPERTY") == (value != null);
        }
        if (value == null) {
            return operator.equals("NEQ") || operator.equals("NOT_IN");
        }
        int order = value.compareToIgnoreCase(filter.path("value").asText());
        return switch (operator) {
            case "EQ" -> order == 0;
            case "NEQ" -> order != 0;
            case "GT" -> order > 0;
            case "GTE" -> order >= 0;
            case "LT" -> order < 0;
            case "LTE" -> order <= 0;
            case "IN" -> in(value, filter);
            case "NOT_IN" -> !in(value, filter);
            default -> throw new IllegalArgumentException("There is no operator " + operator + " here.");
        };
    }

    /** HubSpot compares with texts in small letters here. */
    private static boolean in(String value, JsonNode filter) {
        for (JsonNode one : filter.path("values")) {
            if (one.asText().equals(value.toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    /** As it is answered: with the properties that were named. */
    ObjectNode told(Set<String> names) {
        ObjectNode told = JSON.createObjectNode().put("id", id);
        ObjectNode values = told.putObject("properties");
        names.forEach(name -> values.put(name, properties.get(name)));
        return told.put("createdAt", createdAt.toString())
                .put("updatedAt", updatedAt.toString())
                .put("archived", false);
    }
}
