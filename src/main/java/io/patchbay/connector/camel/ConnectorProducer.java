package io.patchbay.connector.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Operation;
import io.patchbay.connector.Request;
import io.patchbay.connector.Trace;
import io.patchbay.connector.Use;
import io.patchbay.connector.definition.FileConfig;
import io.patchbay.connector.limit.Governor;
import io.patchbay.format.Alone;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;

/**
 * Calls an endpoint. In a compiled flow the body is a {@link Payload} and each call is one try of the step, which owns
 * retries; the body becomes a {@link Payload} or a {@link Pull}. In a plain route the body is text, bytes or JSON, and becomes
 * text, or an iterator of texts where the endpoint yields any number. No header of the message reaches the system, and none
 * of its answer's the message.
 */
final class ConnectorProducer extends DefaultAsyncProducer {

    private static final Use PLAIN = Use.plain();

    private final ConnectorEndpoint endpoint;

    ConnectorProducer(ConnectorEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            Operation operation = endpoint.operation();
            Attempt attempt = exchange.getProperty(Attempt.PROPERTY, Attempt.class);
            Use given = exchange.getProperty(Use.PROPERTY, Use.class);
            Use use = given == null ? PLAIN : given;
            Payload payload = Bodies.payload(exchange);
            if (use.output() instanceof Use.Joined joined && attempt != null) {
                return new Joining(endpoint, operation, use, joined.join(), exchange, attempt, callback).begin();
            }
            Payload alone = attempt == null ? null : alone(operation, use, payload, attempt.shape());
            if (alone != null && attempt != null) {
                leave(exchange, attempt, single(operation, use) ? alone : new OnePull(alone, attempt.shape()));
                callback.done(true);
                return true;
            }
            if (operation.endpoint().call() instanceof Endpoint.JobCall) {
                return new Job(endpoint, operation, use, exchange, callback).begin();
            }
            if (Sending.needed(operation, use, payload)) {
                return new Sending(endpoint, operation, use, exchange, callback).begin();
            }
            Request request = request(operation, use, exchange, attempt, payload);
            if (operation.endpoint().many()) {
                leave(exchange, attempt, new ListCall(endpoint, operation, use, exchange, attempt, request).pull());
                callback.done(true);
                return true;
            }
            return new Single(operation, use, exchange, callback, attempt, request).begin();
        } catch (StepException | RuntimeException e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
    }

    /** The records of a payload that went aside here before; what it came from is not read once more for it. */
    private @Nullable Payload alone(Operation operation, Use use, Payload payload, String shape) throws StepException {
        boolean reads = operation.endpoint().many()
                || single(operation, use)
                || (operation.endpoint().call() instanceof Endpoint.FileCall file
                        && file.config().op() == FileConfig.Op.READ);
        if (!reads || Alone.said(payload, shape) == null) {
            return null;
        }
        String result = operation.endpoint().call() instanceof Endpoint.JobCall job
                ? job.config().download()
                : null;
        Operation reader = result == null ? operation : endpoint.beside(result);
        Payload alone = reader.alone(payload, shape);
        if (alone == null) {
            throw new StepException(
                    Owner.AUTHOR,
                    "NOT_READ_HERE",
                    "the payload is a record that went aside while shape '" + shape
                            + "' read a file or an answer, and its endpoint reads none in a format of files any more ('content');"
                            + " replay it as a record from the next shape");
        }
        return alone;
    }

    /** Whether one answer is what goes on: its records that cannot be read may go aside. */
    private static boolean single(Operation operation, Use use) {
        Endpoint asked = operation.endpoint();
        return !asked.many()
                && !asked.acts()
                && asked.call() instanceof Endpoint.HttpCall
                && use.output() instanceof Use.Response;
    }

    private Request request(Operation operation, Use use, Exchange exchange, @Nullable Attempt attempt, Payload payload)
            throws StepException {
        Instant queued =
                attempt == null ? endpoint.connections().services().clock().instant() : attempt.queuedAt();
        ObjectNode with = with(endpoint, operation, use, exchange, payload, null, queued, Map.of());
        Trace trace = attempt == null ? Trace.NONE : Trace.of(attempt);
        return new Request(payload, with, queued, key(attempt, payload), trace)
                .judgedBy(use.judging(attempt))
                .skipping(use.skips() && single(operation, use));
    }

    /** All values for the inputs: those of the URI, of the message's exchange and of the shape, and more. */
    static ObjectNode with(
            ConnectorEndpoint endpoint,
            Operation operation,
            Use use,
            Exchange exchange,
            Payload payload,
            @Nullable JsonNode record,
            Instant queued,
            Map<String, JsonNode> more)
            throws StepException {
        Map<?, ?> dynamic = exchange.getProperty(Use.WITH, Map.class);
        if (dynamic == null && use.with().isEmpty()) {
            return operation.inputs().complete(endpoint.constants(), queued);
        }
        Map<String, JsonNode> values = new LinkedHashMap<>(endpoint.constants());
        if (dynamic != null) {
            dynamic.forEach((name, value) -> values.put(
                    String.valueOf(name),
                    value instanceof JsonNode node ? node : io.patchbay.payload.Json.MAPPER.valueToTree(value)));
        }
        Attempt attempt = exchange.getProperty(Attempt.PROPERTY, Attempt.class);
        values.putAll(use.values(attempt, payload, record));
        values.putAll(more);
        return operation.inputs().complete(values, queued);
    }

    /** What is the same for every try of a request of this shape, and for no request of another one. */
    static String key(@Nullable Attempt attempt, Payload payload) {
        String lineage = payload.lineage().text();
        return attempt == null ? lineage : attempt.shape() + " " + lineage;
    }

    /** Leaves a result in the exchange as the route knows it. */
    static void leave(Exchange exchange, @Nullable Attempt attempt, Object result) {
        Object body = result;
        if (attempt == null) {
            body = result instanceof Pull pull ? Bodies.plain(pull) : Bodies.plain((Payload) result);
        }
        exchange.getMessage().setBody(body);
    }

    /** One call, made at once or, when the limits of the instance want it, later on another thread. */
    private final class Single implements Governor.Turn {
        private final Operation operation;
        private final Use use;
        private final Exchange exchange;
        private final AsyncCallback callback;
        private final @Nullable Attempt attempt;
        private final Request request;
        private final long since = System.nanoTime();

        Single(
                Operation operation,
                Use use,
                Exchange exchange,
                AsyncCallback callback,
                @Nullable Attempt attempt,
                Request request) {
            this.operation = operation;
            this.use = use;
            this.exchange = exchange;
            this.callback = callback;
            this.attempt = attempt;
            this.request = request;
        }

        boolean begin() {
            Governor.Permit permit = operation.governor().tryNow();
            if (permit == null) {
                later();
                return false;
            }
            call(permit);
            callback.done(true);
            return true;
        }

        /** Waits in line, or stands aside first where the limit says so: without a place in line the run needs none either. */
        private void later() {
            Duration aside =
                    attempt == null ? Duration.ZERO : operation.governor().aside();
            if (attempt != null && !aside.isZero()) {
                Duration left = operation.governor().longestWait().minusNanos(System.nanoTime() - since);
                if (left.compareTo(aside) < 0) {
                    refuse(operation.governor().waitedLong());
                } else {
                    attempt.after(aside, this::again);
                }
                return;
            }
            // How the wait ends is said before it begins: behind it the call may already be over.
            request.trace().onCancel(this::leaveLine);
            operation.governor().await(this);
            if (request.trace().cancelled()) {
                leaveLine();
            }
        }

        private void again() {
            if (request.trace().cancelled()) {
                exchange.setException(held());
                callback.done(false);
                return;
            }
            Governor.Permit permit = operation.governor().tryNow();
            if (permit == null) {
                later();
            } else {
                call(permit);
                callback.done(false);
            }
        }

        private void leaveLine() {
            if (operation.governor().withdraw(this)) {
                refuse(held());
            }
        }

        private void call(Governor.Permit permit) {
            Object result;
            try {
                Payload answer =
                        Outcome.of(operation.endpoint().writing().once(), attempt, 0, 0, () -> operation.call(request));
                result = Outputs.of(use.output(), request.payload(), answer);
            } catch (StepException e) {
                result = Outcome.of(operation.endpoint().writing(), e);
            } catch (RuntimeException e) {
                result = e;
            } finally {
                permit.release();
            }
            if (result instanceof StepException skipped && skipped.isSkipped()) {
                if (attempt != null) {
                    attempt.log(LogLevel.INFO, "left out: " + skipped.getMessage());
                }
                exchange.getMessage().setBody(null);
            } else if (result instanceof Exception failure) {
                exchange.setException(failure);
            } else {
                leave(exchange, attempt, result);
            }
        }

        @Override
        public void go(Governor.Permit permit) {
            endpoint.connections().work(() -> {
                if (request.trace().cancelled()) {
                    permit.release();
                    exchange.setException(held());
                } else {
                    call(permit);
                }
                callback.done(false);
            });
        }

        @Override
        public void refuse(StepException why) {
            endpoint.connections().work(() -> {
                exchange.setException(why);
                callback.done(false);
            });
        }
    }

    /** The run was stopped before something was sent, which therefore is kept as failed. */
    static StepException held() {
        return StepException.held("the run was stopped before this was sent");
    }
}
