package io.patchbay.mapping.function.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.expression.FieldRef;
import io.patchbay.expression.Scope;
import io.patchbay.expression.SourcePath;
import io.patchbay.expression.Values;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.MapFunction;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Joins the value and further fields to one text.
 *
 * @param with the further fields
 * @param separator what stands between them
 */
record ConcatFunction(List<SourcePath> with, String separator) implements MapFunction {

    static final FunctionType TYPE = new SettingsFunction<>(
            FunctionSpec.of(
                            Group.STRING,
                            "concat",
                            "The value and further fields of the record as one text, in this order; what is missing, null or empty is"
                                    + " left out together with its separator. For other text between fields use `template`.")
                    .from(ValueKind.SCALARS, ValueKind.TEXT)
                    .ofNothing("The further fields alone; nothing when they are missing, too.")
                    .example("{ concat: { with: [ last, title ], separator: \" \" } }", "Ann", "Ann Archer"),
            ConcatSettings.class,
            settings -> new ConcatFunction(settings.with(), settings.separator()),
            false);

    /** Settings. */
    @Doc("What follows the value")
    record ConcatSettings(
            @Doc("Paths of further fields, relative to the record")
            List<SourcePath> with,

            @Doc("What stands between them") @Default("\"\"")
            String separator) {}

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        List<String> parts = new ArrayList<>();
        add(value, parts);
        for (SourcePath path : with) {
            add(path.find(record, scope), parts);
        }
        return parts.isEmpty() ? MissingNode.getInstance() : Json.NODES.textNode(String.join(separator, parts));
    }

    @Override
    public List<FieldRef> fields() {
        return with.stream().map(path -> new FieldRef(path, null)).toList();
    }

    private static void add(JsonNode value, List<String> parts) {
        if (!Values.empty(value)) {
            parts.add(Found.text(value));
        }
    }
}
