package io.patchbay.sandbox.shopify;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Lists in pages, with cursors. */
final class Connections {

    /** The most that one page may hold. */
    static final int MOST = 250;

    private static final Map<String, Comparator<Node>> ORDERS = Map.of(
            "UPDATED_AT", by("updatedAt"),
            "CREATED_AT", by("createdAt"),
            "PROCESSED_AT", by("processedAt"));

    private Connections() {}

    private static Comparator<Node> by(String time) {
        return Comparator.comparing(node -> (Instant) node.get(time));
    }

    /** A list at the root: filtered by {@code query}, in the order of {@code sortKey}, which is that of the ids unless it is a time. */
    static DataFetcher<Node> list(List<Node> all, Search.Fields fields) {
        return call -> {
            Search search = new Search(call.getArgumentOrDefault("query", ""));
            List<Node> found = new ArrayList<>(
                    all.stream().filter(node -> search.finds(node, fields)).toList());
            Comparator<Node> order = ORDERS.get(call.getArgumentOrDefault("sortKey", "ID"));
            if (order != null) {
                found.sort(order);
            }
            return page(found, call);
        };
    }

    /** A page of a list, as the arguments of its field ask for it. */
    static Node page(List<Node> all, DataFetchingEnvironment call) {
        Integer first = call.getArgument("first");
        Integer last = call.getArgument("last");
        if (first == null && last == null) {
            throw new Refused("BAD_REQUEST", "you must provide one of first or last");
        }
        if (first != null && last != null) {
            throw new Refused("BAD_REQUEST", "providing both first and last is not supported");
        }
        int size = first != null ? first : last;
        if (size < 0 || size > MOST) {
            throw new Refused("BAD_REQUEST", "a page holds 0 to " + MOST + " entries, not " + size);
        }
        List<Node> ordered = new ArrayList<>(all);
        if (Boolean.TRUE.equals(call.getArgument("reverse"))) {
            Collections.reverse(ordered);
        }
        int from = call.getArgument("after") == null ? 0 : at(ordered, call.getArgument("after")) + 1;
        int to = call.getArgument("before") == null ? ordered.size() : at(ordered, call.getArgument("before"));
        int start = first != null ? from : Math.max(from, to - size);
        int end = first != null ? Math.min(to, from + size) : to;
        return page(ordered.subList(start, Math.max(start, end)), start > 0, end < ordered.size());
    }

    private static Node page(List<Node> nodes, boolean before, boolean after) {
        Node info = new Node().with("hasPreviousPage", before).with("hasNextPage", after);
        if (!nodes.isEmpty()) {
            info.with("startCursor", cursor(nodes.get(0))).with("endCursor", cursor(nodes.get(nodes.size() - 1)));
        }
        List<Node> edges = nodes.stream()
                .map(node -> new Node().with("cursor", cursor(node)).with("node", node))
                .toList();
        return new Node().with("nodes", nodes).with("edges", edges).with("pageInfo", info);
    }

    private static String cursor(Node node) {
        return Base64.getEncoder().encodeToString(node.id().getBytes(StandardCharsets.UTF_8));
    }

    private static int at(List<Node> nodes, String cursor) {
        for (int i = 0; i < nodes.size(); i++) {
            if (cursor(nodes.get(i)).equals(cursor)) {
                return i;
            }
        }
        throw new Refused("BAD_REQUEST", "Invalid cursor for current pagination sort.");
    }
}
