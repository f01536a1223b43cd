package io.patchbay.shape.dedupe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Scope;
import io.patchbay.expression.SourcePath;
import io.patchbay.expression.Template;
import io.patchbay.expression.TemplateReader;
import io.patchbay.expression.Values;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the key of a record is made of: the value at a path, the values at several paths, or a text with placeholders.
 *
 * @param paths in order; empty when it is a text
 * @param text null when it is paths
 */
@ReadBy(RecordKey.Reader.class)
record RecordKey(List<SourcePath> paths, @Nullable Template text) {

    RecordKey {
        paths = List.copyOf(paths);
    }

    /**
     * The key; null when a part of it has no value. Several parts are a list in JSON, so that no two lists make the same key.
     *
     * @throws io.patchbay.expression.ExpressionException when a placeholder has no value and no {@code ??}
     */
    @Nullable
    String of(JsonNode record, Scope scope) {
        if (text != null) {
            String made = text.text(scope);
            return made.isEmpty() ? null : made;
        }
        List<String> parts = new ArrayList<>(paths.size());
        for (SourcePath path : paths) {
            JsonNode value = path.find(record, scope);
            String part = value.isContainerNode() ? "" : Values.text(value);
            if (part.isEmpty()) {
                return null;
            }
            parts.add(part);
        }
        if (parts.size() == 1) {
            return parts.get(0);
        }
        ArrayNode list = Json.NODES.arrayNode();
        parts.forEach(list::add);
        return list.toString();
    }

    /** What its placeholders read. */
    Set<Ref> reads() {
        return text == null ? Set.of() : text.reads();
    }

    @Override
    public String toString() {
        return text != null
                ? text.toString()
                : String.join(", ", paths.stream().map(SourcePath::toString).toList());
    }

    /** Reads a path, a list of paths, or a text with placeholders. */
    public static final class Reader implements ValueReader<RecordKey> {

        private final SourcePath.Reader paths = new SourcePath.Reader();
        private final TemplateReader texts = new TemplateReader();

        @Override
        public @Nullable RecordKey read(Node node, Reading reading) {
            if (node instanceof ListNode list) {
                List<SourcePath> found = new ArrayList<>();
                for (Node item : list.items()) {
                    SourcePath path = paths.read(item, reading);
                    if (path != null) {
                        found.add(path);
                    }
                }
                if (list.items().isEmpty()) {
                    reading.error(
                            node,
                            "WRONG_TYPE",
                            "a key has at least one path, found an empty list",
                            "for example key: id");
                }
                return found.isEmpty() || found.size() < list.items().size() ? null : new RecordKey(found, null);
            }
            if (node instanceof ScalarNode scalar && scalar.text().contains("${")) {
                Template template = texts.read(scalar, reading);
                return template == null ? null : new RecordKey(List.of(), template);
            }
            SourcePath path = paths.read(node, reading);
            return path == null ? null : new RecordKey(List.of(path), null);
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            ObjectNode schema = JsonNodeFactory.instance.objectNode();
            ArrayNode either = schema.putArray("anyOf");
            either.addObject().put("type", "string").put("minLength", 1);
            ObjectNode list = either.addObject().put("type", "array").put("minItems", 1);
            list.putObject("items").put("type", "string").put("minLength", 1);
            return schema.put(
                    "description",
                    "A path in the record, a list of paths, or text with placeholders like ${record.shop}-${record.id}");
        }
    }
}
