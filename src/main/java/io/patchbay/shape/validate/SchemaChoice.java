package io.patchbay.shape.validate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.payload.schema.PayloadSchema;
import io.patchbay.payload.schema.SchemaReader;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Schema, by the name of its file or written out.
 *
 * @param file name of the file, or null
 * @param inline the schema itself, or null
 */
@ReadBy(SchemaChoice.Reader.class)
public record SchemaChoice(@Nullable String file, @Nullable PayloadSchema inline) {

    static final class Reader implements ValueReader<SchemaChoice> {

        @Override
        public @Nullable SchemaChoice read(Node node, Reading reading) {
            if (node instanceof ScalarNode scalar && scalar.value() instanceof String) {
                return new SchemaChoice(scalar.text(), null);
            }
            if (node instanceof MapNode) {
                PayloadSchema schema = SchemaReader.read(node, reading.problems());
                return schema == null ? null : new SchemaChoice(null, schema);
            }
            reading.error(
                    node,
                    "BAD_VALUE",
                    "schema must be the name of a file or a JSON Schema, found " + Reading.shown(node),
                    "like order.json for routes/schemas/order.json, or { type: object, required: [id] }");
            return null;
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            ObjectNode schema = JsonNodeFactory.instance.objectNode();
            var choices = schema.putArray("oneOf");
            choices.addObject().put("type", "string").put("description", "Name of a file in routes/schemas");
            choices.addObject().put("type", "object").put("description", "A JSON Schema (2020-12)");
            return schema;
        }
    }
}
