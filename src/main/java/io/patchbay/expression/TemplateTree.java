package io.patchbay.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.problem.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Any YAML value whose texts may hold placeholders; keys are taken as they are. Immutable. */
@ReadBy(TemplateTree.Reader.class)
public final class TemplateTree {

    private final Object tree;
    private final Set<Ref> reads;
    private final @Nullable JsonNode constant;

    private TemplateTree(Object tree) {
        this.tree = tree;
        Set<Ref> found = new LinkedHashSet<>();
        gather(tree, found);
        this.reads = Set.copyOf(found);
        this.constant = literal(tree) ? build(tree, Template::constantValue) : null;
    }

    /** Compiles a node; null when it was wrong, then problems has at least one more error. */
    public static @Nullable TemplateTree parse(Node node, Set<String> roots, Problems problems) {
        long before = problems.errors();
        Object tree = compile(node, roots, problems);
        return problems.errors() > before ? null : new TemplateTree(tree);
    }

    /** The value. @throws ExpressionException when a placeholder has no value and no {@code ??} */
    public JsonNode value(Scope scope) {
        return constant != null ? constant : value(tree, scope);
    }

    /** The value of a tree that reads nothing. @throws IllegalStateException when it reads something */
    public JsonNode constantValue() {
        if (constant == null) {
            throw new IllegalStateException("the value hangs on placeholders");
        }
        return constant;
    }

    /** The value, missing when it is one placeholder that has none. */
    public JsonNode find(Scope scope) {
        return tree instanceof Template template ? template.find(scope) : value(scope);
    }

    /** What it reads. */
    public Set<Ref> reads() {
        return reads;
    }

    /** Whether it reads nothing. */
    public boolean constant() {
        return constant != null;
    }

    /** Whether it is a list. */
    public boolean isList() {
        return tree instanceof List;
    }

    /** Whether it is a text whatever its placeholders yield: there is more in it than one of them. */
    public boolean isText() {
        return tree instanceof Template template && !template.constant() && !template.single();
    }

    /** Whether it is a mapping. */
    public boolean isMapping() {
        return tree instanceof Map;
    }

    private static Object compile(Node node, Set<String> roots, Problems problems) {
        if (node instanceof MapNode map) {
            Map<String, Object> members = new LinkedHashMap<>();
            map.entries().forEach((key, entry) -> members.put(key, compile(entry.value(), roots, problems)));
            return members;
        }
        if (node instanceof ListNode list) {
            List<Object> items = new ArrayList<>();
            list.items().forEach(item -> items.add(compile(item, roots, problems)));
            return items;
        }
        Template template = Template.parse((ScalarNode) node, roots, problems);
        return template == null ? node : template;
    }

    private static boolean literal(Object part) {
        if (part instanceof Template template) {
            return template.constant();
        }
        return part instanceof Map<?, ?> members
                ? members.values().stream().allMatch(TemplateTree::literal)
                : ((List<?>) part).stream().allMatch(TemplateTree::literal);
    }

    private static JsonNode value(Object part, Scope scope) {
        return build(part, template -> template.value(scope));
    }

    private static JsonNode build(Object part, Function<Template, JsonNode> leaf) {
        if (part instanceof Template template) {
            return leaf.apply(template);
        }
        if (part instanceof Map<?, ?> members) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            members.forEach((key, member) -> object.set(String.valueOf(key), build(member, leaf)));
            return object;
        }
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        ((List<?>) part).forEach(item -> array.add(build(item, leaf)));
        return array;
    }

    private static void gather(Object part, Set<Ref> into) {
        if (part instanceof Template template) {
            into.addAll(template.reads());
        } else if (part instanceof Map<?, ?> members) {
            members.values().forEach(member -> gather(member, into));
        } else if (part instanceof List<?> items) {
            items.forEach(item -> gather(item, into));
        }
    }

    /** Reads what flow files may hold, or what may be read from given roots. */
    public static final class Reader implements ValueReader<TemplateTree> {

        private final Set<String> roots;

        /** Reads what flow files may hold. */
        public Reader() {
            this(Roots.FLOW);
        }

        /** Reads what may be read from these roots. */
        public Reader(Set<String> roots) {
            this.roots = Set.copyOf(roots);
        }

        @Override
        public @Nullable TemplateTree read(Node node, Reading reading) {
            return parse(node, roots, reading.problems());
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("description", "Any value; its texts may hold placeholders like ${record.id}");
        }
    }
}
