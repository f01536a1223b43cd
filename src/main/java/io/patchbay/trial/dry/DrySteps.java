package io.patchbay.trial.dry;

import io.patchbay.canvas.Node;
import io.patchbay.payload.Payload;
import io.patchbay.problem.Problems;
import io.patchbay.shape.camel.CamelRoutes;
import io.patchbay.trial.dry.Captured.Kind;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.ProcessorEndpoint;

/** The steps of {@code camel} shapes: those that act outside are not run, and their payload goes on. */
final class DrySteps extends DefaultComponent implements CamelRoutes {

    /** The component's name. */
    static final String NAME = "dry-steps";

    private final CamelRoutes real;
    private final Notes notes;
    private final Set<String> reading;

    /** @param reading shapes whose steps do not act outside, as they say */
    DrySteps(CamelRoutes real, Notes notes, Set<String> reading) {
        this.real = real;
        this.notes = notes;
        this.reading = reading;
    }

    @Override
    public void check(Node steps, Problems problems) {
        real.check(steps, problems);
    }

    @Override
    public String endpoint(String flow, String shape, Node steps, boolean many) {
        return reading.contains(shape) ? real.endpoint(flow, shape, steps, many) : NAME + ":" + shape;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String shape, Map<String, Object> parameters) {
        return new ProcessorEndpoint(uri, this, exchange -> {
            Payload payload = exchange.getMessage().getBody(Payload.class);
            notes.add(new Notes.Note(
                    shape,
                    Kind.STEPS,
                    "RUN",
                    "steps of '" + shape + "'",
                    Content.of(payload, notes.most()),
                    "the payload goes on; outside: false says that steps only read, and lets them run"));
        });
    }
}
