package io.patchbay.mapping.function.list;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.expression.FieldRef;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Scope;
import io.patchbay.expression.Values;
import io.patchbay.mapping.function.DatedTerms;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.MapFunction;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.Term;
import io.patchbay.mapping.function.Terms;
import io.patchbay.payload.Json;
import java.util.List;
import java.util.Set;

/**
 * Puts further values at the end of a list.
 *
 * @param terms the further values
 */
record AppendFunction(Terms terms) implements MapFunction {

    static final FunctionType TYPE = SettingsFunction.of(
            FunctionSpec.of(
                            Group.ARRAY,
                            "append",
                            "The list with further terms at its end (numbers, dates, paths or texts with placeholders, one or a list);"
                                    + " of a term that is a list, its items. Terms that are missing or null are left out.")
                    .ofLists()
                    .ofNothing("A list of the further terms.")
                    .toList()
                    .example("{ append: [ last, none, 7 ] }", "[ a ]", "[ a, Archer, 7 ]")
                    .example("{ append: last }", "null", "[ Archer ]"),
            DatedTerms.class,
            dated -> new AppendFunction(dated.terms()));

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        ArrayNode all = Json.NODES.arrayNode();
        add(value, all);
        for (Term term : terms.list()) {
            add(term.value(record, scope), all);
        }
        return all;
    }

    private static void add(JsonNode value, ArrayNode all) {
        if (value instanceof ArrayNode list) {
            all.addAll(list);
        } else if (!Values.absent(value)) {
            all.add(value);
        }
    }

    @Override
    public List<FieldRef> fields() {
        return terms.fields();
    }

    @Override
    public Set<Ref> reads() {
        return terms.reads();
    }
}
