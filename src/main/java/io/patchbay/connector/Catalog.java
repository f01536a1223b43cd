package io.patchbay.connector;

import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All connectors and instances at one moment. Immutable; a change on disk gives a new catalog. */
public final class Catalog {

    /** Without anything. */
    public static final Catalog EMPTY = new Catalog(Versions.NONE, List.of(), Map.of());

    private final Versions versions;
    private final Map<String, Fitted> instances;
    private final Map<String, String> unusable;

    /**
     * A catalog of these; the names of instances are unique.
     *
     * @param unusable instances that have a file and could not be read, with the file to mend
     */
    Catalog(Versions versions, Collection<Fitted> instances, Map<String, String> unusable) {
        this.unusable = Map.copyOf(unusable);
        this.versions = versions;
        Map<String, Fitted> byName = new TreeMap<>();
        instances.forEach(fitted -> byName.put(fitted.instance().name(), fitted));
        this.instances = new LinkedHashMap<>(byName);
    }

    /** All connectors in files, by id and version. */
    public List<Connector> connectors() {
        return versions.inFiles();
    }

    /** All instances, by name. */
    public List<Instance> instances() {
        return instances.values().stream().map(Fitted::instance).toList();
    }

    /** All instances by every version of their connectors that they fit. */
    public List<Instance> instancesByVersion() {
        return instances.values().stream()
                .flatMap(fitted -> Stream.concat(
                        Stream.of(fitted.instance()),
                        fitted.others().stream().map(Fitted.Other::instance).flatMap(Stream::ofNullable)))
                .toList();
    }

    Versions versions() {
        return versions;
    }

    Collection<Fitted> fitted() {
        return instances.values();
    }

    /** Names of the instances. */
    public Set<String> instanceNames() {
        return Set.copyOf(instances.keySet());
    }

    /** Whether an instance holds files: its connector works on some. */
    public boolean holdsFiles(String instanceName) {
        Instance instance = instance(instanceName);
        return instance != null
                && instance.connector().endpoints().values().stream()
                        .anyMatch(endpoint -> endpoint.call() instanceof Endpoint.FileCall);
    }

    /** Whether an instance is a mailbox: its connector reads mails. */
    public boolean holdsMails(String instanceName) {
        Instance instance = instance(instanceName);
        return instance != null
                && instance.connector().endpoints().values().stream()
                        .anyMatch(endpoint -> endpoint.call() instanceof Endpoint.MailCall mail
                                && mail.config().op().ofMailbox());
    }

    /** Whether an instance is a message broker: its connector sends or checks messages. */
    public boolean holdsMessages(String instanceName) {
        Instance instance = instance(instanceName);
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
        Fitted fitted = instances.get(name);
        return fitted == null ? null : fitted.instance();
    }

    /** An instance by the definition with this hash, if that is the one of a version that it fits; else null. */
    public @Nullable Instance instance(String name, String definition) {
        return instancesByVersion().stream()
                .filter(one -> one.name().equals(name) && one.connector().hash().equals(definition))
                .findFirst()
                .orElse(null);
    }

    /**
     * An instance by the version of its connector that a flow asks for, or null with a problem.
     *
     * @param pin what the flow says: a connector with a version, or null for the version of the instance
     */
    public @Nullable Instance pinned(String name, @Nullable String pin, Location at, Problems problems) {
        Fitted fitted = instances.get(name);
        return fitted == null || pin == null
                ? instance(name)
                : new Pinning(versions, at, problems).instance(fitted, pin);
    }

    /** The newest connector of an id that fits the wanted version ({@code 2}, {@code 2.3.0}, null for any), or null. */
    public @Nullable Connector connector(String id, @Nullable String wanted) {
        return versions.newest(id, wanted);
    }

    /** What a flow may know of an endpoint; empty when the instance or the endpoint is not there. */
    public Optional<EndpointFacts> endpoint(String instanceName, String endpointId) {
        Instance instance = instance(instanceName);
        return instance == null ? Optional.empty() : instance.facts(endpointId);
    }

    /** Ids of an instance's endpoints; none when there is no such instance. */
    public Set<String> endpoints(String instanceName) {
        Instance instance = instance(instanceName);
        return instance == null ? Set.of() : instance.connector().endpoints().keySet();
    }

    /** An event that an instance's system sends; empty when the instance or the event is not there. */
    public Optional<WebhookEvent> webhook(String instanceName, String event) {
        Instance instance = instance(instanceName);
        return instance == null
                ? Optional.empty()
                : Optional.ofNullable(instance.connector().webhooks().get(event));
    }
}
