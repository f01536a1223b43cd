package io.patchbay.connector;

import io.patchbay.connector.limit.Governor;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Template;
import io.patchbay.payload.RequestLog;
import io.patchbay.payload.StepException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What operations of the kinds beside HTTP share: their endpoint with its inputs and limits, on one connection. */
public abstract class BoundOperation implements Operation {

    private final Endpoint endpoint;
    private final BoundConnection connection;
    private final Inputs inputs;
    private final Governor governor;

    /** An operation of an endpoint. */
    protected BoundOperation(Endpoint endpoint, BoundConnection connection) {
        this.endpoint = endpoint;
        this.connection = connection;
        this.inputs = new Inputs(endpoint.id(), endpoint.config().inputs());
        this.governor = connection.governor(endpoint);
    }

    @Override
    public final Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public final boolean fresh() {
        return !connection.suspect();
    }

    @Override
    public final Inputs inputs() {
        return inputs;
    }

    @Override
    public final Governor governor() {
        return governor;
    }

    @Override
    public final CallScope scope(Request request) {
        return new CallScope(connection.settings().settings(), request.with(), request.payload(), request.queuedAt());
    }

    /** What a template gives for one call. */
    protected static String text(Template template, CallScope scope) throws StepException {
        try {
            return template.text(scope);
        } catch (ExpressionException e) {
            throw StepException.of(e);
        }
    }

    /** What is told of a call: what it does, like READ, and where. Who does it says how many bytes went and came. */
    public static final class Deed {
        private final String what;
        private final String where;
        private long sent;
        private long received;

        /** A call that begins. */
        public Deed(String what, String where) {
            this.what = what;
            this.where = where;
        }

        /** So many bytes went out. */
        public Deed sent(long bytes) {
            sent = bytes;
            return this;
        }

        /** So many bytes came in. */
        public void received(long bytes) {
            received = bytes;
        }
    }

    /** What is done in a call. */
    public interface Action<T> {
        /** Does it. */
        T run() throws StepException;
    }

    /** Does something, and tells the status of the instance and the run's records how it went, without secrets. */
    public final <T> T recorded(Request request, Deed deed, Action<T> work) throws StepException {
        Instant at = connection.services().clock().instant();
        long began = System.nanoTime();
        try {
            T result = work.run();
            connection.answered();
            record(request, deed, at, began, null);
            return result;
        } catch (StepException e) {
            connection.failed(e);
            record(request, deed, at, began, e.getMessage());
            throw e;
        }
    }

    private void record(Request request, Deed deed, Instant at, long began, @Nullable String error) {
        if (!request.trace().wanted()) {
            return;
        }
        var redactor = connection.services().secrets().redactor();
        request.trace()
                .request(new RequestLog(
                        connection.instance().name(),
                        endpoint.id(),
                        deed.what,
                        redactor.redact(deed.where),
                        0,
                        at,
                        Duration.ofNanos(System.nanoTime() - began),
                        deed.sent,
                        deed.received,
                        Map.of(),
                        Map.of(),
                        error == null ? null : redactor.redact(error)));
    }
}
