package io.patchbay.connector.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.CallScope;
import io.patchbay.connector.Endpoint.SqlCall;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Template;
import io.patchbay.expression.Values;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Binds values to a statement. Text goes as text, numbers keep their digits, lists and objects go as JSON text; the items of a
 * list in {@code in (:name)} go one by one.
 */
final class Binding {

    private final SqlCall call;

    Binding(SqlCall call) {
        this.call = call;
    }

    /** The statement with a place for each item of its lists. @throws StepException when a list has no item */
    String text(ObjectNode with) throws StepException {
        Map<String, Integer> items = new HashMap<>();
        for (Map.Entry<String, String> list : call.lists().entrySet()) {
            int size = with.path(list.getValue()).size();
            if (with.has(list.getValue()) && size == 0) {
                throw new StepException(
                        Owner.AUTHOR,
                        "BAD_INPUT",
                        "'" + list.getValue() + "' has no items, and in (:" + list.getKey() + ") needs one at least");
            }
            items.put(list.getKey(), Math.max(1, size));
        }
        return call.text().sized(items);
    }

    /**
     * Binds all values.
     *
     * @param nullType the type of a null
     * @param pageKey where a page begins, or null
     */
    void bind(PreparedStatement statement, int nullType, CallScope scope, @Nullable JsonNode pageKey)
            throws SQLException, StepException {
        List<String> names = call.text().names();
        Map<String, Template> parameters = call.parameters();
        int at = 1;
        for (String name : names) {
            Template template = parameters.get(name);
            JsonNode value = template == null ? pageKey : value(template, scope);
            if (value != null && value.isArray() && call.lists().containsKey(name)) {
                for (JsonNode item : value) {
                    bind(statement, nullType, at++, item);
                }
            } else {
                bind(statement, nullType, at++, value);
            }
        }
    }

    private static JsonNode value(Template template, CallScope scope) throws StepException {
        try {
            JsonNode found = template.find(scope);
            return Values.absent(found) ? Json.NODES.nullNode() : found;
        } catch (ExpressionException e) {
            throw StepException.of(e);
        }
    }

    private static void bind(PreparedStatement statement, int nullType, int at, @Nullable JsonNode value)
            throws SQLException {
        if (value == null || value.isNull() || value.isMissingNode()) {
            statement.setNull(at, nullType);
        } else if (value.isBoolean()) {
            statement.setBoolean(at, value.booleanValue());
        } else if (value.isIntegralNumber() && value.canConvertToLong()) {
            statement.setLong(at, value.longValue());
        } else if (value.isNumber()) {
            statement.setBigDecimal(at, value.decimalValue());
        } else {
            statement.setString(at, value.isTextual() ? value.textValue() : value.toString());
        }
    }
}
