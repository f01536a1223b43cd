package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Instance;
import io.patchbay.connector.definition.EndpointConfig;
import io.patchbay.connector.definition.InputConfig;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An instance: one set of settings and credentials of a connector. Its settings are not shown. */
@Doc("One set of settings and credentials of a connector; the settings are not shown")
record InstanceView(
        String name,
        String connector,
        @Doc("Version of the connector") String version,
        @Doc("What people call the connector") String title,

        @Doc("Where it was read from: a file, or `stored:NAME`")
        String file,

        @Doc("The endpoint that is called to check it; null when its connector declares none") @Nullable
        String check,

        @Doc("What can be called") List<EndpointView> endpoints) {

    /** An endpoint and what it takes. */
    @Doc("An endpoint and what it takes")
    record EndpointView(
            String id,
            EndpointConfig.Kind kind,

            @Doc("Its inputs by name: 'required' or 'optional'")
            Map<String, String> inputs) {

        private static EndpointView of(Endpoint endpoint) {
            Map<String, String> inputs = new TreeMap<>();
            for (Map.Entry<String, InputConfig> input :
                    endpoint.config().inputs().entrySet()) {
                inputs.put(input.getKey(), input.getValue().mandatory() ? "required" : "optional");
            }
            return new EndpointView(endpoint.id(), endpoint.config().kind(), inputs);
        }
    }

    static InstanceView of(Instance instance) {
        var connector = instance.connector();
        return new InstanceView(
                instance.name(),
                connector.id(),
                connector.version().toString(),
                connector.title(),
                instance.file(),
                connector.config().check() == null
                        ? null
                        : connector.config().check().endpoint(),
                connector.endpoints().values().stream()
                        .map(EndpointView::of)
                        .sorted(Comparator.comparing(EndpointView::id))
                        .toList());
    }
}
