package io.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.Proofs;
import io.patchbay.flow.FlowReader;
import io.patchbay.payload.Body;
import io.patchbay.problem.Problem;
import io.patchbay.queue.Claim;
import io.patchbay.queue.Priority;
import io.patchbay.queue.Start;
import io.patchbay.run.MemoryCheckpoints;
import io.patchbay.run.MemoryHistory;
import io.patchbay.run.RunListener;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunServices;
import io.patchbay.run.Runner;
import io.patchbay.run.Slot;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.Shapes;
import io.patchbay.shape.Surroundings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;

/**
 * What takes a flow from its text to what it does: a real Camel context, a deployer and a runner, with all that is kept in
 * memory. A test changes the settings it cares about, then calls {@link #start}. The flow is {@code f}, in
 * {@code f.flow.yaml}, and its run is {@code run-1}.
 */
final class FlowFixture implements AutoCloseable {

    private static final String FILE = "f.flow.yaml";

    final TestShapes shapes = new TestShapes();
    final MemoryCheckpoints checkpoints = new MemoryCheckpoints();
    final MemoryHistory history = new MemoryHistory();
    private final ScheduledExecutorService timer;

    /** Setting, read by {@link #start}. */
    DefaultCamelContext context = new DefaultCamelContext();

    /** Setting, read by {@link #start}: the bundled shapes, those of {@link #shapes}, and what a test adds. */
    final List<ShapeType<?>> types = new ArrayList<>(Shapes.all());

    /** Setting, read by each deployment: what the runtime offers to shapes. */
    Map<Class<?>, Object> services = Map.of();

    /** Setting, read by {@link #newLife}. */
    Clock clock = Clock.systemUTC();

    /** Setting, read by {@link #newLife}; the timer's own threads unless a test says otherwise. */
    Executor workers;

    /** Setting, read by {@link #newLife}: where buckets go when memory is full. */
    Path spill;

    /** Setting, read by {@link #newLife}: most bytes of one bucket in memory. */
    long bucketMemory = 1_000_000;

    /** Setting, read at any time: sees every text that is kept, before it is. */
    volatile UnaryOperator<String> redactor = text -> text;

    /** Setting, read at any time: run before a caller gets its answer. */
    volatile Runnable beforeAnswer = () -> {};

    /** Setting, read by {@link #newLife}: told of the ends of runs. */
    List<RunListener> listeners = List.of();

    FlowDeployer deployer;

    /** The runner of this life. */
    volatile Runner runner;

    FlowFixture() {
        this(2);
    }

    FlowFixture(int timerThreads) {
        timer = Executors.newScheduledThreadPool(timerThreads);
        workers = timer;
        types.addAll(shapes.all());
    }

    /** Begins the first life; buckets go below {@code folder}. */
    void start(Path folder) {
        spill = folder;
        context.start();
        FlowCompiler compiler = new FlowCompiler((run, bucket, answer) -> {
            beforeAnswer.run();
            run.answer().complete(answer);
        });
        deployer = new FlowDeployer(
                context, new FlowReader(types), compiler, new MemoryRevisionTexts(), MemoryHolds.atOnce());
        newLife();
    }

    /** Begins the program anew: another runner with the same checkpoints. */
    void newLife() {
        RunServices parts = new RunServices(
                clock,
                checkpoints,
                history,
                timer,
                workers,
                spill,
                bucketMemory,
                text -> redactor.apply(text),
                name -> null,
                Proofs.NONE);
        runner = new Runner(parts, deployer, listeners);
    }

    @Override
    public void close() {
        context.stop();
        timer.shutdownNow();
    }

    /** Deploys the flow with {@code text} below its first line; it must be right. */
    void deploy(String text) {
        assertThat(apply(text)).isEmpty();
    }

    /** What is wrong with the flow with {@code text} below its first line. */
    List<Problem> problems(String text) {
        return apply(text).getOrDefault(FILE, List.of());
    }

    private Map<String, List<Problem>> apply(String text) {
        return deployer.apply(List.of(new FlowDeployer.Source(FILE, "flow: f\n" + text)), this::around);
    }

    Surroundings around(String flow, Map<String, JsonNode> variables) {
        return new Surroundings(flow, Clock.systemUTC(), variables, Map.of(), services);
    }

    /** Deploys a flow and runs it from an empty payload. */
    RunRecord run(String text) throws Exception {
        return run(text, aStart());
    }

    /** Deploys a flow and runs it as {@code start} says. */
    RunRecord run(String text, Start start) throws Exception {
        return run(text, claim(start, 1, 0));
    }

    /** Deploys a flow and runs it as {@code claim} says. */
    RunRecord run(String text, Claim claim) throws Exception {
        deploy(text);
        return end(runner.run(claim, Slot.NONE));
    }

    /** Deploys a flow and runs it again, as after a crash, when {@code push} fails no more. */
    RunRecord runAgain(String text) throws Exception {
        checkpoints.failed.clear();
        shapes.failuresLeft.put("push", new AtomicInteger(0));
        return run(text, claim(aStart(), 1, 1));
    }

    /** Waits for the end of a run, which must be acknowledged; gives the newest record. */
    RunRecord end(CompletableFuture<Boolean> run) throws Exception {
        assertThat(run.get(20, TimeUnit.SECONDS)).as("acknowledged").isTrue();
        return checkpoints.outcomes.get(checkpoints.outcomes.size() - 1);
    }

    static Claim claim(Start start, long epoch, int crashes) {
        return new Claim(start, "test", epoch, crashes);
    }

    static Start aStart() {
        return aStart("run-1");
    }

    static Start aStart(String id) {
        return aStart(id, new Body.Empty(), Map.of(), null);
    }

    static Start aStart(String id, Body body) {
        return aStart(id, body, Map.of(), null);
    }

    static Start aStart(Body body) {
        return aStart(body, Map.of());
    }

    /** A start that enters the flow at a shape. */
    static Start aStart(Body body, String entry) {
        return aStart("run-1", body, Map.of(), entry);
    }

    static Start aStart(Body body, Map<String, String> meta) {
        return aStart("run-1", body, meta, null);
    }

    private static Start aStart(String id, Body body, Map<String, String> meta, @Nullable String entry) {
        return new Start(id, "f", "manual", Priority.REGULAR, Clock.systemUTC().instant(), body, meta, null, entry);
    }

    static Body json(String text) {
        return new Body.Bytes(text.getBytes(StandardCharsets.UTF_8), "application/json");
    }
}
