package io.patchbay.trial.dry;

import io.patchbay.canvas.Durations;
import io.patchbay.flow.Flow;
import io.patchbay.flow.FlowSettings;
import io.patchbay.payload.Payload;
import io.patchbay.queue.Claim;
import io.patchbay.queue.Start;
import io.patchbay.route.FlowCompiler;
import io.patchbay.route.OneFlow;
import io.patchbay.run.Run;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunServices;
import io.patchbay.run.RunStatus;
import io.patchbay.run.Runner;
import io.patchbay.run.Slot;
import io.patchbay.shape.Plan;
import io.patchbay.shape.Surroundings;
import io.patchbay.trial.dry.Captured.Kind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Component;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;

/** One flow in a Camel context of its own, run once. */
final class DryRun implements AutoCloseable {

    /** How long a run that was told to stop may take for it. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Flow flow;
    private final RunServices services;
    private final DryRunsProperties bounds;
    private final Notes notes;
    private final OneFlow deployed;
    private final Runner runner;
    private final DryCheckpoints checkpoints;
    private final Queue<Start> tails = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final AtomicBoolean late = new AtomicBoolean();
    private volatile @Nullable Captured answer;

    /**
     * What a flow runs with.
     *
     * @param around what its shapes may ask
     * @param components of Camel by their names
     * @param services of the run
     * @param checkpoints the same that the services have
     */
    record Equipment(
            Surroundings around,
            Map<String, Component> components,
            RunServices services,
            DryCheckpoints checkpoints,
            DryRunsProperties bounds,
            Notes notes) {}

    /** Compiles a flow and starts its routes. @throws Exception what stands against it */
    DryRun(Flow flow, Equipment equipment) throws Exception {
        this.services = equipment.services();
        this.checkpoints = equipment.checkpoints();
        this.bounds = equipment.bounds();
        this.notes = equipment.notes();
        this.flow = bounded(flow);
        try {
            context.disableJMX();
            equipment.components().forEach(context::addComponent);
            context.start();
            deployed = OneFlow.deploy(context, new FlowCompiler(this::answered), this.flow, equipment.around());
        } catch (Exception e) {
            context.stop();
            throw e;
        }
        runner = new Runner(services, deployed, List.of());
    }

    /** Under the smaller of its own limits and those of dry runs; payloads are not kept beside. */
    private Flow bounded(Flow flow) {
        FlowSettings.Limits own = flow.settings().limits();
        FlowSettings.Capture capture = flow.settings().capture();
        return flow.within(
                new FlowSettings.Limits(
                        own.pages(),
                        own.payloads(),
                        Math.min(own.requests(), bounds.requests()),
                        own.bytes(),
                        own.time().compareTo(bounds.time()) < 0 ? own.time() : bounds.time()),
                new FlowSettings.Capture(
                        FlowSettings.Kept.NONE,
                        FlowSettings.Kept.NONE,
                        capture.keep(),
                        capture.most(),
                        capture.perRun(),
                        capture.mask()));
    }

    /** Runs it, with what goes on behind its answer. @return completes when that is over, or when its time is */
    CompletableFuture<Void> run(Start start) {
        Future<?> stops = services.timer()
                .schedule(() -> onWorker(() -> stop(start.id())), bounds.time().toMillis(), TimeUnit.MILLISECONDS);
        Future<?> ends = services.timer()
                .schedule(
                        () -> onWorker(this::abandon), bounds.time().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        if (deployed.compiled().answerAt() == null) {
            queued(start);
        } else {
            called(start);
        }
        return over.whenComplete((done, failed) -> {
            stops.cancel(false);
            ends.cancel(false);
        });
    }

    /** It must come to its end, also where all workers are busy. */
    private void onWorker(Runnable task) {
        try {
            services.workers().execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    private void stop(String id) {
        late.set(true);
        Run run = runner.running(id);
        if (run != null) {
            run.stop(
                    RunStatus.STOPPED,
                    "the dry run took longer than " + Durations.format(bounds.time()) + " (patchbay.dry-runs.time)");
        }
    }

    /** What does not let itself be stopped is cut off. */
    private void abandon() {
        late.set(true);
        try {
            runner.suspend();
        } finally {
            over.complete(null);
        }
    }

    /** The program ends. */
    void end() {
        runner.suspend();
    }

    private void queued(Start start) {
        var unused =
                runner.run(new Claim(start, "dry", 1, 0), Slot.NONE).whenComplete((done, failed) -> further(failed));
    }

    private void called(Start start) {
        CompletableFuture<Void> gone = new CompletableFuture<>();
        var unused = runner.call(start).whenComplete((given, failed) -> {
            if (given != null) {
                answer = shown(given);
            }
            services.workers().execute(() -> gone(start.id(), gone));
        });
        var unusedEnd = gone.whenComplete((done, failed) -> further(failed));
    }

    /** The answer comes before the end of the run that gives it. */
    private void gone(String id, CompletableFuture<Void> gone) {
        if (over.isDone() || runner.running(id) == null) {
            gone.complete(null);
        } else {
            var unused = services.timer()
                    .schedule(() -> services.workers().execute(() -> gone(id, gone)), 10, TimeUnit.MILLISECONDS);
        }
    }

    private void further(@Nullable Throwable failed) {
        Start tail = tails.poll();
        if (failed != null) {
            over.completeExceptionally(failed);
        } else if (tail == null || late.get()) {
            over.complete(null);
        } else {
            queued(tail);
        }
    }

    private void answered(Run run, Iterable<Payload> bucket, Plan.Answer given) {
        if (deployed.hasTail()) {
            Run.Identity identity = run.identity();
            Map<String, String> meta = new LinkedHashMap<>();
            meta.put(Runner.PARENT, identity.id());
            run.variables().forEach((name, value) -> meta.put(Runner.VARIABLE + name, value.toString()));
            tails.add(new Start(
                    identity.id(),
                    identity.flow(),
                    identity.trigger(),
                    flow.settings().priority(),
                    identity.queuedAt(),
                    Runner.asBody(bucket, services.spillFolder()),
                    meta,
                    null,
                    Runner.TAIL));
        }
        run.answer().complete(given);
    }

    private Captured shown(Plan.Answer given) {
        Content content = new Content(given.body(), given.body().length, given.contentType());
        String at = String.valueOf(deployed.compiled().answerAt());
        return notes.captured(
                new Notes.Note(at, Kind.REQUEST, "ANSWER", String.valueOf(given.status()), content, "nobody waits"));
    }

    String revision() {
        return deployed.compiled().revision();
    }

    /** The records of what ended; none of what was cut off. */
    List<RunRecord> ended() {
        return checkpoints.ended();
    }

    @Nullable
    Captured answer() {
        return answer;
    }

    boolean late() {
        return late.get();
    }

    @Override
    public void close() {
        context.stop();
    }
}
