package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.expression.LookupTable;
import java.util.List;

/** A row of a lookup table. */
@Doc("A row of a lookup table")
record TableRowView(
        @Doc("The line of the file that it begins at") int line,
        @Doc("A text for each column, in their order") List<String> cells) {

    TableRowView {
        cells = List.copyOf(cells);
    }

    static TableRowView of(LookupTable.Row row) {
        return new TableRowView(row.line(), row.cells());
    }
}
