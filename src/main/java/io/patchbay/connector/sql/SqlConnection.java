package io.patchbay.connector.sql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.BoundConnection;
import io.patchbay.connector.ConnectorServices;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Endpoint.SqlCall;
import io.patchbay.connector.Hosts;
import io.patchbay.connector.Instance;
import io.patchbay.connector.Operation;
import io.patchbay.connector.SessionPool;
import io.patchbay.connector.limit.Governors;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;

/** An instance whose system is a database. */
public final class SqlConnection extends BoundConnection {

    private final SqlAddress address;
    private final SqlFailures failures;
    private final SqlLogin login;
    private final SessionPool<SqlSession> sessions;

    /** A connection; nothing goes over the network yet. @throws StepException when a setting does not fit */
    public SqlConnection(
            Instance instance, ObjectNode values, Governors.OfInstance governors, ConnectorServices services)
            throws StepException {
        super(instance, values, governors, services);
        var requester = instance.connector().requester();
        this.address = SqlAddress.parse(requester.baseUrl().text(settings()));
        this.failures = new SqlFailures(address.url());
        Hosts hosts = Hosts.covering(instance, address.host(), settings()).by(services.names());
        this.login = new SqlLogin(
                instance,
                address,
                hosts,
                settings(),
                failures,
                governors.standing().certificates(),
                services);
        this.sessions = new SessionPool<>(
                login,
                requester.config().maxConnections(),
                requester.config().timeout().toMillis(),
                services);
    }

    SqlFailures failures() {
        return failures;
    }

    SessionPool<SqlSession> sessions() {
        return sessions;
    }

    String shown() {
        return address.url();
    }

    @Override
    public Operation bind(Endpoint endpoint) throws StepException {
        if (endpoint.call() instanceof SqlCall call) {
            return new SqlOperation(endpoint, call, this);
        }
        throw new StepException(Owner.AUTHOR, "BAD_ENDPOINT", "'" + endpoint.id() + "' is no query");
    }

    @Override
    public void close() {
        login.close();
        sessions.close();
    }
}
