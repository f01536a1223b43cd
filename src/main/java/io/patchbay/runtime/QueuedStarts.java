package io.patchbay.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import io.patchbay.flow.Flow;
import io.patchbay.format.Alone;
import io.patchbay.payload.Body;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.queue.IntakeRefusedException;
import io.patchbay.queue.Once;
import io.patchbay.queue.Priority;
import io.patchbay.queue.QueueFullException;
import io.patchbay.queue.Start;
import io.patchbay.queue.StartQueue;
import io.patchbay.route.CompiledFlow;
import io.patchbay.route.FlowDeployer;
import io.patchbay.run.Nodes;
import io.patchbay.run.Run;
import io.patchbay.run.RunFailedException;
import io.patchbay.run.Runner;
import io.patchbay.run.WaitingPayload;
import io.patchbay.shape.Plan;
import io.patchbay.shape.runflow.FlowCalls;
import io.patchbay.store.SqlWork;
import io.patchbay.trigger.Answer;
import io.patchbay.trigger.NoAnswerException;
import io.patchbay.trigger.StartIds;
import io.patchbay.trigger.Starts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where starts of all kinds are made: from triggers, by hand, from answers and from replays. */
final class QueuedStarts implements Starts, Nodes.Answering, FlowCalls {

    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);
    /** A pause of the intake is not over at once. */
    private static final Duration PAUSED = Duration.ofSeconds(30);

    private static final String MANUAL = "manual";

    private static final System.Logger LOG = System.getLogger(QueuedStarts.class.getName());

    private final StartQueue queue;
    private final Clock clock;
    private final Path spill;
    private final ExecutorService callers;
    private final Supplier<FlowDeployer> deployer;
    private final Supplier<Runner> runner;
    private final Supplier<@Nullable String> pausedIntake;
    private final AwaitedRuns awaited;

    QueuedStarts(
            StartQueue queue,
            Clock clock,
            Path spill,
            ExecutorService callers,
            Supplier<FlowDeployer> deployer,
            Supplier<Runner> runner,
            Supplier<@Nullable String> pausedIntake,
            AwaitedRuns awaited) {
        this.queue = queue;
        this.clock = clock;
        this.spill = spill;
        this.callers = callers;
        this.deployer = deployer;
        this.runner = runner;
        this.pausedIntake = pausedIntake;
        this.awaited = awaited;
    }

    @Override
    public CompletableFuture<String> start(
            @Nullable String id, String flow, String trigger, Body body, Map<String, String> meta, Instant at) {
        IntakeRefusedException refused = refused(trigger);
        return refused == null
                ? accept(start(id, flow, trigger, body, meta, at, null, null))
                : CompletableFuture.failedFuture(refused);
    }

    /** A start by hand or by API, under a revision, or the one that is active when the run begins. */
    CompletableFuture<String> under(
            @Nullable String revision, String flow, String trigger, Body body, Map<String, String> meta, Instant at) {
        IntakeRefusedException refused = refused(trigger);
        return refused == null
                ? accept(start(null, flow, trigger, body, meta, at, revision, null))
                : CompletableFuture.failedFuture(refused);
    }

    /** Only what a person starts is taken on while the intake is paused. */
    private @Nullable IntakeRefusedException refused(String trigger) {
        String why = trigger.equals(MANUAL) ? null : pausedIntake.get();
        return why == null ? null : new IntakeRefusedException(why, PAUSED);
    }

    @Override
    public CompletableFuture<String> startOnce(
            Once once, String flow, String trigger, Body body, Map<String, String> meta, Instant at) {
        IntakeRefusedException refused = refused(trigger);
        return refused == null
                ? queue.accept(start(null, flow, trigger, body, meta, at, null, null), once)
                : CompletableFuture.failedFuture(refused);
    }

    /**
     * A start that enters at a shape (null: at the beginning) with a payload that was kept; null for today's revision and a new id.
     *
     * @param once what it is for, when that must not be done twice at one time
     */
    CompletableFuture<String> entering(
            @Nullable String id,
            @Nullable Once once,
            String flow,
            Payload payload,
            Map<String, String> meta,
            @Nullable String revision,
            @Nullable String entry) {
        Body body = Runner.asBody(List.of(payload), spill);
        Start start = start(id, flow, "replay", body, meta, clock.instant(), revision, entry);
        return discarding(body, once == null ? accept(start) : queue.accept(start, once));
    }

    /**
     * A start that takes on a payload which waited, at the shape where it did, and says in the same transaction that it does.
     *
     * @param today whether under the flow as it is now
     */
    CompletableFuture<Void> released(String id, WaitingPayload waited, Payload payload, boolean today, SqlWork with) {
        WaitingPayload.Left at = waited.at();
        Map<String, String> meta = new LinkedHashMap<>();
        meta.put(Runner.PARENT, at.run());
        if (at.repeats()) {
            meta.put(Runner.REPEATS, "true");
        }
        waited.variables().forEach((name, value) -> meta.put(Runner.VARIABLE + name, value));
        Body body = Runner.asBody(List.of(payload), spill);
        Start start = start(
                id, at.flow(), Runner.WAITED, body, meta, at.queuedAt(), today ? null : at.revision(), at.shape());
        return discarding(body, queue.accept(start, with).thenApply(written -> id))
                .thenAccept(written -> {});
    }

    @Override
    public CompletableFuture<String> start(
            Identity identity, String flow, Payload payload, Map<String, JsonNode> variables) {
        return start(identity, flow, payload, variables, Map.of(), null);
    }

    @Override
    public CompletableFuture<Call> call(
            Identity identity, String flow, Payload payload, Map<String, JsonNode> variables, long most) {
        StepException full = awaited.full();
        if (full != null) {
            return CompletableFuture.failedFuture(full);
        }
        try {
            // The queue knows for some days only what has run; what it left is kept for as long as its caller goes on.
            Call before = awaited.before(callId(identity), flow);
            if (before != null) {
                return CompletableFuture.completedFuture(before);
            }
        } catch (IllegalStateException e) {
            return CompletableFuture.failedFuture(e);
        }
        Map<String, String> waits = Map.of(Runner.MOST, String.valueOf(most));
        return start(identity, flow, payload, variables, waits, Runner.GIVING)
                .thenApply(run -> awaited.call(run, flow));
    }

    private static String callId(Identity identity) {
        return StartIds.of(identity.queuedAt(), "flow", identity.run(), identity.shape(), identity.lineage());
    }

    /** @param entry null for the beginning */
    private CompletableFuture<String> start(
            Identity identity,
            String flow,
            Payload payload,
            Map<String, JsonNode> variables,
            Map<String, String> more,
            @Nullable String entry) {
        CompiledFlow called = deployer.get().deployed().get(flow);
        if (called == null || called.flow().status() != Flow.Status.ACTIVE) {
            String why = called == null ? "is not there" : "is not active";
            return CompletableFuture.failedFuture(new StepException(
                    Owner.AUTHOR, "NOT_STARTED", "flow '" + flow + "' " + why + ", so it was not started"));
        }
        Map<String, String> meta = new LinkedHashMap<>(payload.meta());
        // What went aside in a shape of this flow is no aside of a shape of that name in the other.
        meta.keySet().removeIf(Alone::isMark);
        meta.putAll(more);
        Run caller = runner.get().running(identity.run());
        meta.putAll(caller == null ? Map.of() : caller.trace().carried());
        meta.put(Runner.PARENT, identity.run());
        if (identity.repeats()) {
            meta.put(Runner.REPEATS, "true");
        }
        meta.put(Runner.RECORDS, payload.recordPath().toString());
        variables.forEach((name, value) -> meta.put(Runner.VARIABLE + name, value.toString()));
        String id = callId(identity);
        Body body;
        try {
            body = own(payload);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(new StepException(
                    Owner.INTERNAL,
                    "SPILL_FAILED",
                    "the payload for flow '" + flow + "' cannot be copied",
                    e,
                    true,
                    null));
        }
        // Who waits gave its place away, so what it waits for goes before others.
        Priority priority = entry == null ? priority(flow) : Priority.HIGHEST;
        Start start = new Start(id, flow, Runner.CALLED, priority, clock.instant(), body, meta, null, entry);
        return discarding(body, accept(start))
                .exceptionallyCompose(failed -> CompletableFuture.failedFuture(refused(failed)));
    }

    /** A body that belongs to the start alone: a file of the run is the run's, whatever becomes of the start. */
    private Body own(Payload payload) throws IOException {
        Body body = payload.body();
        if (body instanceof Body.Tree tree) {
            return new Body.Bytes(payload.bytes(), tree.contentType());
        }
        if (!(body instanceof Body.Stored stored)) {
            return body;
        }
        Files.createDirectories(spill);
        Path copy = Files.createTempFile(spill, "call-", ".spill");
        Files.copy(stored.file(), copy, StandardCopyOption.REPLACE_EXISTING);
        return new Body.Stored(copy, stored.contentType(), stored.size());
    }

    private static Throwable refused(Throwable failed) {
        Throwable why = failed instanceof CompletionException && failed.getCause() != null ? failed.getCause() : failed;
        Duration retryAfter = why instanceof QueueFullException full
                ? full.retryAfter()
                : why instanceof IntakeRefusedException refused ? refused.retryAfter() : null;
        return retryAfter == null
                ? why
                : new StepException(Owner.LIMIT, "QUEUE_FULL", String.valueOf(why.getMessage()), why, true, retryAfter);
    }

    /** The queue keeps a copy of what is a file. */
    private static CompletableFuture<String> discarding(Body body, CompletableFuture<String> accepted) {
        return accepted.whenComplete((written, failed) -> {
            if (body instanceof Body.Stored file) {
                try {
                    Files.deleteIfExists(file.file());
                } catch (IOException e) {
                    LOG.log(System.Logger.Level.WARNING, "{0} cannot be deleted: {1}", file.file(), e.getMessage());
                }
            }
        });
    }

    private CompletableFuture<String> accept(Start start) {
        return queue.accept(start).thenApply(written -> start.id());
    }

    private Start start(
            @Nullable String id,
            String flow,
            String trigger,
            Body body,
            Map<String, String> meta,
            Instant at,
            @Nullable String revision,
            @Nullable String entry) {
        return new Start(id == null ? newId() : id, flow, trigger, priority(flow), at, body, meta, revision, entry);
    }

    private Priority priority(String flow) {
        CompiledFlow compiled = deployer.get().deployed().get(flow);
        return compiled == null ? Priority.REGULAR : compiled.flow().settings().priority();
    }

    /** Threads that may wait for the store. */
    ExecutorService callers() {
        return callers;
    }

    static String newId() {
        return UuidCreator.getTimeOrderedEpochPlus1().toString();
    }

    @Override
    public CompletableFuture<Answer> call(
            String flow, String trigger, Body body, Map<String, String> meta, Duration timeout) {
        IntakeRefusedException refused = refused(trigger);
        if (refused != null) {
            return CompletableFuture.failedFuture(refused);
        }
        Start start = start(null, flow, trigger, body, meta, clock.instant(), null, null);
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        try {
            callers.execute(() -> relay(runner.get().call(start), answer));
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(
                    new IntakeRefusedException("too many callers are being answered already", TRY_AGAIN));
        }
        return answer.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the failure is what the caller gets
    private static void relay(CompletableFuture<Plan.Answer> from, CompletableFuture<Answer> to) {
        from.whenComplete((answer, failed) -> {
            if (failed instanceof CancellationException) {
                to.completeExceptionally(new IntakeRefusedException(String.valueOf(failed.getMessage()), TRY_AGAIN));
            } else if (failed != null) {
                to.completeExceptionally(failed instanceof RunFailedException ? new NoAnswerException(failed) : failed);
            } else {
                to.complete(new Answer(answer.status(), answer.contentType(), answer.body()));
            }
        });
    }

    /** What follows an answer is a durable start under the same revision before the caller hears. */
    @Override
    public void answered(Run run, Iterable<Payload> bucket, Plan.Answer answer) {
        Run.Identity identity = run.identity();
        if (deployer.get().hasTail(identity.flow(), identity.revision())) {
            Map<String, String> meta = new LinkedHashMap<>();
            meta.put(Runner.PARENT, identity.id());
            meta.putAll(run.trace().carried());
            run.variables().forEach((name, value) -> meta.put(Runner.VARIABLE + name, value.toString()));
            Body body = Runner.asBody(bucket, spill);
            Start tail = start(
                    null,
                    identity.flow(),
                    identity.trigger(),
                    body,
                    meta,
                    identity.queuedAt(),
                    identity.revision(),
                    Runner.TAIL);
            discarding(body, accept(tail)).join();
        }
        run.answer().complete(answer);
    }
}
