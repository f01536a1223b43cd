package io.patchbay.connector.definition;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.problem.Location;
import org.jspecify.annotations.Nullable;

/**
 * A value that may hold placeholders. It is kept as it was written: which placeholders may stand in it depends on where it
 * is used, so it is compiled there.
 */
@ReadBy(Text.Reader.class)
public record Text(ScalarNode node) {

    /** Where it stands. */
    public Location at() {
        return node.at();
    }

    /** A text that we write ourselves, in place of one that the author left out at this place. */
    public static Text of(String text, Location at) {
        return new Text(new ScalarNode(at, text, text, true));
    }

    static final class Reader implements ValueReader<Text> {
        @Override
        public @Nullable Text read(Node node, Reading reading) {
            String text = reading.text(node, "this value");
            return text == null ? null : new Text((ScalarNode) node);
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            ObjectNode schema = JsonNodeFactory.instance.objectNode();
            schema.putArray("type").add("string").add("number").add("boolean");
            return schema.put("description", "A value, which may hold placeholders like ${settings.shop}");
        }
    }
}
