package io.patchbay.sandbox.shopify;

import graphql.schema.idl.RuntimeWiring;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The shop's locations, and the quantities that it has there. */
public final class Stock {

    private static final Search.Fields FIELDS = new Search.Fields(Map.of(
            "id", node -> node.get("legacyResourceId"),
            "sku", node -> node.get("sku"),
            "created_at", node -> node.get("createdAt"),
            "updated_at", node -> node.get("updatedAt")));
    private static final Set<String> REASONS = Set.of(
            "correction",
            "cycle_count_available",
            "damaged",
            "movement_created",
            "movement_updated",
            "movement_received",
            "movement_canceled",
            "other",
            "promotion",
            "quality_control",
            "received",
            "reservation_created",
            "reservation_deleted",
            "reservation_updated",
            "restock",
            "safety_stock",
            "shrinkage");
    private static final int MOST = 1_000_000_000;

    private final State state;

    Stock(State state) {
        this.state = state;
        addLocation("Warehouse");
    }

    /** Adds a location. The shop has one, which is the first. */
    public Node addLocation(String name) {
        Node location = state.make("Location").with("name", name).with("isActive", true);
        state.locations.add(location);
        return location;
    }

    /** All locations. */
    public List<Node> locations() {
        return List.copyOf(state.locations);
    }

    /** What is available of a SKU at a location; 0 where it is not stocked. */
    public int available(String sku, Node location) {
        return state.items.stream()
                .filter(item -> item.text("sku").equals(sku))
                .flatMap(item -> item.nodes("inventoryLevels").stream())
                .filter(level -> level.text("locationId").equals(location.id()))
                .mapToInt(level -> level.number("available"))
                .sum();
    }

    void wire(RuntimeWiring.Builder wiring) {
        wiring.type(
                "QueryRoot",
                type -> type.dataFetcher("inventoryItems", Connections.list(state.items, FIELDS))
                        .dataFetcher(
                                "inventoryItem",
                                call -> State.find(state.items, call.getArgument("id"))
                                        .orElse(null))
                        .dataFetcher(
                                "locations",
                                Connections.list(
                                        state.locations, new Search.Fields(Map.of("name", node -> node.get("name")))))
                        .dataFetcher(
                                "location",
                                call -> State.find(state.locations, call.getArgument("id"))
                                        .orElse(null)));
        wiring.type(
                "InventoryItem",
                type -> type.dataFetcher(
                        "variant",
                        call -> State.find(state.variants, ((Node) call.getSource()).text("variantId"))
                                .orElseThrow()));
        wiring.type(
                "InventoryLevel",
                type -> type.dataFetcher(
                                "item",
                                call -> State.find(state.items, ((Node) call.getSource()).text("itemId"))
                                        .orElseThrow())
                        .dataFetcher(
                                "location",
                                call -> State.find(state.locations, ((Node) call.getSource()).text("locationId"))
                                        .orElseThrow())
                        .dataFetcher("quantities", call -> quantities(call.getSource(), call.getArgument("names"))));
        wiring.type(
                "Mutation",
                type -> type.dataFetcher(
                        "inventorySetQuantities", new Idempotency().once(arguments -> set(arguments.node("input")))));
    }

    private static List<Node> quantities(Node level, List<String> names) {
        return names.stream()
                .map(name -> new Node().with("name", name).with("quantity", level.number(name)))
                .toList();
    }

    private Node set(Node input) {
        List<Node> quantities = input.nodes("quantities");
        if (quantities.size() > Connections.MOST) {
            throw new Refused(
                    "MAX_INPUT_SIZE_EXCEEDED",
                    "The input array size of %d is greater than the maximum allowed of %d."
                            .formatted(quantities.size(), Connections.MOST));
        }
        if (quantities.stream().anyMatch(quantity -> !quantity.containsKey("changeFromQuantity"))) {
            throw new Refused(
                    "INVALID_FIELD_ARGUMENTS",
                    "InventoryQuantityInput must include the following argument: changeFromQuantity.");
        }
        UserErrors errors = check(input, quantities);
        if (!errors.isEmpty()) {
            return errors.payload();
        }
        quantities.forEach(quantity -> apply(quantity, input.text("name")));
        return UserErrors.none(
                "inventoryAdjustmentGroup",
                state.make("InventoryAdjustmentGroup").with("reason", input.text("reason")));
    }

    private UserErrors check(Node input, List<Node> quantities) {
        UserErrors errors = new UserErrors();
        if (!Set.of("available", "on_hand").contains(input.text("name"))) {
            errors.add("INVALID_NAME", "input.name", "The quantity name must be either 'available' or 'on_hand'.");
        }
        if (!REASONS.contains(input.text("reason"))) {
            errors.add("INVALID_REASON", "input.reason", "The specified reason is invalid.");
        }
        Set<String> pairs = new HashSet<>();
        for (int i = 0; i < quantities.size(); i++) {
            Node quantity = quantities.get(i);
            String field = "input.quantities." + i;
            check(quantity, input.text("name"), field, errors);
            if (!pairs.add(quantity.text("inventoryItemId") + " " + quantity.text("locationId"))) {
                errors.add(
                        "NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR",
                        field,
                        "The combination of inventoryItemId and locationId must be unique.");
            }
        }
        return errors;
    }

    private void check(Node quantity, String name, String field, UserErrors errors) {
        Node item = State.find(state.items, quantity.text("inventoryItemId")).orElse(null);
        if (item == null) {
            errors.add(
                    "INVALID_INVENTORY_ITEM",
                    field + ".inventoryItemId",
                    "The specified inventory item could not be found.");
        }
        if (State.find(state.locations, quantity.text("locationId")).isEmpty()) {
            errors.add("INVALID_LOCATION", field + ".locationId", "The specified location could not be found.");
        }
        if (quantity.number("quantity") < 0) {
            errors.add("INVALID_QUANTITY_NEGATIVE", field + ".quantity", "The quantity can't be negative.");
        }
        if (quantity.number("quantity") > MOST) {
            errors.add(
                    "INVALID_QUANTITY_TOO_HIGH",
                    field + ".quantity",
                    "The total quantity can't be higher than 1,000,000,000.");
        }
        if (item != null
                && quantity.has("changeFromQuantity")
                && level(item, quantity.text("locationId")).number(name) != quantity.number("changeFromQuantity")) {
            errors.add(
                    "CHANGE_FROM_QUANTITY_STALE",
                    field + ".changeFromQuantity",
                    "The changeFromQuantity value does not match persisted value.");
        }
    }

    private static Node level(Node item, String location) {
        return item.nodes("inventoryLevels").stream()
                .filter(level -> level.text("locationId").equals(location))
                .findFirst()
                .orElseGet(Node::new);
    }

    private void apply(Node quantity, String name) {
        Node item = State.find(state.items, quantity.text("inventoryItemId")).orElseThrow();
        Node level = level(item, quantity.text("locationId"));
        if (level.isEmpty()) {
            level = state.make("InventoryLevel")
                    .with("itemId", item.id())
                    .with("locationId", quantity.text("locationId"));
            List<Node> levels = new ArrayList<>(item.nodes("inventoryLevels"));
            levels.add(level);
            item.with("inventoryLevels", levels);
        }
        int change = quantity.number("quantity") - level.number(name);
        level.with("available", level.number("available") + change).with("on_hand", level.number("on_hand") + change);
        state.touch(level);
        state.touch(item);
    }
}
