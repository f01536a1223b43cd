package io.patchbay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Key;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Scope;
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
            new FunctionSpec(
                    "lookup",
                    "The value that a lookup table has for this one. A value that the table has not becomes `else`; without"
                            + " `else` it is an error.",
                    "{ lookup: { table: carriers, else: STD } }",
                    "DHL",
                    "\"7\""),
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
        JsonNode found = scope.table(table.name(), PlainFunctions.textOf(value));
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
