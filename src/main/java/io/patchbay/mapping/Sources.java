package io.patchbay.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.expression.SourcePath;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a value comes from: one path, or several whose values make a list.
 *
 * @param paths at least one
 * @param list whether they were written as a list: then their values are one, also the value of a single path
 */
@ReadBy(Sources.Reader.class)
public record Sources(List<SourcePath> paths, boolean list) {

    /** A record has no more fields than this that one value is made of. */
    private static final int MOST = 50;

    public Sources {
        paths = List.copyOf(paths);
    }

    /** How many {@code [*]} a target can be lined up with. */
    public int wildcards() {
        return paths.stream().mapToInt(SourcePath::wildcards).max().orElse(0);
    }

    /** As they were written. */
    @Override
    public String toString() {
        return paths.stream().map(SourcePath::toString).collect(Collectors.joining(", "));
    }

    /** Reads a path, or a list of them. */
    static final class Reader implements ValueReader<Sources> {

        @Override
        public @Nullable Sources read(Node node, Reading reading) {
            if (!(node instanceof ListNode list)) {
                SourcePath one = reading.bind(node, SourcePath.class);
                return one == null ? null : new Sources(List.of(one), false);
            }
            if (list.items().isEmpty() || list.items().size() > MOST) {
                reading.error(
                        list,
                        "WRONG_TYPE",
                        "1 to " + MOST + " paths are expected here, found "
                                + list.items().size(),
                        null);
                return null;
            }
            List<SourcePath> paths = new ArrayList<>();
            for (Node item : list.items()) {
                SourcePath path = reading.bind(item, SourcePath.class);
                if (path != null) {
                    paths.add(path);
                }
            }
            return paths.size() < list.items().size() ? null : new Sources(paths, true);
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            ObjectNode schema = Json.NODES.objectNode();
            var choices = schema.putArray("oneOf");
            choices.add(schemas.of(SourcePath.class));
            choices.addObject()
                    .put("type", "array")
                    .put("minItems", 1)
                    .put("maxItems", MOST)
                    .set("items", schemas.of(SourcePath.class));
            return schema;
        }
    }
}
