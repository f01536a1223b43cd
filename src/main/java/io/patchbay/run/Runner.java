package io.patchbay.run;

import io.patchbay.payload.Body;
import io.patchbay.payload.Bucket;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Payload;
import io.patchbay.payload.PayloadCodec;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import io.patchbay.queue.Claim;
import io.patchbay.queue.Start;
import io.patchbay.shape.Plan;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;

/**
 * Takes starts through their flows: opens the run, sends an exchange into the Camel route, and when all is done writes the
 * outcome and acknowledges the start in one transaction.
 */
public final class Runner {

    /** The entry behind an answer. */
    public static final String TAIL = "tail";

    /** Media type of a start's body that is a bucket of payloads, written by {@link PayloadCodec}. */
    public static final String BUCKET_TYPE = "application/x-patchbay-bucket";

    /** The trigger of runs that a shape of another flow started. */
    public static final String CALLED = "flow";

    /** The trigger of runs that take on a payload which waited. */
    public static final String WAITED = "wait";

    /** The triggers whose parent has not sent what the run sends, unless {@link #REPEATS} says so. */
    static final Set<String> NO_REPETITIONS = Set.of(CALLED, WAITED);

    /** Metadata of a start that names the run it goes on from. */
    public static final String PARENT = "patchbay.parent";

    /** Metadata of a start by a shape that may have started the flow with the same before, in another run. */
    public static final String REPEATS = "patchbay.repeats";

    /** Metadata of a start that says where the records of its payload stand. */
    public static final String RECORDS = "patchbay.records";

    /** The entry of a run whose caller waits for what reaches its end. No shape can be called so. */
    public static final String GIVING = "@giving";

    /** Metadata of a start whose caller waits: most bytes of what it gets. */
    public static final String MOST = "patchbay.most";

    /** What the metadata of a start says of the start, not of its payload. */
    private static final Set<String> OF_THE_START =
            Set.of(PARENT, REPEATS, RECORDS, MOST, Start.CALLER_TRACE, Start.TRACE);

    /** Metadata of a payload that is none: it stands for the work of a shape on all payloads at once. */
    static final String STANDS_FOR = "patchbay.stands-for";

    /** Metadata of a start that sets a variable of the flow begins with it. */
    public static final String VARIABLE = "var.";

    private static final System.Logger LOG = System.getLogger(Runner.class.getName());

    private final RunServices services;
    private final Entrances entrances;
    private final List<RunListener> listeners;
    private final Tracing tracing;
    private final Map<String, Run> running = new ConcurrentHashMap<>();
    private final Object gone = new Object();
    private volatile boolean closing;

    /** A runner whose runs nobody follows; listeners are told of every end. */
    public Runner(RunServices services, Entrances entrances, List<RunListener> listeners) {
        this(services, entrances, listeners, Tracing.NONE);
    }

    /** A runner; listeners are told of every end. */
    public Runner(RunServices services, Entrances entrances, List<RunListener> listeners, Tracing tracing) {
        this.tracing = tracing;
        this.services = services;
        this.entrances = entrances;
        this.listeners = List.copyOf(listeners);
    }

    /** The run of this id, if it goes on in this process. */
    public @Nullable Run running(String runId) {
        return running.get(runId);
    }

    /** How many runs of a flow go on. */
    public long runningOf(String flow) {
        return running.values().stream()
                .filter(run -> run.identity().flow().equals(flow))
                .count();
    }

    /** All runs that go on. */
    public List<Run> running() {
        return List.copyOf(running.values());
    }

    /**
     * Waits until no run goes on.
     *
     * @return false when some still went on after the time
     */
    public boolean drain(Duration atMost) throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        synchronized (gone) {
            for (long left = atMost.toMillis(); !running.isEmpty(); left = (until - System.nanoTime()) / 1_000_000) {
                if (left <= 0) {
                    return false;
                }
                gone.wait(left);
            }
            return true;
        }
    }

    /**
     * The program ends before its runs: what they wait for is cut short, so that they end and their callers hear so, and nothing
     * is written that would keep them from going on from their checkpoints. Who is about to answer still does.
     */
    public void suspend() {
        closing = true;
        for (Run run : running.values()) {
            run.suspend();
        }
    }

    /** Tells the callers of runs that do not let themselves be ended. */
    void dismiss() {
        running.values().forEach(run -> run.answer().completeExceptionally(stopping()));
    }

    private static CancellationException stopping() {
        return new CancellationException("the program was told to stop");
    }

    private void gone(String runId) {
        running.remove(runId);
        services.history().gone(runId);
        synchronized (gone) {
            gone.notifyAll();
        }
    }

    /**
     * Runs a claimed start in a slot, which the run leaves while it waits long for another try. Completes with true when its
     * outcome is synced and the start is acknowledged; with false when the claim must be given back: the store failed, there is no
     * such revision, or the program ends before the run.
     */
    public CompletableFuture<Boolean> run(Claim claim, Slot slot) {
        Start start = claim.start();
        Entrance entrance = entrances.enter(start.flow(), start.revision()).orElse(null);
        if (entrance == null) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "start {0}: flow {1} has no revision {2}",
                    start.id(),
                    start.flow(),
                    start.revision());
            return CompletableFuture.completedFuture(false);
        }
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        try {
            boolean again = claim.epoch() > 1 || claim.crashes() > 0;
            Run run = open(
                    start,
                    entrance,
                    claim.crashes(),
                    true,
                    again ? services.checkpoints().load(start.id()) : Checkpoints.Progress.NONE,
                    again ? EarlierPart.of(start.id(), services.history()) : EarlierPart.NONE);
            run.onItsWay().in(slot);
            services.history().started(run.record());
            named(run, () -> send(run, entrance, start, () -> end(run, entrance, claim, ended)));
        } catch (RuntimeException | IOException e) {
            LOG.log(System.Logger.Level.ERROR, "start " + start.id() + " could not begin", e);
            gone(start.id());
            entrance.leave();
            ended.complete(false);
        }
        return ended;
    }

    /**
     * Ends a run that waits to be taken up: nothing further of it is done. Completes with true when its outcome is synced and the
     * start is acknowledged; with false when the claim must be given back, because there is no such revision.
     */
    public CompletableFuture<Boolean> stop(Claim claim, String reason) {
        Start start = claim.start();
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        Entrance entrance = null;
        try {
            entrance = entrances.enter(start.flow(), start.revision()).orElse(null);
            if (entrance == null) {
                ended.complete(false);
                return ended;
            }
            Checkpoints.Progress progress = services.checkpoints().load(start.id());
            Run run = open(
                    start, entrance, claim.crashes(), true, progress, EarlierPart.of(start.id(), services.history()));
            run.stop(RunStatus.STOPPED, reason);
            end(run, entrance, claim, ended);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "start " + start.id() + " could not be stopped", e);
            gone(start.id());
            if (entrance != null) {
                entrance.leave();
            }
            ended.complete(false);
        }
        return ended;
    }

    /**
     * Runs a start whose caller waits. The answer completes when the flow answers, or fails when the run ends before that.
     */
    public CompletableFuture<Plan.Answer> call(Start start) {
        Entrance entrance = entrances.enter(start.flow(), start.revision()).orElse(null);
        if (entrance == null) {
            return CompletableFuture.failedFuture(
                    new IllegalArgumentException("there is no flow '" + start.flow() + "'"));
        }
        Run run = open(start, entrance, 0, false, Checkpoints.Progress.NONE, EarlierPart.NONE);
        try {
            named(run, () -> send(run, entrance, start, () -> end(run, entrance, null, new CompletableFuture<>())));
        } catch (RuntimeException | IOException e) {
            gone(start.id());
            entrance.leave();
            return CompletableFuture.failedFuture(e);
        }
        return run.answer();
    }

    private Run open(
            Start start,
            Entrance entrance,
            int crashes,
            boolean journaled,
            Checkpoints.Progress progress,
            EarlierPart before) {
        String parent = start.meta().get(PARENT);
        Run.Identity identity = new Run.Identity(
                start.id(),
                start.flow(),
                entrance.revision(),
                start.trigger(),
                start.queuedAt(),
                parent,
                parent != null
                        && (!NO_REPETITIONS.contains(start.trigger())
                                || start.meta().containsKey(REPEATS)),
                crashes,
                journaled);
        RunTrace trace = tracing.begin(identity, start.meta());
        Run run = new Run(identity, entrance.rules(), progress, services, trace);
        before.goesOnIn(run);
        String most = start.meta().get(MOST);
        if (most != null && GIVING.equals(start.entry())) {
            run.gives(Long.parseLong(most));
        }
        if (start.revision() != null && !start.revision().equals(entrance.revision())) {
            run.log(
                    null,
                    LogLevel.INFO,
                    "was to run under revision " + start.revision()
                            + "; with what that names as it is now, it runs under " + entrance.revision());
        }
        if (run.leftBefore()) {
            run.log(null, LogLevel.INFO, "goes on from its checkpoints; counts are of this part alone");
        }
        start.meta().forEach((name, value) -> {
            if (name.startsWith(VARIABLE)) {
                run.values().give(name.substring(VARIABLE.length()), value);
            }
        });
        running.put(start.id(), run);
        services.history().goes(start.id(), run::record);
        if (closing) {
            run.suspend();
        }
        return run;
    }

    /** Something that a run begins with. */
    private interface Opening {
        void begin() throws IOException;
    }

    private static void named(Run run, Opening opening) throws IOException {
        LogNames names = LogNames.of(run.identity(), null);
        try {
            opening.begin();
        } finally {
            names.giveBack();
        }
    }

    private void send(Run run, Entrance entrance, Start start, Runnable ended) throws IOException {
        Exchange exchange = new DefaultExchange(entrance.context());
        exchange.setProperty(Run.PROPERTY, run);
        String entry = start.entry();
        if (start.trigger().equals(WAITED) && (entry == null || !entrance.waits(entry))) {
            Stranded.withoutWait(run, String.valueOf(entry), body(run, start));
            ended.run();
            return;
        }
        AsyncProcessor at;
        try {
            at = entrance.at(entry);
        } catch (IllegalArgumentException e) {
            if (entry == null || !run.identity().journaled()) {
                throw e;
            }
            Stranded.withoutShape(run, entry, body(run, start));
            ended.run();
            return;
        }
        exchange.getMessage().setBody(body(run, start));
        at.process(exchange, done -> {
            Exception thrown = exchange.getException();
            if (thrown != null) {
                run.breaks(thrown);
            }
            ended.run();
        });
    }

    private static Object body(Run run, Start start) throws IOException {
        Body body = start.body();
        if (body.contentType().equals(BUCKET_TYPE)) {
            Payload raw = new Payload(Lineage.ofRun(start.id()), body, RecordPath.ROOT, Map.of());
            return bucket(run, raw);
        }
        Map<String, String> meta = new java.util.HashMap<>(start.meta());
        meta.keySet().removeIf(name -> name.startsWith(VARIABLE) || OF_THE_START.contains(name));
        String records = start.meta().get(RECORDS);
        RecordPath path = records == null ? RecordPath.ROOT : RecordPath.parse(records);
        Payload payload = new Payload(Lineage.ofRun(start.id()), body, path, meta);
        if (!(body instanceof Body.Bytes) || !body.contentType().contains("json")) {
            return payload;
        }
        try {
            Payload parsed = payload.parsed();
            return records == null ? parsed : parsed.withBody(parsed.body(), path);
        } catch (StepException e) {
            return payload; // the first shape that reads it says what is wrong, and the payload is kept as it came
        }
    }

    private static Bucket bucket(Run run, Payload raw) throws IOException {
        Bucket bucket = run.held().bucket();
        try (DataInputStream in = new DataInputStream(raw.stream())) {
            while (true) {
                Payload payload = PayloadCodec.readWhole(in, run.services().spillFolder());
                if (!payload.meta().containsKey(STANDS_FOR)) {
                    run.held().own(payload.body());
                    bucket.add(payload);
                }
            }
        } catch (EOFException e) {
            return bucket;
        }
    }

    /**
     * A bucket of payloads as a start's body, with all that they hold. When a payload is a file, so is the body: a new one in
     * the folder, which is the caller's to delete once the start is written.
     *
     * @throws UncheckedIOException when the disk refuses it
     */
    public static Body asBody(Iterable<Payload> bucket, Path folder) {
        try {
            for (Payload payload : bucket) {
                if (payload.body() instanceof Body.Stored) {
                    return asFile(bucket, folder);
                }
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            write(bucket, bytes);
            return new Body.Bytes(bytes.toByteArray(), BUCKET_TYPE);
        } catch (IOException e) {
            throw new UncheckedIOException("a bucket cannot be written", e);
        }
    }

    private static Body asFile(Iterable<Payload> bucket, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = Files.createTempFile(folder, "bucket-", ".spill");
        try (OutputStream out = Files.newOutputStream(file)) {
            write(bucket, out);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return new Body.Stored(file, BUCKET_TYPE, Files.size(file));
    }

    private static void write(Iterable<Payload> bucket, OutputStream to) throws IOException {
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(to, 64 * 1024));
        for (Payload payload : bucket) {
            PayloadCodec.writeWhole(payload, out);
        }
        out.flush();
    }

    private void end(Run run, Entrance entrance, @Nullable Claim claim, CompletableFuture<Boolean> ended) {
        RunRecord record = run.ended();
        run.trace().ended(record);
        if (record == null) {
            run.answer().completeExceptionally(stopping());
            if (claim != null || run.parked()) {
                services.history().progressed(run.record());
            }
            services.then(run.writes().settled(), broken -> {
                run.free();
                gone(run.identity().id());
                entrance.leave();
                ended.complete(false);
            });
            return;
        }
        Checkpoints.Moves moves = run.moves(record).with(run.calls(record));
        services.then(
                run.writes()
                        .settled()
                        .thenCompose(synced -> services.checkpoints().finish(record, claim, moves)),
                broken -> LogNames.around(run.identity(), null, () -> {
                            run.free();
                            gone(record.id());
                            entrance.leave();
                            if (broken == null) {
                                listeners.forEach(listener -> tell(listener, record));
                            } else {
                                LOG.log(
                                        System.Logger.Level.ERROR,
                                        "the outcome of run " + record.id() + " could not be written",
                                        broken);
                            }
                            ended.complete(broken == null);
                        })
                        .run());
        if (!run.answer().isDone()) {
            String reason = record.reason() == null ? "the flow ended without an answer" : record.reason();
            run.answer().completeExceptionally(new RunFailedException(reason));
        }
    }

    /** A listener that fails keeps no run from giving its place back. */
    private static void tell(RunListener listener, RunRecord record) {
        try {
            listener.ended(record);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the end of run " + record.id() + " could not be told", e);
        }
    }
}
