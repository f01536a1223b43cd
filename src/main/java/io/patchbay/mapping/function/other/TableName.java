package io.patchbay.mapping.function.other;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.payload.Json;
import io.patchbay.problem.Location;
import org.jspecify.annotations.Nullable;

/**
 * The name of a lookup table.
 *
 * @param name as it is written
 * @param at where it is written
 */
@ReadBy(TableName.Reader.class)
record TableName(String name, Location at) {

    /** Takes any text: whether there is such a table is asked when the flow is checked. */
    static final class Reader implements ValueReader<TableName> {

        @Override
        public @Nullable TableName read(Node node, Reading reading) {
            String name = reading.text(node, "this value");
            return name == null ? null : new TableName(name, node.at());
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            return Json.NODES.objectNode().put("type", "string");
        }
    }
}
