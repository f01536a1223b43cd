package io.patchbay.sandbox.shopify;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The mutation orderCreate. */
final class OrderCreate {

    private final State state;
    private int number = 1000;

    OrderCreate(State state) {
        this.state = state;
    }

    Node apply(Node arguments) {
        Node input = arguments.node("order");
        UserErrors errors = check(input);
        if (!errors.isEmpty()) {
            return errors.payload();
        }
        Node order = make(input);
        order.with(
                "lineItems", input.nodes("lineItems").stream().map(this::line).toList());
        order.with(
                "shippingLines",
                input.nodes("shippingLines").stream().map(this::shipping).toList());
        order.with(
                "transactions",
                input.nodes("transactions").stream().map(this::transaction).toList());
        price(order, input);
        order.with("displayFinancialStatus", paid(order, input));
        order.with("fulfillmentOrders", List.of(Fulfilments.open(state, order)));
        state.orders.add(order);
        return UserErrors.none("order", order);
    }

    private UserErrors check(Node input) {
        UserErrors errors = new UserErrors();
        if (input.nodes("lineItems").isEmpty()) {
            errors.add("INVALID", "order.lineItems", "Line items must have at least one line item");
        }
        for (int i = 0; i < input.nodes("lineItems").size(); i++) {
            checkLine(input.nodes("lineItems").get(i), "order.lineItems." + i, errors);
        }
        if (input.get("processedAt") instanceof Instant processed && processed.isAfter(state.now())) {
            errors.add("PROCESSED_AT_INVALID", "order.processedAt", "Processed at must be a past date");
        }
        if (input.node("customer").has("toAssociate") && input.node("customer").has("toUpsert")) {
            errors.add(
                    "REDUNDANT_CUSTOMER_FIELDS", "order.customer", "Only one of toAssociate and toUpsert is permitted");
        }
        String customer = input.node("customer").node("toAssociate").id();
        if (!customer.isEmpty() && State.find(state.customers, customer).isEmpty()) {
            errors.add("INVALID", "order.customer.toAssociate.id", "Customer does not exist");
        }
        return errors;
    }

    private void checkLine(Node line, String field, UserErrors errors) {
        boolean known = State.find(state.variants, line.text("variantId")).isPresent();
        if (line.has("variantId") && !known) {
            errors.add("INVALID", field + ".variantId", "Product variant does not exist");
        }
        if (!line.has("variantId") && line.text("title").isBlank()) {
            errors.add("INVALID", field + ".title", "Title can't be blank");
        }
        if (!line.has("variantId") && !line.has("priceSet")) {
            errors.add("INVALID", field + ".priceSet", "Price can't be blank");
        }
        if (line.number("quantity") < 1) {
            errors.add("INVALID", field + ".quantity", "Quantity must be greater than 0");
        }
        for (Node tax : line.nodes("taxLines")) {
            if (!tax.has("rate")) {
                errors.add("TAX_LINE_RATE_MISSING", field + ".taxLines", "Tax line rate is missing");
            }
        }
    }

    private Node make(Node input) {
        Node order = state.make("Order")
                .with("name", input.has("name") ? input.text("name") : "#" + ++number)
                .with("processedAt", input.has("processedAt") ? input.get("processedAt") : state.now())
                .with("currencyCode", input.has("currency") ? input.text("currency") : state.currency())
                .with("taxesIncluded", Boolean.TRUE.equals(input.get("taxesIncluded")))
                .with("displayFulfillmentStatus", "UNFULFILLED")
                .with("tags", input.texts("tags"))
                .with("fulfillments", List.of())
                .with("refunds", List.of());
        for (String name : List.of("email", "phone", "note", "sourceIdentifier", "sourceName")) {
            order.put(name, input.get(name));
        }
        for (String name : List.of("billingAddress", "shippingAddress")) {
            if (input.has(name)) {
                order.with(name, address(input.node(name)));
            }
        }
        customer(input.node("customer")).ifPresent(customer -> order.with("customer", customer));
        return order;
    }

    private Node address(Node given) {
        Node address = state.make("MailingAddress");
        address.putAll(given);
        return address.with("countryCodeV2", given.get("countryCode"));
    }

    private Optional<Node> customer(Node given) {
        Node upsert = given.node("toUpsert");
        String id = given.node("toAssociate").id() + upsert.id();
        String email = given.node("toAssociate").text("email") + upsert.text("email");
        Optional<Node> there = state.customers.stream()
                .filter(customer -> customer.id().equals(id)
                        || !email.isEmpty()
                                && customer.node("defaultEmailAddress")
                                        .text("emailAddress")
                                        .equalsIgnoreCase(email))
                .findFirst();
        return there.isPresent() || upsert.isEmpty() ? there : Optional.of(new Customers(state).add(upsert));
    }

    private Node line(Node given) {
        Node variant = State.find(state.variants, given.text("variantId")).orElseGet(Node::new);
        BigDecimal price = given.has("priceSet") ? given.money("priceSet") : variant.decimal("price");
        String title = given.has("title")
                ? given.text("title")
                : State.find(state.products, variant.text("productId"))
                        .map(product -> product.text("title"))
                        .orElse("");
        return state.make("LineItem")
                .with("variantId", given.get("variantId"))
                .with("sku", given.has("sku") ? given.get("sku") : variant.get("sku"))
                .with("title", title)
                .with("name", title)
                .with("quantity", given.number("quantity"))
                .with("originalUnitPriceSet", state.money(price))
                .with("taxLines", given.nodes("taxLines"));
    }

    private Node shipping(Node given) {
        return state.make("ShippingLine")
                .with("title", given.text("title"))
                .with("code", given.get("code"))
                .with("originalPriceSet", given.node("priceSet"));
    }

    private Node transaction(Node given) {
        return state.make("OrderTransaction")
                .with("kind", given.has("kind") ? given.text("kind") : "SALE")
                .with("status", given.has("status") ? given.text("status") : "SUCCESS")
                .with("gateway", given.get("gateway"))
                .with("amountSet", given.node("amountSet"));
    }

    private void price(Node order, Node input) {
        BigDecimal goods = sum(order.nodes("lineItems").stream()
                .map(line -> line.money("originalUnitPriceSet").multiply(BigDecimal.valueOf(line.number("quantity")))));
        BigDecimal shipping = sum(order.nodes("shippingLines").stream().map(line -> line.money("originalPriceSet")));
        BigDecimal taxes = sum(Stream.concat(
                        input.nodes("taxLines").stream(),
                        order.nodes("lineItems").stream().flatMap(line -> line.nodes("taxLines").stream()))
                .map(tax -> tax.money("priceSet")));
        BigDecimal discount = discount(order, input.node("discountCode"), goods, shipping);
        boolean included = Boolean.TRUE.equals(order.get("taxesIncluded"));
        BigDecimal total = goods.subtract(discount).add(shipping).add(included ? BigDecimal.ZERO : taxes);
        order.with("totalDiscountsSet", state.money(discount))
                .with("totalShippingPriceSet", state.money(shipping))
                .with("totalPriceSet", state.money(total))
                .with("totalRefundedSet", state.money(BigDecimal.ZERO))
                .with("goods", goods);
    }

    private static BigDecimal discount(Node order, Node given, BigDecimal goods, BigDecimal shipping) {
        Node fixed = given.node("itemFixedDiscountCode");
        Node percentage = given.node("itemPercentageDiscountCode");
        Node free = given.node("freeShippingDiscountCode");
        order.with(
                "discountCodes",
                Stream.of(fixed, percentage, free)
                        .filter(code -> code.has("code"))
                        .map(code -> code.text("code"))
                        .toList());
        if (percentage.get("percentage") instanceof Number percent) {
            return goods.multiply(BigDecimal.valueOf(percent.doubleValue()))
                    .divide(BigDecimal.valueOf(100), 2, RoundingMode.HALF_UP);
        }
        return free.isEmpty() ? fixed.money("amountSet").min(goods) : shipping;
    }

    static BigDecimal sum(Stream<BigDecimal> amounts) {
        return amounts.reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** What is paid decides, where payments are told; else what the caller says. */
    private static String paid(Node order, Node input) {
        if (order.nodes("transactions").isEmpty()) {
            return input.has("financialStatus") ? input.text("financialStatus") : "PAID";
        }
        BigDecimal paid = sum(order.nodes("transactions").stream()
                .filter(payment -> payment.text("status").equals("SUCCESS"))
                .filter(payment -> List.of("SALE", "CAPTURE").contains(payment.text("kind")))
                .map(payment -> payment.money("amountSet")));
        if (paid.signum() == 0) {
            return input.has("financialStatus") ? input.text("financialStatus") : "PENDING";
        }
        return paid.compareTo(order.money("totalPriceSet")) < 0 ? "PARTIALLY_PAID" : "PAID";
    }
}
