package io.patchbay.runtime;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import io.patchbay.queue.IntakeRefusedException;
import io.patchbay.queue.QueueFullException;
import io.patchbay.run.WaitingPayload;
import io.patchbay.run.WaitingPayloads.NotNowException;
import io.patchbay.run.jdbc.JdbcEvents;
import io.patchbay.run.jdbc.JdbcWaits;
import io.patchbay.shape.wait.Decision;
import io.patchbay.shape.wait.WaitState;
import io.patchbay.shape.wait.Waits.Event;
import io.patchbay.shape.wait.Waits.Told;
import io.patchbay.store.SqlWork;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Events let payloads go on that wait for them. Releasing waits for the store, so it has a few threads of its own: however many events are
 * told at once, runs keep theirs.
 */
final class LiveEvents implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(LiveEvents.class.getName());

    /** Most payloads that one event lets go on in its call; those behind them go on with the next ticks. */
    private static final int MOST = 500;

    /** Most that are handed to the store at one time. */
    private static final int GROUP = 32;

    private static final long GROUP_BYTES = 4L << 20;
    private static final int THREADS = 4;

    /** Most events that are being told at one time. */
    private static final int TOLD_AT_ONCE = 1_000;

    private static final Duration LATER = Duration.ofSeconds(1);

    /** What is younger is still being worked on by whoever told it. */
    private static final Duration RECENT = Duration.ofSeconds(5);

    /** What came so long after an event was told did not begin before it. */
    private static final Duration PAST = Duration.ofMinutes(2);

    private static final int PART = 100;
    private static final int PARTS = 10;

    private final JdbcWaits rows;
    private final Releasing releasing;
    private final WaitsProperties bounds;
    private final WaitCounts counts;
    private final Clock clock;
    private final AtomicInteger beingTold = new AtomicInteger();
    private final ThreadPoolExecutor threads;

    /** Lets a payload go on. */
    @FunctionalInterface
    interface Releasing {
        /**
         * Lets one go on.
         *
         * @param more written in the same transaction
         */
        CompletableFuture<WaitingPayload> release(WaitingPayload waited, Decision says, SqlWork more);
    }

    LiveEvents(JdbcWaits rows, Releasing releasing, WaitsProperties bounds, WaitCounts counts, Clock clock) {
        this.rows = rows;
        this.releasing = releasing;
        this.bounds = bounds;
        this.counts = counts;
        this.clock = clock;
        this.threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(TOLD_AT_ONCE),
                RuntimeConfiguration.named("patchbay-events-"));
        threads.allowCoreThreadTimeOut(true);
    }

    CompletableFuture<Told> tell(Event event) {
        long size = event.data() == null ? 0 : event.data().toString().length();
        if (size > bounds.mostData().toBytes()) {
            return CompletableFuture.failedFuture(new StepException(
                    Owner.LIMIT,
                    "EVENT_TOO_LARGE",
                    "what comes with the event has " + size + " characters, more than patchbay.waits.most-data ("
                            + bounds.mostData() + ")"));
        }
        // Before it is written: whoever is refused may tell it again.
        if (beingTold.incrementAndGet() > TOLD_AT_ONCE) {
            beingTold.decrementAndGet();
            return CompletableFuture.failedFuture(new StepException(
                    Owner.LIMIT,
                    "EVENTS_BUSY",
                    TOLD_AT_ONCE + " events are being told already; tell it again a little later",
                    null,
                    true,
                    LATER));
        }
        CompletableFuture<Told> told;
        try {
            told = written(event);
        } catch (RuntimeException e) {
            told = CompletableFuture.failedFuture(e);
        }
        return told.whenComplete((what, failed) -> beingTold.decrementAndGet());
    }

    private CompletableFuture<Told> written(Event event) {
        Instant now = clock.instant();
        String id = event.id() == null ? QueuedStarts.newId() : JdbcWaits.digest(event.id());
        boolean anybody = !rows.under(event.key(), event.flow(), 1).isEmpty();
        StepException full = counts.told(anybody || bounds.early().isZero());
        if (full != null) {
            return rows.events().find(id).isPresent()
                    ? CompletableFuture.completedFuture(new Told(List.of(), null, true))
                    : CompletableFuture.failedFuture(full);
        }
        JdbcEvents.Event told = new JdbcEvents.Event(
                id,
                event.key(),
                event.flow(),
                new Decision(WaitState.RELEASED, event.by(), event.note(), now, event.data()),
                now.plus(bounds.early()),
                false,
                0);
        return rows.events()
                .tell(told)
                .whenComplete((fresh, failed) -> {
                    if (failed != null || !fresh) {
                        counts.untold(1);
                    }
                })
                .thenApplyAsync(fresh -> fresh ? told(told) : again(told), threads);
    }

    private Told again(JdbcEvents.Event event) {
        return rows.events()
                .find(event.id())
                .filter(known -> !known.taken() && known.released() == 0)
                .map(known -> new Told(List.of(), known.expires(), true))
                .orElse(new Told(List.of(), null, true));
    }

    private Told told(JdbcEvents.Event event) {
        List<Pair> pairs = new ArrayList<>();
        for (WaitingPayload waited : rows.owed(event, MOST)) {
            pairs.add(new Pair(waited, event, rows.events().releases(event.id())));
        }
        List<String> runs = release(pairs).runs();
        long left = rows.events()
                .owed(event.id()); // too many, refused for now, or with another replica: each tick looks for them
        if (!runs.isEmpty() || left > 0) {
            return new Told(runs, null, false, left);
        }
        if (bounds.early().isZero()) {
            rows.events().drop(event.id()).join();
            counts.untold(1);
            return new Told(List.of(), null, false);
        }
        return new Told(List.of(), event.expires(), false);
    }

    private record Pair(WaitingPayload waited, JdbcEvents.Event event, SqlWork counted) {}

    /** @param failed how many are still there */
    private record Outcome(List<String> runs, int failed) {}

    /** In groups, so that the store commits them together and not many contents are in memory. */
    private Outcome release(List<Pair> pairs) {
        List<String> runs = new ArrayList<>();
        int failed = 0;
        boolean full = false;
        String why = null;
        List<CompletableFuture<WaitingPayload>> group = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < pairs.size(); i++) {
            group.add(release(pairs.get(i)));
            bytes += pairs.get(i).waited().bytes();
            if (group.size() < GROUP && bytes < GROUP_BYTES && i < pairs.size() - 1) {
                continue;
            }
            for (CompletableFuture<WaitingPayload> one : group) {
                try {
                    runs.add(String.valueOf(one.join().run()));
                } catch (CompletionException e) {
                    if (!(e.getCause() instanceof NotNowException)) { // else somebody was faster
                        failed++;
                    }
                    if (!(e.getCause() instanceof NotNowException || e.getCause() instanceof PutOff.NotYetException)) {
                        why = String.valueOf(e.getCause() == null ? e : e.getCause());
                    }
                    full |= e.getCause() instanceof QueueFullException
                            || e.getCause() instanceof IntakeRefusedException;
                }
            }
            group.clear();
            bytes = 0;
            if (full) { // those behind it would be refused as well
                failed += pairs.size() - 1 - i;
                break;
            }
        }
        if (why != null) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} payloads whose event came do not go on yet, tried again: {1}",
                    failed,
                    why);
        }
        return new Outcome(runs, failed);
    }

    private CompletableFuture<WaitingPayload> release(Pair pair) {
        try {
            return releasing.release(pair.waited(), pair.event().says(), pair.counted());
        } catch (RuntimeException e) { // it must not keep those behind it
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Brings events and payloads together that did not meet, and marks the events that met all. */
    void missed() {
        Instant before = clock.instant().minus(RECENT);
        JdbcEvents events = rows.events();
        meet((most, skip) -> events.missed(before, most, skip), true);
        meet((most, skip) -> events.late(clock.instant(), before, most, skip), false);
        for (int part = 0; part < PARTS; part++) {
            int done = events.done(before);
            counts.untold(done);
            if (done == 0) {
                return;
            }
        }
    }

    @FunctionalInterface
    private interface Looking {
        List<JdbcEvents.Missed> look(int most, int skip);
    }

    private void meet(Looking looking, boolean owed) {
        int failed = 0;
        for (int part = 0; part < PARTS; part++) {
            List<JdbcEvents.Missed> found = looking.look(PART, failed);
            List<Pair> pairs = new ArrayList<>();
            JdbcEvents.Event event = null;
            for (JdbcEvents.Missed missed : found) {
                if (event == null || !event.id().equals(missed.event())) {
                    event = rows.events().find(missed.event()).orElse(null);
                }
                WaitingPayload waited = rows.find(missed.waiting()).orElse(null);
                if (event != null && !event.taken() && waited != null && waited.decision() == null) {
                    SqlWork counted = owed
                            ? rows.events().releases(event.id())
                            : rows.events().releasesOne(event.id());
                    pairs.add(new Pair(waited, event, counted));
                }
            }
            failed += release(pairs).failed();
            if (found.size() < PART) {
                return;
            }
        }
    }

    /** Deletes what nobody needs any more. */
    void sweep() {
        Instant now = clock.instant();
        rows.events().sweep(now, now.minus(PAST), bounds.mostTold());
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
