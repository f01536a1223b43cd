package io.patchbay.mapping.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.expression.Values;
import io.patchbay.payload.Json;
import java.math.BigDecimal;

/** Values as what a function needs, or a message that says what was found and never shows it. */
public final class Found {

    private Found() {}

    /** Text of a value that has one; an object is not text by accident. */
    public static String text(JsonNode value) {
        if (value.isContainerNode()) {
            throw new FunctionException("the value is " + kind(value) + ", not text");
        }
        return Values.text(value);
    }

    /** A number, or text that is one. */
    public static BigDecimal number(JsonNode value) {
        BigDecimal number = Values.number(value);
        if (number == null) {
            throw new FunctionException("the value is not a number, it is " + kind(value));
        }
        return number;
    }

    /** An object. */
    public static ObjectNode object(JsonNode value) {
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw new FunctionException("the value is not an object, it is " + kind(value));
    }

    /** What it is, for messages. */
    public static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT, POJO -> "an object";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL, MISSING -> "nothing";
            default -> value.asText().isEmpty() ? "empty text" : "text";
        };
    }

    /** A number as a node: whole numbers as such, all others with every digit. */
    public static JsonNode node(BigDecimal number) {
        return number.scale() == 0 && number.precision() <= 18
                ? Json.NODES.numberNode(number.longValueExact())
                : Json.NODES.numberNode(number);
    }
}
