package io.patchbay.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.expression.SourcePath;
import io.patchbay.expression.TargetPath;
import io.patchbay.payload.Json;
import io.patchbay.problem.Location;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Members that only change their name or place: {@code { old: new }}. */
@ReadBy(Renames.Reader.class)
public record Renames(List<Renames.Rename> list) {

    /** Nothing is renamed. */
    public static final Renames NONE = new Renames(List.of());

    public Renames {
        list = List.copyOf(list);
    }

    /**
     * One of them.
     *
     * @param old where it is
     * @param to where it goes
     * @param at where that is written
     */
    public record Rename(TargetPath old, TargetPath to, Location at) {

        Ruled ruled() {
            Sources from = new Sources(List.of(SourcePath.of(old.text())), false);
            FieldRule rule =
                    new FieldRule(new Targets(List.of(to)), from, null, null, List.of(), null, false, null, false);
            return new Ruled(rule, at);
        }
    }

    /** Reads a mapping from old to new. */
    static final class Reader implements ValueReader<Renames> {

        @Override
        public @Nullable Renames read(Node node, Reading reading) {
            MapNode map = reading.map(node, "'rename'", "each entry is old: new");
            if (map == null) {
                return null;
            }
            List<Rename> renames = new ArrayList<>();
            for (Node.Entry entry : map.entries().values()) {
                TargetPath old =
                        reading.bind(new ScalarNode(entry.at(), entry.key(), entry.key(), false), TargetPath.class);
                TargetPath to = reading.bind(entry.value(), TargetPath.class);
                if (old == null || to == null) {
                    continue;
                }
                if (old.wildcards() != to.wildcards()) {
                    reading.error(
                            entry.value(), "BAD_VALUE", "'" + old + "' and '" + to + "' must have the same [*]", null);
                    continue;
                }
                renames.add(new Rename(old, to, entry.at()));
            }
            return renames.size() < map.entries().size() ? null : new Renames(renames);
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            ObjectNode schema = Json.NODES.objectNode().put("type", "object");
            schema.set("additionalProperties", schemas.of(TargetPath.class));
            return schema;
        }
    }
}
