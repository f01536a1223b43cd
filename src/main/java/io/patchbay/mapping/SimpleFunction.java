package io.patchbay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.payload.Json;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A function without settings, of one value.
 *
 * @param spec what people read
 * @param lists whether it works on lists as a whole
 * @param work from value to result
 */
record SimpleFunction(FunctionSpec spec, boolean lists, UnaryOperator<JsonNode> work) implements FunctionType {

    @Override
    public @Nullable MapFunction read(Node settings, Reading reading) {
        MapNode map = reading.map(settings, spec.name());
        if (map == null) {
            return null;
        }
        reading.refuseUnknownKeys(map, Set.of(), spec.name());
        return map.entries().isEmpty() ? new Applied(work, lists) : null;
    }

    @Override
    public ObjectNode schema(Schemas schemas) {
        return Json.NODES.objectNode().put("type", "object").put("additionalProperties", false);
    }

    @Override
    public boolean standsAlone() {
        return true;
    }

    private record Applied(UnaryOperator<JsonNode> work, boolean takesLists) implements MapFunction {
        @Override
        public JsonNode apply(JsonNode value, JsonNode record, io.patchbay.expression.Scope scope) {
            return work.apply(value);
        }
    }
}
