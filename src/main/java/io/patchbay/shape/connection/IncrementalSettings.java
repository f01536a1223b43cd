package io.patchbay.shape.connection;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a flow reads a list that grows; written {@code off}, {@code on}, or as a mapping of what differs.
 *
 * @param off whether the whole list is read
 * @param own what differs from the connector's file
 */
@ReadBy(IncrementalSettings.Reader.class)
public record IncrementalSettings(boolean off, Own own) {

    /** What a flow says itself. */
    @Doc("What of incremental is otherwise in this flow")
    public record Own(
            @Doc("Where the first run begins: so long ago, like 7d, a time, or a number") @Nullable
            String start,

            @Doc("Each run begins this much before the cursor") @Nullable
            Duration lookback,

            @Doc("Length of a window; at most the connector's") @Nullable
            Duration step) {

        static final Own NOTHING = new Own(null, null, null);
    }

    static final class Reader implements ValueReader<IncrementalSettings> {

        @Override
        public @Nullable IncrementalSettings read(Node node, Reading reading) {
            if (node instanceof MapNode) {
                Own own = reading.bind(node, Own.class);
                return own == null ? null : new IncrementalSettings(false, own);
            }
            String word = node instanceof ScalarNode scalar ? scalar.text() : "";
            if (word.equals("off") || word.equals("on")) {
                return new IncrementalSettings(word.equals("off"), Own.NOTHING);
            }
            reading.error(
                    node,
                    "BAD_VALUE",
                    "incremental must be off, on or a mapping, found " + Reading.shown(node),
                    word.equals("true") || word.equals("false")
                            ? "write " + (word.equals("true") ? "on" : "off")
                            : "off reads the whole list; { start, lookback, step } says what is otherwise in this flow");
            return null;
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            ObjectNode schema = JsonNodeFactory.instance.objectNode();
            var choices = schema.putArray("oneOf");
            choices.addObject().putArray("enum").add("off").add("on");
            choices.add(schemas.of(Own.class));
            return schema;
        }
    }
}
