package io.patchbay.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which fields the entities of Business Central have, and of which types: a text has a length, a code is kept in capitals. */
final class BusinessCentralTypes {

    private static final Map<String, String> LINE = Map.ofEntries(
            Map.entry("itemId", "text36"),
            Map.entry("accountId", "text36"),
            Map.entry("lineType", "text20"),
            Map.entry("lineObjectNumber", "text20"),
            Map.entry("description", "text100"),
            Map.entry("description2", "text50"),
            Map.entry("unitOfMeasureCode", "text10"),
            Map.entry("quantity", "number"),
            Map.entry("unitPrice", "number"),
            Map.entry("discountAmount", "number"),
            Map.entry("discountPercent", "number"),
            Map.entry("taxCode", "text20"),
            Map.entry("shipmentDate", "date"),
            Map.entry("itemVariantId", "text36"),
            Map.entry("locationId", "text36"));

    static final BusinessCentralTable.Entity CUSTOMER = new BusinessCentralTable.Entity(
            "customer",
            "dimensionSetLines",
            "",
            10_000,
            Map.ofEntries(
                    Map.entry("id", "text36"),
                    Map.entry("number", "text20"),
                    Map.entry("displayName", "text100"),
                    Map.entry("additionalName", "text50"),
                    Map.entry("type", "text10"),
                    Map.entry("addressLine1", "text100"),
                    Map.entry("addressLine2", "text50"),
                    Map.entry("city", "text30"),
                    Map.entry("state", "text30"),
                    Map.entry("country", "text10"),
                    Map.entry("postalCode", "text20"),
                    Map.entry("phoneNumber", "text30"),
                    Map.entry("email", "text80"),
                    Map.entry("website", "text80"),
                    Map.entry("taxRegistrationNumber", "text20"),
                    Map.entry("currencyCode", "text10"),
                    Map.entry("lastModifiedDateTime", "read")),
            Set.of("number", "country", "currencyCode", "postalCode"));

    static final BusinessCentralTable.Entity ORDER = new BusinessCentralTable.Entity(
            "salesOrder",
            "salesOrderLines",
            "S-ORD",
            101_001,
            Map.ofEntries(
                    Map.entry("id", "text36"),
                    Map.entry("number", "text20"),
                    Map.entry("externalDocumentNumber", "text35"),
                    Map.entry("orderDate", "date"),
                    Map.entry("postingDate", "date"),
                    Map.entry("customerId", "text36"),
                    Map.entry("customerNumber", "text20"),
                    Map.entry("currencyCode", "text10"),
                    Map.entry("pricesIncludeTax", "flag"),
                    Map.entry("requestedDeliveryDate", "date"),
                    Map.entry("shipToName", "text100"),
                    Map.entry("shipToContact", "text100"),
                    Map.entry("shipToAddressLine1", "text100"),
                    Map.entry("shipToAddressLine2", "text50"),
                    Map.entry("shipToCity", "text30"),
                    Map.entry("shipToState", "text30"),
                    Map.entry("shipToCountry", "text10"),
                    Map.entry("shipToPostCode", "text20"),
                    Map.entry("phoneNumber", "text30"),
                    Map.entry("email", "text80"),
                    Map.entry("discountAmount", "number"),
                    Map.entry("lastModifiedDateTime", "read"),
                    Map.entry("salesOrderLines", "lines")),
            Set.of(
                    "number",
                    "externalDocumentNumber",
                    "customerNumber",
                    "currencyCode",
                    "shipToCountry",
                    "shipToPostCode"));

    private BusinessCentralTypes() {}

    static Optional<String> wrong(BusinessCentralTable.Entity entity, JsonNode body) {
        if (!body.isObject()) {
            return Optional.of("The payload is no object.");
        }
        Optional<String> first = wrong(entity.name(), entity.fields(), body);
        if (first.isPresent() || !body.has(entity.lines())) {
            return first;
        }
        for (JsonNode line : body.get(entity.lines())) {
            Optional<String> inLine = wrong(entity.name() + "Line", LINE, line);
            if (inLine.isPresent()) {
                return inLine;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> wrong(String name, Map<String, String> fields, JsonNode body) {
        for (Map.Entry<String, JsonNode> one : body.properties()) {
            String type = fields.get(one.getKey());
            if (type == null) {
                return Optional.of(("The property '%s' does not exist on type 'Microsoft.NAV.%s'. Make sure to only use"
                                + " property names that are defined by the type.")
                        .formatted(one.getKey(), name));
            }
            Optional<String> wrong = wrong(type, one.getValue());
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> wrong(String type, JsonNode value) {
        boolean right = switch (type) {
            case "number" -> value.isNumber();
            case "flag" -> value.isBoolean();
            case "lines" -> value.isArray();
            case "date" -> value.isTextual() && value.asText().matches("\\d{4}-\\d{2}-\\d{2}");
            case "read" -> false;
            default -> value.isTextual();
        };
        if (!right) {
            return Optional.of("Cannot convert the literal '%s' to the expected type.".formatted(value.asText()));
        }
        int most = type.startsWith("text") ? Integer.parseInt(type.substring(4)) : Integer.MAX_VALUE;
        return value.asText().length() <= most
                ? Optional.empty()
                : Optional.of(
                        "The length of the string is %d, but it must be less than or equal to %d characters. Value: %s"
                                .formatted(value.asText().length(), most, value.asText()));
    }

    static ObjectNode kept(BusinessCentralTable.Entity entity, ObjectNode body) {
        ObjectNode kept = body.deepCopy();
        for (String code : entity.codes()) {
            if (kept.has(code)) {
                kept.put(code, kept.get(code).asText().toUpperCase(Locale.ROOT));
            }
        }
        return kept;
    }
}
