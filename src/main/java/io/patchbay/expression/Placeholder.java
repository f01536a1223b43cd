package io.patchbay.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.patchbay.problem.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One {@code ${…}}.
 *
 * @param source as it was written, with its braces
 * @param operands tried in order; null counts as no value where another one follows
 * @param at where it begins
 */
record Placeholder(String source, List<Operand> operands, Location at) {

    Placeholder {
        operands = List.copyOf(operands);
    }

    /** The value; missing when no operand has one. */
    JsonNode find(Scope scope) {
        JsonNode last = MissingNode.getInstance();
        for (Operand operand : operands) {
            JsonNode value = operand.find(scope);
            if (!Values.absent(value)) {
                return value;
            }
            last = value;
        }
        return last;
    }

    /** The value, which may be null. @throws ExpressionException when there is none */
    JsonNode value(Scope scope) {
        JsonNode value = find(scope);
        if (value.isMissingNode()) {
            throw new ExpressionException("NO_VALUE", source + " has no value here, and no ?? to fall back on", at);
        }
        return value;
    }

    /**
     * The value as text.
     *
     * @param escape makes a text harmless; of a list each item, and not the commas between them (RFC 6570, section 3.2.2)
     * @throws ExpressionException when there is none or it is null
     */
    String text(Scope scope, UnaryOperator<String> escape) {
        JsonNode value = value(scope);
        if (value.isNull()) {
            throw new ExpressionException("NO_VALUE", source + " is null here, and no ?? to fall back on", at);
        }
        if (!value.isArray()) {
            return escape.apply(Values.text(value));
        }
        List<String> items = new ArrayList<>(value.size());
        for (JsonNode item : value) {
            items.add(escape.apply(item.isContainerNode() ? item.toString() : Values.text(item)));
        }
        return String.join(",", items);
    }
}
