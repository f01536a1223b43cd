package io.patchbay.shape.map;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.payload.Json;
import io.patchbay.problem.Location;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An expression in a language of its own, as it stands in a flow or by the name of its file.
 *
 * @param text the expression, or null
 * @param file name of its file in routes/scripts, or null
 * @param plain whether it stands without quotes and no | before it, where YAML may end it early
 * @param at where it, or the name, is written
 */
@ReadBy(ExpressionText.Reader.class)
public record ExpressionText(
        @Nullable String text, @Nullable String file, boolean plain, Location at) {

    static final class Reader implements ValueReader<ExpressionText> {

        @Override
        public @Nullable ExpressionText read(Node node, Reading reading) {
            if (node instanceof ScalarNode scalar && scalar.value() != null) {
                return new ExpressionText(scalar.text(), null, !scalar.quoted(), node.at());
            }
            Node file = node instanceof MapNode map ? map.get("file") : null;
            if (!(node instanceof MapNode map) || file == null) {
                reading.error(
                        node,
                        "WRONG_TYPE",
                        "an expression, or { file: NAME }, is expected here, found " + Reading.shown(node),
                        "an expression with { or [ in front stands in quotes or, on lines of its own, behind |");
                return null;
            }
            reading.refuseUnknownKeys(map, Set.of("file"), "an expression");
            String name = reading.text(file, "file");
            return name == null ? null : new ExpressionText(null, name, false, file.at());
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            ObjectNode schema = Json.NODES.objectNode();
            var choices = schema.putArray("oneOf");
            choices.addObject().put("type", "string").put("description", "The expression");
            ObjectNode file = choices.addObject().put("type", "object").put("additionalProperties", false);
            file.putObject("properties")
                    .putObject("file")
                    .put("type", "string")
                    .put("description", "Name of a file in routes/scripts");
            file.putArray("required").add("file");
            return schema;
        }
    }
}
