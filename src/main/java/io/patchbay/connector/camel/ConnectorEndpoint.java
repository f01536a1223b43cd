package io.patchbay.connector.camel;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.Instance;
import io.patchbay.connector.Operation;
import io.patchbay.payload.Json;
import io.patchbay.payload.StepException;
import io.patchbay.problem.DidYouMean;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/** An endpoint of a connector's instance, as Camel and Hawtio see it. */
public final class ConnectorEndpoint extends DefaultEndpoint {

    private final Connections connections;
    private final Address address;
    private final Map<String, JsonNode> constants = new LinkedHashMap<>();
    private volatile @Nullable Bound bound;

    /** What the URI names. */
    record Address(
            String instance, String endpoint, @Nullable String revision) {}

    private record Bound(Catalog catalog, Operation operation) {}

    ConnectorEndpoint(
            String uri,
            ConnectorComponent component,
            Connections connections,
            Address address,
            Map<String, String> inputs) {
        super(uri, component);
        this.connections = connections;
        this.address = address;
        inputs.forEach((name, value) -> constants.put(name, Json.NODES.textNode(value)));
    }

    /** Finds what is wrong with the URI before a route starts. */
    void check() {
        Catalog catalog = connections.catalog();
        Instance instance = catalog.instance(address.instance());
        if (instance == null) {
            throw wrong(
                    "there is no instance '" + address.instance() + "'", address.instance(), catalog.instanceNames());
        }
        connections.remember(instance.connector());
        if (address.revision() != null) {
            return; // its flow was checked when it was deployed
        }
        var endpoint = instance.connector().endpoint(address.endpoint());
        if (endpoint == null) {
            throw wrong(
                    "instance '" + address.instance() + "' has no endpoint '" + address.endpoint() + "'",
                    address.endpoint(),
                    instance.connector().endpoints().keySet());
        }
        var inputs = endpoint.config().inputs().keySet();
        for (String name : constants.keySet()) {
            if (!inputs.contains(name)) {
                throw wrong("endpoint '" + address.endpoint() + "' has no input '" + name + "'", name, inputs);
            }
        }
    }

    private static IllegalArgumentException wrong(String what, String name, java.util.Collection<String> known) {
        String hint = DidYouMean.hint(name, known);
        return new IllegalArgumentException(hint == null ? what : what + "; " + hint);
    }

    /** The operation; bound again when connectors or instances changed. */
    Operation operation() throws StepException {
        Bound current = bound;
        Catalog now = connections.catalog();
        if (current != null
                && current.catalog().equals(now)
                && current.operation().fresh()) {
            return current.operation();
        }
        Operation operation = connections.operation(address.instance(), address.endpoint(), address.revision());
        bound = new Bound(now, operation);
        return operation;
    }

    /** Another endpoint of the same instance, of the same definition. */
    Operation beside(String id) throws StepException {
        return connections.operation(address.instance(), id, address.revision());
    }

    /** Inputs that the URI gives. */
    Map<String, JsonNode> constants() {
        return constants;
    }

    /** Which instance and definition it is: another text when one of them changes. */
    String identity() {
        Instance instance = connections.catalog().instance(address.instance());
        return address + (instance == null ? "" : " " + instance.hash());
    }

    /** Name of the instance. */
    String instance() {
        return address.instance();
    }

    Connections connections() {
        return connections;
    }

    @Override
    public Producer createProducer() {
        return new ConnectorProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException(
                "a connector endpoint is called; to start a flow when something arrives, use a trigger");
    }
}
