package io.patchbay.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.Scope;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.CursorKind;
import io.patchbay.payload.KnownKeys;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.RequestLog;
import io.patchbay.payload.SourceRecords;
import io.patchbay.payload.StepException;
import io.patchbay.payload.WireLog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One try of a step on one payload. */
final class Try implements Attempt {

    private enum State {
        OPEN,
        CLOSED,
        ABANDONED
    }

    private final Passage passage;
    private final int number;
    private final long began = System.nanoTime();
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
    private List<Runnable> closers = List.of();
    private List<FailedRecord> failedRecords = List.of();
    private @Nullable Future<?> watch;
    private volatile boolean later;
    private final AtomicInteger unrepeatable = new AtomicInteger();

    /** A record that left its page, as a payload of its own. */
    record FailedRecord(int index, Payload payload, StepException why) {}

    Try(Passage passage, int number) {
        this.passage = passage;
        this.number = number;
    }

    void watchedBy(Future<?> timer) {
        watch = timer;
    }

    long nanos() {
        return System.nanoTime() - began;
    }

    /** The try ended by itself; false when it was given up before. */
    boolean close() {
        if (watch != null) {
            watch.cancel(false);
        }
        passage.run().onItsWay().called(this);
        return state.compareAndSet(State.OPEN, State.CLOSED);
    }

    /** Gives the try up and closes what it holds; false when it ended before. */
    boolean abandon() {
        if (!state.compareAndSet(State.OPEN, State.ABANDONED)) {
            return false;
        }
        passage.run().onItsWay().called(this);
        interrupt();
        return true;
    }

    /** Closes what it holds. The try goes on to its end: what was done by then is done. */
    void interrupt() {
        List<Runnable> toClose;
        synchronized (this) {
            toClose = List.copyOf(closers);
        }
        toClose.forEach(Runnable::run);
    }

    List<FailedRecord> failedRecords() {
        return failedRecords;
    }

    @Override
    public String runId() {
        return passage.run().identity().id();
    }

    @Override
    public String life() {
        return passage.run().life();
    }

    @Override
    public @Nullable String replays() {
        return passage.run().replays();
    }

    @Override
    public String flow() {
        return passage.run().identity().flow();
    }

    @Override
    public String shape() {
        return passage.rules().shape();
    }

    @Override
    public Path spillFolder() {
        return passage.run().services().spillFolder();
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public Instant queuedAt() {
        return passage.run().identity().queuedAt();
    }

    @Override
    public Scope scope(Payload payload, @Nullable JsonNode record) {
        return new RunScope(passage.run(), payload, record);
    }

    @Override
    public void failRecord(Payload payload, int index, JsonNode record, StepException why) {
        failPart(
                new Payload(
                        failedRecord(payload.lineage(), shape(), index),
                        new Body.Tree(record),
                        RecordPath.ROOT,
                        SourceRecords.alone(payload, index)),
                index,
                SourceRecords.told(why, payload, index));
    }

    @Override
    public void failPart(Payload part, int index, StepException why) {
        if (failedRecords.isEmpty()) {
            failedRecords = new ArrayList<>();
        }
        failedRecords.add(new FailedRecord(index, part, why));
    }

    /** The lineage of a record that left its page. */
    static Lineage failedRecord(Lineage page, String shape, int index) {
        return page.alone(shape, index);
    }

    @Override
    public void log(LogLevel level, String text) {
        passage.run().log(shape(), level, text);
    }

    @Override
    public Map<String, String> traceHeaders(String instance) {
        return passage.trace().headers(instance);
    }

    @Override
    public void request(RequestLog request) {
        passage.trace().request(number, request);
        passage.run().request(shape(), number, request, null);
    }

    @Override
    public WireLog.Wanted bodies() {
        return passage.run().bodies().wanted();
    }

    @Override
    public void request(RequestLog request, WireLog exchange) {
        passage.trace().request(number, request);
        passage.run().request(shape(), number, request, exchange);
    }

    @Override
    public synchronized void onCancel(Runnable close) {
        if (closers.isEmpty()) {
            closers = new ArrayList<>();
        }
        closers.add(close);
        if (closers.size() == 1) {
            passage.run().onItsWay().calls(this);
        }
        if (cancelled()) {
            close.run();
        }
    }

    @Override
    public boolean cancelled() {
        return abandoned() || passage.run().stopped();
    }

    private boolean abandoned() {
        return state.get() == State.ABANDONED;
    }

    @Override
    public CompletableFuture<Void> made(int part, int records, @Nullable Payload answer) {
        Run run = passage.run();
        String lineage = part(part, records).text();
        boolean abandoned = abandoned();
        if (abandoned) {
            passage.marks().left().add(lineage); // the try that goes on marks it
        }
        passage.marks().made().put(lineage, new Made(answer));
        if (!abandoned) {
            passage.marks().set(lineage, answer);
        }
        return run.writes().ready();
    }

    @Override
    public void begins(int part, int records) throws StepException {
        unrepeatable.incrementAndGet();
        try {
            passage.marks().begins(begun(part, records).text());
        } catch (StepException e) {
            unrepeatable.decrementAndGet();
            throw e;
        }
    }

    @Override
    public void ended(int part, int records, boolean mayHaveArrived) {
        unrepeatable.decrementAndGet();
        if (!mayHaveArrived && !abandoned()) {
            passage.marks().didNotArrive(begun(part, records).text(), passage.payload());
        }
    }

    @Override
    public boolean begunBefore(int part, int records) {
        Checkpoints.Sent sent = passage.run()
                .progress()
                .sent()
                .get(shape() + "|" + begun(part, records).text());
        return sent != null && sent.output() == null;
    }

    /** Whether a request is on its way that must not be made again while nobody knows what became of it. */
    boolean unrepeatable() {
        return unrepeatable.get() > 0;
    }

    @Override
    public @Nullable Made madeBefore(int part, int records) {
        String lineage = part(part, records).text();
        Made earlier = passage.marks().made().get(lineage);
        if (earlier != null && !abandoned() && passage.marks().left().remove(lineage)) {
            passage.marks().set(lineage, earlier.answer());
        }
        Checkpoints.Sent sent =
                earlier != null ? null : passage.run().progress().sent().get(shape() + "|" + lineage);
        return sent == null ? earlier : new Made(sent.output());
    }

    @Override
    public void after(Duration pause, Runnable work) {
        Run run = passage.run();
        Runnable goOn = LogNames.around(run.identity(), shape(), () -> {
            run.goesOn(); // its time may be over by now
            work.run();
        });
        if (passage.rules().timeout() == null) {
            run.onItsWay().after(pause, goOn);
        } else {
            // When it is given up meanwhile another try begins: the place stays.
            run.onItsWay().afterInPlace(pause, goOn);
        }
    }

    @Override
    public void awaits(CompletableFuture<?> end, Duration atMost, Runnable work) {
        Run run = passage.run();
        run.calls();
        Runnable goOn = LogNames.around(run.identity(), shape(), () -> {
            run.goesOn(); // its time may be over by now
            work.run();
        });
        if (passage.rules().timeout() == null) {
            run.onItsWay().awaits(end, atMost, goOn);
        } else {
            // When it is given up meanwhile another try begins: the place stays.
            run.onItsWay().awaitsInPlace(end, atMost, goOn);
        }
    }

    @Override
    public void goesOnLater() {
        later = true;
    }

    /** Whether its payload goes on in a run of its own. */
    boolean later() {
        return later;
    }

    @Override
    public boolean stopped() {
        return passage.run().stopped() && !passage.run().suspended();
    }

    @Override
    public boolean mayHaveSent() {
        Run.Identity identity = passage.run().identity();
        return number > 1 || identity.resumed() > 0 || identity.repeats();
    }

    @Override
    public void settle(CompletableFuture<Void> write) {
        passage.run().writes().mark(write);
    }

    @Override
    public Set<String> failedKeys(Function<Payload, Collection<String>> keys) {
        return passage.run().failedKeys(shape(), keys);
    }

    /** A request's place in the lineage: below its payload, so that its mark goes with the payload's. */
    private Lineage part(int from, int records) {
        return passage.payload().lineage().child(shape() + "+" + records, from);
    }

    /** The place of the mark that it began. */
    private Lineage begun(int from, int records) {
        return passage.payload().lineage().child(shape() + "~" + records, from);
    }

    @Override
    public @Nullable String cursor(String instance, String endpoint, String inputs, CursorKind kind)
            throws StepException {
        PullCursor.Key key = PullCursor.Key.of(flow(), instance, endpoint, inputs);
        passage.run()
                .reaching()
                .begins(key, shape() + "|" + passage.payload().lineage().text());
        try {
            PullCursor.At at = passage.run().services().checkpoints().cursor(key);
            if (at != null && at.kind() != kind) {
                throw otherKind(key, at.kind(), kind);
            }
            return at == null ? null : at.position();
        } catch (IllegalStateException e) {
            throw new StepException(
                    io.patchbay.payload.Owner.INTERNAL,
                    "NO_CURSOR",
                    "the store does not say how far earlier runs came",
                    e,
                    true,
                    null);
        }
    }

    @Override
    public KnownKeys keys(String instance, String endpoint, String inputs, List<String> fields) {
        Run run = passage.run();
        return new RunKeys(
                run,
                new ListKeys.Found(
                        runId(),
                        PullCursor.Key.of(flow(), instance, endpoint, inputs),
                        run.reaching().shown(inputs),
                        String.join(", ", fields)));
    }

    private static StepException otherKind(PullCursor.Key key, CursorKind kept, CursorKind wanted) {
        return new StepException(
                io.patchbay.payload.Owner.AUTHOR,
                "CURSOR_KIND",
                "the cursor " + key + " is of type " + word(kept) + ", and the connector now says " + word(wanted)
                        + "; forget the cursor to begin anew");
    }

    private static String word(CursorKind kind) {
        return kind.name().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public @Nullable JsonNode resumeFrom() {
        Checkpoints.PullProgress progress = pull();
        return progress == null ? null : progress.next();
    }

    @Override
    public Stream<String> before() {
        Checkpoints.Progress progress = passage.run().progress();
        return Stream.of(
                        progress.sent().keySet(),
                        progress.failed().keySet(),
                        progress.pulls().keySet())
                .flatMap(Set::stream)
                .map(key -> key.substring(key.indexOf('|') + 1));
    }

    @Override
    public long resumeOrdinal() {
        Checkpoints.PullProgress progress = pull();
        return progress == null ? 0 : progress.delivered() + progress.open().size();
    }

    private Checkpoints.@Nullable PullProgress pull() {
        return passage.run()
                .progress()
                .pulls()
                .get(shape() + "|" + passage.payload().lineage().text());
    }

    @Override
    public void setVariable(String name, JsonNode value) {
        passage.run().values().set(name, value);
    }
}
