package io.patchbay.trial;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.Proofs;
import io.patchbay.flow.Flow;
import io.patchbay.flow.FlowSettings;
import io.patchbay.payload.Payload;
import io.patchbay.queue.Claim;
import io.patchbay.queue.Start;
import io.patchbay.route.FlowCompiler;
import io.patchbay.route.OneFlow;
import io.patchbay.run.CapturedPayload;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.Run;
import io.patchbay.run.RunFailedException;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunServices;
import io.patchbay.run.Runner;
import io.patchbay.run.Slot;
import io.patchbay.shape.Plan;
import io.patchbay.shape.Surroundings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.camel.Component;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;

/**
 * One flow in a Camel context of its own, with a throw-away database behind it: compiled and run as in the runtime, and nothing of
 * the runtime's is touched.
 */
final class Bench implements AutoCloseable {

    private static final FlowSettings.Capture ALL = new FlowSettings.Capture(
            FlowSettings.Kept.ALL,
            FlowSettings.Kept.NONE,
            Duration.ofDays(1),
            org.springframework.util.unit.DataSize.ofMegabytes(16),
            org.springframework.util.unit.DataSize.ofMegabytes(256),
            List.of());

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Equipment equipment;
    private final ThrowAway store;
    private final Flow flow;
    private final OneFlow deployed;
    private final Runner runner;
    private final List<RunRecord> ended = new CopyOnWriteArrayList<>();
    private final CompletableFuture<RunRecord> head = new CompletableFuture<>();
    private final List<Start> tails = new CopyOnWriteArrayList<>();
    private final Map<String, JsonNode> variables = new LinkedHashMap<>();

    /**
     * What a flow runs with.
     *
     * @param folder for all files; somebody else deletes it
     * @param clock the time
     * @param timer wakes what waits
     * @param workers carry runs
     * @param components of Camel by their names
     * @param redactor takes secrets out of what is kept
     * @param environment values of {@code ${os.…}}
     * @param proofs digests with secrets as keys
     */
    record Equipment(
            Path folder,
            TrialClock clock,
            TrialTimer timer,
            ExecutorService workers,
            Map<String, Component> components,
            UnaryOperator<String> redactor,
            Function<String, @Nullable String> environment,
            Proofs proofs) {}

    /**
     * What came of a run.
     *
     * @param records of the run, and of what went on behind its answer
     * @param captured payloads in and out of shapes, in order
     * @param failed payloads, in order
     * @param variables at the end
     * @param answer what a caller got, or null
     * @param unanswered why a caller got none, or null
     */
    record Outcome(
            List<RunRecord> records,
            List<CapturedPayload> captured,
            List<FailedPayload> failed,
            Map<String, JsonNode> variables,
            Plan.@Nullable Answer answer,
            @Nullable String unanswered) {}

    /** Compiles a valid flow. @throws Exception what Camel or the database has against it */
    Bench(Flow flow, Surroundings around, Equipment equipment, Function<ThrowAway, Map<Class<?>, Object>> services)
            throws Exception {
        this.flow = flow.keeping(ALL);
        this.equipment = equipment;
        this.store = new ThrowAway(equipment.folder(), equipment.clock());
        try {
            context.disableJMX();
            equipment.components().forEach(context::addComponent);
            context.start();
            Map<Class<?>, Object> all = new LinkedHashMap<>(around.services());
            all.putAll(services.apply(store));
            Surroundings own =
                    new Surroundings(around.flow(), equipment.clock(), around.variables(), around.tables(), all);
            deployed = OneFlow.deploy(context, new FlowCompiler(this::answered), this.flow, own);
        } catch (Exception e) {
            context.stop();
            store.close();
            throw e;
        }
        runner = new Runner(
                new RunServices(
                        equipment.clock(),
                        store.checkpoints(),
                        store.history(),
                        equipment.timer(),
                        equipment.workers(),
                        equipment.folder().resolve("spill"),
                        16_000_000,
                        equipment.redactor(),
                        equipment.environment(),
                        equipment.proofs()),
                new Seen(deployed, this::ends),
                Stream.concat(store.listeners().stream(), Stream.of(this::ended))
                        .toList());
    }

    /** Runs the flow. @throws TimeoutException when it does not end within this time */
    Outcome run(Start start, boolean waitsForAnswer, Duration atMost)
            throws InterruptedException, TimeoutException, ExecutionException {
        Plan.Answer answer = null;
        String unanswered = null;
        if (waitsForAnswer) {
            try {
                answer = runner.call(start).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof RunFailedException failed)) {
                    throw e;
                }
                unanswered = failed.getMessage();
            }
        } else {
            through(start, atMost);
        }
        head.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        for (Start tail : List.copyOf(tails)) {
            through(tail, atMost);
        }
        return new Outcome(List.copyOf(ended), store.captured(), store.failed(), variables(), answer, unanswered);
    }

    private void through(Start start, Duration atMost)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<Boolean> end = runner.run(new Claim(start, "trial", 1, 0), Slot.NONE);
        try {
            end.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            runner.suspend();
            throw e;
        }
    }

    private void ended(RunRecord record) {
        ended.add(record);
        head.complete(record);
    }

    private Map<String, JsonNode> variables() {
        synchronized (variables) {
            return new LinkedHashMap<>(variables);
        }
    }

    private void ends(Run run) {
        synchronized (variables) {
            variables.putAll(run.variables());
        }
    }

    private void answered(Run run, Iterable<Payload> bucket, Plan.Answer answer) {
        if (deployed.hasTail()) {
            Run.Identity identity = run.identity();
            Map<String, String> meta = new LinkedHashMap<>();
            meta.put(Runner.PARENT, identity.id());
            run.variables().forEach((name, value) -> meta.put(Runner.VARIABLE + name, value.toString()));
            tails.add(new Start(
                    identity.id().substring(0, identity.id().length() - 1) + "2",
                    identity.flow(),
                    identity.trigger(),
                    flow.settings().priority(),
                    identity.queuedAt(),
                    Runner.asBody(bucket, equipment.folder().resolve("spill")),
                    meta,
                    null,
                    Runner.TAIL));
        }
        run.answer().complete(answer);
    }

    @Override
    public void close() {
        context.stop();
        store.close();
    }
}
