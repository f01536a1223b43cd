package io.patchbay.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Key;
import io.patchbay.canvas.WrongValueException;
import io.patchbay.expression.SourcePath;
import io.patchbay.expression.TargetPath;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values that both systems have in words of their own. */
@Doc("Values that both systems have in words of their own")
public record ValueMap(
        @Doc("Path in a record of the source") SourcePath from,
        @Doc("Where its counterpart goes") TargetPath to,

        @Doc("Values of the source, each with that of the destination") @Nullable
        Map<String, String> pairs,

        @Doc("A table in routes/tables in place of pairs: its first column against its second") @Nullable
        String table,

        @Doc("The pairs are read from right to left, so that two services of opposite ways can have the same ones")
        @Default("false")
        boolean reverse,

        @Key("else") @Doc("What any other value becomes; without it an item with another value fails") @Nullable
        JsonNode otherwise) {

    /** @throws WrongValueException when there is not one of pairs and table, or the pairs cannot be read from the right */
    public ValueMap {
        if ((pairs == null) == (table == null)) {
            throw new WrongValueException(
                    "a value map needs 'pairs' or 'table', found " + (pairs == null ? "neither" : "both"),
                    "for example pairs: { EXPRESS: DPD-1 }");
        }
        if (pairs == null && reverse) {
            throw new WrongValueException(
                    "'reverse' is for pairs; a table has names for its columns",
                    "write it as a field: then: [ { lookup: { table: " + table + ", from: COLUMN, to: COLUMN } } ]",
                    "reverse");
        }
        if (pairs != null && reverse) {
            Set<String> right = new HashSet<>();
            pairs.values().stream()
                    .filter(value -> !right.add(value))
                    .findFirst()
                    .ifPresent(twice -> {
                        throw new WrongValueException(
                                "with 'reverse' a value on the right stands once, found '" + twice + "' twice",
                                "leave out 'reverse', or keep one of them",
                                "pairs");
                    });
        }
    }
}
