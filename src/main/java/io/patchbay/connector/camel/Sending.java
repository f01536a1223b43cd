package io.patchbay.connector.camel;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.CurrentCall;
import io.patchbay.connector.Operation;
import io.patchbay.connector.Request;
import io.patchbay.connector.Trace;
import io.patchbay.connector.Use;
import io.patchbay.connector.Writing;
import io.patchbay.connector.definition.BatchConfig;
import io.patchbay.connector.definition.EndpointConfig.Ordering;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Several requests for one payload: its batches, or one for each record; or one whose answer speaks of records. As many go at
 * the same time as the endpoint says, each in a lane. Each is marked when it was made, so that a run that is taken up again
 * after a crash makes only the others. Each is tried again by itself under the endpoint's own rules, so that what was sent is
 * not sent again because of its neighbour; one that stays failed fails its records and the others go on. An outage fails the
 * rest at once. Waits hold no thread.
 */
final class Sending {

    private final ConnectorEndpoint endpoint;
    private final Operation operation;
    private final Use use;
    private final Exchange exchange;
    private final AsyncCallback callback;
    private final @Nullable Attempt attempt;
    private final Trace outside;
    private final Instant queued;
    private final Payload input;
    private final Writing writing;
    private final Thread beginner = Thread.currentThread();
    private final Deque<Part> pending = new ArrayDeque<>();
    private @Nullable Results results;
    private @Nullable Matching matching;
    private @Nullable Order order;
    private int parts;
    private int lanes;
    private boolean left;
    private boolean endedInLine;
    private boolean ended;
    private @Nullable CompletableFuture<Void> marked;
    private @Nullable StepException outage;
    private @Nullable Exception broken;

    Sending(ConnectorEndpoint endpoint, Operation operation, Use use, Exchange exchange, AsyncCallback callback) {
        this.endpoint = endpoint;
        this.operation = operation;
        this.use = use;
        this.exchange = exchange;
        this.callback = callback;
        this.attempt = exchange.getProperty(Attempt.PROPERTY, Attempt.class);
        this.outside = attempt == null ? Trace.NONE : Trace.of(attempt);
        this.queued =
                attempt == null ? endpoint.connections().services().clock().instant() : attempt.queuedAt();
        this.input = Bodies.payload(exchange);
        this.writing = operation.endpoint().writing();
    }

    /** Whether a payload takes several requests, or may, or its records have to be told apart. */
    static boolean needed(Operation operation, Use use, Payload payload) {
        if (use.match() != null) {
            return true;
        }
        if (operation.endpoint().many()) {
            return false;
        }
        Writing writing = operation.endpoint().writing();
        BatchConfig batch = writing.batch();
        boolean list = payload.recordPath().each();
        boolean whole =
                batch != null && batch.maxRecords() == 1 && payload.recordPath().equals(RecordPath.ROOT);
        boolean told = writing.once() && payload.recordCount() > 0; // a list of nothing is sent as it is
        return (use.perRecord() && list)
                || (!payload.isEmpty() && ((batch != null && !whole) || writing.perRecord() || told));
    }

    /** Begins; answers whether all was done on the caller's thread. */
    boolean begin() throws StepException {
        matching = Matching.of(use, operation, attempt, input);
        List<Part> all = matching == null ? Part.of(input, use, writing) : matching.parts(input);
        parts = all.size();
        pending.addAll(all);
        results = new Results(use.output(), input, matching);
        order = writing.ordering() == Ordering.NONE
                ? Order.none(attempt)
                : Order.of(writing, operation, request(input, outside, null, Map.of()), attempt, all);
        results.inNoCall();
        lanes = 1;
        new Lane().run();
        left = true;
        return endedInLine;
    }

    /** The way of one request after the other. */
    private final class Lane implements Runnable {
        private final Trace trace = attempt == null ? Trace.NONE : new CurrentCall(outside);
        private @Nullable PartCall call;

        /** Goes on until nothing is left or something must be waited for. */
        @Override
        public void run() {
            while (true) {
                PartCall current = call == null ? take(this) : call;
                if (current == null) {
                    leave();
                    return;
                }
                call = current;
                try {
                    if (!current.go()) {
                        return;
                    }
                } catch (RuntimeException e) {
                    breaks(e);
                }
                settled(current);
                call = null;
                if (waitsForMarks(this)) {
                    return;
                }
            }
        }

        Trace trace() {
            return trace;
        }
    }

    /** The next request that may go, for a lane; null when there is none now. */
    private synchronized @Nullable PartCall take(Lane lane) {
        while (!pending.isEmpty()) {
            if (broken != null || outage != null || outside.cancelled()) {
                drain();
                return null;
            }
            Part part = order().next(pending);
            if (part == null) {
                return null;
            }
            part = order().withoutHeld(part, results());
            if (part.isEmpty()) {
                order().settled(part.number());
                continue;
            }
            if (lanes < writing.concurrency() && order().more(pending)) {
                lanes++;
                endpoint.connections().work(new Lane());
            }
            return new PartCall(this, part, lane.trace(), lane);
        }
        return null;
    }

    private synchronized void settled(PartCall call) {
        order().settled(call.number());
    }

    /** Takes what is not to be sent any more out of the line. What was made in an earlier life is taken as it is. */
    private void drain() {
        while (!pending.isEmpty()) {
            Part part = pending.remove();
            Attempt.Made before = broken != null ? null : madeBefore(part);
            if (before != null) {
                new PartCall(this, part, outside, () -> {}).answeredBefore(before.answer());
            } else if (broken == null) {
                failed(part, outage == null ? ConnectorProducer.held() : outage);
            }
            order().settled(part.number());
        }
    }

    private boolean waitsForMarks(Lane lane) {
        CompletableFuture<Void> ready;
        synchronized (this) {
            ready = pending.isEmpty() ? null : marked;
        }
        if (ready == null || (ready.isDone() && !ready.isCompletedExceptionally())) {
            return false;
        }
        var unused =
                ready.whenComplete((synced, failed) -> endpoint.connections().work(() -> {
                    if (failed != null) {
                        breaks(new StepException(
                                Owner.INTERNAL, "NOT_MARKED", "progress could not be written to the store", failed));
                    }
                    lane.run();
                }));
        return true;
    }

    /** A lane has nothing to do; the last one ends all. */
    private void leave() {
        synchronized (this) {
            lanes--;
            if (lanes > 0 || ended) {
                return;
            }
            ended = true;
        }
        finish();
    }

    /** Ends all with an exception; what is on its way comes to its end. */
    synchronized void breaks(Exception why) {
        broken = broken == null ? why : broken;
    }

    /** Fails the records of a part that used up its tries. */
    synchronized void failed(Part part, StepException why) {
        if (alone() && !why.isSkipped()) {
            breaks(pulls() ? settledFor(why) : why); // nothing else was sent: the step may try the whole again
            return;
        }
        if (attempt == null && !why.isSkipped()) {
            breaks(settledFor(why));
            return;
        }
        if (why.retryable()) {
            outage = why;
        }
        leaveOut(part, why);
    }

    /** Fails records that an answer says failed, while others of their request arrived. */
    synchronized void refused(Part part, StepException why) {
        if (attempt == null) {
            breaks(why);
        } else {
            leaveOut(part, why);
        }
    }

    /** Whether each request is a pull, which tries again and keeps limits by itself. */
    boolean pulls() {
        return operation.endpoint().many();
    }

    /**
     * Makes one try of a request.
     *
     * @param once whether nothing could tell afterwards whether it arrived
     */
    Payload ask(Part part, boolean once, Trace trace) throws StepException {
        Matching by = matching;
        return Outcome.of(
                once,
                attempt,
                part.from(),
                part.size(),
                () -> by == null
                        ? operation.call(request(part, trace).fitting())
                        : Matches.ask(by, part, this, request(part, trace)));
    }

    /** Whether the payload is one request, whose tries are the step's. */
    boolean alone() {
        return parts == 1 && !use.perRecord() && order().none();
    }

    static StepException settledFor(StepException why) {
        return new StepException(why.owner(), why.code(), String.valueOf(why.getMessage()), why);
    }

    /** Leaves records out of what goes on. */
    synchronized void leaveOut(Part part, StepException why) {
        if (why.isSkipped()) {
            log(LogLevel.INFO, "left out: " + why.getMessage());
        } else {
            order().failed(part);
        }
        results().leaveOut(part, why);
    }

    /** Puts an answer where it belongs. @throws StepException when that cannot be done */
    synchronized void taken(Part part, @Nullable Payload answer) throws StepException {
        results().taken(part, answer);
    }

    Attempt.@Nullable Made madeBefore(Part part) {
        return attempt == null ? null : attempt.madeBefore(part.from(), part.size());
    }

    /** Marks a part as made. */
    void mark(Part part, @Nullable Payload answer, boolean someFailed) {
        if (attempt == null || (parts == 1 && !someFailed)) {
            return; // what is made at once is marked by the step
        }
        boolean needed = someFailed || !(use.output() instanceof Use.Input);
        CompletableFuture<Void> ready = attempt.made(part.from(), part.size(), needed ? answer : null);
        synchronized (this) {
            marked = ready;
        }
    }

    Request request(Part part, Trace trace) throws StepException {
        JsonNode record = use.perRecord() ? part.records().get(0) : null;
        Request whole = request(input, trace, record, matching == null ? Map.of() : matching.asks(part));
        String key = ConnectorProducer.key(attempt, input) + "#" + part.place();
        return new Request(part.payload(), whole.with(), queued, key, trace).judgedBy(use.judging(attempt));
    }

    private Request request(Payload payload, Trace trace, @Nullable JsonNode record, Map<String, JsonNode> more)
            throws StepException {
        boolean unknown = use.perRecord() && record == null;
        return new Request(
                payload,
                unknown
                        ? io.patchbay.payload.Json.NODES.objectNode()
                        : ConnectorProducer.with(endpoint, operation, use, exchange, input, record, queued, more),
                queued,
                ConnectorProducer.key(attempt, payload),
                trace);
    }

    private void finish() {
        try {
            Exception why = broken;
            boolean nothing = results().sent() == 0 && outage != null;
            if (why == null && nothing) {
                why = settledFor(java.util.Objects.requireNonNull(outage));
            }
            if (why == null) {
                Payload result = results().payload();
                if (attempt != null) {
                    results()
                            .failures()
                            .forEach(
                                    (item, failure) -> attempt.failRecord(input, item.index(), item.record(), failure));
                }
                ConnectorProducer.leave(exchange, attempt, result);
            } else {
                exchange.setException(why);
            }
        } catch (StepException | RuntimeException e) {
            exchange.setException(e);
        }
        endedInLine = Thread.currentThread().equals(beginner) && !left;
        callback.done(endedInLine);
    }

    void log(LogLevel level, String text) {
        if (attempt != null) {
            attempt.log(level, text);
        }
    }

    private Results results() {
        return java.util.Objects.requireNonNull(results);
    }

    private Order order() {
        return java.util.Objects.requireNonNull(order);
    }

    boolean cancelled() {
        return outside.cancelled();
    }

    /** Whether an earlier life of the run began to send this, and it may have arrived. */
    boolean begunBefore(Part part) {
        return attempt != null && attempt.begunBefore(part.from(), part.size());
    }

    boolean mayHaveSent() {
        return attempt != null && attempt.mayHaveSent();
    }

    int parts() {
        return parts;
    }

    Instant queued() {
        return queued;
    }

    Operation operation() {
        return operation;
    }

    ConnectorEndpoint endpoint() {
        return endpoint;
    }

    Connections connections() {
        return endpoint.connections();
    }

    /** The endpoint by which records are looked up. */
    Operation lookup(String id) throws StepException {
        return endpoint.beside(id);
    }
}
