package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Instance;
import io.patchbay.connector.InstanceStatus;
import io.patchbay.connector.Standing;
import io.patchbay.connector.definition.EndpointConfig;
import io.patchbay.connector.definition.InputConfig;
import java.time.Instant;
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

        @Doc("The version that its file asks for, like 2 or 2.3.0; null when it has the newest") @Nullable
        String pin,

        @Doc("Flows that call it by another version") List<PinnedView> pinned,
        @Doc("What people call the connector") String title,

        @Doc("Another one after each change of a stored instance; null for one of a file") @Nullable
        String revision,

        @Doc("Where it was read from: a file, or `stored:NAME`")
        String file,

        @Doc("How it stands, as calls of flows and checks in this runtime saw it; `failed` is a word of checks alone")
        InstanceStatus status,

        @Doc("Since when it stands so; null while nothing is known") @Nullable
        Instant since,

        @Doc("The last call that went well, to the second; null when there was none") @Nullable
        Instant lastSuccess,

        @Doc("The last call that failed; null when there was none") @Nullable
        FailureView lastFailure,

        @Doc("The pause of the instance, which holds the flows that call it; null when it is not paused") @Nullable
        PauseView paused,

        @Doc("The endpoint that is called to check it; null when its connector declares none") @Nullable
        String check,

        @Doc("Whether the system answers as its connector was made for; null when the connector declares no contract")
        @Nullable
        ContractView contract,

        @Doc("What can be called") List<EndpointView> endpoints)
        implements EntityTags.Versioned {

    /** A flow that calls an instance by another version of the connector than the instance's. */
    @Doc("A flow that calls the instance by another version of its connector")
    record PinnedView(String flow, String version) {}

    /** A call that failed. */
    @Doc("A call that failed")
    record FailureView(
            Instant at,
            @Doc("Stable name, like HTTP_401") String code,

            @Doc("What was the matter, without secrets") String sentence) {

        private static @Nullable FailureView of(Standing.@Nullable Failure failure) {
            return failure == null ? null : new FailureView(failure.at(), failure.code(), failure.sentence());
        }
    }

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

    static InstanceView of(
            Instance instance,
            Standing.View standing,
            @Nullable PauseView paused,
            List<PinnedView> pinned,
            @Nullable ContractView contract) {
        var connector = instance.connector();
        return new InstanceView(
                instance.name(),
                connector.id(),
                connector.version().toString(),
                instance.config().wantedVersion(),
                pinned,
                connector.title(),
                instance.revision(),
                instance.file(),
                standing.status(),
                standing.since(),
                standing.lastSuccess(),
                FailureView.of(standing.lastFailure()),
                paused,
                connector.config().check() == null
                        ? null
                        : connector.config().check().endpoint(),
                contract,
                connector.endpoints().values().stream()
                        .map(EndpointView::of)
                        .sorted(Comparator.comparing(EndpointView::id))
                        .toList());
    }
}
