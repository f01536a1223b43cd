package io.patchbay.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Where an answer names the values of records that are lists of values.
 *
 * @param list the list of columns
 * @param name the name of a column, from an item of that list
 */
public record Columns(RecordPath list, Place name) {

    /** Columns of one answer. */
    public static final int MOST = 10_000;

    private static final String EACH = "[*]";

    /** Reads a form like {@code $.meta.columns[*].name}. @throws IllegalArgumentException when it has another one */
    public static Columns parse(String text) {
        int each = text.indexOf(EACH);
        if (each < 0) {
            throw new IllegalArgumentException(
                    "path '" + text + "' must lead to a name in each item of a list, like $.meta.columns[*].name");
        }
        int behind = each + EACH.length();
        return new Columns(RecordPath.parse(text.substring(0, behind)), Place.parse("$" + text.substring(behind)));
    }

    /** What the values of records are called. */
    public static final class Names {
        private final List<String> names;

        private Names(List<String> names) {
            this.names = names;
        }

        /**
         * A record that is a list of values as an object; another one as it is. A list may be shorter than the names.
         *
         * @throws StepException when it has values without a name, which would be lost
         */
        public JsonNode named(JsonNode row) throws StepException {
            if (!row.isArray()) {
                return row;
            }
            if (row.size() > names.size()) {
                throw wrong("a record has " + row.size() + " values, and the answer names " + names.size()
                        + " columns (recordSelector.columns)");
            }
            ObjectNode record = Json.NODES.objectNode();
            for (int i = 0; i < row.size(); i++) {
                record.set(names.get(i), row.get(i));
            }
            return record;
        }
    }

    /** The names in an answer. @throws StepException when a column has none, or two have the same */
    public Names in(JsonNode answer) throws StepException {
        return of(list.records(answer));
    }

    /** The names of these columns. @throws StepException when a column has none, or two have the same */
    public Names of(List<JsonNode> columns) throws StepException {
        if (columns.size() > MOST) {
            throw wrong("the answer has more than " + MOST + " columns");
        }
        List<String> names = new ArrayList<>(columns.size());
        for (JsonNode column : columns) {
            JsonNode found = name.find(column);
            if (!found.isTextual()) {
                throw wrong("column " + (names.size() + 1) + " of the answer has no name at " + name);
            }
            names.add(found.textValue());
        }
        if (new HashSet<>(names).size() < names.size()) {
            throw wrong("the answer has two columns of one name");
        }
        return new Names(names);
    }

    private static StepException wrong(String what) {
        return new StepException(Owner.REMOTE, "BAD_COLUMNS", what);
    }
}
