package io.patchbay.sandbox.netsuite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Records of the REST record service: what they must hold, and their rows in the tables of SuiteQL. */
final class Records {

    private static final Set<String> ORDER_FIELDS = Set.of(
            "externalId",
            "entity",
            "tranDate",
            "otherRefNum",
            "memo",
            "email",
            "subsidiary",
            "currency",
            "location",
            "shipMethod",
            "shippingCost",
            "orderStatus",
            "discountItem",
            "discountRate",
            "shippingAddress",
            "billingAddress",
            "item");
    private static final Set<String> CUSTOMER_FIELDS = Set.of(
            "externalId",
            "isPerson",
            "firstName",
            "lastName",
            "companyName",
            "email",
            "phone",
            "subsidiary",
            "currency",
            "addressBook");

    private final SuiteQl tables;
    private final Clock clock;
    private final Map<String, ObjectNode> orders = new LinkedHashMap<>();
    private final Map<String, ObjectNode> customers = new LinkedHashMap<>();
    private final Map<String, ObjectNode> fulfilments = new LinkedHashMap<>();
    private final Map<String, String> items = new LinkedHashMap<>();
    private int last = 50_000;

    Records(SuiteQl tables, Clock clock) {
        this.tables = tables;
        this.clock = clock;
    }

    List<ObjectNode> orders() {
        return List.copyOf(orders.values());
    }

    List<ObjectNode> customers() {
        return List.copyOf(customers.values());
    }

    /** An item that can be sold; gives its internal id. */
    String item(String name) {
        int id = ++last;
        items.put(String.valueOf(id), name);
        tables.update(
                "insert into item (id, itemid, displayname, itemtype, isinactive, lastmodifieddate) values (?, ?, ?,"
                        + " 'InvtPart', 'F', ?)",
                id,
                name,
                name,
                now());
        return String.valueOf(id);
    }

    private Timestamp now() {
        return Timestamp.valueOf(LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
    }

    /** Creates one. @return its internal id */
    String create(String type, ObjectNode given) throws Refusal {
        return switch (type) {
            case "salesOrder" -> order(given);
            case "customer" -> customer(given);
            default -> throw new Refusal(404, "NONEXISTENT_ID", "Record type '" + type + "' does not exist.");
        };
    }

    private static void fields(ObjectNode given, Set<String> known) throws Refusal {
        for (var field : given.properties()) {
            if (!known.contains(field.getKey())) {
                throw Refusal.of("Unknown reference or field: " + field.getKey());
            }
        }
    }

    private void refers(JsonNode given, String field, String table, boolean needed) throws Refusal {
        JsonNode id = given.path(field).path("id");
        if (id.isMissingNode()) {
            if (needed) {
                throw Refusal.of("Please enter value(s) for: " + field);
            }
            return;
        }
        if (!id.asText().matches("[0-9]+") || !tables.has(table, "id", Integer.parseInt(id.asText()))) {
            throw Refusal.of("Invalid Field Value " + id.asText() + " for the following field: " + field);
        }
    }

    private String customer(ObjectNode given) throws Refusal {
        fields(given, CUSTOMER_FIELDS);
        String name = given.path("isPerson").asBoolean() ? "lastName" : "companyName";
        if (given.path(name).asText("").isBlank()) {
            throw Refusal.of("Please enter value(s) for: " + name);
        }
        refers(given, "subsidiary", "subsidiary", true);
        unique("customer", given);
        int id = ++last;
        ObjectNode kept = given.deepCopy().put("id", String.valueOf(id));
        customers.put(String.valueOf(id), kept);
        tables.update(
                "insert into customer (id, entityid, externalid, companyname, firstname, lastname, email,"
                        + " lastmodifieddate) values (?, ?, ?, ?, ?, ?, ?, ?)",
                id,
                "CUST" + id,
                text(given, "externalId"),
                text(given, "companyName"),
                text(given, "firstName"),
                text(given, "lastName"),
                text(given, "email"),
                now());
        return String.valueOf(id);
    }

    private void unique(String table, ObjectNode given) throws Refusal {
        String external = text(given, "externalId");
        if (external != null && tables.has(table, "externalid", external)) {
            throw Refusal.of("This record already exists.");
        }
    }

    private String order(ObjectNode given) throws Refusal {
        fields(given, ORDER_FIELDS);
        refers(given, "entity", "customer", true);
        refers(given, "subsidiary", "subsidiary", false);
        refers(given, "currency", "currency", false);
        refers(given, "discountItem", "item", false);
        if (given.has("discountRate") && !given.has("discountItem")) {
            throw Refusal.of("Please enter value(s) for: discountItem");
        }
        if (given.has("tranDate") && !given.path("tranDate").asText().matches("\\d{4}-\\d{2}-\\d{2}")) {
            throw Refusal.of("Invalid date value " + given.path("tranDate").asText());
        }
        unique("transaction", given);
        List<ObjectNode> lines = lines(given);
        int id = ++last;
        ObjectNode kept = given.deepCopy().put("id", String.valueOf(id)).put("tranId", "SO" + id);
        kept.putObject("orderStatus").put("id", "B").put("refName", "Pending Fulfillment");
        ((ObjectNode) kept.path("item")).putArray("items").addAll(lines);
        kept.put("total", total(given, lines));
        orders.put(String.valueOf(id), kept);
        tables.update(
                "insert into transaction (id, type, tranid, externalid, entity, otherrefnum, status, trandate,"
                        + " foreigntotal, currency, lastmodifieddate) values (?, 'SalesOrd', ?, ?, ?, ?, 'B', ?, ?, ?, ?)",
                id,
                "SO" + id,
                text(given, "externalId"),
                given.path("entity").path("id").asInt(),
                text(given, "otherRefNum"),
                now(),
                kept.path("total").decimalValue(),
                given.path("currency").path("id").asInt(1),
                now());
        return String.valueOf(id);
    }

    private List<ObjectNode> lines(ObjectNode given) throws Refusal {
        List<ObjectNode> lines = new ArrayList<>();
        for (JsonNode line : given.path("item").path("items")) {
            refers(line, "item", "item", true);
            refers(line, "location", "location", false);
            if (line.path("quantity").decimalValue().signum() <= 0) {
                throw Refusal.of("Please enter value(s) for: quantity");
            }
            if (line.has("rate") && !line.path("price").path("id").asText().equals("-1")) {
                throw Refusal.of("A rate of your own needs price -1 (custom).");
            }
            ObjectNode kept = line.deepCopy();
            kept.put("line", lines.size() + 1);
            ((ObjectNode) kept.path("item"))
                    .put("refName", items.get(line.path("item").path("id").asText()));
            lines.add(kept);
        }
        if (lines.isEmpty()) {
            throw Refusal.of("You must enter at least one line item for this transaction.");
        }
        return lines;
    }

    private static BigDecimal total(ObjectNode given, List<ObjectNode> lines) {
        return lines.stream()
                .map(line -> line.path("quantity")
                        .decimalValue()
                        .multiply(line.path("rate").decimalValue()))
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .add(given.path("shippingCost").decimalValue())
                .add(given.path("discountRate").decimalValue());
    }

    /** A fulfilment of an order in a state (A picked, B packed, C shipped); gives its internal id. */
    String fulfil(String order, String state, String tracking, Map<String, Integer> quantities) {
        int id = ++last;
        ObjectNode fulfilment = Json.NODES.objectNode();
        fulfilment.put("id", String.valueOf(id)).put("tranId", "IF" + id);
        fulfilment.putObject("createdFrom").put("id", order);
        fulfilment.putObject("shipStatus").put("id", state);
        fulfilment.putObject("shipMethod").put("id", "7").put("refName", "DHL");
        fulfilment
                .putObject("package")
                .putArray("items")
                .addObject()
                .put("packageWeight", 1.0)
                .put("packageTrackingNumber", tracking);
        ArrayNode lines = fulfilment.putObject("item").putArray("items");
        quantities.forEach((name, quantity) -> {
            ObjectNode line = lines.addObject().put("quantity", quantity);
            line.putObject("item")
                    .put(
                            "id",
                            items.entrySet().stream()
                                    .filter(one -> one.getValue().equals(name))
                                    .findFirst()
                                    .orElseThrow()
                                    .getKey())
                    .put("refName", name);
        });
        fulfilments.put(String.valueOf(id), fulfilment);
        tables.update(
                "insert into transaction (id, type, tranid, status, trandate, lastmodifieddate) values (?, 'ItemShip',"
                        + " ?, ?, ?, ?)",
                id,
                "IF" + id,
                state,
                now(),
                now());
        tables.update(
                "insert into transactionline (uniquekey, transaction, id, mainline, taxline, createdfrom) values (?, ?,"
                        + " 0, 'T', 'F', ?)",
                ++last,
                id,
                Integer.parseInt(order));
        return String.valueOf(id);
    }

    /** One by its internal id, or by its external one behind {@code eid:}. */
    ObjectNode get(String type, String key, boolean expanded) throws Refusal {
        Map<String, ObjectNode> all = switch (type) {
            case "salesOrder" -> orders;
            case "customer" -> customers;
            case "itemFulfillment" -> fulfilments;
            default -> Map.of();
        };
        ObjectNode found = key.startsWith("eid:")
                ? all.values().stream()
                        .filter(one -> key.substring(4).equals(text(one, "externalId")))
                        .findFirst()
                        .orElse(null)
                : all.get(key);
        if (found == null) {
            throw new Refusal(
                    404, "NONEXISTENT_ID", "The record instance does not exist. Provide a valid record instance ID.");
        }
        ObjectNode shown = found.deepCopy();
        if (!expanded) {
            shown.remove(List.of("item", "package"));
        }
        return shown;
    }

    private static String text(ObjectNode given, String field) {
        return given.hasNonNull(field) ? given.path(field).asText() : null;
    }
}
