package io.patchbay.connector.camel;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.CurrentCall;
import io.patchbay.connector.Operation;
import io.patchbay.connector.Request;
import io.patchbay.connector.Trace;
import io.patchbay.connector.Use;
import io.patchbay.connector.Waits;
import io.patchbay.connector.definition.BatchConfig;
import io.patchbay.connector.definition.ErrorHandlerConfig.Backoff;
import io.patchbay.connector.limit.Governor;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Several requests for one payload, one after the other: its batches, or one for each record. Each is marked when it was made,
 * so that a run that is taken up again after a crash makes only the others. Each is tried again by itself under the endpoint's
 * own rules, so that what was sent is not sent again because of its neighbour; one that stays failed
 * fails its records and the others go on. An outage fails the rest at once. Waits hold no thread.
 */
final class Sending implements Governor.Turn {

    private final ConnectorEndpoint endpoint;
    private final Operation operation;
    private final Use use;
    private final Exchange exchange;
    private final AsyncCallback callback;
    private final @Nullable Attempt attempt;
    private final Trace trace;
    private final Instant queued;
    private final Payload input;
    private final List<Payload> answers = new ArrayList<>();
    private final List<JsonNode> kept = new ArrayList<>();
    private List<Part> parts = List.of();
    private int at;
    private int tries;
    private @Nullable StepException failedBefore;
    private int sent;
    private boolean inLine = true;

    Sending(ConnectorEndpoint endpoint, Operation operation, Use use, Exchange exchange, AsyncCallback callback) {
        this.endpoint = endpoint;
        this.operation = operation;
        this.use = use;
        this.exchange = exchange;
        this.callback = callback;
        this.attempt = exchange.getProperty(Attempt.PROPERTY, Attempt.class);
        this.trace = attempt == null ? Trace.NONE : new CurrentCall(Trace.of(attempt));
        this.queued =
                attempt == null ? endpoint.connections().services().clock().instant() : attempt.queuedAt();
        this.input = Bodies.payload(exchange);
    }

    /** Whether a payload takes several requests, or may. */
    static boolean needed(Operation operation, Use use, Payload payload) {
        if (operation.endpoint().many()) {
            return false;
        }
        BatchConfig batch = batch(operation);
        boolean list = payload.recordPath().each();
        boolean whole =
                batch != null && batch.maxRecords() == 1 && payload.recordPath().equals(RecordPath.ROOT);
        return (use.perRecord() && list) || (batch != null && !payload.isEmpty() && !whole);
    }

    private static @Nullable BatchConfig batch(Operation operation) {
        return operation.endpoint().config().batch();
    }

    boolean begin() throws StepException {
        BatchConfig batch = batch(operation);
        parts = batch == null || use.perRecord() ? Part.perRecord(input) : Part.batches(input, batch);
        run();
        return inLine;
    }

    /** Goes on until all is done or something must be waited for. */
    private void run() {
        while (at < parts.size()) {
            if (trace.cancelled()) {
                stopped();
                return;
            }
            Attempt.Made before = madeBefore(parts.get(at));
            if (before != null) {
                if (!taken(parts.get(at), before.answer())) {
                    return;
                }
                continue;
            }
            Governor.Permit permit = operation.governor().tryNow();
            if (permit == null) {
                inLine = false;
                // How the wait ends is said before it begins: behind it another thread may already be at the call.
                trace.onCancel(this::leaveLine);
                operation.governor().await(this);
                if (trace.cancelled()) {
                    leaveLine();
                }
                return;
            }
            if (!part(permit)) {
                return;
            }
        }
        finish();
    }

    private void leaveLine() {
        if (operation.governor().withdraw(this)) {
            endpoint.connections().work(this::run);
        }
    }

    @Override
    public void go(Governor.Permit permit) {
        endpoint.connections().work(() -> {
            if (trace.cancelled()) {
                permit.release();
                stopped();
            } else if (part(permit)) {
                run();
            }
        });
    }

    @Override
    public void refuse(StepException why) {
        endpoint.connections().work(() -> {
            if (failed(parts.get(at), why)) {
                run();
            }
        });
    }

    /** Makes one try of the part that is at turn; false when the rest goes on later or not at all. */
    private boolean part(Governor.Permit permit) {
        Part part = parts.get(at);
        tries++;
        try {
            JsonNode record = use.perRecord() ? part.records().get(0) : null;
            Request request = new Request(
                    part.payload(),
                    ConnectorProducer.with(endpoint, operation, use, exchange, input, record, queued),
                    queued,
                    input.lineage().text() + "#" + part.from() + "+"
                            + part.records().size(),
                    trace);
            Payload answer = operation.call(request);
            return taken(part, answer) && marked(part, answer);
        } catch (StepException e) {
            return failed(part, e);
        } catch (RuntimeException e) {
            return abort(e);
        } finally {
            permit.release();
        }
    }

    private Attempt.@Nullable Made madeBefore(Part part) {
        return attempt == null
                ? null
                : attempt.madeBefore(part.from(), part.records().size());
    }

    /** Puts the part's answer where it belongs; false when that cannot be done. */
    private boolean taken(Part part, @Nullable Payload answer) {
        try {
            if (use.output() instanceof Use.Response) {
                answers.add(Objects.requireNonNull(answer));
            } else if (use.output() instanceof Use.Into into) {
                JsonNode value = Outputs.value(answer);
                for (JsonNode record : part.records()) {
                    kept.add(Outputs.with(record, into.name(), value));
                }
            } else {
                kept.addAll(part.records());
            }
        } catch (StepException e) {
            return failed(part, e);
        }
        sent++;
        next();
        return true;
    }

    /** Marks the part as made; false when the next one has to wait for marks before it to be synced. */
    private boolean marked(Part part, Payload answer) {
        if (attempt == null || parts.size() == 1) {
            return true; // what is made at once is marked by the step
        }
        CompletableFuture<Void> ready =
                attempt.made(part.from(), part.records().size(), use.output() instanceof Use.Input ? null : answer);
        if (at == parts.size() || (ready.isDone() && !ready.isCompletedExceptionally())) {
            return true;
        }
        inLine = false;
        var unused =
                ready.whenComplete((synced, broken) -> endpoint.connections().work(() -> {
                    if (broken == null) {
                        run();
                    } else {
                        abort(new StepException(
                                Owner.INTERNAL, "NOT_MARKED", "progress could not be written to the store", broken));
                    }
                }));
        return false;
    }

    private void next() {
        at++;
        tries = 0;
    }

    /** After a failed try: true to go on at once. */
    private boolean failed(Part part, StepException why) {
        if (parts.size() == 1 && !use.perRecord()) {
            return abort(why); // nothing else was sent: the step may try the whole again
        }
        Backoff backoff = operation.endpoint().errors().backoff();
        if (why.retryable() && tries < backoff.maxAttempts() && !trace.cancelled()) {
            Duration wait = Waits.before(
                    tries + 1,
                    backoff,
                    why.retryAfter(),
                    () -> ThreadLocalRandom.current().nextDouble());
            if (attempt != null) {
                attempt.log(
                        LogLevel.WARN,
                        why.getMessage() + " [" + why.code() + "]; request " + (at + 1) + " of " + parts.size()
                                + " is tried again");
            }
            inLine = false;
            failedBefore = why;
            Runnable goOn = once(this::run);
            trace.onCancel(() -> endpoint.connections().work(goOn));
            var unused = endpoint.connections().after(wait, goOn);
            return false;
        }
        if (attempt == null || (why.retryable() && sent == 0)) {
            return abort(new StepException(why.owner(), why.code(), String.valueOf(why.getMessage()), why));
        }
        leaveOut(part, why);
        next();
        return !why.retryable() || leaveOutTheRest(why);
    }

    /** Work that two may set off: the first one does it, and then nothing of it is kept. */
    private static Runnable once(Runnable work) {
        AtomicReference<@Nullable Runnable> left = new AtomicReference<>(work);
        return () -> {
            Runnable mine = left.getAndSet(null);
            if (mine != null) {
                mine.run();
            }
        };
    }

    /** Fails all parts that were not made yet, in this try or before; false when that ended all. */
    private boolean leaveOutTheRest(StepException why) {
        while (at < parts.size()) {
            Part part = parts.get(at);
            Attempt.Made before = madeBefore(part);
            if (before == null) {
                leaveOut(part, why);
                next();
            } else if (!taken(part, before.answer())) {
                return false;
            }
        }
        return true;
    }

    private void leaveOut(Part part, StepException why) {
        Attempt trying = attempt;
        if (trying != null) {
            for (int i = 0; i < part.records().size(); i++) {
                trying.failRecord(input, part.from() + i, part.records().get(i), why);
            }
        }
    }

    /** The run was stopped between two requests: the records that were not sent are failed, so that none is lost. */
    private void stopped() {
        StepException why = ConnectorProducer.held();
        if (parts.size() == 1 && !use.perRecord()) {
            abort(why);
            return;
        }
        StepException tried = failedBefore;
        if (tried != null && tries > 0) {
            leaveOut(
                    parts.get(at),
                    StepException.held("the run was stopped before another try; the one before ended with: "
                            + tried.getMessage() + " [" + tried.code() + "]"));
            next();
        }
        if (leaveOutTheRest(why)) {
            finish();
        }
    }

    private boolean abort(Exception why) {
        exchange.setException(why);
        done();
        return false;
    }

    private void finish() {
        try {
            Payload result = use.output() instanceof Use.Response
                    ? Outputs.all(input, answers)
                    : parts.size() == sent && use.output() instanceof Use.Input ? input : rest();
            ConnectorProducer.leave(exchange, attempt, result);
        } catch (StepException | RuntimeException e) {
            exchange.setException(e);
        }
        done();
    }

    private Payload rest() throws StepException {
        return kept.isEmpty() && !parts.isEmpty()
                ? input.withBody(Body.EMPTY, RecordPath.ROOT)
                : input.withRecords(kept);
    }

    private void done() {
        callback.done(inLine);
    }
}
