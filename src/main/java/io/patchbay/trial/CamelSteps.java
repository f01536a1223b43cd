package io.patchbay.trial;

import io.patchbay.canvas.Node;
import io.patchbay.connector.StandIn;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import io.patchbay.problem.Problems;
import io.patchbay.shape.camel.CamelRoutes;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.ProcessorEndpoint;

/** What the steps of a {@code camel} shape do is not run in a trial: they could reach anything. What they leave is given. */
final class CamelSteps extends DefaultComponent {

    /** The component's name. */
    static final String NAME = "trial-steps";

    /** Leads shapes here. */
    static final CamelRoutes ROUTES = new CamelRoutes() {
        @Override
        public void check(Node steps, Problems problems) {
            // They were checked when the flow was read.
        }

        @Override
        public String endpoint(String flow, String shape, Node steps, boolean many) {
            return NAME + ":" + shape;
        }
    };

    private final StandIn systems;

    CamelSteps(StandIn systems) {
        this.systems = systems;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String shape, Map<String, Object> parameters) {
        return new ProcessorEndpoint(uri, this, this::passes);
    }

    private void passes(Exchange exchange) throws StepException {
        Attempt attempt = exchange.getProperty(Attempt.PROPERTY, Attempt.class);
        Payload payload = exchange.getMessage().getBody(Payload.class);
        StandIn.Yielded yielded = systems.payloads()
                .next(
                        new StandIn.Call(attempt.runId(), attempt.shape(), "", "steps", true),
                        new io.patchbay.connector.Request(
                                payload,
                                Json.NODES.objectNode(),
                                attempt.queuedAt(),
                                payload.lineage().text(),
                                io.patchbay.connector.Trace.NONE));
        byte[] bytes = yielded.body();
        Payload left = bytes == null
                ? payload
                : payload.withBody(new Body.Bytes(bytes, yielded.contentType()), RecordPath.ROOT);
        exchange.getMessage().setBody(Json.isType(left.body().contentType()) ? left.parsed() : left);
    }
}
