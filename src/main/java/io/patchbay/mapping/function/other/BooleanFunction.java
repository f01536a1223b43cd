package io.patchbay.mapping.function.other;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Key;
import io.patchbay.expression.Scope;
import io.patchbay.expression.Values;
import io.patchbay.mapping.function.FunctionException;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.MapFunction;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.SimpleFunction;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.Json;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads true and false.
 *
 * @param truths texts that are true, in lower case
 * @param falsehoods texts that are false, in lower case
 */
record BooleanFunction(List<String> truths, List<String> falsehoods) implements MapFunction {

    static final FunctionType TYPE = new SettingsFunction<>(
            FunctionSpec.of(
                            Group.OTHER,
                            "boolean",
                            "True or false, by lists of texts, upper and lower case alike: the cast to boolean. A value that stands in"
                                    + " neither list is an error.")
                    .from(ValueKind.SCALARS, ValueKind.BOOLEAN)
                    .example("{ boolean: { true: [ Y ], false: [ N ] } }", "\"y\"", "true")
                    .refuses("boolean", "maybe", "boolean: the value is neither true nor false"),
            BooleanSettings.class,
            settings -> new BooleanFunction(lower(settings.truths()), lower(settings.falsehoods())),
            true);

    static final FunctionType TRUTHY = new SimpleFunction(
            FunctionSpec.of(
                            Group.OTHER,
                            "truthy",
                            "True or false as PHP casts to boolean, for maps that come from there: false for empty text, the text"
                                    + " `0`, the number 0, false, null and an empty list or object, true for all else, even for"
                                    + " the texts `false` and `0.0`. It is never an error; for texts that people write use"
                                    + " `boolean`.")
                    .from(Set.of(ValueKind.ANY), ValueKind.BOOLEAN)
                    .ofLists()
                    .ofNothing("False.")
                    .example("truthy", "\"0\"", "false")
                    .example("truthy", "\"false\"", "true")
                    .example("truthy", "[]", "false")
                    .example("truthy", "null", "false"),
            value -> Json.NODES.booleanNode(!Values.empty(value)
                    && !(value.isTextual() && value.textValue().equals("0"))
                    && !(value.isNumber() && value.decimalValue().signum() == 0)
                    && !(value.isBoolean() && !value.booleanValue())));

    /** Settings. */
    @Doc("Which texts are true, and which are false")
    record BooleanSettings(
            @Doc("Texts that are true") @Key("true") @Default("[ \"true\", \"1\", \"yes\", \"y\", \"on\" ]")
            List<String> truths,

            @Doc("Texts that are false") @Key("false") @Default("[ \"false\", \"0\", \"no\", \"n\", \"off\", \"\" ]")
            List<String> falsehoods) {}

    private static List<String> lower(List<String> texts) {
        return texts.stream().map(text -> text.toLowerCase(Locale.ROOT)).toList();
    }

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        if (value.isBoolean()) {
            return value;
        }
        String text = value.isContainerNode() ? "" : Values.text(value).strip().toLowerCase(Locale.ROOT);
        boolean truth = truths.contains(text);
        if (value.isContainerNode() || truth == falsehoods.contains(text)) {
            throw new FunctionException("the value is neither true nor false");
        }
        return Json.NODES.booleanNode(truth);
    }
}
