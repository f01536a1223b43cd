package io.patchbay.runtime;

import com.github.f4b6a3.uuid.UuidCreator;
import io.patchbay.payload.Body;
import io.patchbay.payload.Payload;
import io.patchbay.queue.IntakeRefusedException;
import io.patchbay.queue.Priority;
import io.patchbay.queue.Start;
import io.patchbay.queue.StartQueue;
import io.patchbay.route.CompiledFlow;
import io.patchbay.route.FlowDeployer;
import io.patchbay.run.Nodes;
import io.patchbay.run.Run;
import io.patchbay.run.Runner;
import io.patchbay.shape.Plan;
import io.patchbay.trigger.Answer;
import io.patchbay.trigger.Starts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where starts of all kinds are made: from triggers, by hand, from answers and from replays. */
final class QueuedStarts implements Starts, Nodes.Answering {

    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

    private final StartQueue queue;
    private final Clock clock;
    private final ExecutorService callers;
    private final Supplier<FlowDeployer> deployer;
    private final Supplier<Runner> runner;

    QueuedStarts(
            StartQueue queue,
            Clock clock,
            ExecutorService callers,
            Supplier<FlowDeployer> deployer,
            Supplier<Runner> runner) {
        this.queue = queue;
        this.clock = clock;
        this.callers = callers;
        this.deployer = deployer;
        this.runner = runner;
    }

    @Override
    public CompletableFuture<String> start(
            @Nullable String id, String flow, String trigger, Body body, Map<String, String> meta, Instant at) {
        return accept(start(id, flow, trigger, body, meta, at, null, null));
    }

    /** A start that pins a revision or enters at a shape. */
    CompletableFuture<String> entering(
            String flow,
            String trigger,
            Body body,
            Map<String, String> meta,
            @Nullable String revision,
            @Nullable String entry) {
        return accept(start(null, flow, trigger, body, meta, clock.instant(), revision, entry));
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

    private static String newId() {
        return UuidCreator.getTimeOrderedEpoch().toString();
    }

    @Override
    public CompletableFuture<Answer> call(
            String flow, String trigger, Body body, Map<String, String> meta, Duration timeout) {
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
            if (failed != null) {
                to.completeExceptionally(failed);
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
            run.variables().forEach((name, value) -> meta.put("var." + name, value.toString()));
            accept(start(
                            null,
                            identity.flow(),
                            identity.trigger(),
                            Runner.asBody(bucket),
                            meta,
                            identity.queuedAt(),
                            identity.revision(),
                            Runner.TAIL))
                    .join();
        }
        run.answer().complete(answer);
    }
}
