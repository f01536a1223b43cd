package io.patchbay.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.expression.TargetPath;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a value goes: one place, or several that all get it.
 *
 * @param paths at least one
 */
@ReadBy(Targets.Reader.class)
public record Targets(List<TargetPath> paths) {

    public Targets {
        paths = List.copyOf(paths);
    }

    /** How many {@code [*]} there are; all its places have as many. */
    public int wildcards() {
        return paths.get(0).wildcards();
    }

    /** As they were written. */
    @Override
    public String toString() {
        return paths.stream().map(TargetPath::toString).collect(Collectors.joining(", "));
    }

    /** Reads a target, or a list of them. */
    static final class Reader implements ValueReader<Targets> {

        @Override
        public @Nullable Targets read(Node node, Reading reading) {
            if (!(node instanceof ListNode list)) {
                TargetPath one = reading.bind(node, TargetPath.class);
                return one == null ? null : new Targets(List.of(one));
            }
            List<TargetPath> paths = new ArrayList<>();
            for (Node item : list.items()) {
                TargetPath path = reading.bind(item, TargetPath.class);
                if (path != null) {
                    paths.add(path);
                }
            }
            if (list.items().isEmpty()) {
                reading.error(list, "WRONG_TYPE", "a target is expected here, found an empty list", null);
            }
            if (paths.isEmpty() || paths.size() < list.items().size()) {
                return null;
            }
            if (paths.stream().anyMatch(path -> path.wildcards() != paths.get(0).wildcards())) {
                reading.error(
                        list,
                        "BAD_VALUE",
                        "targets that get the same values must have the same number of [*]",
                        "write a field of its own for each");
                return null;
            }
            return new Targets(paths);
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            ObjectNode schema = Json.NODES.objectNode();
            var choices = schema.putArray("oneOf");
            choices.add(schemas.of(TargetPath.class));
            choices.addObject().put("type", "array").put("minItems", 1).set("items", schemas.of(TargetPath.class));
            return schema;
        }
    }
}
