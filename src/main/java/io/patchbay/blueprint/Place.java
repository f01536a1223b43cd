package io.patchbay.blueprint;

import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an answer goes.
 *
 * @param file path from the blueprint's folder
 * @param steps keys, and texts in brackets for items of lists
 */
record Place(String file, List<String> steps) {

    private static final Pattern STEP = Pattern.compile("\\.?([A-Za-z0-9_$-]+)|\\[([A-Za-z0-9_-]+)]");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");

    /** Reads {@code FILE#PATH}; empty when it is something else. */
    static Optional<Place> parse(String text) {
        int hash = text.indexOf('#');
        if (hash < 1) {
            return Optional.empty();
        }
        List<String> steps = new ArrayList<>();
        String path = text.substring(hash + 1);
        Matcher step = STEP.matcher(path);
        int at = 0;
        while (step.find() && step.start() == at) {
            steps.add(step.group(1) != null ? step.group(1) : "[" + step.group(2) + "]");
            at = step.end();
        }
        return at == path.length() && !steps.isEmpty()
                ? Optional.of(new Place(text.substring(0, hash), List.copyOf(steps)))
                : Optional.empty();
    }

    /** The same as keys and positions in a file; empty where it leads nowhere, or to no single value. */
    Optional<List<Object>> in(Node root) {
        List<Object> found = new ArrayList<>();
        Node at = root;
        for (String step : steps) {
            if (step.startsWith("[") && at instanceof ListNode list) {
                int index = index(list, step.substring(1, step.length() - 1));
                if (index < 0) {
                    return Optional.empty();
                }
                found.add(index);
                at = list.items().get(index);
            } else if (at instanceof MapNode map && map.get(step) != null) {
                found.add(step);
                at = Objects.requireNonNull(map.get(step));
            } else {
                return Optional.empty();
            }
        }
        return at instanceof ScalarNode ? Optional.of(found) : Optional.empty();
    }

    /** What stands there; empty where nothing does. */
    Optional<String> text(Optional<Node> root) {
        Node at = root.orElse(null);
        for (Object step : root.flatMap(this::in).orElse(List.of())) {
            at = step instanceof Integer index && at instanceof ListNode list
                    ? list.items().get(index)
                    : at instanceof MapNode map ? map.get(String.valueOf(step)) : null;
        }
        return at instanceof ScalarNode scalar ? Optional.of(scalar.text()) : Optional.empty();
    }

    private static int index(ListNode list, String name) {
        if (NUMBER.matcher(name).matches()) {
            int index = Integer.parseInt(name);
            return index < list.items().size() ? index : -1;
        }
        for (int i = 0; i < list.items().size(); i++) {
            if (list.items().get(i) instanceof MapNode item
                    && item.get("id") instanceof ScalarNode id
                    && id.text().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public String toString() {
        return file + "#" + String.join(".", steps).replace(".[", "[");
    }
}
