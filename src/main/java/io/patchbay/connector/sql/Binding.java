package io.patchbay.connector.sql;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.CallScope;
import io.patchbay.connector.Endpoint.SqlCall;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Template;
import io.patchbay.expression.Values;
import io.patchbay.payload.Json;
import io.patchbay.payload.StepException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Binds values to a statement. Text goes as text, numbers keep their digits, lists and objects go as JSON text. */
final class Binding {

    private final SqlCall call;

    Binding(SqlCall call) {
        this.call = call;
    }

    /**
     * Binds all values.
     *
     * @param pageKey where a page begins, or null
     */
    void bind(PreparedStatement statement, CallScope scope, @Nullable JsonNode pageKey)
            throws SQLException, StepException {
        List<String> names = call.text().names();
        Map<String, Template> parameters = call.parameters();
        for (int i = 0; i < names.size(); i++) {
            Template value = parameters.get(names.get(i));
            bind(statement, i + 1, value == null ? pageKey : value(value, scope));
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

    private static void bind(PreparedStatement statement, int at, @Nullable JsonNode value) throws SQLException {
        if (value == null || value.isNull() || value.isMissingNode()) {
            statement.setNull(at, Types.NULL);
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
