package io.patchbay.sandbox.shopify;

import graphql.schema.idl.RuntimeWiring;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The shop's customers. */
public final class Customers {

    private static final Search.Fields FIELDS = new Search.Fields(Map.of(
            "id", node -> node.get("legacyResourceId"),
            "updated_at", node -> node.get("updatedAt"),
            "customer_date", node -> node.get("createdAt"),
            "email", node -> node.node("defaultEmailAddress").get("emailAddress"),
            "phone", node -> node.node("defaultPhoneNumber").get("phoneNumber"),
            "first_name", node -> node.get("firstName"),
            "last_name", node -> node.get("lastName"),
            "tag", node -> node.get("tags")));

    private final State state;

    Customers(State state) {
        this.state = state;
    }

    /**
     * Adds a customer.
     *
     * @param fields firstName, lastName, email, phone, tags and address, whose fields are those of a MailingAddress; each may be missing
     */
    public Node add(Map<String, ?> fields) {
        Node given = Node.of(fields);
        Node customer = state.make("Customer")
                .with("firstName", given.get("firstName"))
                .with("lastName", given.get("lastName"))
                .with("displayName", (given.text("firstName") + " " + given.text("lastName")).strip())
                .with("tags", given.texts("tags"));
        if (given.has("email")) {
            customer.with("defaultEmailAddress", Map.of("emailAddress", given.text("email")));
        }
        if (given.has("phone")) {
            customer.with("defaultPhoneNumber", Map.of("phoneNumber", given.text("phone")));
        }
        if (given.has("address")) {
            Node address = state.make("MailingAddress");
            address.putAll(given.node("address"));
            customer.with("defaultAddress", address);
        }
        state.customers.add(customer);
        return customer;
    }

    /** Changes fields of a customer, and with it the time of its change. */
    public void change(Node customer, Map<String, ?> fields) {
        customer.putAll(Node.of(fields));
        state.touch(customer);
    }

    /** Dates a customer back: it was made, and changed last, at a time. */
    public void date(Node customer, Instant time) {
        customer.with("createdAt", time).with("updatedAt", time);
    }

    /** All customers. */
    public List<Node> all() {
        return List.copyOf(state.customers);
    }

    void wire(RuntimeWiring.Builder wiring) {
        wiring.type(
                "QueryRoot",
                type -> type.dataFetcher("customers", Connections.list(state.customers, FIELDS))
                        .dataFetcher(
                                "customer",
                                call -> State.find(state.customers, call.getArgument("id"))
                                        .orElse(null)));
    }
}
