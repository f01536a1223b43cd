package io.patchbay.script.language.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as maps and lists, and back. */
final class JavaValues {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final double WHOLE = 1L << 53;

    private JavaValues() {}

    /** A value. A number that a double holds exactly as it is written is one; others keep their digits as long as nobody counts. */
    static @Nullable Object of(@Nullable JsonNode value) {
        if (value == null || value.isNull() || value.isMissingNode()) {
            return null;
        }
        if (value.isObject()) {
            Map<String, Object> members = new LinkedHashMap<>();
            value.properties().forEach(member -> members.put(member.getKey(), of(member.getValue())));
            return members;
        }
        if (value.isArray()) {
            List<Object> items = new ArrayList<>(value.size());
            value.forEach(item -> items.add(of(item)));
            return items;
        }
        if (value.isNumber()) {
            return number(value);
        }
        return value.isBoolean() ? (Object) value.booleanValue() : value.asText();
    }

    private static Object number(JsonNode value) {
        if (value.isInt()) {
            return value.intValue();
        }
        if (value.isLong()) {
            return value.longValue();
        }
        if (value.isBigInteger()) {
            return value.bigIntegerValue();
        }
        double rounded = value.doubleValue();
        if (!value.isBigDecimal()) {
            return rounded;
        }
        BigDecimal exact = value.decimalValue();
        boolean held = !Double.isInfinite(rounded)
                && BigDecimal.valueOf(rounded).toString().equals(exact.toString());
        return held ? (Object) rounded : exact;
    }

    /** JSON. @throws IllegalArgumentException when there is a function in it */
    static JsonNode json(@Nullable Object value) {
        if (value instanceof Map<?, ?> members) {
            ObjectNode object = NODES.objectNode();
            members.forEach((name, member) -> object.set(String.valueOf(name), json(member)));
            return object;
        }
        if (value instanceof Collection<?> items) {
            ArrayNode array = NODES.arrayNode();
            items.forEach(item -> array.add(json(item)));
            return array;
        }
        if (value == null) {
            return NODES.nullNode();
        }
        if (value instanceof Boolean truth) {
            return NODES.booleanNode(truth);
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof CharSequence text) {
            return NODES.textNode(text.toString());
        }
        throw new IllegalArgumentException("the result is, or holds, a function or another thing that is no JSON");
    }

    private static JsonNode number(Number number) {
        if (number instanceof BigDecimal decimal) {
            return NODES.numberNode(decimal);
        }
        if (number instanceof BigInteger whole) {
            return NODES.numberNode(whole);
        }
        if (number instanceof Double || number instanceof Float) {
            double value = number.doubleValue();
            return Math.rint(value) == value && Math.abs(value) < WHOLE
                    ? NODES.numberNode((long) value)
                    : NODES.numberNode(value);
        }
        return NODES.numberNode(number.longValue());
    }
}
