package io.patchbay.mapping.function.other;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Key;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Scope;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionException;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.MapFunction;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.ValueKind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the value that a table has for the key in its place.
 *
 * @param table the table's name
 * @param otherwise for keys that the table has not; null makes them an error
 */
record LookupFunction(TableName table, @Nullable JsonNode otherwise) implements MapFunction {

    static final FunctionType TYPE = new SettingsFunction<>(
            FunctionSpec.of(
                            Group.OTHER,
                            "lookup",
                            "The value that a lookup table has for this one. A value that the table has not becomes `else`; without"
                                    + " `else` it is an error.")
                    .from(ValueKind.SCALARS, ValueKind.ANY)
                    .example("{ lookup: { table: carriers, else: STD } }", "DHL", "\"7\""),
            LookupSettings.class,
            settings -> new LookupFunction(settings.table(), settings.otherwise()),
            false);

    /** Settings. */
    @Doc("Which table")
    record LookupSettings(
            @Doc("The table's name") TableName table,

            @Doc("What a value becomes that the table has not") @Key("else") @Nullable
            JsonNode otherwise) {}

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        JsonNode found = scope.table(table.name(), Found.text(value));
        if (found != null) {
            return found;
        }
        if (otherwise == null) {
            throw new FunctionException("table '" + table.name() + "' has no such key, and there is no 'else'");
        }
        return otherwise;
    }

    @Override
    public Set<Ref> reads() {
        return Set.of(new Ref("table", List.of(table.name()), table.at()));
    }
}
