package io.patchbay.runtime;

import io.patchbay.connector.CatalogCopy;
import io.patchbay.connector.CatalogReader;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.expression.MapSecrets;
import io.patchbay.flow.Flow;
import io.patchbay.flow.FlowReader;
import io.patchbay.home.Home;
import io.patchbay.queue.StartLists;
import io.patchbay.queue.StartQueue;
import io.patchbay.route.CompiledFlow;
import io.patchbay.route.FlowCompiler;
import io.patchbay.route.FlowDeployer;
import io.patchbay.route.Flows;
import io.patchbay.route.GenerationListener;
import io.patchbay.route.MapPreviews;
import io.patchbay.route.RevisionTexts;
import io.patchbay.route.Tables;
import io.patchbay.route.folder.RouteFolder;
import io.patchbay.route.plain.PlainCamel;
import io.patchbay.run.CallResults;
import io.patchbay.run.Checkpoints;
import io.patchbay.run.Dispatcher;
import io.patchbay.run.ReplayJobs;
import io.patchbay.run.RunHistory;
import io.patchbay.run.RunListener;
import io.patchbay.run.RunServices;
import io.patchbay.run.Runner;
import io.patchbay.run.Tracing;
import io.patchbay.secret.OpenSecrets;
import io.patchbay.secret.SecretProofs;
import io.patchbay.secret.Secrets;
import io.patchbay.shape.Shapes;
import io.patchbay.shape.runflow.FlowCalls;
import io.patchbay.store.Store;
import io.patchbay.trigger.TriggerRuntime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.util.function.SingletonSupplier;

/** Puts the rooms together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({RunsProperties.class, PausesProperties.class})
class RuntimeConfiguration {

    private static final Duration LEAST_SHUTDOWN = Duration.ofSeconds(1);

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean(destroyMethod = "shutdown")
    ExecutorService runWorkers(RunsProperties settings) {
        int most = settings.parallel() + settings.waiting() + settings.callers() + 16;
        return new ThreadPoolExecutor(
                settings.parallel(), most, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), named("patchbay-run-"));
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService runTimer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named("patchbay-timer-"));
        timer.setRemoveOnCancelPolicy(true); // most of what is set ends before its time
        return timer;
    }

    @Bean
    RunServices runServices(
            Clock clock,
            Checkpoints checkpoints,
            RunHistory history,
            ScheduledExecutorService runTimer,
            ExecutorService runWorkers,
            Store store,
            RunsProperties settings,
            Secrets secrets,
            SecretProofs proofs) {
        return new RunServices(
                clock,
                checkpoints,
                history,
                runTimer,
                runWorkers,
                store.folder().spill(),
                settings.bucketBytes(),
                secrets.redactor()::redact,
                settings::environment,
                proofs);
    }

    @Bean
    SecretProofs secretProofs(Secrets secrets, SecretsProperties settings, Clock clock) {
        return new SecretProofs(secrets, new OpenSecrets(settings.inMaps()), clock);
    }

    @Bean
    OfferedService offeredMapSecrets(SecretProofs proofs) {
        return new OfferedService(MapSecrets.class, proofs);
    }

    @Bean
    QueuedStarts starts(
            StartQueue queue,
            Clock clock,
            RunServices services,
            ExecutorService runWorkers,
            ObjectProvider<FlowDeployer> deployer,
            ObjectProvider<Runner> runner,
            ObjectProvider<LivePauses> pauses,
            AwaitedRuns awaited) {
        SingletonSupplier<LivePauses> paused = SingletonSupplier.of(pauses::getObject); // asked for every request
        return new QueuedStarts(
                queue,
                clock,
                services.spillFolder(),
                runWorkers,
                SingletonSupplier.of(deployer::getObject),
                SingletonSupplier.of(runner::getObject),
                () -> paused.obtain().intake(),
                awaited);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    AwaitedRuns awaitedRuns(CallResults results, StartLists starts, Clock clock, RunsProperties settings) {
        return new AwaitedRuns(
                results,
                starts,
                clock,
                settings.calls(),
                Executors.newSingleThreadScheduledExecutor(named("patchbay-calls-")));
    }

    @Bean
    OfferedService flowCalls(QueuedStarts starts) {
        return new OfferedService(FlowCalls.class, starts);
    }

    @Bean
    FlowReader flowReader() {
        return new FlowReader(Shapes.all());
    }

    @Bean
    FlowDeployer flowDeployer(
            CamelContext context,
            FlowReader reader,
            QueuedStarts starts,
            RevisionTexts texts,
            KeptHolds holds,
            VersionsProperties versions,
            Clock clock) {
        return new FlowDeployer(
                (ModelCamelContext) context,
                reader,
                new FlowCompiler(starts),
                texts,
                new FlowDeployer.Holding(holds, versions.deploy(), clock));
    }

    @Bean
    FailedRunLog failedRunLog(Clock clock) {
        return new FailedRunLog(clock);
    }

    @Bean
    MendedPayloads mendedPayloads(RunHistory history) {
        return new MendedPayloads(history);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ReplayWorker replayWorker(ReplayJobs jobs, RunHistory history, Flows flows, Clock clock) {
        return new ReplayWorker(
                jobs, history, flows, clock, Executors.newSingleThreadScheduledExecutor(named("patchbay-replay-")));
    }

    @Bean
    Runner runner(RunServices services, FlowDeployer deployer, List<RunListener> listeners, Tracing tracing) {
        return new Runner(services, deployer, listeners, tracing);
    }

    @Bean(destroyMethod = "close")
    Dispatcher dispatcher(StartQueue queue, Runner runner, RunServices services, RunsProperties settings) {
        return new Dispatcher(queue, runner, services.workers(), settings.parallel(), settings.waiting());
    }

    @Bean
    LivePauses pauses(
            Store store,
            Clock clock,
            PausesProperties settings,
            ScheduledExecutorService runTimer,
            ExecutorService runWorkers,
            ObjectProvider<InstanceCalls> calls,
            ObjectProvider<Generations> generations) {
        Runnable changed = () -> generations.getObject().repoint();
        DownInstances down = new DownInstances(settings, clock, runTimer, runWorkers, calls::getObject, changed);
        return new LivePauses(new KeptPauses(store, clock), down, changed);
    }

    /** Pauses that operators of other replicas began or ended. */
    @Bean(destroyMethod = "close")
    StorePoll pausesPoll(
            Store store, LivePauses pauses, ScheduledExecutorService runTimer, ExecutorService runWorkers) {
        return StorePoll.of(store, "pauses", pauses::look, runTimer, runWorkers);
    }

    @Bean
    Generations generations(
            Home home,
            FlowDeployer deployer,
            PlainCamel plainCamel,
            LivePauses pauses,
            StartQueue queue,
            ObjectProvider<CatalogUser> catalogUsers,
            ObjectProvider<TriggerRuntime> triggers,
            ObjectProvider<GenerationListener> listeners,
            ObjectProvider<OfferedService> offered,
            InstanceRows stored,
            Secrets secrets,
            Clock clock) {
        Generations.Parts parts = new Generations.Parts(
                new CatalogReader(home.root()),
                new CatalogCopy(home.data().resolve("last-good")),
                stored,
                secrets.redactor(),
                catalogUsers.orderedStream().toList(),
                deployer,
                plainCamel.files(),
                pauses,
                queue,
                triggers.orderedStream().toList(),
                listeners.orderedStream().toList());
        return new Generations(
                List.of(home.root()), parts, offered.orderedStream().toList(), clock);
    }

    @Bean
    StopRequests stopRequests(Store store, StartQueue queue, Runner runner, ExecutorService runWorkers, Clock clock) {
        return new StopRequests(store, queue, runner, runWorkers, clock);
    }

    /** Runs that are to stop, as callers of other replicas want it. */
    @Bean(destroyMethod = "close")
    StorePoll stopRequestsPoll(
            Store store, StopRequests stops, ScheduledExecutorService runTimer, ExecutorService runWorkers) {
        return StorePoll.of(store, "runs that are to stop", stops::look, runTimer, runWorkers);
    }

    @Bean
    LiveFlows flows(
            CamelContext context,
            FlowDeployer deployer,
            Generations generations,
            LivePauses pauses,
            QueuedStarts starts,
            StartQueue queue,
            Runner runner,
            StopRequests stops,
            RunHistory history,
            Secrets secrets,
            Clock clock) {
        LiveFlows.Parts parts = new LiveFlows.Parts(
                context,
                deployer,
                generations,
                pauses,
                starts,
                queue,
                runner,
                stops,
                history,
                secrets.redactor()::redact);
        return new LiveFlows(parts, clock);
    }

    /** None before the first generation is taken. */
    @Bean
    Tables tables(FlowDeployer deployer, Flows flows) {
        return () -> flows.generation() == 0
                ? Map.of()
                : deployer.world().around("", Map.of()).tables();
    }

    @Bean
    MapPreviews mapPreviews(FlowDeployer deployer) {
        return new MapPreviews(new MapPreviews.Deployed() {
            @Override
            public Optional<Flow> flow(String id) {
                return Optional.ofNullable(deployer.deployed().get(id)).map(CompiledFlow::flow);
            }

            @Override
            public FlowReader.World world() {
                return deployer.world();
            }
        });
    }

    @Bean
    Lifecycle lifecycle(
            FoldersTaken folders,
            Dispatcher dispatcher,
            ObjectProvider<TriggerRuntime> triggers,
            StartQueue queue,
            RunsProperties settings) {
        RouteFolder folder = folders.watch();
        return new Lifecycle(
                folder::start, folder, dispatcher, triggers.orderedStream().toList(), queue, settings.stopWait());
    }

    @Bean
    ApplicationListener<ContextClosedEvent> end(
            Lifecycle lifecycle, CamelContext flows, PlainCamel plainCamel, CamelProperties settings) {
        return event -> {
            Duration left = lifecycle.end();
            within(flows, LEAST_SHUTDOWN);
            // Plain routes are Camel's own: they have what is left of the time.
            Duration drain = settings.drain().compareTo(left) < 0 ? settings.drain() : left;
            within(plainCamel.context(), drain.compareTo(LEAST_SHUTDOWN) < 0 ? LEAST_SHUTDOWN : drain);
        };
    }

    /** Camel's own wait for exchanges comes behind ours, so that it has nothing to wait for but what cannot be ended. */
    private static void within(CamelContext context, Duration time) {
        context.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
        context.getShutdownStrategy().setTimeout(time.toMillis());
    }

    static ThreadFactory named(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
