package io.patchbay.sandbox.shopify;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An object of the shop or of a request, its fields by their names in the schema. */
public final class Node extends LinkedHashMap<String, Object> {

    /** A node of a map, with nodes for the maps in it. */
    public static Node of(Map<?, ?> fields) {
        Node node = new Node();
        fields.forEach((name, value) -> node.put(name.toString(), deep(value)));
        return node;
    }

    private static @Nullable Object deep(@Nullable Object value) {
        if (value instanceof Node node) {
            return node;
        }
        if (value instanceof Map<?, ?> map) {
            return of(map);
        }
        return value instanceof Collection<?> list
                ? list.stream().map(Node::deep).collect(Collectors.toList())
                : value;
    }

    /** Sets a field. */
    Node with(String name, @Nullable Object value) {
        put(name, deep(value));
        return this;
    }

    /** The id. */
    public String id() {
        return text("id");
    }

    /** A field as text; empty where it is missing. */
    public String text(String name) {
        Object value = get(name);
        return value == null ? "" : value.toString();
    }

    /** A field that is a whole number; 0 where it is missing. */
    public int number(String name) {
        return get(name) instanceof Number number ? number.intValue() : 0;
    }

    /** A field that is a node; an empty one where it is missing. */
    public Node node(String name) {
        return get(name) instanceof Node node ? node : new Node();
    }

    /** A field that is a list of nodes; an empty one where it is missing. */
    public List<Node> nodes(String name) {
        return get(name) instanceof List<?> list
                ? list.stream().map(Node.class::cast).toList()
                : List.of();
    }

    /** A field that is a list of texts; an empty one where it is missing. */
    public List<String> texts(String name) {
        return get(name) instanceof List<?> list
                ? list.stream().map(Object::toString).toList()
                : List.of();
    }

    /** A field that is a decimal number; 0 where it is missing. */
    public BigDecimal decimal(String name) {
        return get(name) instanceof BigDecimal decimal ? decimal : BigDecimal.ZERO;
    }

    /** The shop's amount of a field that is a MoneyBag. */
    public BigDecimal money(String name) {
        return node(name).node("shopMoney").decimal("amount");
    }

    /** Whether a field is there and not null. */
    boolean has(String name) {
        return get(name) != null;
    }
}
