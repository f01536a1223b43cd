package io.patchbay.trial.dry;

import com.github.f4b6a3.uuid.UuidCreator;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Instance;
import io.patchbay.connector.camel.ConnectorComponent;
import io.patchbay.expression.Proofs;
import io.patchbay.flow.Flow;
import io.patchbay.notification.Notifier;
import io.patchbay.payload.Body;
import io.patchbay.payload.schema.FlowSchemas;
import io.patchbay.queue.Start;
import io.patchbay.route.FlowDeployer;
import io.patchbay.run.RunServices;
import io.patchbay.script.ScriptLibrary;
import io.patchbay.script.language.Languages;
import io.patchbay.shape.AnswerStore;
import io.patchbay.shape.CallsEndpoint;
import io.patchbay.shape.EndpointUse;
import io.patchbay.shape.ServicesByShape;
import io.patchbay.shape.Step;
import io.patchbay.shape.Stores;
import io.patchbay.shape.Surroundings;
import io.patchbay.shape.cache.AnswersInCaches;
import io.patchbay.shape.cache.Caches;
import io.patchbay.shape.camel.CamelRoutes;
import io.patchbay.shape.dedupe.Pools;
import io.patchbay.shape.runflow.FlowCalls;
import io.patchbay.shape.trackdata.Tracked;
import io.patchbay.shape.wait.Waits;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.Component;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.util.FileSystemUtils;

/**
 * Dry runs in the runtime. A flow gets only services that are known to change nothing: one that needs another cannot be dry-run.
 */
public final class LiveDryRuns implements DryRuns, AutoCloseable {

    /** What is only read. */
    private static final Set<Class<?>> READ =
            Set.of(Catalog.class, Stores.class, ScriptLibrary.class, Languages.class, FlowSchemas.class);

    private static final String FOLDER = "dry-";
    /** Longer than any dry run takes. */
    private static final Duration OLD = Duration.ofHours(1);

    private final Parts parts;
    private final DryRunsProperties bounds;
    private final Semaphore places;
    private final DryTimer timer = new DryTimer();
    private final Map<String, DryRun> going = new ConcurrentHashMap<>();

    /**
     * What it works with.
     *
     * @param deployer has the flows
     * @param services of runs
     * @param systems stands before all systems
     * @param connections to them
     * @param steps makes the component that reaches the steps of {@code camel} shapes, with its name
     */
    public record Parts(
            FlowDeployer deployer,
            RunServices services,
            DrySystems systems,
            DryConnections connections,
            Supplier<Map<String, Component>> steps) {}

    public LiveDryRuns(Parts parts, DryRunsProperties bounds) {
        this.parts = parts;
        this.bounds = bounds;
        this.places = new Semaphore(bounds.parallel());
    }

    @Override
    public Duration longest() {
        return bounds.time().plusSeconds(30);
    }

    @Override
    public CompletableFuture<DryReport> run(String flow, String trigger, Body body, Map<String, String> meta) {
        FlowDeployer.Deployed deployed = parts.deployer().deployed(flow).orElse(null);
        if (deployed == null) {
            return CompletableFuture.failedFuture(new DryRunRefusedException("there is no flow '" + flow + "'", false));
        }
        if (!places.tryAcquire()) {
            return CompletableFuture.failedFuture(new DryRunRefusedException(
                    bounds.parallel() + " dry runs go on already (patchbay.dry-runs.parallel)", true));
        }
        CompletableFuture<DryReport> report = new CompletableFuture<>();
        Start start = new Start(
                UuidCreator.getTimeOrderedEpochPlus1().toString(),
                flow,
                trigger,
                deployed.compiled().flow().settings().priority(),
                parts.services().clock().instant(),
                body,
                meta,
                null,
                null);
        try {
            parts.services().workers().execute(() -> run(deployed, start, report));
        } catch (RuntimeException e) {
            places.release();
            report.completeExceptionally(e);
        }
        return report;
    }

    private void run(FlowDeployer.Deployed deployed, Start start, CompletableFuture<DryReport> report) {
        Use use = null;
        try {
            use = open(deployed, start.id());
            Use opened = use;
            long began = System.nanoTime();
            var unused = opened.run().run(start).whenComplete((done, failed) -> {
                Duration took = Duration.ofNanos(System.nanoTime() - began);
                Runnable last = () -> report(start, opened, took, failed, report);
                try {
                    parts.services().workers().execute(last);
                } catch (RejectedExecutionException e) {
                    // Not on this thread: it may be the one of all timers.
                    Thread thread = new Thread(last, "patchbay-dry-run");
                    thread.setDaemon(true);
                    thread.start();
                }
            });
        } catch (Exception e) {
            close(start.id(), use);
            report.completeExceptionally(new DryRunRefusedException(
                    "flow '" + start.flow() + "' cannot be dry-run: "
                            + NestedExceptionUtils.getMostSpecificCause(e).getMessage(),
                    false));
        }
    }

    private void report(
            Start start, Use use, Duration took, @Nullable Throwable failed, CompletableFuture<DryReport> report) {
        DryReport made = null;
        Throwable why = failed;
        try {
            made = Reporting.of(start.flow(), use.run(), use.notes(), took, this::acts);
        } catch (RuntimeException e) {
            why = e;
        }
        try {
            close(start.id(), use);
        } catch (RuntimeException e) {
            why = why == null ? e : why;
        }
        if (made == null || why != null) {
            report.completeExceptionally(why == null ? new IllegalStateException("there is no report") : why);
        } else {
            report.complete(made);
        }
    }

    /** What one dry run holds. */
    private record Use(DryRun run, Notes notes, DryCaches caches, Path folder) {}

    private Use open(FlowDeployer.Deployed deployed, String id) throws Exception {
        Flow flow = deployed.compiled().flow();
        RunServices runtime = parts.services();
        Notes notes = new Notes(bounds, runtime.redactor());
        Files.createDirectories(runtime.spillFolder());
        sweep(runtime.spillFolder(), runtime.clock().instant().minus(OLD));
        Path folder = Files.createTempDirectory(runtime.spillFolder(), FOLDER);
        DryCaches caches = new DryCaches(service(deployed, Caches.class), notes, folder, runtime.clock());
        try {
            parts.systems().begin(id, notes, jobs(flow, deployed.around()));
            DrySteps steps =
                    new DrySteps(service(deployed, CamelRoutes.class), notes, reading(flow, deployed.around()));
            Map<String, Component> components =
                    new LinkedHashMap<>(parts.steps().get());
            components.put(ConnectorComponent.NAME, parts.connections().component());
            components.put(DrySteps.NAME, steps);
            DryCheckpoints checkpoints = new DryCheckpoints(runtime.checkpoints(), notes);
            RunServices services = new RunServices(
                    runtime.clock(),
                    checkpoints,
                    new NoHistory(),
                    timer,
                    runtime.workers(),
                    folder,
                    runtime.bucketMemory(),
                    runtime.redactor(),
                    runtime.environment(),
                    Proofs.STAND_IN);
            Surroundings around = around(deployed, notes, caches, steps);
            DryRun run =
                    new DryRun(flow, new DryRun.Equipment(around, components, services, checkpoints, bounds, notes));
            going.put(id, run);
            return new Use(run, notes, caches, folder);
        } catch (Exception e) {
            caches.close();
            delete(folder);
            throw e;
        }
    }

    private void close(String id, @Nullable Use use) {
        going.remove(id);
        parts.systems().end(id);
        try {
            if (use != null) {
                use.run().close();
                use.caches().close();
                delete(use.folder());
            }
        } finally {
            places.release();
        }
    }

    /** Deletes what dry runs left that a crash ended. */
    private static void sweep(Path spill, Instant before) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(spill, FOLDER + "*")) {
            for (Path folder : left) {
                if (Files.getLastModifiedTime(folder).toInstant().isBefore(before)) {
                    delete(folder);
                }
            }
        }
    }

    private static void delete(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            System.getLogger(LiveDryRuns.class.getName())
                    .log(System.Logger.Level.WARNING, "the folder of a dry run could not be deleted", e);
        }
    }

    private static <S> S service(FlowDeployer.Deployed deployed, Class<S> type) {
        return deployed.around().service(type);
    }

    /** What shapes may ask: what is only read as it is, the rest as it is with a dry run laid over it, and nothing else. */
    private static Surroundings around(FlowDeployer.Deployed deployed, Notes notes, DryCaches caches, DrySteps steps) {
        Surroundings real = deployed.around();
        DryPools pools = new DryPools(service(deployed, Pools.class), notes);
        Notifier notifier = service(deployed, Notifier.class);
        Tracked tracked = service(deployed, Tracked.class);
        AtomicInteger started = new AtomicInteger();
        Map<Class<?>, Object> services = new HashMap<>(real.services());
        services.keySet().retainAll(READ);
        services.put(CamelRoutes.class, steps);
        services.put(ServicesByShape.class, (ServicesByShape) (shape, around) -> {
            Map<Class<?>, Object> own = new HashMap<>(around.services());
            DryEffects effects = new DryEffects(shape, notes, started, notifier, tracked);
            own.put(FlowCalls.class, effects);
            own.put(Notifier.class, effects);
            own.put(Tracked.class, effects);
            own.put(Waits.class, new DryWaits(shape, notes, around.clock()));
            own.put(Pools.class, pools.of(shape));
            own.put(Caches.class, caches.of(shape));
            own.put(AnswerStore.class, new AnswersInCaches(caches.of(shape)));
            return new Surroundings(around.flow(), around.clock(), around.variables(), around.tables(), own);
        });
        return new Surroundings(real.flow(), real.clock(), real.variables(), real.tables(), services);
    }

    /** Shapes that have a system do a job. */
    private static Set<String> jobs(Flow flow, Surroundings around) {
        Catalog catalog = around.service(Catalog.class);
        return flow.allSteps()
                .filter(step -> step.settings() instanceof CallsEndpoint calls && job(calls.use(), catalog))
                .map(Step::id)
                .collect(Collectors.toSet());
    }

    private static boolean job(EndpointUse use, Catalog catalog) {
        Instance instance = catalog.instance(use.instance());
        Endpoint endpoint = instance == null ? null : instance.endpoint(use.endpoint());
        return endpoint != null && endpoint.call() instanceof Endpoint.JobCall;
    }

    /** Shapes with Camel's steps that do not act outside, as they say. */
    private static Set<String> reading(Flow flow, Surroundings around) {
        return flow.allSteps()
                .filter(step -> step.type().spec().name().equals("camel"))
                .filter(step -> !step.contract(around).outside())
                .map(Step::id)
                .collect(Collectors.toSet());
    }

    private boolean acts(String instance, String endpoint) {
        return parts.systems().acts(instance, endpoint);
    }

    /** The program ends: those that go on are cut off, and answer with what they have. */
    public void end() {
        going.values().forEach(DryRun::end);
    }

    @Override
    public void close() {
        end();
        parts.connections().close();
    }
}
