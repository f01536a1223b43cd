package io.patchbay.shape.map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.expression.Scope;
import io.patchbay.expression.SourcePath;
import io.patchbay.expression.Values;
import io.patchbay.mapping.function.Sameness;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.util.List;

/** Makes one record of all that have the same key. */
@Doc("One record for all records of the payload that have the same key")
public record GroupSettings(
        @Doc("Paths of the values that make the key") List<SourcePath> by,

        @Doc("Member of the new record that gets the list of the records") @Default("rows")
        String into) {

    /** @throws IllegalArgumentException when there is no key */
    public GroupSettings {
        by = List.copyOf(by);
        if (by.isEmpty() || into.isBlank()) {
            throw new IllegalArgumentException(
                    "a group needs " + (by.isEmpty() ? "a path under 'by'" : "a name under 'into'"));
        }
    }

    /** What makes a record one of a group: numbers of the same value are the same, a text is no number. */
    String key(JsonNode record, Scope scope) throws StepException {
        StringBuilder key = new StringBuilder();
        boolean any = false;
        for (SourcePath path : by) {
            JsonNode value = path.find(record, scope);
            any |= !Values.absent(value);
            key.append(Sameness.of(Values.absent(value) ? Json.NODES.nullNode() : value));
        }
        if (!any) {
            throw new StepException(
                    Owner.AUTHOR,
                    "NO_KEY",
                    "group: the record has no value at "
                            + String.join(
                                    ", ",
                                    by.stream().map(path -> "'" + path + "'").toList()));
        }
        return key.toString();
    }

    /** The record of a group: its first one, with the list of all. */
    ObjectNode record(List<JsonNode> rows) throws StepException {
        ObjectNode record = Json.NODES.objectNode();
        if (rows.get(0) instanceof ObjectNode first) {
            record.setAll(first);
        }
        if (record.has(into)) {
            throw new StepException(
                    Owner.AUTHOR,
                    "BAD_FIELD",
                    "group: the records have a member '" + into + "' already; give 'into' another name");
        }
        ArrayNode list = Json.NODES.arrayNode(rows.size()).addAll(rows);
        return record.set(into, list);
    }
}
