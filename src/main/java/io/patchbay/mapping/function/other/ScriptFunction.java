package io.patchbay.mapping.function.other;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Scope;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.MapFunction;
import io.patchbay.mapping.function.ScriptName;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.payload.Json;
import java.util.List;
import java.util.Set;

/**
 * Hands the value to a function of a script.
 *
 * @param script its name
 * @param function what is called
 * @param whole whether it gets a list as a whole
 */
record ScriptFunction(ScriptName script, String function, boolean whole) implements MapFunction {

    static final FunctionType TYPE = new SettingsFunction<>(
            FunctionSpec.of(
                            Group.OTHER,
                            "script",
                            "What a function of a script in `routes/scripts` returns. It gets one object: `value`, `record`, `meta` and"
                                    + " `flow.variables`; what it returns is the new value, and nothing leaves the field out. Each value"
                                    + " costs a call: where many fields need code, one [script](shapes/script.md) shape with"
                                    + " `each: record` is quicker.")
                    .example("{ script: { file: tidy.js, function: upper } }", "gb", "GB"),
            ScriptSettings.class,
            settings -> new ScriptFunction(settings.file(), settings.function(), settings.wholeList()),
            false);

    /** Settings. */
    @Doc("Which function of which script")
    record ScriptSettings(
            @Doc("File of the script in routes/scripts, like tidy.js or tidy.py")
            ScriptName file,

            @Doc("The function that is called") @Default("handle")
            String function,

            @Doc("A list is handed over as a whole, not item by item") @Default("false")
            boolean wholeList) {

        /** @throws IllegalArgumentException if the function's name can be none */
        ScriptSettings {
            if (!function.matches("[A-Za-z_$][A-Za-z0-9_$]{0,99}")) {
                throw new IllegalArgumentException("'" + function + "' cannot be the name of a function");
            }
        }
    }

    @Override
    public JsonNode apply(JsonNode value, JsonNode record, Scope scope) {
        ObjectNode data = Json.NODES.objectNode();
        data.set("value", value);
        data.set("record", record);
        JsonNode returned = scope.script(script.name(), function, data);
        return returned.isNull() ? MissingNode.getInstance() : returned;
    }

    @Override
    public boolean takesLists() {
        return whole;
    }

    @Override
    public Set<Ref> reads() {
        return Set.of(new Ref("script", List.of(script.name(), function), script.at()));
    }
}
