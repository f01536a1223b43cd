package io.patchbay.mapping.function.other;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
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
import java.util.List;
import java.util.Set;

/**
 * The first of several values that there is.
 *
 * @param terms what follows the value
 */
record CoalesceFunction(Terms terms) implements MapFunction {

    static final FunctionType TYPE = SettingsFunction.of(
            FunctionSpec.of(
                            Group.OTHER,
                            "coalesce",
                            "The value, or the first of further terms (numbers, dates, paths or texts with placeholders, one or a list)"
                                    + " that is not missing, null, empty text, an empty list or an empty object. Zero and false"
                                    + " are values. Missing when none is. A text that stands in is `default`.")
                    .ofLists()
                    .ofNothing("The first further term that there is.")
                    .example("{ coalesce: [ none, gone, last, 0 ] }", "\"\"", "Archer")
                    .example("{ coalesce: [ none, \"${flow.currency}\" ] }", "null", "GBP")
                    .example("{ coalesce: last }", "0", "0"),
            DatedTerms.class,
            dated -> new CoalesceFunction(dated.terms()));

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        if (!Values.empty(value)) {
            return value;
        }
        for (Term term : terms.list()) {
            JsonNode found = term.value(record, scope);
            if (!Values.empty(found)) {
                return found;
            }
        }
        return MissingNode.getInstance();
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
