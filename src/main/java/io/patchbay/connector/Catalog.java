package io.patchbay.connector;

import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All connectors and instances at one moment. Immutable; a change on disk gives a new catalog. */
public final class Catalog {

    /** Without anything. */
    public static final Catalog EMPTY = new Catalog(List.of(), List.of(), Map.of());

    private final List<Connector> connectors;
    private final Map<String, Instance> instances;
    private final Map<String, String> unusable;

    /**
     * A catalog of these; the names of instances are unique.
     *
     * @param unusable instances that have a file and could not be read, with the file to mend
     */
    public Catalog(Collection<Connector> connectors, Collection<Instance> instances, Map<String, String> unusable) {
        this.unusable = Map.copyOf(unusable);
        this.connectors = connectors.stream()
                .sorted(Comparator.comparing(Connector::id).thenComparing(Connector::version))
                .toList();
        Map<String, Instance> byName = new TreeMap<>();
        instances.forEach(instance -> byName.put(instance.name(), instance));
        this.instances = new LinkedHashMap<>(byName);
    }

    /** All connectors, by id and version. */
    public List<Connector> connectors() {
        return connectors;
    }

    /** All instances, by name. */
    public List<Instance> instances() {
        return new ArrayList<>(instances.values());
    }

    /** Names of the instances. */
    public Set<String> instanceNames() {
        return Set.copyOf(instances.keySet());
    }

    /** Whether an instance holds files: its connector works on some. */
    public boolean holdsFiles(String instanceName) {
        Instance instance = instances.get(instanceName);
        return instance != null
                && instance.connector().endpoints().values().stream()
                        .anyMatch(endpoint -> endpoint.call() instanceof Endpoint.FileCall);
    }

    /** Whether an instance is a mailbox: its connector reads mails. */
    public boolean holdsMails(String instanceName) {
        Instance instance = instances.get(instanceName);
        return instance != null
                && instance.connector().endpoints().values().stream()
                        .anyMatch(endpoint -> endpoint.call() instanceof Endpoint.MailCall mail
                                && mail.config().op().ofMailbox());
    }

    /** Whether an instance is a message broker: its connector sends or checks messages. */
    public boolean holdsMessages(String instanceName) {
        Instance instance = instances.get(instanceName);
        return instance != null
                && instance.connector().endpoints().values().stream()
                        .anyMatch(endpoint -> endpoint.call() instanceof Endpoint.QueueCall);
    }

    /** Adds the problem that there is no instance of this name, or that its file is to be mended first. */
    public void missing(String instanceName, Location at, Problems problems) {
        String file = unusable.get(instanceName);
        if (file != null) {
            problems.error(
                    at,
                    "UNUSABLE_INSTANCE",
                    "instance '" + instanceName + "' cannot be used, because " + file + " has problems",
                    "mend that file first; the rest follows");
        } else {
            problems.error(
                    at,
                    "UNKNOWN_INSTANCE",
                    "there is no instance '" + instanceName + "'",
                    DidYouMean.hint(instanceName, instances.keySet()));
        }
    }

    /** An instance, or null. */
    public @Nullable Instance instance(String name) {
        return instances.get(name);
    }

    /** The newest connector of an id that fits the wanted version ({@code 2}, {@code 2.3.0}, null for any), or null. */
    public @Nullable Connector connector(String id, @Nullable String wanted) {
        return connectors.stream()
                .filter(connector -> connector.id().equals(id))
                .filter(connector -> wanted == null || connector.version().fits(wanted))
                .reduce((older, newer) -> newer)
                .orElse(null);
    }

    /** What a flow may know of an endpoint; empty when the instance or the endpoint is not there. */
    public Optional<EndpointFacts> endpoint(String instanceName, String endpointId) {
        Instance instance = instances.get(instanceName);
        Endpoint endpoint = instance == null ? null : instance.endpoint(endpointId);
        if (instance == null || endpoint == null) {
            return Optional.empty();
        }
        return Optional.of(new EndpointFacts(
                instanceName,
                endpointId,
                instance.connector().id(),
                instance.connector().hash(),
                endpoint.acts(),
                endpoint.many(),
                endpoint.config().inputs(),
                endpoint.growth(),
                endpoint.errors().backoff()));
    }

    /** Ids of an instance's endpoints; none when there is no such instance. */
    public Set<String> endpoints(String instanceName) {
        Instance instance = instances.get(instanceName);
        return instance == null ? Set.of() : instance.connector().endpoints().keySet();
    }

    /** An event that an instance's system sends; empty when the instance or the event is not there. */
    public Optional<WebhookEvent> webhook(String instanceName, String event) {
        Instance instance = instances.get(instanceName);
        return instance == null
                ? Optional.empty()
                : Optional.ofNullable(instance.connector().webhooks().get(event));
    }
}
