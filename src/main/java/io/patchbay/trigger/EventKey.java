package io.patchbay.trigger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.expression.Template;
import io.patchbay.payload.Json;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What tells an event from any other, read from its delivery.
 *
 * @param template reads headers and the body
 */
@ReadBy(EventKey.Reader.class)
public record EventKey(Template template) {

    private static final Set<String> ROOTS = Set.of("header", "payload", "record");

    /** The value of a header. */
    public static EventKey header(HeaderName name) {
        String text = "${header." + name + "}";
        Template template =
                Template.parse(new ScalarNode(Location.of("header"), text, text, true), ROOTS, new Problems());
        if (template == null) {
            throw new IllegalStateException(text);
        }
        return new EventKey(template);
    }

    /** Reads {@code ${header.X-Event-Id}}. */
    static final class Reader implements ValueReader<EventKey> {

        @Override
        public @Nullable EventKey read(Node node, Reading reading) {
            String text = reading.text(node, "an event's key");
            if (text == null || !(node instanceof ScalarNode scalar)) {
                return null;
            }
            Template template = Template.parse(scalar, ROOTS, reading.problems());
            if (template == null) {
                return null;
            }
            if (template.constant()) {
                reading.error(
                        node,
                        "BAD_VALUE",
                        "a key that is the same for all events would take the first one only",
                        "like ${header.X-Event-Id} or ${payload.id}");
                return null;
            }
            return new EventKey(template);
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            return Json.NODES.objectNode().put("type", "string").put("pattern", "\\$\\{");
        }
    }
}
