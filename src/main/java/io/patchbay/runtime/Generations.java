package io.patchbay.runtime;

import io.patchbay.connector.Catalog;
import io.patchbay.connector.CatalogCopy;
import io.patchbay.connector.CatalogReader;
import io.patchbay.connector.EndpointSamples;
import io.patchbay.connector.SettingValues;
import io.patchbay.connector.StoredInstance;
import io.patchbay.connector.camel.ConnectorComponent.Calling;
import io.patchbay.connector.fixture.RecordedSamples;
import io.patchbay.expression.LookupTable;
import io.patchbay.flow.Flow;
import io.patchbay.flow.FlowReader;
import io.patchbay.payload.schema.FlowSchemas;
import io.patchbay.problem.Problem;
import io.patchbay.queue.StartQueue;
import io.patchbay.queue.StartQueue.Hold;
import io.patchbay.queue.StartQueue.Policy;
import io.patchbay.route.CompiledFlow;
import io.patchbay.route.FlowDeployer;
import io.patchbay.route.GenerationListener;
import io.patchbay.route.folder.SourceFile;
import io.patchbay.route.plain.CamelFiles;
import io.patchbay.script.ScriptLibrary;
import io.patchbay.secret.Redactor;
import io.patchbay.shape.Stores;
import io.patchbay.shape.Surroundings;
import io.patchbay.trigger.DeployedTrigger;
import io.patchbay.trigger.TriggerRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes generations of files: connectors first, then flows, then the queue's policies, then triggers, so that nothing points
 * to what is not there yet.
 */
final class Generations {

    private static final System.Logger LOG = System.getLogger(Generations.class.getName());

    private final List<Path> roots;
    private final CatalogReader connectors;
    private final CatalogCopy copy;
    private final InstanceRows stored;
    private final Redactor redactor;
    private final List<CatalogUser> catalogUsers;
    private final FlowDeployer deployer;
    private final CamelFiles camelFiles;
    private final LivePauses pauses;
    private final StartQueue queue;
    private final List<TriggerRuntime> triggers;
    private final List<GenerationListener> listeners;
    private final Map<Class<?>, Object> services;
    private final Clock clock;

    private String connectorHash = "";
    private Map<String, List<Problem>> connectorProblems = Map.of();
    private volatile Catalog catalog = Catalog.EMPTY;
    private volatile Map<String, List<Problem>> problems = Map.of();
    private volatile CompletableFuture<Void> camelTaken = CompletableFuture.completedFuture(null);
    private volatile long generation;
    private volatile Stores stores = Stores.NONE;

    /** What a generation is taken into. */
    record Parts(
            CatalogReader connectors,
            CatalogCopy copy,
            InstanceRows stored,
            Redactor redactor,
            List<CatalogUser> catalogUsers,
            FlowDeployer deployer,
            CamelFiles camelFiles,
            LivePauses pauses,
            StartQueue queue,
            List<TriggerRuntime> triggers,
            List<GenerationListener> listeners) {}

    Generations(List<Path> roots, Parts parts, List<OfferedService> offered, Clock clock) {
        this.roots = List.copyOf(roots);
        this.connectors = parts.connectors();
        this.copy = parts.copy();
        this.stored = parts.stored();
        this.redactor = parts.redactor();
        this.catalogUsers = parts.catalogUsers();
        this.deployer = parts.deployer();
        this.camelFiles = parts.camelFiles();
        this.pauses = parts.pauses();
        this.queue = parts.queue();
        this.triggers = parts.triggers();
        this.listeners = parts.listeners();
        this.clock = clock;
        this.services = new HashMap<>();
        services.put(EndpointSamples.class, new RecordedSamples(roots, clock));
        offered.forEach(service -> services.put(service.type(), service.service()));
    }

    /**
     * Files of one moment.
     *
     * @param flows flows of flow files, and those that are made of other files
     * @param unread files of which it is not known what flows are made of them
     * @param connectorHash changes when any connector or instance file changes
     * @param tables lookup tables by name
     * @param stores what caches and pools are declared
     * @param scripts scripts of flows
     * @param schemas that flows may name
     * @param camel files of plain Camel routes
     * @param unreadable what is wrong with files that cannot be read
     */
    record Files(
            List<FlowDeployer.Source> flows,
            Set<String> unread,
            String connectorHash,
            Map<String, LookupTable> tables,
            Stores stores,
            ScriptLibrary scripts,
            FlowSchemas schemas,
            List<SourceFile> camel,
            List<Problem> unreadable) {}

    /** Flows that are gone and have starts waiting. */
    private Set<String> held = Set.of();

    private @Nullable Files last;
    private String storedRevision = "";
    private List<StoredInstance> storedNow = List.of();

    /** Takes the last files again, if stored instances have changed since. */
    void again() {
        String revision = stored.revision();
        synchronized (this) {
            if (last != null && !hash(last, revision).equals(connectorHash)) {
                take(last);
            }
        }
    }

    /** Takes the last files again, because other versions of flows are held. */
    synchronized void takeAgain() {
        if (last != null) {
            take(last);
        }
    }

    /** A database that does not answer now must not keep files from being taken. */
    private void lookAtStored() {
        try {
            String revision = stored.revision();
            if (!revision.equals(storedRevision)) {
                storedNow = stored.list();
                storedRevision = revision;
            }
        } catch (CompletionException e) {
            LOG.log(System.Logger.Level.WARNING, "stored instances stay as they were last seen", e);
        }
    }

    private static String hash(Files files, String storedRevision) {
        return files.connectorHash() + " stored " + storedRevision;
    }

    /** Takes a generation. */
    synchronized void take(Files files) {
        last = files;
        stores = files.stores();
        lookAtStored();
        String hash = hash(files, storedRevision);
        if (!hash.equals(connectorHash)) {
            CatalogReader.Reading reading = reading();
            catalog = reading.catalog();
            keep(catalog);
            connectorProblems = reading.problems();
            connectorHash = hash;
            catalog.instancesByVersion().forEach(instance -> SettingValues.tell(instance, redactor));
            catalogUsers.forEach(user -> user.use(catalog));
        }
        Map<Class<?>, Object> now = new HashMap<>(services);
        now.put(Catalog.class, catalog);
        now.put(Stores.class, files.stores());
        now.put(ScriptLibrary.class, files.scripts());
        now.put(FlowSchemas.class, files.schemas());
        FlowReader.World world = (flow, variables) -> new Surroundings(flow, clock, variables, files.tables(), now);
        Map<String, List<Problem>> found = new LinkedHashMap<>(connectorProblems);
        found.putAll(deployer.apply(files.flows(), files.unread(), world));
        files.unreadable().forEach(problem -> found.merge(problem.at().file(), List.of(problem), Generations::both));
        camelTaken = camelFiles.apply(files.camel());
        report(found);
        problems = Map.copyOf(found);
        repoint();
        generation++;
        LOG.log(
                System.Logger.Level.INFO,
                "generation {0}: {1,choice,0#0 flows|1#1 flow|1<{1} flows} deployed,"
                        + " {2,choice,0#0 files|1#1 file|1<{2} files} with problems",
                generation,
                deployer.deployed().size(),
                found.size());
        listeners.forEach(listener -> listener.taken(generation));
    }

    /** In the first generation, what was good when the program ended stands behind what files hold now. */
    private CatalogReader.Reading reading() {
        CatalogReader.Reading reading = connectors.read(roots, storedNow, catalog);
        try {
            return generation > 0 || copy.holds(reading.catalog())
                    ? reading
                    : connectors.read(roots, storedNow, copy.read());
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the last good files of connectors cannot be read", e);
            return reading;
        }
    }

    private void keep(Catalog good) {
        try {
            copy.write(good);
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the files of connectors cannot be kept for the next start; it is tried again when one of them changes",
                    e);
        }
    }

    private static List<Problem> both(List<Problem> first, List<Problem> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** A problem is told once, when it is new. */
    private void report(Map<String, List<Problem>> found) {
        found.forEach((file, list) -> {
            if (!Objects.equals(problems.get(file), list)) {
                list.forEach(problem -> LOG.log(level(problem), problem.toString()));
            }
        });
        problems.keySet().stream()
                .filter(file -> !found.containsKey(file))
                .forEach(file -> LOG.log(
                        System.Logger.Level.INFO, isThere(file) ? "{0} is all right now" : "{0} is gone", file));
    }

    private boolean isThere(String file) {
        String path = file.replaceFirst("#.*", ""); // one of several flows that are made of a file
        return roots.stream().anyMatch(root -> root.resolve(path).toFile().exists());
    }

    private static System.Logger.Level level(Problem problem) {
        return problem.severity() == Problem.Severity.ERROR ? System.Logger.Level.ERROR : System.Logger.Level.WARNING;
    }

    /** Tells the queue and the triggers what is deployed now; called when something is paused or goes on, too. */
    synchronized void repoint() {
        Map<String, Policy> policies = new HashMap<>();
        List<DeployedTrigger> fire = new ArrayList<>();
        for (CompiledFlow compiled : deployer.deployed().values()) {
            Flow flow = compiled.flow();
            boolean paused = pauses.flow(flow.id());
            Hold hold = pauses.anyInstance(instances(compiled)) ? Hold.ALL : paused ? Hold.ALL_BUT_BY_HAND : Hold.NONE;
            policies.put(flow.id(), new Policy(flow.overlap(), parallel(flow), compiled.revision(), hold));
            if (flow.status() == Flow.Status.ACTIVE && !paused) {
                for (int i = 0; i < flow.triggers().size(); i++) {
                    fire.add(new DeployedTrigger(flow.id(), i, flow.triggers().get(i)));
                }
            }
        }
        queue.policies(policies);
        tellOfHeld(policies.keySet());
        triggers.forEach(runtime -> runtime.replace(fire));
    }

    /** The instances that a flow calls. */
    private static Set<String> instances(CompiledFlow compiled) {
        return Callings.of(compiled).map(Calling::instance).collect(Collectors.toSet());
    }

    /** Starts of flows that are gone wait until their file is back or they are discarded. Told when it becomes so. */
    private void tellOfHeld(Set<String> deployed) {
        Map<String, Long> now = new TreeMap<>(queue.queued());
        now.keySet().removeAll(deployed);
        now.values().removeIf(count -> count == 0);
        now.forEach((flow, count) -> {
            if (!held.contains(flow)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "{0} starts of flow {1} are held, because there is no such flow any more: bring its file back, or"
                                + " discard them at /api/v1/starts",
                        count,
                        flow);
            }
        });
        held = Set.copyOf(now.keySet());
    }

    private static int parallel(Flow flow) {
        return flow.overlap() == io.patchbay.queue.Overlap.PARALLEL
                ? flow.settings().concurrency()
                : 1;
    }

    Map<String, List<Problem>> problems() {
        Map<String, List<Problem>> all = new LinkedHashMap<>(problems);
        camelFiles.problems().forEach((file, list) -> all.merge(file, list, Generations::both));
        return all;
    }

    /** Done when the plain Camel routes of the last generation are in place. */
    CompletableFuture<Void> camelTaken() {
        return camelTaken;
    }

    /** What files declare of caches and pools. */
    Stores stores() {
        return stores;
    }

    long generation() {
        return generation;
    }
}
