package io.patchbay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.patchbay.expression.Values;
import io.patchbay.payload.Json;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Functions without settings. */
final class PlainFunctions {

    static final FunctionType TEXT = new SimpleFunction(
            new FunctionSpec("text", "The value as text; numbers without exponent.", "text", "12.50", "\"12.50\""),
            false,
            PlainFunctions::asText);

    static final FunctionType TRIM = new SimpleFunction(
            new FunctionSpec("trim", "Text without blanks around it.", "trim", "\" a b \"", "a b"),
            false,
            text(String::strip));

    static final FunctionType UPPER = new SimpleFunction(
            new FunctionSpec("upper", "Text in upper case.", "upper", "gb", "GB"),
            false,
            text(value -> value.toUpperCase(Locale.ROOT)));

    static final FunctionType LOWER = new SimpleFunction(
            new FunctionSpec("lower", "Text in lower case.", "lower", "Ann@Example.ORG", "ann@example.org"),
            false,
            text(value -> value.toLowerCase(Locale.ROOT)));

    static final FunctionType FIRST = new SimpleFunction(
            new FunctionSpec("first", "The first item of a list; missing when it is empty.", "first", "[ a, b ]", "a"),
            true,
            value -> value.isArray() ? value.path(0) : value);

    static final FunctionType LAST = new SimpleFunction(
            new FunctionSpec("last", "The last item of a list; missing when it is empty.", "last", "[ a, b ]", "b"),
            true,
            value -> value.isArray() ? value.path(value.size() - 1) : value);

    static final FunctionType COUNT = new SimpleFunction(
            new FunctionSpec(
                    "count", "How many items a list has; 1 for a value that is no list.", "count", "[ a, b ]", "2"),
            true,
            value -> Json.NODES.numberNode(value.isArray() ? value.size() : 1));

    private PlainFunctions() {}

    /** Text of a value that has one; an object is not text by accident. */
    static String textOf(JsonNode value) {
        if (value.isContainerNode()) {
            throw new FunctionException("the value is " + (value.isArray() ? "a list" : "an object") + ", not text");
        }
        return Values.text(value);
    }

    private static JsonNode asText(JsonNode value) {
        return value.isMissingNode() ? MissingNode.getInstance() : Json.NODES.textNode(textOf(value));
    }

    private static UnaryOperator<JsonNode> text(UnaryOperator<String> work) {
        return value -> Json.NODES.textNode(work.apply(textOf(value)));
    }
}
