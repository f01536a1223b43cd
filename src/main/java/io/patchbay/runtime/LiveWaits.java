package io.patchbay.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Body;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.route.FlowDeployer;
import io.patchbay.run.RunHistory.Slice;
import io.patchbay.run.WaitingPayload;
import io.patchbay.run.WaitingPayload.Left;
import io.patchbay.run.WaitingPayloads;
import io.patchbay.run.jdbc.JdbcWaits;
import io.patchbay.shape.wait.Decision;
import io.patchbay.shape.wait.WaitState;
import io.patchbay.shape.wait.Waits;
import io.patchbay.store.SqlWork;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Payloads that wait: kept for shapes, decided by people, released by events. */
final class LiveWaits implements Waits, WaitingPayloads, AutoCloseable {

    /** How often what waits is counted anew when something was written meanwhile. */
    private static final int COUNTS = 3;

    private static final String NO_MORE = "it does not wait any more";
    private static final String GONE =
            "flow '%s' is not there any more, so the payload cannot go on; put the flow back, or reject the payload";

    private final JdbcWaits rows;
    private final QueuedStarts starts;
    private final WaitsProperties bounds;
    private final WaitCounts counts;
    private final LiveEvents events;
    private final WaitFlows flows;
    private final PutOff putOff = new PutOff();
    /** Behind which one of those whose time is over it goes on; null for the first. */
    private @Nullable WaitingPayload last;

    private final Clock clock;
    private final UnaryOperator<String> redactor;

    LiveWaits(
            JdbcWaits rows,
            QueuedStarts starts,
            Supplier<FlowDeployer> deployer,
            WaitsProperties bounds,
            Clock clock,
            UnaryOperator<String> redactor) {
        this.rows = rows;
        this.starts = starts;
        this.bounds = bounds;
        this.counts = new WaitCounts(bounds);
        this.flows = new WaitFlows(deployer, clock);
        this.events = new LiveEvents(rows, this::told, bounds, counts, clock);
        this.clock = clock;
        this.redactor = redactor;
    }

    /** Counts what waits in the database. */
    void count() {
        for (int tries = 0; tries < COUNTS; tries++) {
            long stand = counts.stand();
            if (counts.counted(stand, rows.counts(), rows.events().kept(), clock.instant())) {
                return;
            }
        }
    }

    @Override
    public CompletableFuture<Arrival> arrive(Place at, Wish wish, Payload payload, Map<String, JsonNode> variables) {
        Instant now = clock.instant();
        long size = size(payload);
        try {
            counts.comes(at.flow(), size);
        } catch (StepException e) {
            // Who is taken up again, or takes on what was decided, needs no room.
            return rows.known(at.run(), at.shape(), payload.lineage().text())
                    .<CompletableFuture<Arrival>>map(CompletableFuture::completedFuture)
                    .orElseGet(() -> CompletableFuture.failedFuture(e));
        }
        Map<String, String> texts = new LinkedHashMap<>();
        variables.forEach((name, value) -> texts.put(name, value.toString()));
        WaitingPayload fresh = new WaitingPayload(
                QueuedStarts.newId(),
                new Left(
                        at.run(),
                        at.queuedAt(),
                        at.flow(),
                        at.revision(),
                        at.shape(),
                        payload.lineage().text(),
                        at.repeats()),
                new WaitingPayload.Wish(
                        wish.kind(),
                        wish.key(),
                        redacted(wish.title()),
                        redacted(wish.message()),
                        now.plus(wish.expires())),
                now,
                null,
                null,
                size,
                texts,
                null);
        return rows.arrive(fresh, payload)
                .exceptionallyComposeAsync(failed -> written(fresh, failed), starts.callers())
                .whenComplete((arrival, failed) -> counts.came(
                        at.flow(),
                        size,
                        arrival instanceof Kept kept && kept.id().equals(fresh.id())))
                .whenComplete((arrival, failed) -> {
                    if (arrival instanceof Decided decided && decided.id().equals(fresh.id())) {
                        counts.untold(1); // it took an event that was kept
                    }
                });
    }

    /** A commit that failed may be on disk all the same: what is kept must not fail as well. */
    private CompletableFuture<Arrival> written(WaitingPayload fresh, Throwable failed) {
        return rows.known(fresh.at().run(), fresh.at().shape(), fresh.at().lineage())
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> CompletableFuture.failedFuture(unwrapped(failed)));
    }

    private static Throwable unwrapped(Throwable failed) {
        return failed instanceof CompletionException && failed.getCause() != null ? failed.getCause() : failed;
    }

    private @Nullable String redacted(@Nullable String text) {
        return text == null ? null : redactor.apply(text);
    }

    private static long size(Payload payload) {
        return payload.body() instanceof Body.Stored stored ? stored.size() : payload.bytes().length;
    }

    @Override
    public Slice<WaitingPayload> list(Query which, @Nullable String after, int limit) {
        return rows.list(which, after, limit);
    }

    @Override
    public Optional<WaitingPayload> find(String id) {
        return rows.find(id);
    }

    @Override
    public Optional<Payload> payload(String id) {
        WaitingPayload waited = rows.find(id).orElse(null);
        if (waited == null) {
            return Optional.empty();
        }
        here(waited);
        return rows.payload(id);
    }

    private static void here(WaitingPayload waited) {
        if (waited.elsewhere() != null && waited.decision() == null) {
            throw new NotNowException("the content of " + waited.id()
                    + " is a file of another replica, so that one has to be asked: its data folder has the id "
                    + waited.elsewhere());
        }
    }

    @Override
    public Map<String, Long> counts() {
        return counts.waiting();
    }

    @Override
    public CompletableFuture<WaitingPayload> approve(String id, Word word) {
        return decide(id, word, WaitState.APPROVED);
    }

    @Override
    public CompletableFuture<WaitingPayload> reject(String id, Word word) {
        return decide(id, word, WaitState.REJECTED);
    }

    private CompletableFuture<WaitingPayload> decide(String id, Word word, WaitState how) {
        try {
            WaitingPayload waited = rows.find(id)
                    .orElseThrow(() -> new NotNowException("there is no payload that waits as '" + id + "'"));
            refuseDecided(waited);
            refuseLarge(word.data());
            Decision decision = new Decision(how, word.by(), word.note(), clock.instant(), word.data());
            boolean there = flows.there(waited);
            String against = there
                    ? flows.against(waited, word.today())
                    : GONE.formatted(waited.at().flow());
            if (against != null && how == WaitState.REJECTED && !(there && word.today())) {
                counts.begins();
                return rows.decided(id, decision)
                        .thenApply(done -> gone(waited.with(decision, null)))
                        .whenComplete((done, failed) -> counts.ends());
            }
            if (against != null) {
                throw new NotNowException(against);
            }
            return release(waited, decision, word.today(), null);
        } catch (NotNowException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static void refuseDecided(WaitingPayload waited) {
        Decision before = waited.decision();
        if (before != null) {
            throw new NotNowException("it does not wait any more: it was "
                    + before.state().name().toLowerCase(Locale.ROOT)
                    + (before.by() == null ? "" : " by " + before.by()) + " at " + before.at());
        }
    }

    private void refuseLarge(@Nullable JsonNode data) {
        long size = data == null ? 0 : data.toString().length();
        if (size > bounds.mostData().toBytes()) {
            throw new NotNowException("what comes with it has " + size
                    + " characters, more than patchbay.waits.most-data (" + bounds.mostData() + ")");
        }
    }

    /** Writes the start of the run that takes it on, and the decision with it. */
    private CompletableFuture<WaitingPayload> release(
            WaitingPayload waited, Decision decision, boolean today, @Nullable SqlWork more) {
        here(waited);
        counts.begins();
        CompletableFuture<WaitingPayload> released;
        try {
            released = start(waited, decision, today, more);
        } catch (RuntimeException e) { // of two who decide at once, one finds that the content is gone
            counts.ends();
            return CompletableFuture.failedFuture(waits(waited) ? e : new NotNowException(NO_MORE));
        }
        return released.whenComplete((decided, failed) -> counts.ends());
    }

    private boolean waits(WaitingPayload waited) {
        return rows.find(waited.id()).filter(one -> one.decision() == null).isPresent();
    }

    private CompletableFuture<WaitingPayload> start(
            WaitingPayload waited, Decision decision, boolean today, @Nullable SqlWork more) {
        Payload payload = rows.payload(waited.id()).orElseThrow(() -> new NotNowException(NO_MORE));
        String run = QueuedStarts.newId();
        SqlWork decide = rows.decide(waited.id(), decision, run);
        SqlWork all = more == null
                ? decide
                : tx -> {
                    decide.run(tx);
                    more.run(tx);
                };
        return starts.released(run, waited, payload, today, all).thenApply(written -> gone(waited.with(decision, run)));
    }

    private WaitingPayload gone(WaitingPayload decided) {
        counts.goes(decided.at().flow(), decided.bytes());
        return decided;
    }

    /** Decides those whose time is over; answers whether there may be more. */
    boolean expire(int most) {
        Instant now = clock.instant();
        List<WaitingPayload> over = rows.over(now, last, most);
        for (WaitingPayload waited : over) {
            try {
                if (!mayGoOn(waited, now)) {
                    continue;
                }
                wait(release(waited, new Decision(WaitState.EXPIRED, null, null, now, null), false, null));
                putOff.done(waited.id());
            } catch (RuntimeException e) { // it must not keep those behind it
                putOff.off(waited.id(), now, e.getMessage());
            }
        }
        // Those that cannot go on stay where they are, so the next part is what is behind them, from the first one
        // again after the last.
        last = over.size() < most ? null : over.get(over.size() - 1);
        return last != null;
    }

    /** Whether a payload may be let go on now; one that may not is tried again later. */
    private boolean mayGoOn(WaitingPayload waited, Instant now) {
        return putOff.due(waited.id(), now) && fits(waited, now);
    }

    /** Whether its wait is there. */
    private boolean fits(WaitingPayload waited, Instant now) {
        String against = flows.againstLately(waited);
        if (against != null) {
            putOff.off(waited.id(), now, against);
        }
        return against == null;
    }

    /** Whether it was this one that decided. */
    private static boolean wait(CompletableFuture<WaitingPayload> decided) {
        try {
            decided.join();
            return true;
        } catch (CompletionException e) {
            if (e.getCause() instanceof NotNowException) {
                return false; // somebody else was faster
            }
            throw e;
        }
    }

    @Override
    public CompletableFuture<Told> tell(Event event) {
        return events.tell(event);
    }

    /** An event came for it. */
    private CompletableFuture<WaitingPayload> told(WaitingPayload waited, Decision says, SqlWork more) {
        return fits(waited, clock.instant())
                ? release(waited, says, false, more)
                : CompletableFuture.failedFuture(new PutOff.NotYetException(waited.id()));
    }

    /** Events that were told. */
    LiveEvents events() {
        return events;
    }

    /** Deletes what nobody needs any more. */
    void sweep() {
        Instant now = clock.instant();
        rows.sweep(now.minus(bounds.keep()));
        putOff.forget(now);
    }

    @Override
    public void close() {
        events.close();
    }
}
