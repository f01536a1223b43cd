package io.patchbay.expression.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A compiled query (RFC 9535). Immutable, safe for use by several threads. */
public final class JsonPath {

    private final Query query;

    private JsonPath(Query query) {
        this.query = query;
    }

    /**
     * Compiles a query as the standard has it.
     *
     * @throws JsonPathException when it is none
     */
    public static JsonPath compile(String text) {
        return new JsonPath(new Parser(text, false).whole());
    }

    /**
     * Compiles a query in whose dotted names {@code -} may stand.
     *
     * @throws JsonPathException when it is none
     */
    public static JsonPath compileWithDashes(String text) {
        return new JsonPath(new Parser(text, true).whole());
    }

    /** The names (texts) and positions (numbers) that it goes along; null when it may lead to several values. */
    public @Nullable List<Object> steps() {
        if (!query.singular()) {
            return null;
        }
        List<Object> steps = new ArrayList<>();
        for (Segment segment : query.segments()) {
            Selector one = segment.selectors().get(0);
            steps.add(one instanceof Selector.Name name ? name.name() : (Object) ((Selector.Index) one).index());
        }
        return steps;
    }

    /**
     * The values that it leads to, in order; empty for none.
     *
     * @param from what {@code $} at its beginning is
     * @param root what {@code $} in its filters is; asked only where there is one
     */
    public List<JsonNode> find(JsonNode from, Supplier<JsonNode> root) {
        return query.below(from, new Around(root));
    }

    /** What a query stands in: what begins at the root is looked for once, not anew for each item of a filter. */
    static final class Around {
        private final Supplier<JsonNode> root;
        private final IdentityHashMap<Query, List<JsonNode>> found = new IdentityHashMap<>();

        Around(Supplier<JsonNode> root) {
            this.root = root;
        }

        List<JsonNode> fromRoot(Query query) {
            List<JsonNode> known = found.get(query);
            if (known == null) {
                known = query.below(root.get(), this);
                found.put(query, known);
            }
            return known;
        }
    }

    /**
     * Segments, one behind the other.
     *
     * @param absolute whether it begins at the root, in a filter
     */
    record Query(boolean absolute, List<Segment> segments) {

        Query {
            segments = List.copyOf(segments);
        }

        /** Whether it leads to one value at most. */
        boolean singular() {
            return segments.stream().allMatch(Segment::singular);
        }

        /** What it leads to, in a filter. */
        List<JsonNode> of(JsonNode current, Around around) {
            return absolute ? around.fromRoot(this) : below(current, around);
        }

        List<JsonNode> below(JsonNode from, Around around) {
            List<JsonNode> nodes = List.of(from);
            for (Segment segment : segments) {
                List<JsonNode> next = new ArrayList<>();
                for (JsonNode node : nodes) {
                    segment.select(node, around, next);
                }
                nodes = next;
            }
            return nodes;
        }
    }

    /**
     * Selectors that are applied to a value, or to it and all below it.
     *
     * @param descendant whether to all below it
     */
    record Segment(boolean descendant, List<Selector> selectors) {

        Segment {
            selectors = List.copyOf(selectors);
        }

        boolean singular() {
            return !descendant
                    && selectors.size() == 1
                    && (selectors.get(0) instanceof Selector.Name || selectors.get(0) instanceof Selector.Index);
        }

        void select(JsonNode node, Around around, List<JsonNode> into) {
            for (Selector selector : selectors) {
                selector.select(node, around, into);
            }
            if (descendant) {
                for (JsonNode child : node) {
                    select(child, around, into);
                }
            }
        }
    }
}
