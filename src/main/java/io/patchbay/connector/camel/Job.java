package io.patchbay.connector.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.Begin;
import io.patchbay.connector.CurrentCall;
import io.patchbay.connector.Endpoint.JobCall;
import io.patchbay.connector.Operation;
import io.patchbay.connector.Place;
import io.patchbay.connector.Request;
import io.patchbay.connector.Trace;
import io.patchbay.connector.Use;
import io.patchbay.connector.Waits;
import io.patchbay.connector.Writing;
import io.patchbay.connector.definition.AsyncJobConfig;
import io.patchbay.connector.limit.Governor;
import io.patchbay.expression.Values;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * A job of the system: created, asked after until it is done, its result fetched. Its id is marked when it was created, so
 * that a run that is taken up again asks after the same job. Waits hold no thread, and long ones no place of the run.
 */
final class Job {

    private static final String ID = "job";
    private static final String CREATED = "created";

    private final ConnectorEndpoint endpoint;
    private final JobCall call;
    private final Use use;
    private final Exchange exchange;
    private final AsyncCallback callback;
    private final @Nullable Attempt attempt;
    private final Trace trace;
    private final Payload input;
    private final Instant queued;
    private final ObjectNode with;
    private final Operation operation;
    private int waits;
    private int failures;
    private boolean toldUnknown;
    private @Nullable JsonNode id;
    private Instant created;

    Job(ConnectorEndpoint endpoint, Operation operation, Use use, Exchange exchange, AsyncCallback callback)
            throws StepException {
        this.endpoint = endpoint;
        this.operation = operation;
        this.call = (JobCall) operation.endpoint().call();
        this.use = use;
        this.exchange = exchange;
        this.callback = callback;
        this.attempt = exchange.getProperty(Attempt.PROPERTY, Attempt.class);
        this.trace = attempt == null ? Trace.NONE : new CurrentCall(Trace.of(attempt));
        this.input = Bodies.payload(exchange);
        this.created = now();
        this.queued = attempt == null ? created : attempt.queuedAt();
        this.with = ConnectorProducer.with(endpoint, operation, use, exchange, input, null, queued, Map.of());
    }

    /** Begins; goes on and ends on other threads. */
    boolean begin() {
        Attempt.Made before = attempt == null ? null : attempt.madeBefore(0, 0);
        if (before != null && before.answer() != null) {
            goOnWith(before.answer());
        } else {
            inTurn(this::create);
        }
        return false;
    }

    private void goOnWith(Payload mark) {
        try {
            id = mark.tree().path(ID);
            created = Instant.parse(mark.tree().path(CREATED).asText());
            log(LogLevel.INFO, "goes on with job " + Values.text(id) + ", which was created before");
            inTurn(this::poll);
        } catch (StepException | RuntimeException e) {
            fail(e);
        }
    }

    /** One request of the job. */
    private interface Step {
        void make() throws StepException;
    }

    /** Makes a request when the limits of the instance let it, on a thread that may work. */
    private void inTurn(Step step) {
        Line line = new Line(step);
        trace.onCancel(line::leave);
        operation.governor().await(line);
        if (trace.cancelled()) {
            line.leave();
        }
    }

    /** A place in the line of those who wait for the limits of the instance. */
    private final class Line implements Governor.Turn {
        private final Step step;

        Line(Step step) {
            this.step = step;
        }

        void leave() {
            if (operation.governor().withdraw(this)) {
                endpoint.connections().work(Job.this::ended);
            }
        }

        @Override
        public void go(Governor.Permit permit) {
            endpoint.connections().work(() -> {
                try {
                    made(step);
                } finally {
                    permit.release();
                }
            });
        }

        @Override
        public void refuse(StepException why) {
            endpoint.connections().work(() -> failed(why));
        }
    }

    private void made(Step step) {
        try {
            if (trace.cancelled()) {
                ended();
            } else {
                step.make();
            }
        } catch (StepException e) {
            failed(e);
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private AsyncJobConfig config() {
        return call.config();
    }

    private void create() throws StepException {
        Payload answer = created();
        JsonNode made = found(call.job(), answer);
        if (Values.absent(made) || made.isContainerNode()) {
            throw new StepException(
                    Owner.REMOTE,
                    "NO_JOB",
                    "the answer of '" + config().create() + "' has no job at " + config().jobPath()
                            + ": the system may be busy with another one, or have refused it");
        }
        id = made;
        created = now();
        CompletableFuture<Void> marked = attempt == null
                ? CompletableFuture.completedFuture(null)
                : attempt.made(0, 0, input.withBody(new Body.Tree(mark(made)), RecordPath.ROOT));
        var unused =
                marked.whenComplete((done, broken) -> endpoint.connections().work(() -> {
                    if (broken == null) {
                        waitAndPoll();
                    } else {
                        fail(new StepException(
                                Owner.INTERNAL, "NOT_MARKED", "progress could not be written to the store", broken));
                    }
                }));
    }

    private Payload created() throws StepException {
        Writing writing = endpoint.beside(config().create()).endpoint().writing();
        try {
            return Outcome.of(writing.once(), attempt, 0, 0, () -> ask(config().create(), Map.of()));
        } catch (StepException e) {
            throw Outcome.of(writing, e);
        }
    }

    private JsonNode mark(JsonNode job) {
        return Json.NODES.objectNode().put(CREATED, created.toString()).set(ID, job);
    }

    private void waitAndPoll() {
        Duration wait = config().pollAfter().multipliedBy(1L << Math.min(waits++, 20));
        waitAnd(wait.compareTo(config().pollMax()) > 0 ? config().pollMax() : wait);
    }

    /** Asks again after a wait, or at once when it is cut short. */
    private void waitAnd(Duration wait) {
        AtomicBoolean over = new AtomicBoolean();
        Runnable goOn = () -> {
            if (over.compareAndSet(false, true)) {
                inTurn(this::poll);
            }
        };
        trace.onCancel(() -> endpoint.connections().work(goOn));
        if (attempt == null) {
            var unused = endpoint.connections().after(wait, goOn);
        } else {
            attempt.after(wait, goOn);
        }
    }

    private void poll() throws StepException {
        Payload answer = ask(config().poll(), given(null));
        failures = 0;
        String status = Values.text(found(call.status(), answer));
        AsyncJobConfig.StatusMap means = config().statusMap();
        if (means.completed().contains(status)) {
            complete(answer);
        } else if (means.failed().contains(status)) {
            fail(new StepException(
                    Owner.REMOTE, "JOB_FAILED", "job " + Values.text(id()) + " ended as " + line(status)));
        } else if (means.timeout().contains(status)) {
            fail(new StepException(
                    Owner.REMOTE,
                    "JOB_TIMEOUT",
                    "the system gave job " + Values.text(id()) + " up (" + line(status)
                            + "); replay it to create another"));
        } else if (Duration.between(created, now()).compareTo(config().timeout()) > 0) {
            cancel();
            fail(new StepException(
                    Owner.LIMIT,
                    "JOB_TIMEOUT",
                    "job " + Values.text(id()) + " took longer than asyncJob.timeout; its status is " + line(status)));
        } else {
            tellUnknown(status, means);
            waitAndPoll();
        }
    }

    private void tellUnknown(String status, AsyncJobConfig.StatusMap means) {
        if (!toldUnknown && !means.running().isEmpty() && !means.running().contains(status)) {
            toldUnknown = true;
            log(LogLevel.WARN, "status '" + line(status) + "' stands nowhere in asyncJob.statusMap: taken as running");
        }
    }

    private void complete(Payload answer) throws StepException {
        Place urlPath = call.url();
        JsonNode url = urlPath == null ? null : found(urlPath, answer);
        String download = config().download();
        if (download == null) {
            leave(answer);
        } else if (url != null && Values.absent(url)) {
            nothing();
        } else if (call.many()) {
            Begin begin = attempt == null
                    ? new Begin("pull", null, 0, null, "")
                    : new Begin(attempt.shape(), attempt.resumeFrom(), attempt.resumeOrdinal(), null, "")
                            .skipping(use.skips());
            Operation operation = endpoint.beside(download);
            Trace own = attempt == null ? Trace.NONE : Trace.of(attempt);
            end(operation.pull(request(operation, given(url), own), begin));
        } else {
            leave(ask(download, given(url)));
        }
    }

    private Map<String, JsonNode> given(@Nullable JsonNode url) {
        return url == null ? Map.of(ID, id()) : Map.of(ID, id(), "url", url);
    }

    private JsonNode id() {
        return java.util.Objects.requireNonNull(id);
    }

    private void nothing() throws StepException {
        if (call.many()) {
            end(new Nothing());
        } else {
            leave(input.withBody(Body.EMPTY, RecordPath.ROOT));
        }
    }

    private void leave(Payload answer) throws StepException {
        end(Outputs.of(use.output(), input, answer));
    }

    /** Calls one of the job's endpoints; the caller holds a permit. */
    private Payload ask(String name, Map<String, JsonNode> more) throws StepException {
        Operation operation = endpoint.beside(name);
        return operation.call(request(operation, more, trace));
    }

    private Request request(Operation operation, Map<String, JsonNode> more, Trace follows) throws StepException {
        Map<String, JsonNode> values = new java.util.LinkedHashMap<>();
        for (String name : operation.endpoint().config().inputs().keySet()) {
            JsonNode value = more.getOrDefault(name, with.get(name));
            if (value != null) {
                values.put(name, value);
            }
        }
        ObjectNode inputs = operation.inputs().complete(values, queued);
        return new Request(input, inputs, queued, ConnectorProducer.key(attempt, input), follows);
    }

    private static JsonNode found(Place place, Payload answer) throws StepException {
        return answer.isEmpty()
                ? com.fasterxml.jackson.databind.node.MissingNode.getInstance()
                : place.find(answer.tree());
    }

    /** A request failed: one about a job that is there is made again, as often as the endpoint's rules say. */
    private void failed(StepException why) {
        var backoff = operation.endpoint().errors().backoff();
        if (id != null && trace.cancelled()) {
            ended(); // the request was given up with the run
        } else if (id == null || !why.retryable()) {
            fail(why);
        } else if (++failures < backoff.maxAttempts()) {
            log(
                    LogLevel.WARN,
                    why.getMessage() + " [" + why.code() + "]; job " + Values.text(id()) + " is asked after again");
            waitAnd(Waits.before(
                    failures + 1,
                    backoff,
                    why.retryAfter(),
                    () -> ThreadLocalRandom.current().nextDouble()));
        } else {
            fail(Sending.settledFor(why));
        }
    }

    /** The run ends before the job. If it goes on in another life, the job goes on; if not, it is ended too. */
    private void ended() {
        if (id != null && attempt != null && attempt.stopped()) {
            cancel();
        }
        fail(StepException.held(
                id == null
                        ? "the run was stopped before the job was created"
                        : "the run was stopped before the job was done"));
    }

    private void cancel() {
        String cancel = config().cancel();
        if (cancel == null) {
            return;
        }
        try {
            Operation operation = endpoint.beside(cancel);
            operation.call(request(operation, given(null), Trace.NONE));
            log(LogLevel.INFO, "job " + Values.text(id()) + " was cancelled");
        } catch (StepException | RuntimeException e) {
            log(LogLevel.WARN, "job " + Values.text(id()) + " could not be cancelled: " + e.getMessage());
        }
    }

    private void end(Object result) {
        ConnectorProducer.leave(exchange, attempt, result);
        callback.done(false);
    }

    private void fail(Exception why) {
        exchange.setException(why);
        callback.done(false);
    }

    private void log(LogLevel level, String text) {
        if (attempt != null) {
            attempt.log(level, text);
        }
    }

    private static String line(String text) {
        return text.length() > 100 ? text.substring(0, 100) + "…" : text;
    }

    private Instant now() {
        return endpoint.connections().services().clock().instant();
    }

    /** The result of a job that has none. */
    private static final class Nothing implements Pull {
        @Override
        public Element next() {
            return new End();
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
