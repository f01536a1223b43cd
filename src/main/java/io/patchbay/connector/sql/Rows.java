package io.patchbay.connector.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.Temporal;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Rows as records: decimals keep their digits, times are ISO 8601, bytes are base 64, JSON is JSON. */
final class Rows {

    /** {@code microsoft.sql.Types.DATETIMEOFFSET}. */
    private static final int MICROSOFT_TIME_WITH_ZONE = -155;

    private final ResultSet rows;
    private final String[] names;
    private final int[] types;
    private final String[] typeNames;
    private final long most;
    private long size;

    /** @param most bytes that the values of one page may have */
    Rows(ResultSet rows, long most) throws SQLException, StepException {
        this.rows = rows;
        this.most = most;
        ResultSetMetaData about = rows.getMetaData();
        int columns = about.getColumnCount();
        names = new String[columns];
        types = new int[columns];
        typeNames = new String[columns];
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < columns; i++) {
            names[i] = about.getColumnLabel(i + 1);
            types[i] = about.getColumnType(i + 1);
            typeNames[i] = String.valueOf(about.getColumnTypeName(i + 1)).toLowerCase(Locale.ROOT);
            if (!seen.add(names[i])) {
                throw new StepException(
                        Owner.AUTHOR,
                        "SQL_QUERY",
                        "the query yields two columns '" + names[i] + "'; give one of them a name: … as other_name");
            }
        }
    }

    /** Up to so many further rows; fewer only at the end. */
    ArrayNode next(int count) throws SQLException, StepException {
        ArrayNode page = Json.NODES.arrayNode();
        size = 0;
        while (page.size() < count && rows.next()) {
            page.add(row());
        }
        return page;
    }

    private ObjectNode row() throws SQLException, StepException {
        ObjectNode row = Json.NODES.objectNode();
        for (int i = 0; i < names.length; i++) {
            JsonNode value = value(i);
            size += names[i].length() + (value.isTextual() ? value.textValue().length() : 8L);
            row.set(names[i], value);
        }
        if (size > most) {
            throw new StepException(
                    Owner.LIMIT,
                    "ANSWER_TOO_LARGE",
                    "the rows of one page have more than " + most + " bytes (requester.maxResponse); a smaller"
                            + " sql.pageSize may do");
        }
        return row;
    }

    private JsonNode value(int i) throws SQLException {
        int at = i + 1;
        JsonNode value = switch (types[i]) {
            case Types.BIGINT ->
                typeNames[i].contains("unsigned")
                        ? number(rows.getBigDecimal(at))
                        : Json.NODES.numberNode(rows.getLong(at));
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER -> Json.NODES.numberNode(rows.getLong(at));
            case Types.NUMERIC, Types.DECIMAL -> number(rows.getBigDecimal(at));
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> floating(rows.getDouble(at));
            case Types.BOOLEAN -> Json.NODES.booleanNode(rows.getBoolean(at));
            case Types.BIT -> rows.getObject(at) instanceof Boolean bit ? Json.NODES.booleanNode(bit) : text(at);
            case Types.DATE -> time(rows.getObject(at, LocalDate.class));
            case Types.TIME -> time(rows.getObject(at, LocalTime.class));
            case Types.TIMESTAMP ->
                typeNames[i].equals("timestamptz") ? instant(at) : time(rows.getObject(at, LocalDateTime.class));
            case Types.TIMESTAMP_WITH_TIMEZONE, MICROSOFT_TIME_WITH_ZONE -> instant(at);
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> bytes(rows.getBytes(at));
            case Types.ARRAY -> array(rows.getArray(at));
            default -> typeNames[i].startsWith("json") ? json(rows.getString(at)) : text(at);
        };
        return rows.wasNull() ? Json.NODES.nullNode() : value;
    }

    private JsonNode text(int at) throws SQLException {
        return text(rows.getString(at));
    }

    private static JsonNode text(String text) {
        return text == null ? Json.NODES.nullNode() : Json.NODES.textNode(text);
    }

    private static JsonNode number(BigDecimal number) {
        return number == null ? Json.NODES.nullNode() : Json.NODES.numberNode(number);
    }

    /** JSON has no number for infinity and "not a number". */
    private static JsonNode floating(double number) {
        return Double.isFinite(number) ? Json.NODES.numberNode(number) : Json.NODES.textNode(String.valueOf(number));
    }

    private static JsonNode time(Temporal time) {
        return time == null ? Json.NODES.nullNode() : Json.NODES.textNode(time.toString());
    }

    private JsonNode instant(int at) throws SQLException {
        OffsetDateTime time = rows.getObject(at, OffsetDateTime.class);
        return time == null
                ? Json.NODES.nullNode()
                : Json.NODES.textNode(
                        time.withOffsetSameInstant(ZoneOffset.UTC).toInstant().toString());
    }

    private static JsonNode bytes(byte[] bytes) {
        return bytes == null
                ? Json.NODES.nullNode()
                : Json.NODES.textNode(java.util.Base64.getEncoder().encodeToString(bytes));
    }

    /** A text that says JSON and is none stays text. */
    private static JsonNode json(String text) {
        try {
            return text == null ? Json.NODES.nullNode() : Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return Json.NODES.textNode(text);
        }
    }

    private static JsonNode array(Array array) throws SQLException {
        if (array == null) {
            return Json.NODES.nullNode();
        }
        try {
            return list(array.getArray());
        } finally {
            array.free();
        }
    }

    private static JsonNode list(Object value) {
        if (value == null) {
            return Json.NODES.nullNode();
        }
        if (value instanceof Object[] many) {
            ArrayNode list = Json.NODES.arrayNode();
            for (Object one : many) {
                list.add(list(one));
            }
            return list;
        }
        boolean plain = value instanceof Number || value instanceof Boolean;
        return plain ? Json.MAPPER.valueToTree(value) : Json.NODES.textNode(value.toString());
    }
}
