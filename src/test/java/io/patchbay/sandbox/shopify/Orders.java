package io.patchbay.sandbox.shopify;

import graphql.schema.idl.RuntimeWiring;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The shop's orders. */
public final class Orders {

    private static final Search.Fields FIELDS = new Search.Fields(Map.of(
            "id", node -> node.get("legacyResourceId"),
            "name", node -> node.get("name"),
            "updated_at", node -> node.get("updatedAt"),
            "created_at", node -> node.get("createdAt"),
            "processed_at", node -> node.get("processedAt"),
            "email", node -> node.get("email"),
            "financial_status", node -> node.get("displayFinancialStatus"),
            "fulfillment_status", node -> node.get("displayFulfillmentStatus"),
            "tag", node -> node.get("tags"),
            "source_identifier", node -> node.get("sourceIdentifier")));

    private final State state;
    private final OrderCreate create;

    Orders(State state) {
        this.state = state;
        create = new OrderCreate(state);
    }

    /**
     * Places an order.
     *
     * @param input an OrderCreateOrderInput, with amounts as BigDecimal
     * @throws IllegalArgumentException if the shop refuses it
     */
    public Node place(Map<String, ?> input) {
        Node payload = create.apply(Node.of(Map.of("order", input)));
        if (!payload.nodes("userErrors").isEmpty()) {
            throw new IllegalArgumentException(payload.toString());
        }
        return payload.node("order");
    }

    /** Dates an order back: it was made, and changed last, at a time. */
    public void date(Node order, Instant time) {
        order.with("createdAt", time).with("updatedAt", time).with("processedAt", time);
    }

    /** Cancels an order. */
    public void cancel(Node order) {
        order.with("cancelledAt", state.now());
        state.touch(order);
    }

    /** All orders, the oldest first. */
    public List<Node> all() {
        return List.copyOf(state.orders);
    }

    void wire(RuntimeWiring.Builder wiring) {
        wiring.type(
                "QueryRoot",
                type -> type.dataFetcher("orders", Connections.list(state.orders, FIELDS))
                        .dataFetcher(
                                "order",
                                call -> State.find(state.orders, call.getArgument("id"))
                                        .orElse(null)));
        wiring.type(
                "LineItem",
                type -> type.dataFetcher(
                        "variant",
                        call -> State.find(state.variants, ((Node) call.getSource()).text("variantId"))
                                .orElse(null)));
        wiring.type(
                "Mutation",
                type -> type.dataFetcher("orderCreate", call -> create.apply(Node.of(call.getArguments()))));
    }
}
