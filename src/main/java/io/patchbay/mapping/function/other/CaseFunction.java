package io.patchbay.mapping.function.other;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Key;
import io.patchbay.canvas.Literals;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.expression.Values;
import io.patchbay.mapping.function.Found;
import io.patchbay.mapping.function.FunctionException;
import io.patchbay.mapping.function.FunctionSpec;
import io.patchbay.mapping.function.FunctionSpec.Group;
import io.patchbay.mapping.function.FunctionType;
import io.patchbay.mapping.function.SettingsFunction;
import io.patchbay.mapping.function.SimpleFunction;
import io.patchbay.mapping.function.ValueKind;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values that are told apart by what they are. */
final class CaseFunction {

    static final FunctionType CASE = SettingsFunction.of(
            FunctionSpec.of(
                            Group.OTHER,
                            "case",
                            "What `of` has for the value, read as text; `else` for any other, and without `else` another is an"
                                    + " error. Long lists are better in a table, see `lookup`; conditions are in `when`.")
                    .from(ValueKind.SCALARS, ValueKind.ANY)
                    .example("{ case: { of: { paid: 1, open: 2 }, else: 0 } }", "open", "2")
                    .example("{ case: { of: { \"yes\": true }, ignoreCase: true, else: false } }", "\"YES\"", "true")
                    .refuses("{ case: { of: { a: 1 } } }", "b", "case: 'of' has no such value, and there is no 'else'"),
            CaseSettings.class,
            settings -> {
                Map<String, JsonNode> results = settings.results();
                return (value, record, scope) -> {
                    JsonNode result = results.get(settings.key(Found.text(value)));
                    if (result == null && settings.otherwise() == null) {
                        throw new FunctionException("'of' has no such value, and there is no 'else'");
                    }
                    return result == null ? Objects.requireNonNull(settings.otherwise()) : result;
                };
            });

    static final FunctionType NULL_IF = SettingsFunction.of(
            FunctionSpec.of(
                            Group.OTHER,
                            "nullIf",
                            "Null for a value that is one of a list, and the value itself otherwise. Values are compared with"
                                    + " their types: the number 0 is not the text \"0\".")
                    .from(Set.of(ValueKind.ANY), ValueKind.SAME)
                    .example("{ nullIf: [ \"\", N/A ] }", "N/A", "null")
                    .example("{ nullIf: [ 0 ] }", "[ 0.0, \"0\", 1 ]", "[ null, \"0\", 1 ]"),
            NullIf.class,
            settings -> (value, record, scope) ->
                    settings.values().stream().anyMatch(each -> same(each, value)) ? Json.NODES.nullNode() : value);

    static final FunctionType NOT = new SimpleFunction(
            FunctionSpec.of(Group.OTHER, "not", "True for false and false for true; put `boolean` before it for texts.")
                    .from(Set.of(ValueKind.BOOLEAN), ValueKind.BOOLEAN)
                    .example("not", "true", "false")
                    .refuses("not", "x", "not: the value is not true or false, it is text"),
            value -> {
                if (!value.isBoolean()) {
                    throw new FunctionException("the value is not true or false, it is " + Found.kind(value));
                }
                return Json.NODES.booleanNode(!value.booleanValue());
            });

    /** Settings. */
    @Doc("What stands for which value")
    record CaseSettings(
            @Doc("Results by the value as text") Map<String, JsonNode> of,

            @Doc("What any other value becomes") @Key("else") @Nullable
            JsonNode otherwise,

            @Doc("Whether capitals make no difference") @Default("false")
            boolean ignoreCase) {

        CaseSettings {
            if (of.isEmpty()) {
                throw new IllegalArgumentException("'of' needs at least one value");
            }
        }

        String key(String text) {
            return ignoreCase ? text.toLowerCase(Locale.ROOT) : text;
        }

        Map<String, JsonNode> results() {
            Map<String, JsonNode> results = new HashMap<>();
            of.forEach((value, result) -> results.put(key(value), result));
            return results;
        }
    }

    /**
     * Values that become null.
     *
     * @param values of them
     */
    @ReadBy(NullIfReader.class)
    record NullIf(List<JsonNode> values) {
        NullIf {
            values = List.copyOf(values);
        }
    }

    /** Reads a list of values, or one. */
    static final class NullIfReader implements ValueReader<NullIf> {

        @Override
        public NullIf read(Node node, Reading reading) {
            JsonNode json = Literals.json(node);
            List<JsonNode> values = new ArrayList<>();
            if (json.isArray()) {
                json.forEach(values::add);
            } else {
                values.add(json);
            }
            return new NullIf(values);
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            return Json.NODES.objectNode().put("description", "a value, or a list of values");
        }
    }

    private CaseFunction() {}

    private static boolean same(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue()) == 0;
        }
        return one.equals(other) || (Values.absent(one) && Values.absent(other));
    }
}
