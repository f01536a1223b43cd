package io.patchbay.connector.camel;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.CurrentCall;
import io.patchbay.connector.Join;
import io.patchbay.connector.Operation;
import io.patchbay.connector.Request;
import io.patchbay.connector.Trace;
import io.patchbay.connector.Use;
import io.patchbay.connector.camel.Questions.Ask;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Answers of an endpoint joined into the records of a payload that ask for them: the Content Enricher. What several records ask
 * alike is asked once. As many requests are on their way as the shape says, each in a lane; waits hold no thread. Nothing is
 * marked: what reads may be asked again, so a run that is taken up after a crash does that.
 */
final class Joining {

    private final ConnectorEndpoint endpoint;
    private final Operation operation;
    private final Join join;
    private final Exchange exchange;
    private final Attempt attempt;
    private final AsyncCallback callback;
    private final Trace outside;
    private final Payload input;
    private final List<JsonNode> records;
    private final Questions questions;
    private final boolean missing;
    private final Thread beginner = Thread.currentThread();
    private final Deque<Ask> pending = new ArrayDeque<>();
    private int lanes;
    private int requests;
    private int answered;
    private int kept;
    private int passedOver;
    private boolean left;
    private boolean endedInLine;
    private @Nullable StepException outage;
    private @Nullable Exception broken;

    Joining(
            ConnectorEndpoint endpoint,
            Operation operation,
            Use use,
            Join join,
            Exchange exchange,
            Attempt attempt,
            AsyncCallback callback)
            throws StepException {
        this.endpoint = endpoint;
        this.operation = operation;
        this.join = join;
        this.exchange = exchange;
        this.attempt = attempt;
        this.callback = callback;
        this.outside = Trace.of(attempt);
        this.input = Bodies.payload(exchange).parsed();
        this.records = input.records();
        this.missing = use.match() == null
                && operation.endpoint().errors().rules().stream()
                        .noneMatch(rule -> rule.status().contains(Reading.NOT_THERE));
        this.questions = new Questions(
                use,
                join,
                operation.inputs(),
                (record, more) -> ConnectorProducer.with(
                        endpoint, operation, use, exchange, input, record, attempt.queuedAt(), more));
    }

    /** Begins; answers whether all was done on the caller's thread. */
    boolean begin() throws StepException {
        questions.read(input, records, attempt);
        List<Ask> asks = questions.asks(unknown());
        requests = asks.size();
        pending.addAll(asks);
        lanes = 1;
        new Lane().run();
        left = true;
        return endedInLine;
    }

    /** Questions that nobody answered before. */
    private List<Question> unknown() throws StepException {
        Map<String, Question> all = questions.all();
        Join.Answers answers = join.answers();
        if (answers == null || all.isEmpty()) {
            return List.copyOf(all.values());
        }
        Map<String, List<JsonNode>> known = answers.find(all.keySet(), endpoint.identity(), attempt);
        List<Question> open = new ArrayList<>();
        for (Question question : all.values()) {
            List<JsonNode> before = known.get(question.text());
            if (before == null) {
                open.add(question);
            } else {
                Reading reading = reading(question.keys(), false);
                reading.records(before);
                take(question, reading);
                passedOver += reading.passedOver();
                answered++;
            }
        }
        return open;
    }

    private Reading reading(Set<String> keys, boolean whole) {
        return new Reading(join, keys, whole, record -> attempt.scope(input, record));
    }

    /** The way of one request after the other. */
    private final class Lane implements Runnable {
        private final Trace trace = new CurrentCall(outside);
        private @Nullable AskCall call;

        /** Goes on until nothing is left or something must be waited for. */
        @Override
        public void run() {
            while (true) {
                AskCall current = call == null ? take(this) : call;
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
                call = null;
            }
        }

        Trace trace() {
            return trace;
        }
    }

    /** The next request, for a lane; null when there is none. */
    private synchronized @Nullable AskCall take(Lane lane) {
        if (broken == null && outside.cancelled()) {
            broken = ConnectorProducer.held();
        }
        StepException down = outage;
        if (broken != null || down != null) {
            pending.forEach(ask -> ask.questions().forEach(question -> question.failed(settled(down))));
            pending.clear();
        }
        Ask ask = pending.poll();
        if (ask == null) {
            return null;
        }
        if (lanes < join.bounds().concurrency() && !pending.isEmpty()) {
            lanes++;
            endpoint.connections().work(new Lane());
        }
        return new AskCall(this, ask, lane.trace(), lane);
    }

    private static StepException settled(@Nullable StepException why) {
        return Sending.settledFor(why == null ? ConnectorProducer.held() : why);
    }

    /** A lane has nothing to do; the last one ends all. */
    private void leave() {
        synchronized (this) {
            lanes--;
            if (lanes > 0) {
                return;
            }
        }
        finish();
    }

    /** Makes one try of a request, and takes its answer. It hangs on its inputs alone, so that it is one question for all who ask. */
    void ask(Ask ask, Trace trace) throws StepException {
        Payload asks = new Payload(input.lineage(), Body.EMPTY, RecordPath.ROOT, Map.of());
        String key = ConnectorProducer.key(attempt, input) + "#" + ask.number();
        Request request = new Request(asks, questions.with(ask), attempt.queuedAt(), key, trace);
        Set<String> keys = new LinkedHashSet<>();
        ask.questions().forEach(question -> keys.addAll(question.keys()));
        Join.Answers answers = join.answers();
        boolean whole = answers != null && join.by() != null && ask.questions().size() == 1;
        Reading reading = reading(keys, whole);
        reading.ask(endpoint, operation, request, missing);
        taken(ask, reading);
        if (answers != null) {
            Map<String, List<JsonNode>> found = new HashMap<>();
            ask.questions().forEach(question -> found.put(question.text(), whole ? reading.whole() : question.all()));
            answers.keep(found, endpoint.identity(), attempt);
        }
    }

    private synchronized void taken(Ask ask, Reading reading) throws StepException {
        for (Question question : ask.questions()) {
            take(question, reading);
        }
        passedOver += reading.passedOver();
        answered++;
    }

    private void take(Question question, Reading reading) throws StepException {
        int more = question.answered(reading);
        if (kept + more > join.bounds().most()) {
            throw Reading.tooMany(join);
        }
        kept += more;
    }

    /** Fails those who asked with a request that used up its tries. */
    synchronized void failed(Ask ask, StepException why) {
        if (why.isHeld() || outside.cancelled()) {
            breaks(why.isHeld() ? why : ConnectorProducer.held());
            return;
        }
        if (why.isPaused()) {
            breaks(why); // nothing failed: the run is left for later
            return;
        }
        if (join.onFailure() == Join.Failure.PAYLOAD && !why.isSkipped()) {
            breaks(settled(why));
            return;
        }
        if (why.retryable()) {
            outage = why;
        }
        ask.questions().forEach(question -> question.failed(why.isSkipped() ? why : settled(why)));
    }

    void triedAgain(Ask ask, StepException why) {
        attempt.log(
                LogLevel.WARN,
                why.getMessage() + " [" + why.code() + "]; request " + (ask.number() + 1) + " of " + requests
                        + " is tried again");
    }

    /** Ends all with an exception; what is on its way comes to its end. */
    private synchronized void breaks(Exception why) {
        broken = broken == null ? why : broken;
    }

    private void finish() {
        try {
            Exception why = broken;
            if (why == null && outage != null && answered == 0 && join.onFailure() == Join.Failure.RECORD) {
                why = settled(outage); // nothing was found out: the payload fails, and not each of its records
            }
            if (why == null) {
                Payload result = joined();
                exchange.getMessage().setBody(result);
            } else {
                exchange.setException(why);
            }
        } catch (StepException | RuntimeException e) {
            exchange.setException(e);
        }
        endedInLine = Thread.currentThread().equals(beginner) && !left;
        callback.done(endedInLine);
    }

    private @Nullable Payload joined() throws StepException {
        Joined result = new Joined(join, input, records, attempt);
        for (int i = 0; i < records.size(); i++) {
            StepException why = questions.failed().get(i);
            Questions.Asker asker = questions.of(i);
            if (why != null) {
                result.fail(i, why);
            } else if (asker == null) {
                result.found(i, List.of());
            } else if (asker.question().failure() != null) {
                result.unanswered(i, Objects.requireNonNull(asker.question().failure()));
            } else {
                result.found(i, asker.found());
            }
        }
        if (passedOver > 0) {
            attempt.log(
                    LogLevel.WARN,
                    "'" + operation.endpoint().id() + "' answered several records: each record gets the first one, and "
                            + passedOver + " were passed over (onMany: all gives them all)");
        }
        return result.payload();
    }

    Operation operation() {
        return operation;
    }

    Connections connections() {
        return endpoint.connections();
    }
}
