package io.patchbay.route.plain;

import java.util.Map;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;

/**
 * The bridge from the flows' Camel context to the steps of {@code camel} shapes in the other one:
 * {@code steps:flow/shape@hash}. Camel has no component that calls a route of another context, and this one also turns
 * payloads into messages and back.
 */
final class StepsComponent extends DefaultComponent {

    private final CamelSteps steps;

    StepsComponent(CamelSteps steps) {
        this.steps = steps;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) {
        boolean many = getAndRemoveParameter(parameters, "many", boolean.class, false);
        return new Steps(uri, this, steps, name, many);
    }

    /** The steps of one shape. */
    static final class Steps extends DefaultEndpoint {

        private final CamelSteps steps;
        private final String name;
        private final boolean many;

        Steps(String uri, StepsComponent component, CamelSteps steps, String name, boolean many) {
            super(uri, component);
            this.steps = steps;
            this.name = name;
            this.many = many;
        }

        CamelSteps steps() {
            return steps;
        }

        String name() {
            return name;
        }

        boolean many() {
            return many;
        }

        @Override
        public Producer createProducer() {
            return createAsyncProducer();
        }

        @Override
        public AsyncProducer createAsyncProducer() {
            return new StepsProducer(this);
        }

        /** Never asked for: a route of ours sends to this endpoint, and routes of customers may not name it. */
        @Override
        public Consumer createConsumer(Processor processor) {
            throw new IllegalStateException("messages are sent to '" + name + "'; none come from there");
        }
    }
}
