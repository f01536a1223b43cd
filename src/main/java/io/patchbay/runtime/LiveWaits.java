package io.patchbay.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Body;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.route.CompiledFlow;
import io.patchbay.route.FlowDeployer;
import io.patchbay.run.RunHistory.Slice;
import io.patchbay.run.WaitingPayload;
import io.patchbay.run.WaitingPayload.Left;
import io.patchbay.run.WaitingPayloads;
import io.patchbay.run.jdbc.JdbcWaits;
import io.patchbay.shape.Step;
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

    private static final System.Logger LOG = System.getLogger(LiveWaits.class.getName());

    private final JdbcWaits rows;
    private final QueuedStarts starts;
    private final Supplier<FlowDeployer> deployer;
    private final WaitsProperties bounds;
    private final WaitCounts counts;
    private final LiveEvents events;
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
        this.deployer = deployer;
        this.bounds = bounds;
        this.counts = new WaitCounts(bounds);
        this.events =
                new LiveEvents(rows, (waited, says, more) -> release(waited, says, false, more), bounds, counts, clock);
        this.clock = clock;
        this.redactor = redactor;
    }

    /** Counts what waits in the database. */
    void count() {
        counts.counted(rows.counts(), rows.events().kept());
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
        return rows.arrive(fresh, payload).whenComplete((arrival, failed) -> {
            if (!(arrival instanceof Kept kept) || !kept.id().equals(fresh.id())) {
                counts.goes(at.flow(), size);
            }
        });
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
            CompiledFlow flow = deployer.get().deployed().get(waited.at().flow());
            if (flow == null && how == WaitState.REJECTED) {
                return rows.decided(id, decision).thenApply(done -> gone(waited.with(decision, null)));
            }
            check(waited, flow, word.today());
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

    private static void check(WaitingPayload waited, @Nullable CompiledFlow flow, boolean today) {
        String id = waited.at().flow();
        if (flow == null) {
            throw new NotNowException("flow '" + id
                    + "' is not there any more, so the payload cannot go on; put the flow back, or reject the payload");
        }
        if (today && !waits(flow.flow().steps(), waited.at().shape())) {
            throw new NotNowException(
                    "flow '" + id + "' has no wait '" + waited.at().shape()
                            + "' any more; without 'today' it goes on under the revision that it came with");
        }
    }

    private static boolean waits(List<Step> steps, String shape) {
        return steps.stream()
                .filter(step -> !step.common().disabled())
                .anyMatch(step -> step.id().equals(shape)
                        ? step.type().spec().name().equals("wait")
                        : step.paths().stream().anyMatch(path -> waits(path.steps(), shape)));
    }

    /** Writes the start of the run that takes it on, and the decision with it. */
    private CompletableFuture<WaitingPayload> release(
            WaitingPayload waited, Decision decision, boolean today, @Nullable SqlWork more) {
        here(waited);
        Payload payload;
        try {
            payload = rows.payload(waited.id()).orElse(null);
        } catch (IllegalStateException e) {
            return CompletableFuture.failedFuture(e);
        }
        if (payload == null) {
            return CompletableFuture.failedFuture(new NotNowException("it does not wait any more"));
        }
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
        List<WaitingPayload> over = rows.over(now, most);
        boolean all = true;
        for (WaitingPayload waited : over) {
            try {
                wait(release(waited, new Decision(WaitState.EXPIRED, null, null, now, null), false, null));
            } catch (RuntimeException e) { // it must not keep those behind it
                all = false;
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the time of {0} is over, tried again: {1}",
                        waited.id(),
                        e.getMessage());
            }
        }
        return all && over.size() == most;
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

    /** Events that were told. */
    LiveEvents events() {
        return events;
    }

    /** Deletes what nobody needs any more. */
    void sweep() {
        rows.sweep(clock.instant().minus(bounds.keep()));
    }

    @Override
    public void close() {
        events.close();
    }
}
