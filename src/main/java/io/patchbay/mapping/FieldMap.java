package io.patchbay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Scope;
import io.patchbay.expression.TargetPath;
import io.patchbay.mapping.function.FunctionException;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compiled rules that make one record of another. Immutable, safe for use by several threads. */
@ReadBy(FieldMap.Reader.class)
public final class FieldMap {

    private final List<Field> fields;
    private final Set<String> nested;

    private FieldMap(List<FieldRule> rules) {
        List<Field> compiled = new ArrayList<>();
        Set<String> written = new TreeSet<>();
        for (FieldRule rule : rules) {
            boolean copies = rules.stream().anyMatch(other -> leadsInto(rule.to(), other.to()));
            compiled.add(new Field(rule, copies));
            if (rule.to().steps().size() > 1) {
                written.add(((TargetPath.Member) rule.to().steps().get(0)).name());
            }
        }
        this.fields = List.copyOf(compiled);
        this.nested = Set.copyOf(written);
    }

    /** Compiles rules; they are applied in this order. */
    public static FieldMap of(List<FieldRule> rules) {
        return new FieldMap(rules);
    }

    /** Whether the inner target goes on where the outer one ends. */
    private static boolean leadsInto(TargetPath outer, TargetPath inner) {
        int length = outer.steps().size();
        return inner.steps().size() > length && inner.steps().subList(0, length).equals(outer.steps());
    }

    /**
     * Makes a record. Fields whose source is missing are left out.
     *
     * @param record not changed; the result shares parts of it
     * @param scope reads the payload and the run
     * @param keepOthers whether members of the record that no rule writes are carried over
     * @throws StepException when a value does not fit a function or a placeholder has none; the message names the field
     */
    public ObjectNode apply(JsonNode record, Scope scope, boolean keepOthers) throws StepException {
        ObjectNode out = Json.NODES.objectNode();
        if (keepOthers && record instanceof ObjectNode object) {
            out.setAll(object);
            for (String name : nested) {
                if (out.has(name)) {
                    out.set(name, out.get(name).deepCopy());
                }
            }
        }
        for (Field field : fields) {
            try {
                field.write(out, record, scope);
            } catch (FunctionException e) {
                throw new StepException(Owner.AUTHOR, "BAD_FIELD", named(field, e));
            } catch (ExpressionException e) {
                throw new StepException(Owner.AUTHOR, e.code(), named(field, e));
            }
        }
        return out;
    }

    private static String named(Field field, RuntimeException e) {
        return "field '" + field.rule().to() + "': " + e.getMessage();
    }

    /** What its templates read. */
    public Set<Ref> reads() {
        Set<Ref> reads = new LinkedHashSet<>();
        for (Field field : fields) {
            if (field.rule().template() != null) {
                reads.addAll(field.rule().template().reads());
            }
            field.rule().then().forEach(call -> reads.addAll(call.function().reads()));
        }
        return reads;
    }

    /** Reads a list of rules, and finds targets that are written twice. */
    static final class Reader implements ValueReader<FieldMap> {

        @Override
        public @Nullable FieldMap read(Node node, Reading reading) {
            if (!(node instanceof ListNode list) || list.items().isEmpty()) {
                reading.error(
                        node,
                        "WRONG_TYPE",
                        "a list of fields is expected here, found "
                                + (node instanceof ListNode ? "an empty list" : Reading.shown(node)),
                        "each field is an item like - { to: name, from: path }");
                return null;
            }
            List<FieldRule> rules = new ArrayList<>();
            Map<List<TargetPath.Step>, Node> seen = new HashMap<>();
            for (Node item : list.items()) {
                FieldRule rule = reading.bind(item, FieldRule.class);
                if (rule == null) {
                    continue;
                }
                Node first = seen.putIfAbsent(rule.to().steps(), item);
                if (first != null) {
                    reading.error(
                            item,
                            "DUPLICATE_TARGET",
                            "field '" + rule.to() + "' is written twice",
                            "the first is at line " + first.at().line());
                } else {
                    rules.add(rule);
                }
            }
            return rules.size() < list.items().size() ? null : new FieldMap(rules);
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            ObjectNode schema = Json.NODES.objectNode().put("type", "array").put("minItems", 1);
            schema.set("items", schemas.of(FieldRule.class));
            return schema;
        }
    }
}
