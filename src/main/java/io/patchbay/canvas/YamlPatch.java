package io.patchbay.canvas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.problem.Problems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Writes values into a YAML file in place of others: comments, order and layout of all that stays are kept, to the letter. SnakeYAML
 * can only write a document as a whole, in one style and without most comments; so the places are taken from its parser, and the text
 * is changed there.
 */
public final class YamlPatch {

    private final String text;
    private final YamlLayout layout;
    private final String newline;
    private final Node root;
    private final org.snakeyaml.engine.v2.nodes.Node marks;
    private final IdentityHashMap<org.snakeyaml.engine.v2.nodes.Node, Integer> uses = new IdentityHashMap<>();
    private final List<Edit> edits = new ArrayList<>();

    private record Edit(int from, int to, String text) {}

    /**
     * A value with its place.
     *
     * @param after where the text behind its key, dash or bracket begins
     * @param column of that key or dash
     * @param flow whether it stands within brackets
     */
    private record Slot(
            Node node, org.snakeyaml.engine.v2.nodes.Node mark, int after, int column, boolean flow, boolean item) {}

    private YamlPatch(String text, Node root, org.snakeyaml.engine.v2.nodes.Node marks) {
        this.text = text;
        this.layout = new YamlLayout(text);
        this.newline = text.contains("\r\n") ? "\r\n" : "\n";
        this.root = root;
        this.marks = marks;
        count(marks);
    }

    /** A file; empty when it is none that we read, or begins with a byte order mark. */
    public static Optional<YamlPatch> of(String text) {
        Problems problems = new Problems();
        Optional<Node> root = new YamlReader().read("", text, problems);
        if (root.isEmpty() || text.startsWith("\ufeff")) {
            return Optional.empty();
        }
        LoadSettings settings = LoadSettings.builder().build();
        return new Composer(settings, new ParserImpl(settings, new StreamReader(settings, text)))
                .getSingleNode()
                .map(marks -> new YamlPatch(text, root.get(), marks));
    }

    /**
     * Gives a place another value.
     *
     * @param path keys and positions; the last may be a key that is not there
     * @return false when it cannot be done, because an alias stands there or leads there
     */
    public boolean set(List<Object> path, JsonNode value) {
        Slot slot = new Slot(root, marks, layout.start(marks), -2, false, false);
        for (Object step : path) {
            if (uses.getOrDefault(slot.mark(), 1) > 1) {
                return false;
            }
            Slot next = child(slot, step);
            if (next == null) {
                return step == path.get(path.size() - 1) && insert(slot, String.valueOf(step), value);
            }
            slot = next;
        }
        if (shared(slot.mark())) {
            return false;
        }
        edit(slot, value);
        return true;
    }

    /** The text with all that was set. */
    public String text() {
        StringBuilder changed = new StringBuilder();
        int at = 0;
        for (Edit edit : ordered()) {
            changed.append(text, at, edit.from()).append(written(edit));
            at = edit.to();
        }
        return changed.append(text, at, text.length()).toString();
    }

    private String written(Edit edit) {
        return edit.text().replace("\n", newline);
    }

    private List<Edit> ordered() {
        return edits.stream().sorted(Comparator.comparingInt(Edit::from)).toList();
    }

    private void count(org.snakeyaml.engine.v2.nodes.Node node) {
        if (uses.merge(node, 1, Integer::sum) > 1) {
            return;
        }
        if (node instanceof MappingNode map) {
            map.getValue().forEach(tuple -> count(tuple.getValueNode()));
        } else if (node instanceof SequenceNode list) {
            list.getValue().forEach(this::count);
        }
    }

    private boolean shared(org.snakeyaml.engine.v2.nodes.Node node) {
        if (uses.getOrDefault(node, 1) > 1) {
            return true;
        }
        return node instanceof MappingNode map
                ? map.getValue().stream().anyMatch(tuple -> shared(tuple.getValueNode()))
                : node instanceof SequenceNode list && list.getValue().stream().anyMatch(this::shared);
    }

    private @Nullable Slot child(Slot slot, Object step) {
        if (slot.node() instanceof MapNode map && slot.mark() instanceof MappingNode marked) {
            return tuple(marked, String.valueOf(step))
                    .map(tuple -> slot(slot, map, tuple))
                    .orElse(null);
        }
        if (slot.node() instanceof ListNode list
                && slot.mark() instanceof SequenceNode marked
                && step instanceof Integer at
                && at < list.items().size()) {
            return item(slot, list, marked, at);
        }
        return null;
    }

    private static Optional<NodeTuple> tuple(MappingNode map, String key) {
        return map.getValue().stream()
                .filter(one -> one.getKeyNode() instanceof ScalarNode scalar
                        && scalar.getValue().equals(key))
                .findFirst();
    }

    private Slot slot(Slot owner, MapNode map, NodeTuple tuple) {
        String key = ((ScalarNode) tuple.getKeyNode()).getValue();
        int colon = text.indexOf(':', layout.end(tuple.getKeyNode()));
        return new Slot(
                Objects.requireNonNull(map.get(key)),
                tuple.getValueNode(),
                colon + 1,
                layout.column(tuple.getKeyNode()),
                owner.flow() || layout.flow(owner.mark()),
                false);
    }

    private Slot item(Slot owner, ListNode list, SequenceNode marked, int at) {
        org.snakeyaml.engine.v2.nodes.Node item = marked.getValue().get(at);
        boolean flow = owner.flow() || layout.flow(marked);
        int dash = layout.dash(item);
        return new Slot(
                list.items().get(at),
                item,
                flow || dash < 0 ? layout.start(item) : dash + 1,
                flow || dash < 0 ? layout.column(item) - 2 : dash - layout.lineStart(dash),
                flow,
                true);
    }

    private void edit(Slot slot, JsonNode value) {
        if (Literals.json(slot.node()).equals(value)) {
            return;
        }
        if (slot.mark() instanceof MappingNode map
                && value instanceof ObjectNode object
                && members(slot, map, object)) {
            return;
        }
        if (slot.mark() instanceof SequenceNode list && value.isArray() && items(slot, list, value)) {
            return;
        }
        replace(slot, value);
    }

    /** Changes a mapping member by member. @return false when it has to be written anew */
    private boolean members(Slot slot, MappingNode map, ObjectNode value) {
        Map<String, NodeTuple> there = new HashMap<>();
        map.getValue().forEach(tuple -> there.put(((ScalarNode) tuple.getKeyNode()).getValue(), tuple));
        List<String> more = new ArrayList<>();
        value.fieldNames().forEachRemaining(name -> {
            if (!there.containsKey(name)) {
                more.add(name);
            }
        });
        List<NodeTuple> less = map.getValue().stream()
                .filter(tuple -> !value.has(((ScalarNode) tuple.getKeyNode()).getValue()))
                .toList();
        boolean same = more.isEmpty() && less.isEmpty();
        boolean block = !layout.flow(map) && !slot.flow() && !map.getValue().isEmpty();
        boolean clean = less.size() < there.size()
                && less.stream()
                        .allMatch(tuple -> layout.ownLine(tuple.getKeyNode()) == layout.start(tuple.getKeyNode()));
        if (!same && (!block || (!less.isEmpty() && (!more.isEmpty() || !clean)))) {
            return false;
        }
        less.forEach(tuple ->
                delete(layout.start(tuple.getKeyNode()), layout.valueEnd(tuple.getValueNode(), tuple.getKeyNode())));
        for (NodeTuple tuple : map.getValue()) {
            if (!less.contains(tuple)) {
                String key = ((ScalarNode) tuple.getKeyNode()).getValue();
                edit(slot(slot, (MapNode) slot.node(), tuple), value.path(key));
            }
        }
        more.forEach(name -> insert(slot, name, value.path(name)));
        return true;
    }

    /** Changes a list item by item. @return false when it has to be written anew */
    private boolean items(Slot slot, SequenceNode list, JsonNode value) {
        int there = list.getValue().size();
        boolean same = there == value.size();
        boolean flow = layout.flow(list) || slot.flow();
        if (!same && (flow ? value.size() < there || there == 0 : value.isEmpty())) {
            return false;
        }
        if (!same && flow) {
            for (int i = 0; i < there; i++) {
                edit(item(slot, (ListNode) slot.node(), list, i), value.get(i));
            }
            append(list, value, there);
            return true;
        }
        for (int i = value.size(); i < there; i++) {
            int dash = layout.dash(list.getValue().get(i));
            if (dash < 0 || layout.ownLine(dash) != dash) {
                return false;
            }
        }
        int first = same ? 0 : layout.dash(list.getValue().get(0));
        if (first < 0) {
            return false;
        }
        for (int i = 0; i < Math.min(there, value.size()); i++) {
            edit(item(slot, (ListNode) slot.node(), list, i), value.get(i));
        }
        for (int i = value.size(); i < there; i++) {
            org.snakeyaml.engine.v2.nodes.Node item = list.getValue().get(i);
            delete(layout.dash(item), Math.max(layout.dash(item) + 1, layout.valueEnd(item, item)));
        }
        int column = first - layout.lineStart(first);
        for (int i = there; i < value.size(); i++) {
            int at = layout.lineEnd(layout.valueEnd(list, list));
            edits.add(new Edit(at, at, "\n" + " ".repeat(column) + "-" + YamlText.behind(value.get(i), column, true)));
        }
        return true;
    }

    private void append(SequenceNode list, JsonNode value, int from) {
        int at = layout.end(list) - 1;
        while (Character.isWhitespace(text.charAt(at - 1))) {
            at--;
        }
        StringBuilder more = new StringBuilder();
        for (int i = from; i < value.size(); i++) {
            more.append(i > from || text.charAt(at - 1) != ',' ? ", " : " ").append(YamlText.flow(value.get(i)));
        }
        edits.add(new Edit(at, at, more.toString()));
    }

    private boolean insert(Slot slot, String key, JsonNode value) {
        if (!(slot.mark() instanceof MappingNode map)) {
            return false;
        }
        if (slot.flow() || layout.flow(map)) {
            int at = layout.end(map) - 1;
            while (Character.isWhitespace(text.charAt(at - 1))) {
                at--;
            }
            String comma = map.getValue().isEmpty() || text.charAt(at - 1) == ',' ? " " : ", ";
            edits.add(new Edit(at, at, comma + YamlText.key(key) + ": " + YamlText.flow(value)));
            return true;
        }
        int column = layout.column(map.getValue().get(0).getKeyNode());
        int at = layout.lineEnd(layout.valueEnd(map, map));
        edits.add(new Edit(
                at, at, "\n" + " ".repeat(column) + YamlText.key(key) + ":" + YamlText.behind(value, column, false)));
        return true;
    }

    private void replace(Slot slot, JsonNode value) {
        int end = Math.max(slot.after(), layout.valueEnd(slot.mark(), slot.mark()));
        if (slot.flow()) {
            boolean empty = layout.start(slot.mark()) == layout.end(slot.mark());
            edits.add(new Edit(layout.start(slot.mark()), end, (empty ? " " : "") + YamlText.flow(value)));
            return;
        }
        boolean commented = !text.substring(end, layout.lineEnd(end)).isBlank();
        boolean wasBlock = slot.mark() instanceof CollectionNode<?> && !layout.flow(slot.mark());
        String written;
        if (wasBlock && value.isContainerNode() && !value.isEmpty()) {
            String block = YamlText.block(value, slot.column() + 2);
            written = slot.item() ? " " + block.stripLeading() : "\n" + block;
        } else if (commented) {
            written = " " + YamlText.flow(value); // a comment behind a block would be part of it
        } else {
            written = YamlText.behind(value, slot.column(), slot.item());
        }
        String blanks = text.substring(slot.after(), Math.max(slot.after(), layout.start(slot.mark())));
        boolean aligned = !blanks.isEmpty() && blanks.chars().allMatch(c -> c == ' ') && written.startsWith(" ");
        edits.add(new Edit(slot.after(), end, aligned ? blanks + written.substring(1) : written));
    }

    private void delete(int from, int end) {
        int to = layout.lineEnd(end);
        edits.add(new Edit(
                layout.lineStart(from), Math.min(text.length(), to + (text.startsWith("\r\n", to) ? 2 : 1)), ""));
    }
}
