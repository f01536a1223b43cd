package io.patchbay.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Literals;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.Entry;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Holds what came of a case against what its file expects, and says where that stands. */
final class Expectation {

    private static final int SHOWN = 300;

    private final List<Difference> differences = new ArrayList<>();
    private final List<Object> place = new ArrayList<>();

    private Expectation() {}

    /**
     * What differs.
     *
     * @param expect what stands under {@code expect}
     */
    static List<Difference> differences(Node expect, ObjectNode found) {
        Expectation expectation = new Expectation();
        if (expect instanceof MapNode map) {
            map.entries().values().forEach(entry -> expectation.in(entry, () -> expectation.part(entry, found)));
        }
        return List.copyOf(expectation.differences);
    }

    private void in(Object step, Runnable work) {
        place.add(step instanceof Entry entry ? entry.key() : step);
        work.run();
        place.remove(place.size() - 1);
    }

    private void part(Entry entry, ObjectNode found) {
        JsonNode its = found.path(entry.key());
        switch (entry.key()) {
            case "shapes" -> entries(entry.value(), shape -> in(shape, () -> shape(shape, its)));
            case "requests" ->
                entries(
                        entry.value(),
                        shape -> in(
                                shape,
                                () -> list(
                                        shape.value(),
                                        its.has(shape.key()) ? its.path(shape.key()) : Json.NODES.arrayNode(),
                                        this::request)));
            case "logs" -> lines(entry.value(), its);
            case "failed", "starts", "mails" -> list(entry.value(), its, this::given);
            case "variables", "answer" -> given(entry.value(), its);
            case "outcome" -> outcome(entry.value(), its, found.path("reason"));
            default -> whole(entry.value(), its);
        }
    }

    private void outcome(Node expected, JsonNode found, JsonNode reason) {
        JsonNode wanted = Literals.json(expected);
        if (!wanted.equals(found)) {
            String why = reason.isTextual() ? " (" + reason.textValue() + ")" : "";
            add(expected, "outcome is " + shown(found) + why + ", expected " + shown(wanted), found);
        }
    }

    private static void entries(Node node, java.util.function.Consumer<Entry> each) {
        if (node instanceof MapNode map) {
            map.entries().values().forEach(each);
        }
    }

    private void shape(Entry shape, JsonNode shapes) {
        given(shape.value(), shapes.path(shape.key()));
    }

    /** How an item of a list is compared. */
    private interface Item {
        void compare(Node expected, JsonNode found);
    }

    /** All items, in order. */
    private void list(Node expected, JsonNode found, Item item) {
        if (!(expected instanceof ListNode list)) {
            return;
        }
        if (list.items().size() != found.size()) {
            add(
                    expected,
                    path() + " has " + count(found.size()) + ", expected "
                            + list.items().size() + (found.isEmpty() ? "" : ": " + shown(found)),
                    found);
            return;
        }
        for (int i = 0; i < list.items().size(); i++) {
            int at = i;
            in(at, () -> item.compare(list.items().get(at), found.get(at)));
        }
    }

    /** Lines that must be there in this order, among others. */
    private void lines(Node expected, JsonNode found) {
        if (!(expected instanceof ListNode list)) {
            return;
        }
        int from = 0;
        for (int i = 0; i < list.items().size(); i++) {
            Node line = list.items().get(i);
            int at = position(found, from, one -> fits(line, one));
            if (at < 0) {
                in(
                        i,
                        () -> differences.add(new Difference(
                                line.at(),
                                path(),
                                "the log has no line " + shown(Literals.json(line)) + " here; it has " + shown(found),
                                place.subList(0, place.size() - 1),
                                found)));
                return;
            }
            from = at + 1;
        }
    }

    private static int position(JsonNode list, int from, Predicate<JsonNode> fits) {
        for (int i = from; i < list.size(); i++) {
            if (fits.test(list.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean fits(Node line, JsonNode found) {
        Expectation one = new Expectation();
        one.given(line, found);
        return one.differences.isEmpty();
    }

    /** A request: query, headers and inputs as far as given, the rest whole. */
    private void request(Node expected, JsonNode found) {
        entries(
                expected,
                entry -> in(entry, () -> {
                    JsonNode its = found.path(entry.key());
                    switch (entry.key()) {
                        case "headers" -> headers(entry.value(), its);
                        case "query", "with" -> texts(entry.value(), its);
                        default -> whole(entry.value(), its);
                    }
                }));
    }

    private void headers(Node expected, JsonNode found) {
        entries(
                expected,
                entry -> in(entry, () -> {
                    String value = Alike.header(found, entry.key());
                    whole(entry.value(), value == null ? Json.NODES.missingNode() : Json.NODES.textNode(value));
                }));
    }

    /** What goes over the wire is text: 25 and "25" are the same. */
    private void texts(Node expected, JsonNode found) {
        entries(
                expected,
                entry -> in(entry, () -> {
                    JsonNode wanted = Literals.json(entry.value());
                    JsonNode its = found.path(entry.key());
                    boolean same = wanted.isValueNode()
                            && its.isValueNode()
                            && !its.isMissingNode()
                            && Alike.text(wanted.asText(), its.asText());
                    if (!same) {
                        whole(entry.value(), its);
                    }
                }));
    }

    /** The keys that are given, each with its whole value. */
    private void given(Node expected, JsonNode found) {
        entries(expected, entry -> in(entry, () -> whole(entry.value(), found.path(entry.key()))));
    }

    /** A value as a whole. */
    private void whole(Node expected, JsonNode found) {
        if (expected instanceof MapNode map && found.isObject()) {
            members(map, found);
        } else if (expected instanceof ListNode list && found.isArray()) {
            if (list.items().size() != found.size()) {
                list(expected, found, this::whole);
                return;
            }
            for (int i = 0; i < list.items().size(); i++) {
                int at = i;
                in(at, () -> whole(list.items().get(at), found.get(at)));
            }
        } else {
            JsonNode wanted = Literals.json(expected);
            boolean anything = wanted.isTextual() && wanted.textValue().equals("*") && !found.isMissingNode();
            boolean nothing = wanted.isNull() && found.isMissingNode();
            if (!anything && !nothing && !Alike.whole(wanted, found)) {
                add(
                        expected,
                        path() + (found.isMissingNode() ? " is not there" : " is " + kind(found, wanted) + shown(found))
                                + ", expected " + kind(wanted, found) + shown(wanted),
                        found.isMissingNode() ? null : found);
            }
        }
    }

    private void members(MapNode expected, JsonNode found) {
        List<String> more = new ArrayList<>();
        found.fieldNames().forEachRemaining(more::add);
        more.removeAll(expected.entries().keySet());
        List<String> less = expected.entries().values().stream()
                .filter(entry -> !found.has(entry.key()))
                .filter(entry -> !Literals.json(entry.value()).isNull())
                .map(Entry::key)
                .toList();
        if (!more.isEmpty()) {
            add(expected, path() + " has " + named(more) + ", which is not expected: " + shown(found), found);
        }
        if (!less.isEmpty()) {
            Entry first = expected.entries().get(less.get(0));
            differences.add(new Difference(
                    first == null ? expected.at() : first.at(),
                    path(),
                    path() + " has no " + named(less) + ", which is expected: " + shown(found),
                    place,
                    found));
        }
        if (more.isEmpty() && less.isEmpty()) {
            expected.entries()
                    .values()
                    .forEach(entry -> in(entry, () -> whole(entry.value(), found.path(entry.key()))));
        }
    }

    private static String named(List<String> names) {
        return "'" + String.join("', '", names) + "'";
    }

    private void add(Node expected, String what, @Nullable JsonNode found) {
        differences.add(new Difference(expected.at(), path(), what, place, found));
    }

    private String path() {
        StringBuilder text = new StringBuilder();
        for (Object step : place) {
            if (step instanceof Integer number) {
                text.append('[').append(number).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(step);
            }
        }
        return text.toString();
    }

    /** What a value is, where the other is of another kind: both may look alike. */
    private static String kind(JsonNode value, JsonNode other) {
        if (value.getNodeType() == other.getNodeType() || other.isMissingNode() || value.isContainerNode()) {
            return "";
        }
        return value.isTextual() ? "the text " : value.isNumber() ? "the number " : "";
    }

    private static String count(int items) {
        return items == 0 ? "nothing" : items == 1 ? "1 item" : items + " items";
    }

    private static String shown(JsonNode value) {
        String text = value instanceof ArrayNode list && list.isEmpty() ? "[]" : value.toString();
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    }
}
