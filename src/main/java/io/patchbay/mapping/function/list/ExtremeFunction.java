package io.patchbay.mapping.function.list;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
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
import io.patchbay.mapping.function.ValueKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The smallest or largest of a list and further terms.
 *
 * @param settings of what
 * @param largest which of both
 */
record ExtremeFunction(ExtremeSettings settings, boolean largest) implements MapFunction {

    static final FunctionType MIN = SettingsFunction.alone(
            spec(
                            "min",
                            "The smallest of a list's items and of further terms in `with` (numbers, dates, paths or texts with"
                                    + " placeholders); null and missing are left out, and of nothing it is missing. They are"
                                    + " compared as numbers, or as `as` says, and given as they are.")
                    .example("min", "[ 10, \"9\", null ]", "\"9\"")
                    .example("{ min: { with: [ quantity, 12 ] } }", "7", "3")
                    .example(
                            "{ min: { as: date } }",
                            "[ \"2026-02-01\", \"2026-01-31T10:00:00Z\" ]",
                            "\"2026-01-31T10:00:00Z\""),
            ExtremeSettings.class,
            settings -> new ExtremeFunction(settings, false));

    static final FunctionType MAX = SettingsFunction.alone(
            spec("max", "The largest, as in `min`.")
                    .example("max", "[ 1, 3, 2 ]", "3")
                    .example("max", "[]", "missing"),
            ExtremeSettings.class,
            settings -> new ExtremeFunction(settings, true));

    /** Settings. */
    @Doc("Of what the smallest or largest is taken")
    record ExtremeSettings(
            @Doc("Further terms: numbers, dates, paths or texts with placeholders") @Default("[]")
            DatedTerms with,

            @Doc("As what they are compared: value, text, number or date") @Default("number")
            Order as) {}

    private static FunctionSpec spec(String name, String text) {
        return FunctionSpec.of(Group.ARRAY, name, text).ofLists().from(ValueKind.SCALARS, ValueKind.SAME);
    }

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        List<JsonNode> all = new ArrayList<>();
        Lists.of(value).forEach(all::add);
        for (Term term : settings.with().terms().list()) {
            all.add(term.value(record, scope));
        }
        JsonNode found = MissingNode.getInstance();
        for (JsonNode each : all) {
            if (Values.absent(each)) {
                continue;
            }
            // One alone is compared, too, so that a list of one wrong item is refused like a list of two.
            int order = settings.as().compare(each, found.isMissingNode() ? each : found);
            if (found.isMissingNode() || (largest ? order > 0 : order < 0)) {
                found = each;
            }
        }
        return found;
    }

    @Override
    public List<FieldRef> fields() {
        return settings.with().terms().fields();
    }

    @Override
    public Set<Ref> reads() {
        return settings.with().terms().reads();
    }
}
