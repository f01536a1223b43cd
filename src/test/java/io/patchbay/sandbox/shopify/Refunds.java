package io.patchbay.sandbox.shopify;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Money that is given back. The wording of what it refuses about amounts is ours: Shopify's is not published. */
public final class Refunds {

    private final State state;

    Refunds(State state) {
        this.state = state;
    }

    /** The refunds of an order, the oldest first. */
    public List<Node> of(Node order) {
        return order.nodes("refunds");
    }

    void wire(RuntimeWiring.Builder wiring) {
        wiring.type("Order", type -> type.dataFetcher("suggestedRefund", this::suggest));
        wiring.type(
                "Mutation",
                type -> type.dataFetcher(
                        "refundCreate", new Idempotency().once(arguments -> create(arguments.node("input")))));
    }

    private Node suggest(DataFetchingEnvironment call) {
        Node order = call.getSource();
        Node arguments = Node.of(call.getArguments());
        BigDecimal subtotal =
                OrderCreate.sum(arguments.nodes("refundLineItems").stream().map(line -> amount(order, line)));
        BigDecimal shipping = Boolean.TRUE.equals(arguments.get("refundShipping"))
                ? order.money("totalShippingPriceSet")
                : arguments.decimal("shippingAmount");
        BigDecimal amount = Boolean.TRUE.equals(arguments.get("suggestFullRefund"))
                ? refundable(order)
                : subtotal.add(shipping).min(refundable(order));
        return new Node()
                .with("amountSet", state.money(amount))
                .with("subtotalSet", state.money(subtotal))
                .with("maximumRefundableSet", state.money(refundable(order)))
                .with("suggestedTransactions", transactions(order, amount));
    }

    /** Payments in turn, each as far as it was not given back. */
    private List<Node> transactions(Node order, BigDecimal amount) {
        List<Node> transactions = new ArrayList<>();
        BigDecimal left = amount;
        for (Node payment : payments(order)) {
            BigDecimal most = refundable(order, payment);
            BigDecimal part = most.min(left);
            if (part.signum() > 0) {
                left = left.subtract(part);
                transactions.add(new Node()
                        .with("kind", "SUGGESTED_REFUND")
                        .with("gateway", payment.get("gateway"))
                        .with("amountSet", state.money(part))
                        .with("maximumRefundableSet", state.money(most))
                        .with("parentTransaction", payment));
            }
        }
        return transactions;
    }

    private static List<Node> payments(Node order) {
        return order.nodes("transactions").stream()
                .filter(payment -> List.of("SALE", "CAPTURE").contains(payment.text("kind")))
                .filter(payment -> payment.text("status").equals("SUCCESS"))
                .toList();
    }

    private static BigDecimal refundable(Node order, Node payment) {
        return payment.money("amountSet")
                .subtract(OrderCreate.sum(order.nodes("transactions").stream()
                        .filter(other -> other.text("kind").equals("REFUND"))
                        .filter(other -> other.node("parentTransaction").id().equals(payment.id()))
                        .map(other -> other.money("amountSet"))));
    }

    private static BigDecimal refundable(Node order) {
        return OrderCreate.sum(payments(order).stream().map(payment -> refundable(order, payment)));
    }

    /** What a line of a refund is worth, after its share of the order's discount. */
    private static BigDecimal amount(Node order, Node line) {
        Node bought =
                State.find(order.nodes("lineItems"), line.text("lineItemId")).orElseGet(Node::new);
        BigDecimal full = bought.money("originalUnitPriceSet").multiply(BigDecimal.valueOf(line.number("quantity")));
        BigDecimal goods = order.decimal("goods");
        if (goods.signum() == 0) {
            return full;
        }
        BigDecimal paid = goods.subtract(order.money("totalDiscountsSet"));
        return full.multiply(paid).divide(goods, 2, RoundingMode.HALF_UP);
    }

    private Node create(Node input) {
        UserErrors errors = new UserErrors();
        Node order = State.find(state.orders, input.text("orderId")).orElse(null);
        if (order == null) {
            errors.add(null, "orderId", "Order does not exist");
            return errors.payload();
        }
        for (int i = 0; i < input.nodes("refundLineItems").size(); i++) {
            check(order, input.nodes("refundLineItems").get(i), "refundLineItems." + i, errors);
        }
        for (int i = 0; i < input.nodes("transactions").size(); i++) {
            checkTransaction(order, input.nodes("transactions").get(i), "transactions." + i, errors);
        }
        if (input.nodes("refundLineItems").isEmpty()
                && input.nodes("transactions").isEmpty()) {
            errors.add(null, "input", "A refund needs lines or transactions");
        }
        return errors.isEmpty()
                ? UserErrors.none("refund", refund(order, input)).with("order", order)
                : errors.payload();
    }

    private static void check(Node order, Node line, String field, UserErrors errors) {
        Node bought =
                State.find(order.nodes("lineItems"), line.text("lineItemId")).orElse(null);
        if (bought == null) {
            errors.add(null, field + ".lineItemId", "Line item does not exist");
            return;
        }
        if (line.number("quantity") > bought.number("quantity") - refunded(order, bought)) {
            errors.add(null, field + ".quantity", "Quantity cannot refund more items than were purchased");
        }
        if (line.text("restockType").equals("RETURN") && !line.has("locationId")) {
            errors.add(null, field + ".locationId", "A location is needed to restock what came back");
        }
    }

    private static int refunded(Node order, Node bought) {
        return order.nodes("refunds").stream()
                .flatMap(refund -> refund.nodes("refundLineItems").stream())
                .filter(line -> line.node("lineItem").id().equals(bought.id()))
                .mapToInt(line -> line.number("quantity"))
                .sum();
    }

    private static void checkTransaction(Node order, Node transaction, String field, UserErrors errors) {
        Node payment = State.find(payments(order), transaction.text("parentId")).orElse(null);
        if (!transaction.text("kind").equals("REFUND")
                || !transaction.text("orderId").equals(order.id())) {
            errors.add(null, field + ".kind", "The transaction has to be a refund of this order");
        } else if (payment == null) {
            errors.add(null, field + ".parentId", "The transaction that is given back does not exist");
        } else if (transaction.decimal("amount").compareTo(refundable(order, payment)) > 0) {
            errors.add(null, field + ".amount", "The amount is more than what can be given back of the transaction");
        }
    }

    private Node refund(Node order, Node input) {
        List<Node> lines = input.nodes("refundLineItems").stream()
                .map(line -> state.make("RefundLineItem")
                        .with("quantity", line.number("quantity"))
                        .with("restockType", line.has("restockType") ? line.text("restockType") : "NO_RESTOCK")
                        .with(
                                "lineItem",
                                State.find(order.nodes("lineItems"), line.text("lineItemId"))
                                        .orElseThrow())
                        .with("subtotalSet", state.money(amount(order, line))))
                .toList();
        BigDecimal amount = OrderCreate.sum(input.nodes("transactions").stream().map(one -> one.decimal("amount")));
        Node refund = state.make("Refund")
                .with("note", input.get("note"))
                .with("totalRefundedSet", state.money(amount))
                .with("refundLineItems", lines);
        List<Node> refunds = new ArrayList<>(of(order));
        refunds.add(refund);
        List<Node> transactions = new ArrayList<>(order.nodes("transactions"));
        input.nodes("transactions").forEach(one -> transactions.add(transaction(order, one)));
        order.with("refunds", refunds).with("transactions", transactions);
        BigDecimal before = order.money("totalRefundedSet");
        order.with("totalRefundedSet", state.money(before.add(amount)));
        boolean all = order.money("totalRefundedSet").compareTo(order.money("totalPriceSet")) >= 0;
        order.with("displayFinancialStatus", all ? "REFUNDED" : "PARTIALLY_REFUNDED");
        state.touch(order);
        return refund;
    }

    private Node transaction(Node order, Node given) {
        return state.make("OrderTransaction")
                .with("kind", "REFUND")
                .with("status", "SUCCESS")
                .with("gateway", given.text("gateway"))
                .with("amountSet", state.money(given.decimal("amount")))
                .with(
                        "parentTransaction",
                        State.find(payments(order), given.text("parentId")).orElseThrow());
    }
}
