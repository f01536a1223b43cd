package io.patchbay.connector.mail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.BoundConnection;
import io.patchbay.connector.ConnectorServices;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Endpoint.MailCall;
import io.patchbay.connector.Hosts;
import io.patchbay.connector.Instance;
import io.patchbay.connector.Operation;
import io.patchbay.connector.SessionPool;
import io.patchbay.connector.auth.Consent;
import io.patchbay.connector.limit.Governors;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import org.jspecify.annotations.Nullable;

/** An instance whose system sends mails. */
public final class MailConnection extends BoundConnection {

    private final MailServer server;
    private final MailLogin login;
    private final MailFailures failures;
    private final SessionPool<SmtpSession> sessions;

    /** A connection; nothing goes over the network yet. @throws StepException when a setting does not fit */
    public MailConnection(
            Instance instance, ObjectNode values, Governors.OfInstance governors, ConnectorServices services)
            throws StepException {
        super(instance, values, governors, services);
        var requester = instance.connector().requester();
        this.server = MailServer.of(
                MailServer.Protocol.SMTP,
                requester,
                settings(),
                governors.standing().certificates());
        Hosts hosts = Hosts.covering(instance, server.host(), settings()).by(services.names());
        this.login = MailLogin.of(instance, settings(), hosts, server.tls() != null, services);
        this.failures = new MailFailures(server.shown(), login.shown());
        this.sessions = new SessionPool<>(
                new SmtpLogin(server, hosts, login, requester.config(), failures),
                requester.config().maxConnections(),
                requester.config().timeout().toMillis(),
                services);
    }

    MailFailures failures() {
        return failures;
    }

    SessionPool<SmtpSession> sessions() {
        return sessions;
    }

    String shown() {
        return server.shown();
    }

    /** The most bytes that a mail may have. */
    long largest() {
        return instance().connector().requester().config().maxResponse().toBytes();
    }

    @Override
    public Operation bind(Endpoint endpoint) throws StepException {
        if (endpoint.call() instanceof MailCall call) {
            return new MailOperation(endpoint, call, this);
        }
        throw new StepException(Owner.AUTHOR, "BAD_ENDPOINT", "'" + endpoint.id() + "' is no mail");
    }

    @Override
    public @Nullable Consent consent() {
        return login.consent();
    }

    @Override
    protected boolean paused() {
        return login.paused();
    }

    @Override
    public void close() {
        sessions.close();
        login.close();
    }
}
