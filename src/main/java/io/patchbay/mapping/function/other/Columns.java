package io.patchbay.mapping.function.other;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One column of a table, or a list of them.
 *
 * @param names of the columns
 * @param list whether it is written as a list
 */
@ReadBy(Columns.Reader.class)
record Columns(List<String> names, boolean list) {

    static final class Reader implements ValueReader<Columns> {

        @Override
        public @Nullable Columns read(Node node, Reading reading) {
            if (!(node instanceof ListNode list)) {
                String name = reading.text(node, "a column");
                return name == null ? null : new Columns(List.of(name), false);
            }
            List<String> names = new ArrayList<>();
            for (Node item : list.items()) {
                String name = reading.text(item, "a column");
                if (name == null) {
                    return null;
                }
                names.add(name);
            }
            if (names.isEmpty()) {
                reading.error(node, "BAD_VALUE", "a list of columns must not be empty", null);
                return null;
            }
            return new Columns(List.copyOf(names), true);
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            ObjectNode schema = Json.NODES.objectNode();
            var forms = schema.putArray("oneOf");
            forms.addObject().put("type", "string");
            ObjectNode list = forms.addObject().put("type", "array").put("minItems", 1);
            list.putObject("items").put("type", "string");
            return schema;
        }
    }
}
