package io.patchbay.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.definition.InputConfig;
import io.patchbay.connector.definition.ItemType;
import io.patchbay.connector.definition.ValueType;
import io.patchbay.expression.Values;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import io.patchbay.problem.DidYouMean;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks and completes what is passed to an endpoint. */
public final class Inputs {

    private static final ObjectNode NOTHING = Json.NODES.objectNode();

    private final String endpoint;
    private final Map<String, InputConfig> declared;
    private final boolean dated;

    /** Inputs of an endpoint. */
    public Inputs(String endpoint, Map<String, InputConfig> declared) {
        this.endpoint = endpoint;
        this.declared = declared;
        this.dated = declared.values().stream()
                .anyMatch(input -> input.type() == ValueType.INSTANT || input.items() == ItemType.INSTANT);
    }

    /** Whether the completed values depend on when the run was queued. */
    public boolean dated() {
        return dated;
    }

    /**
     * The values with defaults, each of its declared type; instants are written in ISO 8601.
     *
     * @param given values by name; null and missing ones count as not given
     * @param now what relative instants hang on
     * @throws StepException when a value is unknown, missing or of the wrong kind
     */
    public ObjectNode complete(Map<String, JsonNode> given, Instant now) throws StepException {
        if (declared.isEmpty() && given.isEmpty()) {
            return NOTHING;
        }
        for (String name : given.keySet()) {
            if (!declared.containsKey(name)) {
                String hint = hint(name, declared.keySet());
                throw bad(
                        "endpoint '" + endpoint + "' has no input '" + name + "'" + (hint == null ? "" : "; " + hint));
            }
        }
        ObjectNode values = Json.NODES.objectNode();
        for (Map.Entry<String, InputConfig> entry : declared.entrySet()) {
            JsonNode value = value(entry.getKey(), entry.getValue(), given.get(entry.getKey()), now);
            if (value != null) {
                values.set(entry.getKey(), value);
            }
        }
        return values;
    }

    /** Sees to it that a value can be an item of an input that is a list. @throws StepException when it cannot */
    public void checkItem(String name, JsonNode value) throws StepException {
        InputConfig input = declared.get(name);
        if (input != null && input.type() == ValueType.ARRAY) {
            list(Json.NODES.arrayNode().add(value), input, name, Instant.EPOCH);
        }
    }

    /** What may be given in place of a name that is no input. */
    public static @Nullable String hint(String name, Collection<String> inputs) {
        return inputs.isEmpty() ? "it takes no inputs: leave it out" : DidYouMean.hint(name, inputs);
    }

    /** Values as one text, the same for the same values in any order; empty when there are none. */
    public static String text(ObjectNode values) {
        ObjectNode sorted = Json.NODES.objectNode();
        values.properties().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(value -> sorted.set(value.getKey(), value.getValue()));
        return sorted.isEmpty() ? "" : sorted.toString();
    }

    private @Nullable JsonNode value(String name, InputConfig input, @Nullable JsonNode given, Instant now)
            throws StepException {
        JsonNode value = given == null || Values.absent(given) ? input.fallback() : given;
        if (value == null || value.isNull()) {
            if (input.mandatory()) {
                throw bad("endpoint '" + endpoint + "' needs the input '" + name + "'");
            }
            return null;
        }
        JsonNode typed = checked(value, input.type(), input.choices(), name, now);
        return input.type() == ValueType.ARRAY ? list(typed, input, name, now) : typed;
    }

    private JsonNode checked(JsonNode value, ValueType type, @Nullable List<JsonNode> choices, String name, Instant now)
            throws StepException {
        JsonNode typed = typed(value, type);
        String wrong = Literal.check(typed, type, choices, name).orElse(null);
        if (wrong != null) {
            throw bad("input of endpoint '" + endpoint + "': " + wrong);
        }
        return type == ValueType.INSTANT
                ? Literal.instant(typed.textValue(), now)
                        .<JsonNode>map(instant -> Json.NODES.textNode(instant.toString()))
                        .orElse(typed)
                : typed;
    }

    /** A list as its input is declared: items of one type, not too many, and told apart where the list becomes text. */
    private JsonNode list(JsonNode given, InputConfig input, String name, Instant now) throws StepException {
        Integer most = input.maxItems();
        if (most != null && given.size() > most) {
            throw bad("input of endpoint '" + endpoint + "': '" + name + "' takes at most " + most + " items, found "
                    + given.size());
        }
        ItemType items = input.items();
        String separator = input.separator();
        if (items == null && separator == null) {
            return given;
        }
        ArrayNode list = Json.NODES.arrayNode(given.size());
        for (int i = 0; i < given.size(); i++) {
            JsonNode item = given.get(i);
            JsonNode one = items == null ? item : checked(item, items.value(), null, name + "[" + i + "]", now);
            if (separator != null && Values.text(one).contains(separator)) {
                throw bad("input of endpoint '" + endpoint + "': '" + name + "[" + i + "]' holds '" + separator
                        + "', which stands between the items there");
            }
            list.add(one);
        }
        return input.isList() ? list : Json.NODES.textNode(joined(list, String.valueOf(separator)));
    }

    private static String joined(ArrayNode list, String separator) {
        List<String> texts = new ArrayList<>(list.size());
        list.forEach(item -> texts.add(Values.text(item)));
        return String.join(separator, texts);
    }

    /** Text and numbers become each other where nothing is lost; anything else stays for the check. */
    private static JsonNode typed(JsonNode value, ValueType type) {
        if ((type == ValueType.STRING || type == ValueType.PATH) && value.isValueNode() && !value.isTextual()) {
            return Json.NODES.textNode(Values.text(value));
        }
        if (!value.isTextual()) {
            return value;
        }
        if (type == ValueType.BOOLEAN
                && (value.textValue().equals("true") || value.textValue().equals("false"))) {
            return Json.NODES.booleanNode(value.textValue().equals("true"));
        }
        if (type == ValueType.INTEGER || type == ValueType.NUMBER) {
            BigDecimal number = Values.number(value);
            if (number != null) {
                boolean whole = number.scale() <= 0 && number.precision() - number.scale() <= 18;
                return whole ? Json.NODES.numberNode(number.longValueExact()) : Json.NODES.numberNode(number);
            }
        }
        return value;
    }

    private static StepException bad(String what) {
        return new StepException(Owner.AUTHOR, "BAD_INPUT", what);
    }
}
