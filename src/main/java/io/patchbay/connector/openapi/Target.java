package io.patchbay.connector.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The places that a JSONPath (RFC 9535) leads to. Own code around Jayway's conditions, because Jayway takes a filter on an object
 * as one about the object itself, where the RFC means its members (section 2.3.5.2), and does not tell places of names with quotes
 * apart. Functions, and conditions that look back at the root, are not read.
 */
final class Target {

    private static final Configuration JACKSON = Configuration.builder()
            .jsonProvider(new JacksonJsonNodeJsonProvider(Json.MAPPER))
            .build();

    private final String text;
    private final List<Step> steps;

    private Target(String text, List<Step> steps) {
        this.text = text;
        this.steps = steps;
    }

    /**
     * A place in a document.
     *
     * @param node what stands there
     * @param parent what holds it; null for the root
     * @param key its name in the parent, or its number as text
     * @param depth how many hold it
     */
    record Found(JsonNode node, @Nullable JsonNode parent, String key, int depth) {
        int index() {
            return Integer.parseInt(key);
        }
    }

    /** One step: from each place to some of what it holds, or of what stands anywhere below it. */
    private record Step(boolean anywhere, List<Selector> selectors) {}

    /** What is taken of an object or a list. */
    private sealed interface Selector {
        /** A member. */
        record Name(String name) implements Selector {}

        /** All. */
        record All() implements Selector {}

        /** Items from one to before another, as RFC 9535 section 2.3.4 counts them; null where it is not said. */
        record Slice(@Nullable Integer from, @Nullable Integer to, int step) implements Selector {}

        /** An item, from the end when it is negative. */
        record Index(int index) implements Selector {}

        /** Those that fulfil a condition. */
        record Filter(JsonPath condition) implements Selector {}
    }

    /** Reads a path. @throws IllegalArgumentException if it is none that is read here; the message is a sentence */
    static Target parse(String text) {
        return new Target(text, new Parser(text).steps());
    }

    /** Counts what is looked at. */
    interface Budget {
        /** Spends some of it. @throws IllegalArgumentException if that is too much */
        void spend(int places);
    }

    /** The places in a document, each once, in its order. */
    List<Found> in(JsonNode document, Budget budget) {
        List<Found> now = List.of(new Found(document, null, "", 0));
        for (Step step : steps) {
            List<Found> next = new ArrayList<>();
            for (Found from : now) {
                if (step.anywhere()) {
                    below(from, step.selectors(), next, budget);
                } else {
                    select(from, step.selectors(), next, budget);
                }
            }
            now = next;
        }
        return once(now);
    }

    /** Unions and descents may lead to a place twice. Places are told apart by what holds them, not by what they say. */
    private static List<Found> once(List<Found> found) {
        IdentityHashMap<JsonNode, Set<String>> seen = new IdentityHashMap<>();
        return found.stream()
                .filter(one -> seen.computeIfAbsent(
                                one.parent() == null ? one.node() : one.parent(), any -> new HashSet<>())
                        .add(one.key()))
                .toList();
    }

    private void below(Found from, List<Selector> selectors, List<Found> into, Budget budget) {
        select(from, selectors, into, budget);
        for (Found child : children(from)) {
            if (child.node().isContainerNode()) {
                below(child, selectors, into, budget);
            }
        }
    }

    private void select(Found from, List<Selector> selectors, List<Found> into, Budget budget) {
        for (Selector selector : selectors) {
            int before = into.size();
            if (selector instanceof Selector.Name one && from.node() instanceof ObjectNode object) {
                JsonNode member = object.get(one.name());
                if (member != null) {
                    into.add(new Found(member, object, one.name(), from.depth() + 1));
                }
            } else if (selector instanceof Selector.All) {
                into.addAll(children(from));
            } else if (selector instanceof Selector.Filter filter) {
                List<Found> children = children(from);
                budget.spend(children.size());
                children.stream().filter(child -> fulfils(child.node(), filter)).forEach(into::add);
            } else if (from.node() instanceof ArrayNode list) {
                List<Found> items = children(from);
                indexes(selector, list.size()).forEach(index -> into.add(items.get(index)));
            }
            budget.spend(1 + into.size() - before);
        }
    }

    private static List<Integer> indexes(Selector selector, int size) {
        List<Integer> all = new ArrayList<>();
        if (selector instanceof Selector.Index one) {
            int index = one.index() < 0 ? size + one.index() : one.index();
            if (index >= 0 && index < size) {
                all.add(index);
            }
        } else if (selector instanceof Selector.Slice slice) {
            int step = slice.step();
            int from = bound(slice.from(), step > 0 ? 0 : size - 1, size, step);
            int to = bound(slice.to(), step > 0 ? size : -size - 1, size, step);
            for (long i = from; step > 0 ? i < to : step < 0 && i > to; i += step) {
                all.add((int) i);
            }
        }
        return all;
    }

    private static int bound(@Nullable Integer given, int otherwise, int size, int step) {
        int wanted = given == null ? otherwise : given;
        int counted = wanted < 0 ? size + wanted : wanted;
        return step > 0 ? Math.min(Math.max(counted, 0), size) : Math.min(Math.max(counted, -1), size - 1);
    }

    private static List<Found> children(Found of) {
        List<Found> all = new ArrayList<>();
        if (of.node() instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                all.add(new Found(member.getValue(), object, member.getKey(), of.depth() + 1));
            }
        } else if (of.node() instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                all.add(new Found(list.get(i), list, String.valueOf(i), of.depth() + 1));
            }
        }
        return all;
    }

    private boolean fulfils(JsonNode node, Selector.Filter filter) {
        try {
            Object found =
                    filter.condition().read((Object) Json.NODES.arrayNode(1).add(node), JACKSON);
            return found instanceof JsonNode some && !some.isEmpty();
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("the condition in '" + text + "' cannot be read", e);
        }
    }

    /** Reads the text form. */
    private static final class Parser {
        private final String text;
        private int at = 1;

        Parser(String text) {
            this.text = text;
        }

        List<Step> steps() {
            if (!text.startsWith("$")) {
                throw wrong("must begin with $");
            }
            List<Step> steps = new ArrayList<>();
            while (at < text.length()) {
                boolean anywhere = text.startsWith("..", at);
                if (anywhere || text.startsWith(".", at)) {
                    at += anywhere ? 2 : 1;
                    boolean bracket = text.startsWith("[", at);
                    if (bracket && !anywhere) {
                        throw wrong("has a dot before [");
                    }
                    steps.add(new Step(anywhere, bracket ? brackets() : List.of(shorthand())));
                } else if (text.startsWith("[", at)) {
                    steps.add(new Step(false, brackets()));
                } else {
                    throw wrong("cannot go on with '" + text.charAt(at) + "'");
                }
            }
            return steps;
        }

        private IllegalArgumentException wrong(String why) {
            return new IllegalArgumentException("target '" + text + "' " + why);
        }

        private Selector shorthand() {
            if (text.startsWith("*", at)) {
                at++;
                return new Selector.All();
            }
            int from = at;
            while (at < text.length() && ".[".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            String name = text.substring(from, at);
            if (!name.matches("[\\p{L}\\p{N}_$-]+")) {
                throw wrong("has a name that must stand in brackets, like ['" + name + "']");
            }
            return new Selector.Name(name);
        }

        private List<Selector> brackets() {
            List<Selector> selectors = new ArrayList<>();
            do {
                at++;
                int from = at;
                int depth = 0;
                while (at < text.length() && (depth > 0 || ",]".indexOf(text.charAt(at)) < 0)) {
                    char c = text.charAt(at);
                    depth += "([".indexOf(c) >= 0 ? 1 : ")]".indexOf(c) >= 0 ? -1 : 0;
                    if (c == '\'' || c == '"') {
                        skipQuoted(c);
                    }
                    at++;
                }
                if (at >= text.length()) {
                    throw wrong("has no ] for its [");
                }
                selectors.add(selector(text.substring(from, at).strip()));
            } while (text.charAt(at) == ',');
            at++;
            return selectors;
        }

        private void skipQuoted(char quote) {
            at++;
            while (at < text.length() && text.charAt(at) != quote) {
                at += text.charAt(at) == '\\' ? 2 : 1;
            }
        }

        private Selector selector(String inside) {
            if (inside.equals("*")) {
                return new Selector.All();
            }
            if (inside.length() > 1 && inside.matches("(?s)'.*'|\".*\"")) {
                return new Selector.Name(
                        inside.substring(1, inside.length() - 1).replaceAll("\\\\(.)", "$1"));
            }
            if (inside.matches("-?[0-9]{1,9}")) {
                return new Selector.Index(Integer.parseInt(inside));
            }
            if (inside.matches("(-?[0-9]{1,9})?\\s*:\\s*(-?[0-9]{1,9})?(\\s*:\\s*(-?[0-9]{1,9})?)?")) {
                String[] bounds = inside.split(":", -1);
                Integer step = bounds.length < 3 ? null : number(bounds[2]);
                return new Selector.Slice(number(bounds[0]), number(bounds[1]), step == null ? 1 : step);
            }
            if (inside.startsWith("?")) {
                return filter(inside.substring(1).strip());
            }
            throw wrong("has no meaning at '[" + inside + "]'");
        }

        private static @Nullable Integer number(String text) {
            return text.isBlank() ? null : Integer.valueOf(text.strip());
        }

        private Selector filter(String condition) {
            String outside = condition.replaceAll("'(\\\\.|[^'\\\\])*'|\"(\\\\.|[^\"\\\\])*\"", "''");
            if (outside.contains("=~") || outside.matches(".*[A-Za-z]\\s*\\(.*")) {
                throw wrong("has a condition with a function or a regular expression, which is not read here");
            }
            if (outside.contains("$")) {
                throw wrong("has a condition that looks back at the root, which is not read here");
            }
            try {
                return new Selector.Filter(JsonPath.compile("$[?(" + condition + ")]"));
            } catch (RuntimeException e) {
                throw new IllegalArgumentException(
                        "target '" + text + "' has a condition that cannot be read: '" + condition + "'", e);
            }
        }
    }
}
