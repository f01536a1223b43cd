package io.patchbay.mapping.function.other;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Literals;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.mapping.function.FunctionException;
import io.patchbay.payload.Json;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a value becomes for which nothing is found.
 *
 * @param says what happens
 * @param value that stands in; null for none
 */
@ReadBy(Otherwise.Reader.class)
record Otherwise(Says says, @Nullable JsonNode value) {

    /** What happens. */
    enum Says {
        KEEP,
        FAIL,
        VALUE
    }

    /** What a value becomes. @throws FunctionException where that is an error */
    JsonNode of(JsonNode given, Supplier<FunctionException> missing) {
        return switch (says) {
            case KEEP -> given;
            case FAIL -> throw missing.get();
            case VALUE -> value == null ? Json.NODES.nullNode() : value;
        };
    }

    static final class Reader implements ValueReader<Otherwise> {

        @Override
        public Otherwise read(Node node, Reading reading) {
            if (node instanceof ScalarNode scalar && "keep".equals(scalar.value())) {
                return new Otherwise(Says.KEEP, null);
            }
            if (node instanceof ScalarNode scalar && "fail".equals(scalar.value())) {
                return new Otherwise(Says.FAIL, null);
            }
            boolean wrapped = node instanceof MapNode map
                    && map.entries().size() == 1
                    && map.entries().containsKey("value");
            Node value = wrapped ? ((MapNode) node).get("value") : node;
            return new Otherwise(Says.VALUE, value == null ? null : Literals.json(value));
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            return Json.NODES.objectNode(); // any value stands in
        }
    }
}
