package io.patchbay.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Plytix's filters: a list of lists, the outer one or, the inner one and. */
final class PlytixFilter {

    private PlytixFilter() {}

    /** Whether a product passes; without filters all do. */
    static boolean any(JsonNode filters, JsonNode product, Set<String> fields) {
        if (filters.isEmpty()) {
            return true;
        }
        for (JsonNode group : filters) {
            boolean all = true;
            for (JsonNode filter : group) {
                all &= passes(filter, product, fields);
            }
            if (all) {
                return true;
            }
        }
        return false;
    }

    /** The value of a field, or of an attribute by {@code attributes.NAME}; empty where it is missing. */
    static String value(JsonNode product, String field) {
        return field.startsWith("attributes.")
                ? product.path("attributes")
                        .path(field.substring("attributes.".length()))
                        .asText("")
                : product.path(field).asText("");
    }

    private static boolean passes(JsonNode filter, JsonNode product, Set<String> fields) {
        String field = filter.path("field").asText();
        if (!fields.contains(field) && !field.startsWith("attributes.")) {
            throw new IllegalArgumentException("There is no field " + field + " to filter by.");
        }
        String value = value(product, field);
        String operator = filter.path("operator").asText();
        int order = value.compareTo(filter.path("value").asText());
        return switch (operator) {
            case "eq" -> order == 0;
            case "!eq" -> order != 0;
            case "gt" -> order > 0;
            case "gte" -> order >= 0;
            case "lt" -> order < 0;
            case "lte" -> order <= 0;
            case "in" -> in(value, filter.path("value"));
            case "!in" -> !in(value, filter.path("value"));
            case "like" -> value.contains(filter.path("value").asText());
            case "exists" -> !value.isEmpty();
            case "!exists" -> value.isEmpty();
            default -> throw new IllegalArgumentException("There is no operator " + operator + ".");
        };
    }

    private static boolean in(String value, JsonNode values) {
        for (JsonNode one : values) {
            if (one.asText().equals(value)) {
                return true;
            }
        }
        return false;
    }
}
