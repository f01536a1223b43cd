package io.patchbay.mapping.function;

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
 * The name of a script of flows, which is that of its file.
 *
 * @param name as it is written
 * @param at where it is written
 */
@ReadBy(ScriptName.Reader.class)
public record ScriptName(String name, Location at) {

    /** Takes any text: whether there is such a script is asked when the flow is checked. */
    static final class Reader implements ValueReader<ScriptName> {

        @Override
        public @Nullable ScriptName read(Node node, Reading reading) {
            String name = reading.text(node, "this value");
            return name == null ? null : new ScriptName(name, node.at());
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            return Json.NODES.objectNode().put("type", "string");
        }
    }
}
