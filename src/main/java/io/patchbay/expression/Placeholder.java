package io.patchbay.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.patchbay.problem.Location;
import java.util.List;

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

    /** The value as text. @throws ExpressionException when there is none or it is null */
    String text(Scope scope) {
        JsonNode value = value(scope);
        if (value.isNull()) {
            throw new ExpressionException("NO_VALUE", source + " is null here, and no ?? to fall back on", at);
        }
        return Values.text(value);
    }
}
