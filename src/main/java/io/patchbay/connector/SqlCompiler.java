package io.patchbay.connector;

import io.patchbay.connector.Compiling.Where;
import io.patchbay.connector.Endpoint.SqlCall;
import io.patchbay.connector.definition.EndpointConfig;
import io.patchbay.connector.definition.SqlConfig;
import io.patchbay.expression.Template;
import io.patchbay.payload.CursorKind;
import io.patchbay.problem.DidYouMean;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.dao.DataAccessException;

/** Checks and compiles a statement: no value gets into its text, each name in it has one. */
final class SqlCompiler {

    private final Compiling compiling;

    SqlCompiler(Compiling compiling) {
        this.compiling = compiling;
    }

    SqlCall compile(EndpointConfig endpoint, SqlConfig sql, Where where, String[] keys) {
        String[] query = Compiling.below(keys, "sql", "query");
        if (sql.query().contains("${")) {
            compiling.error(
                    compiling.at(query),
                    "VALUE_IN_SQL",
                    "a value never stands in the text of a query: it could become part of the query",
                    "write :name in its place, and put it under parameters: {name: '${…}'}");
        }
        checkKind(endpoint, sql, keys);
        checkStart(sql, Compiling.below(keys, "sql", "keyset", "start"));
        SqlText text = text(sql, query);
        Map<String, Template> parameters = new LinkedHashMap<>();
        sql.parameters().forEach((name, value) -> parameters.put(name, compiling.template(value, where)));
        checkNames(sql, text, parameters, keys);
        boolean perRecord = endpoint.kind().acts()
                && parameters.values().stream()
                        .anyMatch(value -> value.reads().stream()
                                .anyMatch(ref -> ref.root().equals("record")));
        return new SqlCall(sql, text, parameters, lists(endpoint, sql, text), perRecord);
    }

    private SqlText text(SqlConfig sql, String[] query) {
        try {
            SqlText text = SqlText.parse(sql.query());
            if (!text.text().isBlank()) {
                return text;
            }
            compiling.error(compiling.at(query), "BAD_VALUE", "the query is empty", null);
        } catch (DataAccessException | IllegalArgumentException e) {
            compiling.error(
                    compiling.at(query),
                    "BAD_VALUE",
                    "a query knows its values by name, not by '?'",
                    "write :name in place of each ?, and put it under parameters");
        }
        return new SqlText("", "", java.util.List.of());
    }

    /** What {@code in (:name)} asks for item by item: a name that is the whole of an input that is a list. */
    private static Map<String, String> lists(EndpointConfig endpoint, SqlConfig sql, SqlText text) {
        Map<String, String> lists = new LinkedHashMap<>();
        sql.parameters()
                .forEach((name, value) -> endpoint.inputs().forEach((input, declared) -> {
                    boolean whole = value.node().text().strip().equals("${with." + input + "}");
                    if (whole && declared.isList() && text.inList(name)) {
                        lists.put(name, input);
                    }
                }));
        return lists;
    }

    private void checkKind(EndpointConfig endpoint, SqlConfig sql, String[] keys) {
        if (endpoint.kind().acts() && sql.pageSize() != null) {
            compiling.error(
                    compiling.at(Compiling.below(keys, "sql", "pageSize")),
                    "NOT_HERE",
                    "'pageSize' belongs to reads",
                    null);
        }
        if (!endpoint.kind().acts() && (!sql.generatedKeys().isEmpty() || endpoint.batch() != null)) {
            compiling.error(
                    compiling.at(keys),
                    "NOT_HERE",
                    "'generatedKeys' and 'batch' belong to statements that change",
                    null);
        }
    }

    private void checkStart(SqlConfig sql, String[] start) {
        SqlConfig.KeysetConfig keyset = sql.keyset();
        if (keyset == null) {
            return;
        }
        try {
            switch (keyset.type()) {
                case SEQUENCE -> new BigDecimal(keyset.start());
                case DATETIME -> Instant.parse(keyset.start());
                case TOKEN -> {}
            }
        } catch (NumberFormatException | DateTimeParseException e) {
            compiling.error(
                    compiling.at(start),
                    "BAD_VALUE",
                    "'start' must be "
                            + (keyset.type() == CursorKind.SEQUENCE
                                    ? "a number, like 0"
                                    : "a time, like 1970-01-01T00:00:00Z")
                            + ", found '" + keyset.start() + "'",
                    "what 'column' holds is said by 'type'");
        }
    }

    private void checkNames(SqlConfig sql, SqlText text, Map<String, Template> parameters, String[] keys) {
        String pageKey = sql.keyset() == null ? null : sql.keyset().parameter();
        for (String name : text.names()) {
            if (!parameters.containsKey(name) && !name.equals(pageKey)) {
                compiling.error(
                        compiling.at(Compiling.below(keys, "sql", "query")),
                        "MISSING_KEY",
                        "':" + name + "' of the query has no value",
                        DidYouMean.hint(name, parameters.keySet()));
            }
        }
        for (String name : parameters.keySet()) {
            if (!text.names().contains(name)) {
                compiling.error(
                        compiling.at(Compiling.below(keys, "sql", "parameters", name)),
                        "UNKNOWN_PARAMETER",
                        "the query has no ':" + name + "'",
                        DidYouMean.hint(name, text.names()));
            }
        }
        if (pageKey != null && !text.names().contains(pageKey)) {
            compiling.error(
                    compiling.at(Compiling.below(keys, "sql", "keyset", "parameter")),
                    "UNKNOWN_PARAMETER",
                    "the query has no ':" + pageKey + "'",
                    "like: where id > :" + pageKey + " order by id");
        }
    }
}
