package io.patchbay.sandbox.shopify;

import graphql.schema.idl.RuntimeWiring;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What of the orders is to be sent, and was. */
public final class Fulfilments {

    private final State state;

    Fulfilments(State state) {
        this.state = state;
    }

    /** Everything of an order, to be sent from the first location. */
    static Node open(State state, Node order) {
        Node location = state.locations.get(0);
        List<Node> lines = order.nodes("lineItems").stream()
                .map(line -> state.make("FulfillmentOrderLineItem")
                        .with("sku", line.get("sku"))
                        .with("totalQuantity", line.number("quantity"))
                        .with("remainingQuantity", line.number("quantity"))
                        .with("lineItem", line))
                .toList();
        return state.make("FulfillmentOrder")
                .with("status", "OPEN")
                .with("orderId", order.id())
                .with("assignedLocation", Map.of("name", location.text("name"), "location", location))
                .with("lineItems", lines);
    }

    /** The fulfilments of an order, the oldest first. */
    public List<Node> of(Node order) {
        return order.nodes("fulfillments");
    }

    void wire(RuntimeWiring.Builder wiring) {
        wiring.type(
                "QueryRoot",
                type -> type.dataFetcher(
                        "fulfillmentOrder", call -> find(call.getArgument("id")).orElse(null)));
        wiring.type(
                "Mutation",
                type -> type.dataFetcher(
                        "fulfillmentCreate",
                        call -> create(Node.of(call.getArguments()).node("fulfillment"))));
    }

    private Node create(Node input) {
        UserErrors errors = new UserErrors();
        Map<Node, Integer> sent = new LinkedHashMap<>();
        List<Node> orders = new ArrayList<>();
        for (Node group : input.nodes("lineItemsByFulfillmentOrder")) {
            find(group.text("fulfillmentOrderId"))
                    .ifPresentOrElse(
                            open -> {
                                orders.add(open);
                                take(open, group, sent, errors);
                            },
                            () -> errors.add(null, "fulfillment", "Fulfillment order does not exist."));
        }
        if (orders.isEmpty() && errors.isEmpty()) {
            errors.add(null, "fulfillment", "At least one fulfillment order has to be given.");
        }
        if (orders.stream()
                        .map(order ->
                                order.node("assignedLocation").node("location").id())
                        .distinct()
                        .count()
                > 1) {
            errors.add(null, "fulfillment", "All fulfillment orders must be assigned to the same location.");
        }
        if (!errors.isEmpty()) {
            return errors.payload();
        }
        return UserErrors.none("fulfillment", send(orders, sent, input.node("trackingInfo")));
    }

    private Optional<Node> find(String id) {
        return state.orders.stream()
                .flatMap(order -> order.nodes("fulfillmentOrders").stream())
                .filter(open -> open.id().equals(id))
                .findFirst();
    }

    /** What a group takes: all that remains where it names no lines. */
    private static void take(Node open, Node group, Map<Node, Integer> sent, UserErrors errors) {
        if (!List.of("OPEN", "IN_PROGRESS").contains(open.text("status"))) {
            errors.add(
                    null,
                    "fulfillment",
                    "Fulfillment order %s has an unfulfillable status= %s."
                            .formatted(
                                    open.text("legacyResourceId"),
                                    open.text("status").toLowerCase(Locale.ROOT)));
            return;
        }
        if (group.nodes("fulfillmentOrderLineItems").isEmpty()) {
            open.nodes("lineItems").forEach(line -> sent.put(line, line.number("remainingQuantity")));
            return;
        }
        for (Node wanted : group.nodes("fulfillmentOrderLineItems")) {
            Node line = State.find(open.nodes("lineItems"), wanted.id()).orElse(null);
            if (line == null) {
                errors.add(null, "fulfillment", "Fulfillment order line item does not exist.");
                continue;
            }
            int quantity = sent.getOrDefault(line, 0) + wanted.number("quantity");
            if (wanted.number("quantity") < 1 || quantity > line.number("remainingQuantity")) {
                errors.add(null, "fulfillment", "Invalid fulfillment order line item quantity requested.");
                continue;
            }
            sent.put(line, quantity);
        }
    }

    private Node send(List<Node> opens, Map<Node, Integer> sent, Node tracking) {
        Node order = State.find(state.orders, opens.get(0).text("orderId")).orElseThrow();
        List<Node> fulfilments = new ArrayList<>(of(order));
        Node fulfilment = state.make("Fulfillment")
                .with("name", order.text("name") + "." + (fulfilments.size() + 1))
                .with("status", "SUCCESS")
                .with(
                        "totalQuantity",
                        sent.values().stream().mapToInt(Integer::intValue).sum())
                .with("trackingInfo", tracking(tracking))
                .with(
                        "lines",
                        sent.entrySet().stream()
                                .map(line -> Map.of("sku", line.getKey().text("sku"), "quantity", line.getValue()))
                                .toList());
        fulfilments.add(fulfilment);
        order.with("fulfillments", fulfilments);
        List<Map.Entry<Node, Integer>> lines = List.copyOf(sent.entrySet());
        lines.forEach(line ->
                line.getKey().with("remainingQuantity", line.getKey().number("remainingQuantity") - line.getValue()));
        for (Node open : opens) {
            List<Node> ofIt = new ArrayList<>(open.nodes("fulfillments"));
            ofIt.add(fulfilment);
            open.with("fulfillments", ofIt).with("status", done(open) ? "CLOSED" : "IN_PROGRESS");
        }
        boolean all = order.nodes("fulfillmentOrders").stream().allMatch(Fulfilments::done);
        order.with("displayFulfillmentStatus", all ? "FULFILLED" : "PARTIALLY_FULFILLED");
        state.touch(order);
        return fulfilment;
    }

    private static boolean done(Node open) {
        return open.nodes("lineItems").stream().allMatch(line -> line.number("remainingQuantity") == 0);
    }

    private static List<Node> tracking(Node given) {
        List<String> numbers = Stream.concat(
                        given.has("number") ? Stream.of(given.text("number")) : Stream.empty(),
                        given.texts("numbers").stream())
                .toList();
        List<String> urls = Stream.concat(
                        given.has("url") ? Stream.of(given.text("url")) : Stream.empty(), given.texts("urls").stream())
                .toList();
        return IntStream.range(0, Math.max(numbers.size(), urls.size()))
                .mapToObj(i -> new Node()
                        .with("company", given.get("company"))
                        .with("number", i < numbers.size() ? numbers.get(i) : null)
                        .with("url", i < urls.size() ? urls.get(i) : null))
                .toList();
    }
}
