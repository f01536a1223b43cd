package io.patchbay.expression;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a {@link Template}: text with placeholders, or a plain number or boolean. */
public final class TemplateReader implements ValueReader<Template> {

    private final Set<String> roots;

    /** Reads what flow files may hold. */
    public TemplateReader() {
        this(Roots.FLOW);
    }

    /** Reads what may be read from these roots; for a binder of another kind of file. */
    public TemplateReader(Set<String> roots) {
        this.roots = Set.copyOf(roots);
    }

    @Override
    public @Nullable Template read(Node node, Reading reading) {
        if (node instanceof ScalarNode scalar) {
            return Template.parse(scalar, roots, reading.problems());
        }
        String hint = node instanceof MapNode ? "if the value begins with ${, put it in double quotes" : null;
        reading.error(
                node, "WRONG_TYPE", "text, a number or true or false is expected here, found " + node.kind(), hint);
        return null;
    }

    @Override
    public ObjectNode schema(Schemas schemas) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.putArray("type").add("string").add("number").add("boolean").add("null");
        return schema.put("description", "Text that may hold placeholders like ${record.id}");
    }
}
