package io.patchbay.mapping.function;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Values as texts that are equal where the values are: 1 and 1.0 are, 1 and "1" are not, and the order of members does not count. Texts
 * can be put in order, so that tables of them stay fast whatever hash codes the data was made to have.
 */
public final class Sameness {

    private Sameness() {}

    /** The text of a value. */
    public static String of(JsonNode value) {
        StringBuilder text = new StringBuilder();
        add(value, text);
        return text.toString();
    }

    private static void add(JsonNode value, StringBuilder into) {
        if (value.isTextual()) {
            String text = value.textValue();
            into.append('"').append(text.length()).append(':').append(text);
        } else if (value.isNumber()) {
            BigDecimal number = value.decimalValue();
            into.append('#')
                    .append(number.signum() == 0 ? "0" : number.stripTrailingZeros())
                    .append(';');
        } else if (value.isArray()) {
            into.append('[');
            value.forEach(item -> add(item, into));
            into.append(']');
        } else if (value.isObject()) {
            List<String> names = new ArrayList<>(value.size());
            value.fieldNames().forEachRemaining(names::add);
            Collections.sort(names);
            into.append('{');
            for (String name : names) {
                into.append(name.length()).append(':').append(name);
                add(value.path(name), into);
            }
            into.append('}');
        } else {
            into.append('\'')
                    .append(value.isMissingNode() ? "missing" : value.asText())
                    .append(';');
        }
    }
}
