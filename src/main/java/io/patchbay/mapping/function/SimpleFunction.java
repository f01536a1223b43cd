package io.patchbay.mapping.function;

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
 * @param work from value to result
 */
public record SimpleFunction(FunctionSpec spec, UnaryOperator<JsonNode> work) implements FunctionType {

    /** A function from text to text. */
    public static SimpleFunction ofText(FunctionSpec spec, UnaryOperator<String> work) {
        return new SimpleFunction(spec, value -> Json.NODES.textNode(work.apply(Found.text(value))));
    }

    @Override
    public @Nullable MapFunction read(Node settings, Reading reading) {
        MapNode map = reading.map(settings, spec.name());
        if (map == null) {
            return null;
        }
        reading.refuseUnknownKeys(map, Set.of(), spec.name());
        return map.entries().isEmpty() ? (value, record, scope) -> work.apply(value) : null;
    }

    @Override
    public ObjectNode schema(Schemas schemas) {
        return Json.NODES.objectNode().put("type", "object").put("additionalProperties", false);
    }

    @Override
    public boolean standsAlone() {
        return true;
    }
}
