package io.patchbay.mapping.function.other;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Key;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.expression.Condition;
import io.patchbay.expression.FieldRef;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Scope;
import io.patchbay.expression.TemplateTree;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.MapFunction;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the first condition that holds says.
 *
 * @param cases in their order
 */
record WhenFunction(Cases cases) implements MapFunction {

    static final FunctionType TYPE = SettingsFunction.of(
            FunctionSpec.of(
                            Group.OTHER,
                            "when",
                            "The value of the first of a list whose [condition](conditions.md) holds for the record; the last may"
                                    + " be an `else`. Where no condition holds the value stays as it is. Fields are relative to"
                                    + " the record; `value` and `else` may be anything, with placeholders. The value itself is"
                                    + " looked up in `case`.")
                    .ofLists()
                    .ofNothing("Looked at like any value.")
                    .example(
                            "{ when: [ { if: { field: quantity, above: 10 }, value: bulk }, { if: { field: shop, is: uk }, value:"
                                    + " \"${record.shop}-single\" }, { else: other } ] }",
                            "x",
                            "uk-single")
                    .example("{ when: [ { if: { field: quantity, above: 10 }, value: bulk } ] }", "x", "x"),
            Cases.class,
            WhenFunction::new);

    /** One condition and what it makes of the value. */
    @Doc("A condition and its value, or an else")
    record When(
            @Doc("What must hold for the record") @Key("if") @Nullable
            Condition condition,

            @Doc("The result where it holds; any value, with placeholders") @Nullable
            TemplateTree value,

            @Doc("The result where no condition before it holds, instead of if and value") @Key("else") @Nullable
            TemplateTree otherwise) {

        When {
            if ((condition == null) != (value == null) || (condition == null) == (otherwise == null)) {
                throw new IllegalArgumentException("an item of when has 'if' and 'value', or 'else' alone");
            }
        }

        /** What it gives. */
        TemplateTree result() {
            return java.util.Objects.requireNonNull(value == null ? otherwise : value);
        }
    }

    /**
     * Conditions in their order.
     *
     * @param list of them
     */
    @ReadBy(CasesReader.class)
    record Cases(List<When> list) {
        Cases {
            list = List.copyOf(list);
        }
    }

    /** Reads the list. */
    static final class CasesReader implements ValueReader<Cases> {

        @Override
        public @Nullable Cases read(Node node, Reading reading) {
            if (!(node instanceof ListNode list) || list.items().isEmpty()) {
                reading.error(
                        node,
                        "WRONG_TYPE",
                        "when is a list of conditions with their values",
                        "begin each with '- if:'");
                return null;
            }
            List<When> cases = new ArrayList<>();
            for (Node item : list.items()) {
                When when = reading.bind(item, When.class);
                if (when == null) {
                    return null;
                }
                if (!cases.isEmpty() && cases.get(cases.size() - 1).condition() == null) {
                    reading.error(item, "BAD_VALUE", "what follows 'else' is never reached", "put 'else' last");
                    return null;
                }
                cases.add(when);
            }
            return new Cases(cases);
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            ObjectNode schema = Json.NODES.objectNode().put("type", "array").put("minItems", 1);
            schema.set("items", schemas.of(When.class));
            return schema;
        }
    }

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        for (When when : cases.list()) {
            if (when.condition() == null || when.condition().test(record, scope)) {
                return when.result().value(scope);
            }
        }
        return value;
    }

    @Override
    public List<FieldRef> fields() {
        return cases.list().stream()
                .filter(when -> when.condition() != null)
                .flatMap(when -> Objects.requireNonNull(when.condition()).fields().stream())
                .toList();
    }

    @Override
    public Set<Ref> reads() {
        Set<Ref> reads = new LinkedHashSet<>();
        for (When when : cases.list()) {
            reads.addAll(when.result().reads());
            if (when.condition() != null) {
                reads.addAll(when.condition().reads());
            }
        }
        return reads;
    }
}
