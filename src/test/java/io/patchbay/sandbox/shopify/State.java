package io.patchbay.sandbox.shopify;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the shop holds, and what gives new things their ids and times. */
final class State {

    final List<Node> locations = new ArrayList<>();
    final List<Node> customers = new ArrayList<>();
    final List<Node> products = new ArrayList<>();
    final List<Node> variants = new ArrayList<>();
    final List<Node> items = new ArrayList<>();
    final List<Node> orders = new ArrayList<>();

    private final Clock clock;
    private final String currency;
    private long last = 1000;

    State(Clock clock, String currency) {
        this.clock = clock;
        this.currency = currency;
    }

    String currency() {
        return currency;
    }

    /** The time, in whole seconds as Shopify tells it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** A new object of a type. */
    Node make(String type) {
        long number = ++last;
        return new Node()
                .with("id", "gid://shopify/%s/%d".formatted(type, number))
                .with("legacyResourceId", Long.toString(number))
                .with("createdAt", now())
                .with("updatedAt", now());
    }

    void touch(Node node) {
        node.put("updatedAt", now());
    }

    static Optional<Node> find(List<Node> nodes, String id) {
        return nodes.stream().filter(node -> node.id().equals(id)).findFirst();
    }

    /** A MoneyBag in the shop's currency. */
    Node money(BigDecimal amount) {
        return bag(amount, currency);
    }

    static Node bag(BigDecimal amount, String currency) {
        Map<String, Object> money =
                Map.of("amount", amount.setScale(2, RoundingMode.HALF_UP), "currencyCode", currency);
        return new Node().with("shopMoney", money).with("presentmentMoney", money);
    }
}
