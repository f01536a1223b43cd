package io.patchbay.payload.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.ValidationMessage;
import io.patchbay.canvas.Literals;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON Schemas (2020-12), and refuses with the place what would fail later or reach out: references to anything but the
 * same document, references that lead back without a step into the value, and patterns that do not take linear time.
 */
public final class SchemaReader {

    private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";
    private static final Set<String> TYPES =
            Set.of("array", "boolean", "integer", "null", "number", "object", "string");
    private static final Set<String> MAPS = Set.of("properties", "patternProperties", "$defs", "dependentSchemas");
    private static final Set<String> LISTS = Set.of("allOf", "anyOf", "oneOf", "prefixItems");
    private static final Set<String> SINGLES = Set.of(
            "items",
            "contains",
            "additionalProperties",
            "propertyNames",
            "if",
            "then",
            "else",
            "not",
            "unevaluatedItems",
            "unevaluatedProperties");

    /** Keywords whose schemas are about the same value. */
    private static final Set<String> IN_PLACE =
            Set.of("allOf", "anyOf", "oneOf", "if", "then", "else", "not", "dependentSchemas");

    private final Node root;
    private final Problems problems;
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final IdentityHashMap<Node, List<Node>> inPlace = new IdentityHashMap<>();

    private SchemaReader(Node root, Problems problems) {
        this.root = root;
        this.problems = problems;
    }

    /** The schema, or null with problems. */
    public static @Nullable PayloadSchema read(Node root, Problems problems) {
        long before = problems.errors();
        new SchemaReader(root, problems).check();
        if (problems.errors() > before) {
            return null;
        }
        try {
            return new PayloadSchema(Literals.json(root));
        } catch (RuntimeException e) {
            problems.error(root.at(), "BAD_SCHEMA", "this schema cannot be used: " + e.getMessage());
            return null;
        }
    }

    private void check() {
        if (!(root instanceof MapNode map)) {
            problems.error(
                    root.at(),
                    "WRONG_TYPE",
                    "a JSON Schema must be a mapping, found " + root.kind(),
                    "like {type: object, required: [id], properties: {id: {type: string}}}");
            return;
        }
        Node draft = map.get("$schema");
        if (draft instanceof ScalarNode scalar
                && !scalar.text().replaceAll("#$", "").equals(DRAFT)) {
            problems.error(
                    draft.at(),
                    "BAD_SCHEMA",
                    "schemas are of the draft 2020-12, found '" + scalar.text() + "'",
                    "leave '$schema' out, or write " + DRAFT);
        }
        checkForm();
        walk(root);
        checkLoops();
    }

    private void checkForm() {
        Set<Location> told = new HashSet<>();
        for (ValidationMessage message : PayloadSchema.ofMetaSchema(Literals.json(root))) {
            Node at = root;
            String key = "";
            for (String part : PayloadSchema.parts(message.getInstanceLocation().toString())) {
                Node below = below(at, part);
                at = below == null ? at : below;
                key = part;
            }
            // What may be one of several kinds is refused by each of them: the first says it all.
            if (told.add(at.at())) {
                String found = at instanceof ScalarNode scalar ? "'" + scalar.text() + "'" : at.kind();
                problems.error(
                        at.at(),
                        "BAD_SCHEMA",
                        "this is no JSON Schema: '" + key + "' " + message.getError() + ", found " + found,
                        key.equals("type") && at instanceof ScalarNode word
                                ? DidYouMean.hint(word.text(), TYPES)
                                : null);
            }
        }
    }

    private static @Nullable Node below(Node node, String part) {
        if (node instanceof MapNode map) {
            return map.get(part);
        }
        boolean index = node instanceof ListNode && part.matches("[0-9]{1,6}");
        return index && Integer.parseInt(part) < ((ListNode) node).items().size()
                ? ((ListNode) node).items().get(Integer.parseInt(part))
                : null;
    }

    private void walk(Node schema) {
        if (!(schema instanceof MapNode map) || !seen.add(schema)) {
            return;
        }
        List<Node> same = inPlace.computeIfAbsent(schema, any -> new ArrayList<>());
        map.entries().forEach((key, entry) -> {
            Node value = entry.value();
            List<Node> below = below(key, value);
            if (IN_PLACE.contains(key)) {
                same.addAll(below);
            }
            below.forEach(this::walk);
            if (value instanceof ScalarNode scalar) {
                checkWord(key, scalar, same, schema);
            }
            if (key.equals("patternProperties") && value instanceof MapNode patterns) {
                patterns.entries().values().forEach(pattern -> checkPattern(pattern.key(), pattern.at()));
            }
        });
    }

    private static List<Node> below(String key, Node value) {
        if (MAPS.contains(key) && value instanceof MapNode map) {
            return map.entries().values().stream().map(Node.Entry::value).toList();
        }
        if (LISTS.contains(key) && value instanceof ListNode list) {
            return list.items();
        }
        return SINGLES.contains(key) ? List.of(value) : List.of();
    }

    private void checkWord(String key, ScalarNode value, List<Node> same, Node schema) {
        switch (key) {
            case "$ref", "$dynamicRef" -> {
                Node target = target(value);
                if (target != null) {
                    same.add(target);
                    walk(target);
                }
            }
            case "$id", "$anchor", "$dynamicAnchor" -> {
                if (!key.equals("$id") || schema != root) {
                    problems.error(
                            value.at(),
                            "NOT_HERE",
                            "'" + key + "' is not taken here",
                            "references name the place itself, like #/$defs/address");
                }
            }
            case "pattern" -> checkPattern(value.text(), value.at());
            default -> {}
        }
    }

    private @Nullable Node target(ScalarNode ref) {
        String text = ref.text();
        if (!text.equals("#") && !text.startsWith("#/")) {
            problems.error(
                    ref.at(),
                    "FOREIGN_REF",
                    "'" + text + "' leads out of this document, and nothing is fetched",
                    "copy what it names under $defs and refer to it like #/$defs/address");
            return null;
        }
        Node at = root;
        for (String part : PayloadSchema.parts(text.substring(1).replace("%25", "%"))) {
            at = at == null ? null : below(at, part);
        }
        if (at == null) {
            problems.error(ref.at(), "UNKNOWN_REF", "'" + text + "' names nothing in this document");
        }
        return at;
    }

    private void checkPattern(String text, Location at) {
        try {
            Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            problems.error(
                    at,
                    "BAD_REGEX",
                    "'" + text + "' is not a regular expression: " + e.getDescription(),
                    "expressions are RE2: no look-around and no back-references");
        }
    }

    /** A schema that refers to itself for the same value would never come to an end. */
    private void checkLoops() {
        Set<Node> done = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Node node : inPlace.keySet()) {
            loops(node, Collections.newSetFromMap(new IdentityHashMap<>()), done);
        }
    }

    private boolean loops(Node node, Set<Node> open, Set<Node> done) {
        if (done.contains(node)) {
            return false;
        }
        if (!open.add(node)) {
            problems.error(
                    node.at(), "ENDLESS", "this schema refers to itself for the same value, which would never end");
            return true;
        }
        for (Node next : inPlace.getOrDefault(node, List.of())) {
            if (loops(next, open, done)) {
                done.addAll(open);
                return true;
            }
        }
        open.remove(node);
        done.add(node);
        return false;
    }
}
