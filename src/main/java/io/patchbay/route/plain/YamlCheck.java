package io.patchbay.route.plain;

import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.Entry;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks through Camel YAML for what is not allowed, so that an author sees all of it at once, each with its place. What it
 * would miss is refused by the context itself when the routes are made, see {@link PlainContext}.
 */
final class YamlCheck {

    private static final Set<String> LANGUAGES = Set.of(
            ("constant csimple datasonnet exchangeProperty groovy header hl7terser java joor jq js jsonpath method mvel ognl"
                            + " python ref simple spel tokenize variable wasm xpath xquery xtokenize")
                    .split(" ", -1));

    private static final Set<String> CALLS = Set.of("from", "poll", "to", "toD", "wireTap");
    private static final Set<String> FREE_TEXT =
            Set.of("constant", "description", "expression", "id", "message", "note", "simple", "text");

    private final CamelRules rules;
    private final Problems problems;

    YamlCheck(CamelRules rules, Problems problems) {
        this.rules = rules;
        this.problems = problems;
    }

    /** A whole file. */
    void file(Node root) {
        if (!(root instanceof ListNode list)) {
            problems.error(
                    root.at(),
                    "WRONG_TYPE",
                    "a file of Camel routes must be a list, found " + root.kind(),
                    "begin each route with '- route:'");
            return;
        }
        for (Node item : list.items()) {
            Entry section = only(item, "a section of the file");
            if (section != null) {
                add(section.at(), RouteSteps.section(section.key()));
                entry(section);
            }
        }
    }

    /** A list of steps. */
    void steps(Node node) {
        if (!(node instanceof ListNode list)) {
            problems.error(node.at(), "WRONG_TYPE", "'steps' must be a list, found " + node.kind());
            return;
        }
        for (Node item : list.items()) {
            Entry step = only(item, "a step");
            if (step == null) {
                continue;
            }
            add(step.at(), RouteSteps.step(step.key()));
            if (RouteSteps.ADDRESSING.contains(step.key())) {
                address(step);
            }
            entry(step);
        }
    }

    private @Nullable Entry only(Node item, String what) {
        if (item instanceof MapNode map && map.entries().size() == 1) {
            return map.entries().values().iterator().next();
        }
        String found =
                item instanceof MapNode map ? "a mapping of " + map.entries().size() : item.kind();
        problems.error(item.at(), "WRONG_TYPE", what + " must be a mapping of one key, found " + found);
        return null;
    }

    private void entry(Entry entry) {
        String key = entry.key();
        Node value = entry.value();
        if (key.equals("steps")) {
            steps(value);
        } else if (LANGUAGES.contains(key)) {
            language(entry, key);
        } else if (value instanceof ScalarNode text && CALLS.contains(key)) {
            uri(text);
        } else if (key.equals("interceptFrom")) {
            return; // its URI is a pattern
        } else if (value instanceof ScalarNode text && key.equals("message")) {
            simple(text);
        } else {
            walk(value, key);
        }
    }

    private void walk(Node node, String key) {
        if (node instanceof MapNode map) {
            for (Entry entry : map.entries().values()) {
                boolean address = entry.key().equals("uri") || entry.key().equals("deadLetterUri");
                if (address && entry.value() instanceof ScalarNode uri) {
                    uri(uri);
                } else if (entry.key().equals("language") && entry.value() instanceof ScalarNode name) {
                    add(name.at(), rules.language(name.text()));
                } else {
                    entry(entry);
                }
            }
        } else if (node instanceof ListNode list) {
            list.items().forEach(item -> walk(item, key));
        } else if (node instanceof ScalarNode scalar && !FREE_TEXT.contains(key)) {
            add(scalar.at(), rules.text(scalar.text()));
        }
    }

    private void language(Entry entry, String name) {
        if (name.equals("method") && !(entry.value() instanceof MapNode)) {
            return; // an option of another name, like an HTTP method
        }
        add(entry.at(), rules.language(name));
        Node text = entry.value() instanceof MapNode map ? map.get("expression") : entry.value();
        if (name.equals("simple") && text instanceof ScalarNode scalar) {
            simple(scalar);
        }
        if (entry.value() instanceof MapNode map
                && map.get("nested") instanceof ScalarNode nested
                && !Boolean.FALSE.equals(nested.value())) {
            problems.error(
                    nested.at(),
                    "NESTED_NOT_ALLOWED",
                    "what an expression yields is not evaluated again",
                    "take 'nested' out: data is never code");
        }
    }

    private void simple(ScalarNode text) {
        SimpleText.check(text.text(), rules).forEach(found -> add(text.at(found.index()), found.refused()));
    }

    private void uri(ScalarNode uri) {
        add(uri.at(), rules.endpoint(uri.text()));
    }

    /** The address of an enrich and its like must be written out. */
    private void address(Entry step) {
        Node expression = step.value() instanceof MapNode map && map.get("expression") instanceof MapNode inner
                ? inner
                : step.value();
        Entry constant = expression instanceof MapNode map
                ? map.entries().getOrDefault("constant", map.entries().get("simple"))
                : null;
        Node text = constant != null && constant.value() instanceof MapNode map
                ? map.get("expression")
                : constant == null ? null : constant.value();
        if (!(text instanceof ScalarNode address)) {
            add(step.at(), RouteSteps.dynamic(step.key()));
            return;
        }
        Refused refused = RouteSteps.constant(step.key(), address.text());
        if (refused != null) {
            add(address.at(), refused);
            return;
        }
        for (String one : address.text().split(",", -1)) {
            add(address.at(), rules.endpoint(one.strip()));
        }
    }

    private void add(Location at, @Nullable Refused refused) {
        if (refused != null) {
            problems.error(at, refused.code(), refused.what(), refused.hint());
        }
    }
}
