package io.patchbay.service;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.expression.SourcePath;
import org.jspecify.annotations.Nullable;

/**
 * What people know a record by, like the number of an order; written as a path, or as one for each side.
 *
 * @param sides where it stands; the destination is null where the mapping says it
 */
@ReadBy(Reference.Reader.class)
public record Reference(ReferenceConfig sides) {

    /** Where a reference stands on both sides. */
    @Doc("Where the reference stands in a record of the source, and in one that is sent")
    public record ReferenceConfig(
            @Doc("Path in a record of the source") SourcePath source,

            @Doc("Path in the record that is sent; without it the first field of the mapping that copies the source's")
            @Nullable
            SourcePath destination) {}

    static final class Reader implements ValueReader<Reference> {

        @Override
        public @Nullable Reference read(Node node, Reading reading) {
            if (node instanceof Node.MapNode) {
                ReferenceConfig sides = reading.bind(node, ReferenceConfig.class);
                return sides == null ? null : new Reference(sides);
            }
            SourcePath source = reading.bind(node, SourcePath.class);
            return source == null ? null : new Reference(new ReferenceConfig(source, null));
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            ObjectNode schema = JsonNodeFactory.instance.objectNode();
            schema.putArray("oneOf").add(schemas.of(SourcePath.class)).add(schemas.of(ReferenceConfig.class));
            return schema;
        }
    }
}
