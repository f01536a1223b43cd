package io.patchbay.service;

import io.patchbay.connector.Connector;
import io.patchbay.connector.Endpoint;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Which endpoints of a connector list, and which take, records of a kind: their ids begin with its name, like {@code orders.list}. */
public final class EntityEndpoints {

    private static final List<String> LISTS = List.of("list", "search", "list-all", "list-rest");
    private static final List<String> SENDS =
            List.of("create", "upsert", "set", "put", "create-batch", "send", "update");

    private final Connector connector;

    /** Of a connector. */
    public EntityEndpoints(Connector connector) {
        this.connector = connector;
    }

    /** Kinds of records that it lists. */
    public List<String> entities() {
        return List.copyOf(new TreeSet<>(ids(EntityEndpoints::lists).stream()
                .map(id -> id.substring(0, id.indexOf('.')))
                .toList()));
    }

    /** What lists them, the usual one first; everything that lists where nothing of this name does. */
    public List<String> lists(String entity) {
        return of(entity, ids(EntityEndpoints::lists), LISTS);
    }

    /** What takes them, the usual one first; everything that takes something where nothing of this name does. */
    public List<String> sends(String entity) {
        return of(entity, ids(Endpoint::acts), SENDS);
    }

    private List<String> ids(Predicate<Endpoint> which) {
        return connector.endpoints().values().stream()
                .filter(which)
                .map(Endpoint::id)
                .filter(id -> id.indexOf('.') > 0)
                .toList();
    }

    private static boolean lists(Endpoint endpoint) {
        return !endpoint.acts() && (endpoint.many() || endpoint.id().endsWith(".list"));
    }

    private static List<String> of(String entity, List<String> ids, List<String> usual) {
        List<String> own =
                ids.stream().filter(id -> id.startsWith(entity + ".")).toList();
        return (own.isEmpty() ? ids : own)
                .stream()
                        .sorted(Comparator.comparingInt((String id) -> place(id, usual))
                                .thenComparing(id -> id))
                        .toList();
    }

    private static int place(String id, List<String> usual) {
        int place = usual.indexOf(id.substring(id.indexOf('.') + 1));
        return place < 0 ? usual.size() : place;
    }
}
