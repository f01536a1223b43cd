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
import io.patchbay.connector.file.Folder;
import io.patchbay.connector.file.GovernedFolder;
import io.patchbay.connector.limit.Governor;
import io.patchbay.connector.limit.Governors;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import org.jspecify.annotations.Nullable;

/** An instance whose system is a mailbox. */
public final class MailboxConnection extends BoundConnection {

    private final MailLogin login;
    private final Governor governor;
    private final SessionPool<ImapSession> sessions;
    private final Mailbox box;

    /** A connection; nothing goes over the network yet. @throws StepException when a setting does not fit */
    public MailboxConnection(
            Instance instance, ObjectNode values, Governors.OfInstance governors, ConnectorServices services)
            throws StepException {
        super(instance, values, governors, services);
        var requester = instance.connector().requester();
        MailServer server = MailServer.of(
                MailServer.Protocol.IMAP,
                requester,
                settings(),
                governors.standing().certificates());
        Hosts hosts = Hosts.covering(instance, server.host(), settings()).by(services.names());
        this.login = MailLogin.of(instance, settings(), hosts, server.tls() != null, services);
        if (login.nobody()) {
            throw new StepException(
                    Owner.AUTHOR,
                    "BAD_AUTH",
                    "a mailbox takes auth of type basic or oauth2…, not '"
                            + instance.auth().id() + "'");
        }
        MailFailures failures = new MailFailures(server.shown(), login.shown());
        this.governor = governors.of(null);
        this.sessions = new SessionPool<>(
                new ImapLogin(server, hosts, login, requester.config(), failures),
                requester.config().maxConnections(),
                requester.config().timeout().toMillis(),
                services);
        this.box = new Mailbox(server, sessions, failures, requester.config().timeout());
    }

    Mailbox box() {
        return box;
    }

    /** The most bytes that a mail may have which is read by a call. */
    long largest() {
        return instance().connector().requester().config().maxResponse().toBytes();
    }

    /** The mailbox for whoever waits for mails: under the instance's rate limit as every call is. */
    public Folder arrivals(MailFolder.Taken taken) {
        return new GovernedFolder(new MailFolder(box, taken, services().spill()), governor, this);
    }

    @Override
    public Operation bind(Endpoint endpoint) throws StepException {
        if (endpoint.call() instanceof MailCall call) {
            return new MailboxOperation(endpoint, call, this);
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
