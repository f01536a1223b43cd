package io.patchbay.trigger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.payload.Json;
import io.patchbay.payload.schema.PayloadSchema;
import io.patchbay.payload.schema.SchemaReader;
import org.jspecify.annotations.Nullable;

/** A JSON Schema that stands in a flow's file. */
@ReadBy(BodySchema.Reader.class)
public record BodySchema(PayloadSchema schema) {

    /** Reads a schema, with the place of each mistake. */
    static final class Reader implements ValueReader<BodySchema> {

        @Override
        public @Nullable BodySchema read(Node node, Reading reading) {
            PayloadSchema schema = SchemaReader.read(node, reading.problems());
            return schema == null ? null : new BodySchema(schema);
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            return Json.NODES.objectNode().put("type", "object").put("description", "A JSON Schema (2020-12)");
        }
    }
}
