package io.patchbay.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.flow.Flow;
import io.patchbay.payload.Json;
import io.patchbay.problem.Location;
import io.patchbay.queue.Priority;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A flow of an environment.
 *
 * @param flow its id
 * @param said what is said of it alone
 * @param at where it stands
 */
@ReadBy(FlowIn.Reader.class)
public record FlowIn(String flow, FlowConfig said, Location at) {

    /** A flow of which nothing is said alone. */
    static FlowIn of(String flow, Location at) {
        return new FlowIn(flow, new FlowConfig(flow, null, null, Map.of()), at);
    }

    /** What is said of one flow of an environment. */
    @Doc("A flow of the environment, and what is said of it alone")
    public record FlowConfig(
            @Doc("Its id") String flow,

            @Doc("Its status, in place of the environment's")
            Flow.@Nullable Status status,

            @Doc("Its priority, in place of the environment's") @Nullable
            Priority priority,

            @Doc("Values of its variables, in place of the environment's") @Default("{}")
            Map<String, JsonNode> variables) {

        public FlowConfig {
            variables = Map.copyOf(variables);
        }
    }

    /** Reads an id, or a mapping. */
    static final class Reader implements ValueReader<FlowIn> {

        @Override
        public @Nullable FlowIn read(Node node, Reading reading) {
            if (node instanceof ScalarNode) {
                String flow = reading.text(node, "flow");
                return flow == null ? null : of(flow, node.at());
            }
            FlowConfig said = reading.bind(node, FlowConfig.class);
            return said == null ? null : new FlowIn(said.flow(), said, node.at());
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            ObjectNode schema = Json.NODES.objectNode();
            schema.putArray("oneOf")
                    .add(Json.NODES.objectNode().put("type", "string"))
                    .add(schemas.of(FlowConfig.class));
            return schema;
        }
    }
}
