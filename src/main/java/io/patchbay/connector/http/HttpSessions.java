package io.patchbay.connector.http;

import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Request;
import io.patchbay.connector.Trace;
import io.patchbay.connector.auth.Authorizers;
import io.patchbay.connector.auth.Proof;
import io.patchbay.connector.auth.Sessions;
import io.patchbay.connector.paging.Turn;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls the endpoints of a connector that open and end its sessions. These calls are in no run record. */
final class HttpSessions implements Sessions {

    private final HttpConnection connection;

    HttpSessions(HttpConnection connection) {
        this.connection = connection;
    }

    @Override
    public Opened open(String endpoint) throws StepException {
        return call(endpoint, Proof.NONE);
    }

    @Override
    public URI server(String endpoint, String address) throws StepException {
        String what = "the server that the answer of the login '" + endpoint + "' names";
        URI uri = new GivenUrl(connection.base(), connection.hosts(), what)
                .checked(address)
                .uri();
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new StepException(Owner.REMOTE, "FOREIGN_LINK", what + " is more than an address");
        }
        String text = uri.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : uri;
    }

    /** Ends a session; it would end by itself in time, so a failure is nobody's concern. */
    void end(String endpoint, Proof proof) {
        try {
            call(endpoint, proof);
        } catch (StepException | RuntimeException e) {
            System.getLogger(HttpSessions.class.getName())
                    .log(
                            System.Logger.Level.DEBUG,
                            "a session of instance {0} could not be ended",
                            connection.instance().name());
        }
    }

    private Reply call(String id, Proof proof) throws StepException {
        @Nullable Endpoint endpoint = connection.instance().endpoint(id);
        if (endpoint == null || !(endpoint.call() instanceof Endpoint.HttpCall call)) {
            throw new StepException(Owner.AUTHOR, "BAD_ENDPOINT", "'" + id + "' is no HTTP request");
        }
        HttpOperation operation = new HttpOperation(endpoint, call, connection, Authorizers.fixed(proof));
        Instant now = connection.services().clock().instant();
        Request request = new Request(
                Payload.empty(Lineage.ofRun("session")),
                operation.inputs().complete(Map.of(), now),
                now,
                connection.instance().name() + "@" + now,
                Trace.NONE);
        return operation.exchange(request, Turn.PLAIN).reply();
    }
}
