package io.patchbay.connector.camel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.CallScope;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.Connection;
import io.patchbay.connector.Connector;
import io.patchbay.connector.ConnectorServices;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Instance;
import io.patchbay.connector.Operation;
import io.patchbay.connector.ServerCertificates;
import io.patchbay.connector.SettingValues;
import io.patchbay.connector.Standing;
import io.patchbay.connector.Validity;
import io.patchbay.connector.auth.Consent;
import io.patchbay.connector.broker.BrokerAddress;
import io.patchbay.connector.broker.BrokerConnection;
import io.patchbay.connector.definition.ErrorHandlerConfig.FailureType;
import io.patchbay.connector.file.FileConnection;
import io.patchbay.connector.file.Folder;
import io.patchbay.connector.ftp.FtpFolder;
import io.patchbay.connector.http.HttpConnection;
import io.patchbay.connector.limit.Governors;
import io.patchbay.connector.limit.Shares;
import io.patchbay.connector.mail.MailConnection;
import io.patchbay.connector.mail.MailFolder;
import io.patchbay.connector.mail.MailboxConnection;
import io.patchbay.connector.sftp.SftpFolder;
import io.patchbay.connector.sql.SqlConnection;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Rest;
import io.patchbay.payload.StepException;
import io.patchbay.problem.DidYouMean;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/**
 * The open connections of all instances, shared by every flow. An instance whose file or connector changed gets a new
 * connection with its next call; calls that are on their way end on the old one, which is closed later. A definition that a
 * running flow was deployed with is kept after it was replaced on disk.
 */
public final class Connections implements AutoCloseable {

    private static final int DEFINITIONS_KEPT = 200;
    private static final long BUSY_MILLIS = 50;
    private static final long CLOSED_AFTER_MINUTES = 15;

    private final Supplier<Catalog> catalog;
    private final ConnectorServices services;
    private final CamelContext context;
    private final Governors governors;
    private final Map<String, Open> open = new ConcurrentHashMap<>();
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final Map<String, Connector> definitions = new LinkedHashMap<>();

    /** How an instance stands, as it was written then. */
    private record Known(String hash, Standing standing) {}

    /** An instance with its connection and its operations. */
    private static final class Open {
        private final Instance instance;
        private final Instance own;
        private final Connection connection;
        private final Map<String, Operation> operations = new ConcurrentHashMap<>();

        /** @param own the instance by its own version, whose limits hold */
        Open(Instance instance, Instance own, Connection connection) {
            this.instance = instance;
            this.own = own;
            this.connection = connection;
        }

        boolean serves(Instance wanted, Instance ownNow) {
            return instance.hash().equals(wanted.hash())
                    && instance.connector().hash().equals(wanted.connector().hash())
                    && own.connector().hash().equals(ownNow.connector().hash())
                    && !connection.suspect();
        }
    }

    /**
     * Connections of what the catalog holds at the moment of each call.
     *
     * @param catalog gives the current catalog
     * @param shares of limits that other runtimes use too; null when there are none
     */
    public Connections(
            Supplier<Catalog> catalog, ConnectorServices services, CamelContext context, @Nullable Shares shares) {
        this.catalog = catalog;
        this.services = services;
        this.context = context;
        this.governors =
                new Governors(services.timer(), shares, !services.standIn().reachesNothing());
    }

    /** Other connections to the same instances, under the same limits. */
    Connections(Supplier<Catalog> catalog, ConnectorServices services, CamelContext context, Connections limits) {
        this.catalog = catalog;
        this.services = services;
        this.context = context;
        this.governors = limits.governors;
    }

    /** The current catalog. */
    Catalog catalog() {
        return catalog.get();
    }

    ConnectorServices services() {
        return services;
    }

    /** Does something on a thread that may work; when all are busy, a little later. */
    void work(Runnable work) {
        try {
            services.workers().execute(work);
        } catch (RejectedExecutionException e) {
            var unused = after(Duration.ofMillis(BUSY_MILLIS), work);
        }
    }

    /** Does something after a pause, on a thread that may work. Can be cancelled until then. */
    Future<?> after(Duration pause, Runnable work) {
        return services.timer().schedule(new Rest(() -> work(work)), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * An endpoint, ready to be called.
     *
     * @param revision hash of the definition that the caller was deployed with; null for the current one
     * @throws StepException when it is not there, or the instance's settings cannot be had
     */
    Operation operation(String instanceName, String endpointId, @Nullable String revision) throws StepException {
        Catalog now = catalog.get();
        Instance instance = now.instance(instanceName);
        if (instance == null) {
            throw missing(
                    "there is no instance '" + instanceName + "'", DidYouMean.hint(instanceName, now.instanceNames()));
        }
        Instance wanted = revised(instance, revision);
        if (wanted.connector().endpoint(endpointId) == null) {
            throw missing(
                    "instance '" + instanceName + "' has no endpoint '" + endpointId + "'",
                    DidYouMean.hint(endpointId, wanted.connector().endpoints().keySet()));
        }
        Open connection = open(wanted);
        Operation operation = connection.operations.get(endpointId);
        if (operation == null) {
            Endpoint endpoint = Objects.requireNonNull(wanted.endpoint(endpointId));
            operation = services.standIn().operation(instanceName, connection.connection.bind(endpoint));
            connection.operations.put(endpointId, operation);
        }
        return operation;
    }

    /**
     * The folder of an instance as it is now; to be asked for again at each use, because files change.
     *
     * @throws StepException when the instance is not there, holds no files, or its settings cannot be had
     */
    Folder folder(String instanceName) throws StepException {
        Catalog now = catalog.get();
        Instance instance = now.instance(instanceName);
        if (instance == null) {
            throw missing(
                    "there is no instance '" + instanceName + "'", DidYouMean.hint(instanceName, now.instanceNames()));
        }
        if (open(instance).connection instanceof FileConnection files) {
            return files.shared();
        }
        throw missing("instance '" + instanceName + "' holds no files", null);
    }

    /** The mailbox of an instance as it is now; otherwise as {@link #folder}. */
    Folder mails(String instanceName, MailFolder.Taken taken) throws StepException {
        Catalog now = catalog.get();
        Instance instance = now.instance(instanceName);
        if (instance == null) {
            throw missing(
                    "there is no instance '" + instanceName + "'", DidYouMean.hint(instanceName, now.instanceNames()));
        }
        if (open(instance).connection instanceof MailboxConnection mailbox) {
            return mailbox.arrivals(taken);
        }
        throw missing("instance '" + instanceName + "' is no mailbox", null);
    }

    /** How a person lets an instance in, as it is now. @throws StepException when none is needed, or its settings cannot be had */
    Consent consent(Instance instance) throws StepException {
        Consent consent = open(instance).connection.consent();
        if (consent == null) {
            throw new StepException(
                    Owner.AUTHOR,
                    "NO_CONSENT",
                    "instance '" + instance.name() + "' proves itself by its settings: nobody has to connect it");
        }
        return consent;
    }

    /**
     * The message broker of an instance as it is now; another one when the instance's file changed or the login was refused.
     *
     * @throws StepException when the instance is not there, is no broker, or its settings cannot be had
     */
    BrokerConnection broker(String instanceName) throws StepException {
        Catalog now = catalog.get();
        Instance instance = now.instance(instanceName);
        if (instance == null) {
            throw missing(
                    "there is no instance '" + instanceName + "'", DidYouMean.hint(instanceName, now.instanceNames()));
        }
        if (open(instance).connection instanceof BrokerConnection broker) {
            return broker;
        }
        throw missing("instance '" + instanceName + "' is no message broker", null);
    }

    private static StepException missing(String what, @Nullable String hint) {
        return new StepException(Owner.AUTHOR, "NOT_FOUND", hint == null ? what : what + "; " + hint);
    }

    /** Keeps a definition that a flow is deployed with: its runs go on with it when the files have another. */
    void remember(Connector connector) {
        synchronized (definitions) {
            definitions.remove(connector.hash());
            definitions.put(connector.hash(), connector);
            while (definitions.size() > DEFINITIONS_KEPT) {
                definitions.remove(definitions.keySet().iterator().next());
            }
        }
    }

    /** The instance with the definition of a revision, as long as that is known. */
    private Instance revised(Instance instance, @Nullable String revision) throws StepException {
        synchronized (definitions) {
            remember(instance.connector());
            if (revision == null || revision.equals(instance.connector().hash())) {
                return instance;
            }
            Instance other = catalog.get().instance(instance.name(), revision);
            if (other != null) {
                return other;
            }
            Connector kept = definitions.get(revision);
            if (kept == null) {
                throw missing(
                        "the definition of connector '" + instance.connector().id()
                                + "' that this flow was deployed with is gone",
                        "deploy the flow again");
            }
            return instance.of(kept);
        }
    }

    private Open open(Instance instance) throws StepException {
        String key = key(instance);
        Instance own = own(instance);
        Open current = open.get(key);
        if (current != null && current.serves(instance, own)) {
            return current;
        }
        synchronized (open) {
            current = open.get(key);
            if (current != null && current.serves(instance, own)) {
                return current;
            }
            Open fresh = new Open(instance, own, opened(instance, own));
            Open old = open.put(key, fresh);
            if (old != null) {
                closeLater(old);
            }
            return fresh;
        }
    }

    /** The instance by its own version: whichever version calls, the limits are those, because the system counts all calls as one's. */
    private Instance own(Instance instance) {
        Instance own = catalog.get().instance(instance.name());
        return own == null ? instance : own;
    }

    /** How an instance stands, as its calls in this runtime saw it; what was seen of it as it was before it changed is gone. */
    Standing.View standing(Instance instance) {
        Known its = known.get(instance.name());
        return its == null || !its.hash().equals(instance.hash())
                ? Standing.View.NOTHING
                : its.standing().view();
    }

    /** How long the certificate is good that an instance's open connection shows; null when none is open, or none is shown. */
    @Nullable
    Validity certificate(Instance instance) {
        Open current = open.get(key(instance));
        return current == null ? null : current.connection.certificate();
    }

    /** The certificates that servers of an instance, as it is now, showed in this runtime. */
    List<ServerCertificates.Seen> serverCertificates(Instance instance) {
        Known its = known.get(instance.name());
        return its == null || !its.hash().equals(instance.hash())
                ? List.of()
                : its.standing().certificates().all();
    }

    private static String key(Instance instance) {
        return instance.name() + "@" + instance.connector().hash();
    }

    /** Those of instances that are gone go as well. */
    private Standing observed(Instance instance) {
        known.keySet().retainAll(catalog.get().instanceNames());
        return known.compute(
                        instance.name(),
                        (name, before) -> before != null && before.hash().equals(instance.hash())
                                ? before
                                : new Known(
                                        instance.hash(),
                                        new Standing(
                                                name,
                                                services.clock(),
                                                services.secrets().redactor(),
                                                services.pausing())))
                .standing();
    }

    private Connection opened(Instance instance, Instance own) throws StepException {
        Standing standing = observed(instance);
        try {
            return connect(instance, own, standing);
        } catch (StepException e) {
            standing.failed(e, FailureType.CONFIG);
            throw e;
        }
    }

    private Connection connect(Instance instance, Instance own, Standing standing) throws StepException {
        ObjectNode values = SettingValues.of(instance, services.secrets());
        CallScope settings = CallScope.fixed(values);
        Governors.OfInstance governed = governors.of(own, SettingValues.of(own, services.secrets()), standing);
        String base = instance.connector().requester().baseUrl().text(settings);
        if (base.startsWith("http:") || base.startsWith("https:")) {
            return new HttpConnection(instance, values, governed, services, context);
        }
        if (services.standIn().reachesNothing()) {
            return new StandInConnection(instance, governed, services.standIn().payloads());
        }
        if (BrokerAddress.Protocol.of(base) != null) {
            return new BrokerConnection(instance, values, governed, services);
        }
        if (base.startsWith("jdbc:")) {
            return new SqlConnection(instance, values, governed, services);
        }
        if (base.startsWith("imap:")) {
            return new MailboxConnection(instance, values, governed, services);
        }
        if (base.startsWith("smtp:")) {
            return new MailConnection(instance, values, governed, services);
        }
        return new FileConnection(instance, values, governed, services, folder(base, instance, settings, standing));
    }

    private Folder folder(String base, Instance instance, CallScope settings, Standing standing) throws StepException {
        if (base.startsWith("file:")) {
            return FileConnection.local(base, services);
        }
        return base.startsWith("ftp:")
                ? FtpFolder.of(instance, settings, services, standing.certificates())
                : SftpFolder.of(instance, settings, services, context);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // closing does not throw
    private void closeLater(Open old) {
        services.timer().schedule(old.connection::close, CLOSED_AFTER_MINUTES, TimeUnit.MINUTES);
    }

    @Override
    public void close() {
        open.values().forEach(one -> one.connection.close());
        open.clear();
    }
}
