package io.patchbay.mapping.function;

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
 * One text, or a list of them.
 *
 * @param list the texts
 */
@ReadBy(Names.Reader.class)
public record Names(List<String> list) {

    public Names {
        list = List.copyOf(list);
    }

    /** Reads {@code a} or {@code [ a, b ]}. */
    static final class Reader implements ValueReader<Names> {

        @Override
        public @Nullable Names read(Node node, Reading reading) {
            List<Node> nodes = node instanceof ListNode list ? list.items() : List.of(node);
            List<String> names = new ArrayList<>();
            for (Node each : nodes) {
                String name = reading.text(each, "this value");
                if (name != null) {
                    names.add(name);
                }
            }
            return names.size() < nodes.size() ? null : new Names(names);
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            ObjectNode schema = Json.NODES.objectNode();
            var forms = schema.putArray("oneOf");
            forms.addObject().put("type", "string");
            forms.addObject().put("type", "array").putObject("items").put("type", "string");
            return schema;
        }
    }
}
