package io.patchbay.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Durations;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RequestLog;
import io.patchbay.payload.StepException;
import io.patchbay.payload.WireLog;
import io.patchbay.run.RunRecord.ShapeRecord;
import io.patchbay.shape.Plan;
import io.patchbay.shape.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** One run while it goes on: what its steps share. Safe for use by several threads. */
public final class Run {

    /** Name of the exchange property that carries the run through its Camel routes. */
    public static final String PROPERTY = "patchbay.run";

    private static final System.Logger LOG = System.getLogger(Run.class.getName());

    /** Lines of all runs, in the program's log for whoever sets it to debug; no class is called so. */
    private static final System.Logger LINES = System.getLogger("patchbay.runs");

    /** A line that a payload had a part in must stay one line, and must not steer the terminal that shows it. */
    private static final Pattern BEYOND_A_LINE = Pattern.compile("[\\p{Cc}\\u2028\\u2029]");

    private final Identity identity;
    private final RunRules rules;
    private final Instant startedAt;
    private final Map<String, ShapeCounts> counts;
    private final Variables variables;
    private final Checkpoints.Progress progress;
    private final boolean left;
    private final RunServices services;
    private final Map<String, FailureScope> scopes = new ConcurrentHashMap<>();
    private final RunLog log;
    private final RequestBodies bodies;
    private final Spent spent;
    private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();
    private final OnItsWay onItsWay;
    private final Outcome outcome;
    private final Reaching reaching;
    private final EarlierFailures earlier;
    private final Held held;
    private final Writes writes = new Writes();
    private final String life;
    private final RunTrace trace;
    private final CompletableFuture<Plan.Answer> answer = new CompletableFuture<>();
    private volatile @Nullable Giving giving;
    private volatile boolean called;

    /**
     * Who a run is.
     *
     * @param id UUIDv7
     * @param flow the flow's id
     * @param revision content hash of what runs
     * @param trigger what started it
     * @param queuedAt when its start was accepted
     * @param parent the run it goes on from, or that started it, or null
     * @param repeats whether what it sends may have been sent by that run, or by another one that it started
     * @param resumed how often it was taken up again
     * @param journaled whether it writes checkpoints; a callback's head does not, its caller is there to ask again
     */
    public record Identity(
            String id,
            String flow,
            String revision,
            String trigger,
            Instant queuedAt,
            @Nullable String parent,
            boolean repeats,
            int resumed,
            boolean journaled) {}

    /** A run that begins now, and that nobody follows. */
    public Run(Identity identity, RunRules rules, Checkpoints.Progress progress, RunServices services) {
        this(identity, rules, progress, services, RunTrace.NONE);
    }

    /** A run that begins now. */
    Run(Identity identity, RunRules rules, Checkpoints.Progress progress, RunServices services, RunTrace trace) {
        this.trace = trace;
        this.identity = identity;
        this.rules = rules;
        this.progress = progress;
        this.left = !progress.equals(Checkpoints.Progress.NONE);
        this.services = services;
        this.life = services.newId();
        this.log = new RunLog(services.clock(), services::redact);
        this.bodies = new RequestBodies(this);
        this.spent = new Spent(rules.limits(), rules.capture().perRun());
        this.earlier = new EarlierFailures(this);
        this.held = new Held(services.spillFolder(), services.bucketMemory());
        this.onItsWay = new OnItsWay(services, this::left, this::goesOn);
        this.reaching = new Reaching(services::redact);
        if (left && !progress.failed().isEmpty()) {
            reaching.allOrNothing(); // what an earlier life left to a catch is not known
        }
        this.startedAt = services.clock().instant();
        this.counts = new java.util.LinkedHashMap<>(rules.shapes().size() * 2);
        rules.shapes().forEach((shape, type) -> counts.put(shape, new ShapeCounts()));
        this.outcome = new Outcome(counts.values(), progress, rules.caught());
        this.variables = new Variables(rules.variables());
    }

    /** The run that an exchange belongs to. */
    public static Run of(Exchange exchange) {
        Run run = exchange.getProperty(PROPERTY, Run.class);
        if (run == null) {
            throw new IllegalStateException("an exchange outside of a run reached a step");
        }
        return run;
    }

    /** Who the run is. */
    public Identity identity() {
        return identity;
    }

    /** What holds for the run. */
    public RunRules rules() {
        return rules;
    }

    /** How it is followed. */
    public RunTrace trace() {
        return trace;
    }

    /** What the run uses. */
    public RunServices services() {
        return services;
    }

    /** Names this life of it. */
    String life() {
        return life;
    }

    /** The run that this one replays, or null. */
    @Nullable
    String replays() {
        return identity.repeats() && !Runner.NO_REPETITIONS.contains(identity.trigger()) ? identity.parent() : null;
    }

    /** Whether an earlier life of it left anything that is not to be done again. */
    boolean leftBefore() {
        return left;
    }

    /** What it left before a crash. */
    Checkpoints.Progress progress() {
        return progress;
    }

    ShapeCounts counts(String shape) {
        ShapeCounts found = counts.get(shape);
        if (found == null) {
            throw new IllegalStateException("shape '" + shape + "' is not of flow '" + identity.flow() + "'");
        }
        return found;
    }

    /** How far its pulls come in lists that grow. */
    Reaching reaching() {
        return reaching;
    }

    /** Completes when the run answers its caller. */
    public CompletableFuture<Plan.Answer> answer() {
        return answer;
    }

    /** Its caller waits for what reaches its end, of at most so many bytes. */
    void gives(long most) {
        giving = new Giving(this, most);
    }

    /** What its caller gets; nobody gets it when no caller waits. */
    Giving giving() {
        Giving wanted = giving;
        return wanted == null ? new Giving(this, 0) : wanted;
    }

    /** It waits for a run that it called. */
    void calls() {
        called = true;
    }

    /** What its end means for its caller, and for runs that it called. */
    Checkpoints.Calls calls(RunRecord ended) {
        Giving wanted = giving;
        return new Checkpoints.Calls(wanted == null ? null : wanted.result(ended), called || left);
    }

    /** Ordering keys of records that failed at a shape; those of an earlier life are among them. */
    Set<String> failedKeys(String shape, Function<Payload, Collection<String>> keys) {
        return earlier.keys(shape, keys);
    }

    /** Who resolves what failed at the shape in earlier runs, if there is anything to resolve. */
    List<Watch.Watcher> menders(String shape) {
        return earlier.menders(shape);
    }

    Instant startedAt() {
        return startedAt;
    }

    /** The values of the flow's variables. */
    Variables values() {
        return variables;
    }

    /** The values of the flow as they are now. */
    public Map<String, JsonNode> variables() {
        return variables.all();
    }

    /** Whether further work is to be done. */
    boolean goesOn() {
        if (stop.get() == null && left().isNegative()) {
            String limit = Durations.format(rules.limits().time());
            stop(RunStatus.STOPPED, "the run took longer than its limit of " + limit);
        }
        return stop.get() == null;
    }

    private Duration left() {
        return rules.limits().time().minusMillis(services.clock().millis() - startedAt.toEpochMilli());
    }

    /** Ends the run as soon as its steps notice; the first reason stays. */
    public void stop(RunStatus status, String reason) {
        if (stop.compareAndSet(null, new Stop(status, reason))) {
            log(null, status == RunStatus.FAILED ? LogLevel.ERROR : LogLevel.WARN, reason);
            onItsWay.endWaits();
        }
    }

    /** Something broke that belongs to no step, so nobody knows what became of the payload. */
    void breaks(Throwable thrown) {
        if (!suspended()) {
            LOG.log(System.Logger.Level.ERROR, "run " + identity.id() + " broke outside of a step", thrown);
        }
        stop(RunStatus.FAILED, String.valueOf(Failures.of(thrown).getMessage()));
    }

    /** Whether the run was told to end. */
    public boolean stopped() {
        return stop.get() != null;
    }

    /**
     * The program ends before the run: calls that are on their way are ended, waits are over, nothing further is begun, and
     * nothing is written as failed. What was done is still marked. The run goes on from its checkpoints when it is taken up
     * again. A run that was told to stop before keeps its own end; only its calls and waits are cut short.
     */
    void suspend() {
        stop.compareAndSet(null, Stop.SUSPENDED);
        onItsWay.cutShort();
    }

    /**
     * The run is left for later, because an instance that it calls is paused: nothing further is begun and nothing is written as
     * failed. Calls that are on their way come to their end, and what was done is marked. Its start is given back to the queue.
     */
    void park(String why) {
        if (stop.compareAndSet(null, new Stop(RunStatus.QUEUED, why))) {
            LOG.log(System.Logger.Level.INFO, "run {0} of flow {1} waits: {2}", identity.id(), identity.flow(), why);
            onItsWay.endWaits();
        }
    }

    /** Whether the run is left for another life of the program, or until an instance is not paused any more. */
    boolean suspended() {
        Stop why = stop.get();
        return why != null && why.goesOnLater();
    }

    /** Whether it is left until an instance is not paused any more. */
    boolean parked() {
        Stop why = stop.get();
        return why != null && why.status() == RunStatus.QUEUED;
    }

    /** What can be cut short. */
    OnItsWay onItsWay() {
        return onItsWay;
    }

    /** A caught failure decides how the run ends at best. */
    void endsAtBest(RunStatus status) {
        outcome.atBest(status);
    }

    /** Counts a failure that nobody caught; the sentence has no secrets. */
    void countFailure(String what) {
        outcome.failed(what);
    }

    /** Nothing of a payload goes on. */
    void ended(Ending how) {
        outcome.ended(how);
    }

    /** See {@link Outcome#delivered}. */
    boolean delivered(boolean alone) {
        return outcome.delivered(alone);
    }

    long failures() {
        return outcome.failures();
    }

    /** Adds a line to the log; beyond the bound it is counted only. */
    void log(@Nullable String shape, LogLevel level, String text) {
        String kept = log.line(shape, level, text);
        if (kept != null && LINES.isLoggable(System.Logger.Level.DEBUG)) {
            String one = BEYOND_A_LINE.matcher(kept).replaceAll(" ");
            LogNames.around(identity, shape, () -> LINES.log(level.system(), one))
                    .run();
        }
    }

    void request(String shape, int attempt, RequestLog log, @Nullable WireLog exchange) {
        ShapeCounts of = counts(shape);
        of.bytesIn.add(log.received());
        of.bytesOut.add(log.sent());
        this.log.request(shape, attempt, log, () -> exchange == null ? null : bodies.keep(shape, log, exchange));
        String beyond = spent.request(log.received() + log.sent());
        if (beyond != null) {
            stop(RunStatus.STOPPED, beyond);
        }
    }

    /** Bodies of its requests. */
    RequestBodies bodies() {
        return bodies;
    }

    /** Whether a payload of this size may still be captured. */
    boolean mayCapture(long bytes) {
        return spent.mayCapture(bytes);
    }

    /** The scope of a try (or branch path) for what streams below one payload. */
    FailureScope scope(String key, java.util.function.Supplier<FailureScope> make) {
        return scopes.computeIfAbsent(key, any -> make.get());
    }

    /** The scope's part of the flow is over for the payload. */
    void leaveScope(String key) {
        scopes.remove(key);
    }

    /** What is freed at its end. */
    Held held() {
        return held;
    }

    /** Frees what the run holds. */
    void free() {
        held.free(problem -> log(null, LogLevel.WARN, problem));
    }

    /** What is on its way to the disk. */
    Writes writes() {
        return writes;
    }

    /** Keeps a failed payload, and says so in the log. */
    void keepFailed(String shape, Payload payload, StepException why, int attempts, FailedPayload.State state) {
        if (suspended()) {
            return; // it is worked on again
        }
        String message = services.redact(String.valueOf(why.getMessage()));
        FailedPayload failed = new FailedPayload(
                services.newId(),
                identity.id(),
                identity.flow(),
                identity.revision(),
                shape,
                payload,
                why.owner(),
                why.code(),
                message,
                attempts,
                services.clock().instant(),
                state,
                BusinessKeys.of(rules.businessKey(), payload, record -> new RunScope(this, payload, record)),
                null);
        Giving wanted = giving;
        if (wanted != null && state == FailedPayload.State.OPEN) {
            wanted.failed(failed);
        }
        if (state != FailedPayload.State.HELD) {
            ShapeCounts of = counts.get(shape); // what was decided may find that its wait is gone
            if (of != null) {
                of.payloadsFailed.increment();
            }
            log(
                    shape,
                    LogLevel.ERROR,
                    message + " [" + why.code() + "] after " + attempts + (attempts == 1 ? " attempt" : " attempts"));
        }
        writes.await(services.checkpoints().failed(failed));
    }

    /** The values of {@code ${run.…}}. */
    JsonNode tree() {
        return RunTree.of(identity, startedAt, counts);
    }

    /**
     * The record of the run now that all its exchanges are done, or null when it is left for another life. What stops it after
     * this is too late.
     */
    @Nullable
    RunRecord ended() {
        Stop why = stop.get();
        return why != null && why.goesOnLater()
                ? null
                : record(
                        why == null ? outcome.status() : why.status(),
                        why,
                        services.clock().instant());
    }

    /** What moves in lists that grow. What failed by itself is kept whole; a run that came to nothing reads the same again. */
    Checkpoints.Moves moves(RunRecord ended) {
        boolean delivered = ended.status() == RunStatus.SUCCEEDED || ended.status() == RunStatus.PARTIAL;
        boolean brokeOff = stop.get() != null && outcome.anythingWentThrough();
        return delivered
                ? reaching.moves()
                : brokeOff ? Checkpoints.Moves.of(reaching.movesOfBroken()) : Checkpoints.Moves.NONE;
    }

    /** Begins its log and its requests with those of an earlier part of it. Before anything else is written down. */
    void goesOnFrom(RunRecord before) {
        log.goesOnFrom(before.logs(), before.requests());
    }

    /** The record as it stands while the run goes on. */
    public RunRecord record() {
        return record(parked() ? RunStatus.QUEUED : RunStatus.RUNNING, stop.get(), null);
    }

    private RunRecord record(RunStatus status, @Nullable Stop why, @Nullable Instant endedAt) {
        List<ShapeRecord> shapes = new ArrayList<>(counts.size());
        rules.shapes().forEach((shape, type) -> shapes.add(counts(shape).record(shape, type)));
        return new RunRecord(
                identity.id(),
                identity.flow(),
                identity.revision(),
                identity.trigger(),
                status,
                identity.queuedAt(),
                startedAt,
                endedAt,
                why == null ? outcome.reason(status) : services.redact(why.reason()),
                identity.parent(),
                identity.resumed(),
                shapes,
                log.lines(),
                log.requests(),
                trace.shown());
    }
}
