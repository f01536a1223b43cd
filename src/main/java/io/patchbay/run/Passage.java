package io.patchbay.run;

import io.patchbay.canvas.Durations;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Bucket;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;

/** One payload (or bucket) passing one step: its tries, and what becomes of it. */
final class Passage {

    private final StepRules rules;
    private final StepProcessor step;
    private final Run run;
    private final Failing failing;
    private final Exchange exchange;
    private final AsyncCallback callback;
    private final @Nullable Payload input;
    private final @Nullable Bucket bucket;
    private final ShapeCounts counts;
    private final ShapeTrace trace;
    private final Marks marks;
    private @Nullable Try pulls;
    private volatile boolean passedOn;

    Passage(
            StepProcessor step,
            Run run,
            @Nullable FailureScope scope,
            Exchange exchange,
            AsyncCallback callback,
            @Nullable Payload input,
            @Nullable Bucket bucket) {
        this.step = step;
        this.rules = step.rules();
        this.run = run;
        this.failing = new Failing(run, rules, scope);
        this.marks = new Marks(run, rules);
        this.exchange = exchange;
        this.callback = callback;
        this.input = input;
        this.bucket = bucket;
        this.counts = run.counts(rules.shape());
        this.trace = run.trace().shape(rules.shape(), run.rules().shapes().getOrDefault(rules.shape(), ""));
    }

    /** Begins; answers whether all was done on the caller's thread, as Camel's asynchronous processors do. */
    boolean begin() {
        countIn();
        if (run.leftBefore()) {
            Checkpoints.Sent sent = run.progress().sent().get(key());
            if (sent != null) {
                return alreadySent(sent);
            }
            FailedPayload failed = run.progress().failed().get(key());
            if (failed != null) {
                return alreadyFailed(failed);
            }
        }
        if (rules.outside() && run.identity().journaled()) {
            CompletableFuture<Void> ready = run.writes().ready();
            if (!ready.isDone()) {
                run.services().then(ready, this::ready);
                return false;
            }
            if (ready.isCompletedExceptionally()) {
                return broken(true);
            }
        }
        return attempt(1, true);
    }

    private void ready(@Nullable Throwable broken) {
        guarded(() -> {
            if (broken != null) {
                broken(false);
            } else {
                attempt(1, false);
            }
        });
    }

    /** Does something on a thread that nobody else looks after. */
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            fellThrough(e, false);
        }
    }

    /** A checkpoint could not be written, so no further effect may happen. */
    private boolean broken(boolean sync) {
        run.stop(
                RunStatus.FAILED,
                "progress could not be written to the store; the run goes on from its last checkpoint");
        StepProcessor.end(exchange);
        return done(sync);
    }

    private void countIn() {
        counts.payloadsIn.increment();
        if (input != null) {
            counts.recordsIn.add(input.recordCount());
            if (counts.payloadsIn.sum() > run.rules().limits().payloads()) {
                run.stop(
                        RunStatus.STOPPED,
                        "more than " + run.rules().limits().payloads() + " payloads reached shape '" + rules.shape()
                                + "'");
            }
            Capture.passing(run, rules.shape(), exchange, input, CapturedPayload.Direction.IN);
        } else if (bucket != null) {
            counts.payloadsIn.add(bucket.size() - 1);
            counts.recordsIn.add(bucket.records());
        }
    }

    private boolean alreadySent(Checkpoints.Sent sent) {
        Payload output = sent.output();
        Ending ended = Ending.kept(output);
        if (ended != null) {
            run.ended(ended);
            exchange.getMessage().setBody(null);
        } else {
            exchange.getMessage().setBody(output == null ? original() : output);
        }
        run.log(rules.shape(), LogLevel.INFO, "not sent again: it was sent before the run was taken up again");
        return succeeded(null, true);
    }

    private boolean alreadyFailed(FailedPayload failed) {
        StepException why = new StepException(failed.owner(), failed.code(), failed.message());
        failing.route(payload(), why, failed.attempts(), false);
        endOrPass();
        return done(true);
    }

    /** Makes a try. */
    private boolean attempt(int number, boolean sync) {
        Try attempt = new Try(this, number);
        exchange.setProperty(Attempt.PROPERTY, attempt);
        rules.properties().forEach(exchange::setProperty);
        counts.attempts.increment();
        Duration timeout = rules.timeout();
        Exchange its = exchange;
        if (timeout != null) {
            // A try that is given up still comes to its end, at any time. In an exchange of its own it touches nothing
            // that goes on.
            its = ExchangeHelper.createCopy(exchange, true);
            attempt.watchedBy(run.services().later(timeout, () -> guarded(() -> timedOut(attempt, timeout))));
        }
        boolean inLine = work(attempt, its, sync);
        return inLine && sync;
    }

    private boolean work(Try attempt, Exchange its, boolean sync) {
        boolean inLine;
        LogNames names = LogNames.of(run.identity(), rules.shape());
        try {
            inLine = step.work().process(its, doneSync -> {
                if (!doneSync) {
                    finished(attempt, its, false);
                }
            });
        } catch (RuntimeException | Error e) {
            its.setException(e);
            inLine = true;
        } finally {
            names.giveBack();
        }
        return inLine && finished(attempt, its, sync);
    }

    /** Called when a try ends; a try that was given up is ignored. */
    private boolean finished(Try attempt, Exchange its, boolean sync) {
        if (!attempt.close()) {
            return false;
        }
        try {
            ExchangeHelper.copyResults(exchange, its);
            counts.nanos.add(attempt.nanos());
            Exception thrown = exchange.getException();
            if (thrown == null) {
                return succeeded(attempt, sync);
            }
            exchange.setException(null);
            return failed(Failures.of(thrown), attempt.number(), sync);
        } catch (RuntimeException | Error e) {
            return fellThrough(e, sync);
        }
    }

    /** What nothing is expected to throw, a lack of memory say, ends the run: it must not go on for ever without a thread. */
    private boolean fellThrough(Throwable thrown, boolean sync) {
        run.breaks(thrown);
        if (passedOn) {
            return sync; // whoever comes behind has the exchange
        }
        try {
            failing.hold(payload(), "the run broke when this had passed the shape");
        } catch (RuntimeException | Error e) {
            // What cannot be kept must not be taken for done: the outcome is not written, and the start is taken up
            // again.
            run.writes().await(CompletableFuture.failedFuture(e));
        }
        StepProcessor.end(exchange);
        return done(sync);
    }

    private void timedOut(Try attempt, Duration timeout) {
        boolean unknown = attempt.unrepeatable();
        if (attempt.abandon()) {
            counts.nanos.add(attempt.nanos());
            failed(tookTooLong(timeout, unknown || attempt.unrepeatable()), attempt.number(), false);
        }
    }

    private static StepException tookTooLong(Duration timeout, boolean unknown) {
        String what = "the shape took longer than its timeout of " + Durations.format(timeout);
        return unknown
                ? new StepException(
                        Owner.LIMIT,
                        StepException.UNKNOWN_OUTCOME,
                        what
                                + " while a request was on its way that may have arrived, so it is not sent again by itself: look"
                                + " there, and replay it if it is missing")
                : new StepException(Owner.LIMIT, "TIMEOUT", what, null, true, null);
    }

    private boolean failed(StepException why, int attempts, boolean sync) {
        int most = 1 + rules.retries().count();
        if (why.retryable() && attempts < most && run.goesOn()) {
            Duration asked = why.retryAfter();
            Duration pause = asked != null ? asked : rules.retries().before(attempts + 1);
            run.log(
                    rules.shape(),
                    LogLevel.WARN,
                    why.getMessage() + " [" + why.code() + "]; attempt " + (attempts + 1) + " of " + most + " in "
                            + Durations.format(pause));
            trace.again(attempts + 1, why, pause);
            exchange.getMessage().setBody(original());
            run.onItsWay().after(pause, () -> guarded(() -> retry(attempts + 1)));
            return false;
        }
        fail(why, attempts);
        return done(sync);
    }

    private void retry(int number) {
        if (run.goesOn()) {
            attempt(number, false);
        } else {
            failing.hold(payload(), "the run ended while it waited for another attempt");
            StepProcessor.end(exchange);
            done(false);
        }
    }

    /** The work succeeded: what it left in the body goes on. */
    private boolean succeeded(@Nullable Try attempt, boolean sync) {
        Object result = exchange.getMessage().getBody();
        if (attempt != null && !routeFailedRecords(attempt, result)) {
            StepProcessor.end(exchange);
            return done(sync);
        }
        if (result instanceof Pull pull) {
            pulling(attempt);
            exchange.getMessage().setBody(new Pages(run, rules, payload(), pull, this));
        } else if (result instanceof Payload payload) {
            out(payload, attempt != null);
        } else if (result instanceof Bucket all) {
            counts.payloadsOut.add(all.size());
            counts.recordsOut.add(all.records());
            sent(null, attempt != null);
        } else {
            if (attempt != null) {
                Ending ending = Ending.of(attempt, input);
                run.ended(ending);
                sent(input == null ? null : ending.mark(lineage()), true);
            }
            StepProcessor.end(exchange);
        }
        Told.of(run, rules.shape(), attempt, input, bucket);
        return done(sync);
    }

    /** While its pages are turned, a try that ended still holds calls. */
    private void pulling(@Nullable Try attempt) {
        if (attempt != null) {
            pulls = attempt;
            run.onItsWay().calls(attempt);
        }
    }

    /** No further page is to be had. */
    void pulled() {
        if (pulls != null) {
            run.onItsWay().called(pulls);
        }
        trace.ended();
    }

    private void out(Payload payload, boolean fresh) {
        countOut(payload);
        keepWhenOver();
        sent(asItCame(payload) ? null : payload, fresh);
    }

    /** Whether the step handed on the very payload that it got. */
    @SuppressWarnings("ReferenceEquality") // payloads are values, but comparing them would cost more than sending them
    private boolean asItCame(Payload payload) {
        return payload == original();
    }

    /** What others that were on their way ended meanwhile is kept by the next step: this was done, so a replay goes on behind it. */
    private void keepWhenOver() {
        if (rules.outside() && exchange.getProperty(Window.BESIDE_OTHERS) != null && !failing.othersGoOn()) {
            exchange.setProperty(StepProcessor.PASSED_BEFORE_END, true);
        }
    }

    void countOut(Payload payload) {
        if (!asItCame(payload)) {
            run.held().own(payload.body());
        }
        counts.payloadsOut.increment();
        counts.recordsOut.add(payload.recordCount());
        Capture.passing(run, rules.shape(), exchange, payload, CapturedPayload.Direction.OUT);
    }

    private void sent(@Nullable Payload output, boolean fresh) {
        if (fresh) {
            marks.set(lineage().text(), output);
        }
    }

    /** Routes records that left their page; false when that ends the payload too. */
    private boolean routeFailedRecords(Try attempt, @Nullable Object result) {
        if (attempt.failedRecords().isEmpty()) {
            return true;
        }
        for (Try.FailedRecord failed : attempt.failedRecords()) {
            String key = rules.shape() + "|" + failed.payload().lineage().text();
            boolean known = run.progress().failed().containsKey(key);
            trace.failed(failed.why());
            failing.route(failed.payload(), failed.why(), attempt.number(), !known);
        }
        if (run.suspended()) {
            return false; // some may not be kept as failed, so the rest gets no mark; parts that were made have their
            // own
        }
        boolean goesOn = failing.othersGoOn();
        if (!goesOn && rules.outside()) {
            // The rest was sent: a replay must not send it again, so whatever comes behind keeps it.
            exchange.setProperty(StepProcessor.PASSED_BEFORE_END, true);
            return true;
        }
        if (!goesOn && result instanceof Payload rest && rest.recordCount() > 0) {
            failing.hold(
                    payload().withBody(rest.body(), rest.recordPath()), "the run stopped at another record's failure");
        }
        return goesOn;
    }

    /** One payload of the bucket does not go on; answers whether the others do. */
    boolean aside(Pull.Aside one) {
        run.held().own(one.payload().body());
        trace.failed(one.why());
        return failing.aside(one.payload(), one.why());
    }

    /** The payload used up its tries. */
    void fail(StepException why, int attempts) {
        trace.failed(why);
        failing.route(payload(), why, attempts, true);
        endOrPass();
    }

    /** A payload that failed ends. What failed for all of a bucket at once says nothing of them: they pass by. */
    private void endOrPass() {
        if (bucket == null) {
            StepProcessor.end(exchange);
            return;
        }
        exchange.getMessage().setBody(bucket);
        if (!failing.othersGoOn()) {
            exchange.setProperty(StepProcessor.PASSED_BEFORE_END, true);
        }
    }

    private boolean done(boolean sync) {
        exchange.removeProperty(Attempt.PROPERTY);
        if (run.suspended()) {
            marks.setTheRest();
        }
        passedOn = true;
        if (pulls == null) {
            trace.ended();
        }
        callback.done(sync);
        return sync;
    }

    private String key() {
        return rules.shape() + "|" + lineage().text();
    }

    private Lineage lineage() {
        return input != null ? input.lineage() : Lineage.ofRun(run.identity().id());
    }

    /** The payload that the step works on; for a bucket an empty one that stands for it. */
    Payload payload() {
        return input != null ? input : Payload.empty(lineage()).withMeta(Runner.STANDS_FOR, rules.shape());
    }

    private @Nullable Object original() {
        return input != null ? input : bucket;
    }

    /** What tries of this passage made already. */
    Marks marks() {
        return marks;
    }

    Run run() {
        return run;
    }

    ShapeTrace trace() {
        return trace;
    }

    StepRules rules() {
        return rules;
    }
}
