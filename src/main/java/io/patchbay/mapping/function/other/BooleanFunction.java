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
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.Json;
import java.util.List;
import java.util.Locale;

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
                            "True or false, by lists of texts, upper and lower case alike. A value that stands in neither list is an"
                                    + " error.")
                    .from(ValueKind.SCALARS, ValueKind.BOOLEAN)
                    .example("{ boolean: { true: [ Y ], false: [ N ] } }", "\"y\"", "true"),
            BooleanSettings.class,
            settings -> new BooleanFunction(lower(settings.truths()), lower(settings.falsehoods())),
            true);

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
