package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.expression.LookupTable;
import java.util.List;

/** A lookup table. */
@Doc("A lookup table, as flows read it")
record TableView(
        String name,
        @Doc("Names of its columns") List<String> columns,
        @Doc("How many rows it has") int rows) {

    TableView {
        columns = List.copyOf(columns);
    }

    static TableView of(String name, LookupTable table) {
        return new TableView(name, table.columns(), table.rows().size());
    }
}
