package io.patchbay.connector.sftp;

import io.patchbay.connector.CallScope;
import io.patchbay.connector.ConnectorServices;
import io.patchbay.connector.Hosts;
import io.patchbay.connector.Instance;
import io.patchbay.connector.SessionPool;
import io.patchbay.connector.file.Folder;
import io.patchbay.connector.file.ServerAddress;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.FileComponent;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.remote.SftpComponent;
import org.apache.camel.component.file.remote.SftpConfiguration;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.apache.camel.support.DefaultExchange;

/** A folder on an SFTP server. */
public final class SftpFolder implements Folder {

    private final ServerAddress address;
    private final CamelContext context;
    private final SessionPool<SftpSession> sessions;
    private final SftpFailures failures;

    private SftpFolder(ServerAddress address, CamelContext context, SessionPool<SftpSession> sessions) {
        this.address = address;
        this.context = context;
        this.sessions = sessions;
        this.failures = new SftpFailures(address.shown());
    }

    /** The folder of an instance; nothing goes over the network yet. @throws StepException when a setting does not fit */
    public static SftpFolder of(Instance instance, CallScope settings, ConnectorServices services, CamelContext context)
            throws StepException {
        ServerAddress address =
                ServerAddress.parse(instance.connector().requester().baseUrl().text(settings), "sftp", 22);
        Hosts hosts = Hosts.covering(instance, address.host(), settings).by(services.names());
        var requester = instance.connector().requester().config();
        SftpConfiguration configuration = SftpLogin.of(instance, address, settings, services.home());
        SftpComponent component = new SftpComponent();
        component.setCamelContext(context);
        SftpEndpoint endpoint = new SftpEndpoint(address.shown(), component, configuration);
        endpoint.setCamelContext(context);
        endpoint.setMaximumReconnectAttempts(0); // the step tries again, not the client
        endpoint.setAutoCreate(false);
        SessionPool<SftpSession> sessions = new SessionPool<>(
                () -> opened(endpoint, hosts),
                requester.maxConnections(),
                requester.timeout().toMillis(),
                services);
        return new SftpFolder(address, context, sessions);
    }

    private static SftpSession opened(SftpEndpoint endpoint, Hosts hosts) {
        SftpSession session = new SftpSession(endpoint, hosts);
        session.connect(endpoint.getConfiguration(), new DefaultExchange(endpoint.getCamelContext()));
        return session;
    }

    @Override
    public List<Entry> list(String folder, Call call) throws StepException {
        return with("list '" + folder + "'", call, session -> {
            List<Entry> entries = new ArrayList<>();
            for (SftpRemoteFile<?> file : session.listFiles(address.path(folder))) {
                if (!file.isDirectory() && !file.getLongname().startsWith("l")) {
                    entries.add(new Entry(
                            file.getFilename(), file.getFileLength(), Instant.ofEpochMilli(file.getLastModified())));
                }
            }
            return entries;
        });
    }

    @Override
    public void read(String path, Sink sink, Call call) throws StepException {
        with("read '" + path + "'", call, session -> {
            Exchange exchange = new DefaultExchange(context);
            GenericFile<SftpRemoteFile<?>> target = new GenericFile<>();
            exchange.setProperty(FileComponent.FILE_EXCHANGE_FILE, target);
            session.retrieveFile(address.path(path), exchange, 0);
            try (InputStream content = (InputStream) target.getBody()) {
                sink.take(content);
            }
            return path;
        });
    }

    @Override
    public void write(String path, Source content, Placing placing, Call call) throws StepException {
        with("write '" + path + "'", call, session -> {
            String folder = folderOf(path);
            if (placing.createFolder() && !folder.isEmpty()) {
                session.buildDirectory(address.path(folder), false);
            }
            String temporary = folder.isEmpty() ? placing.temporary() : folder + "/" + placing.temporary();
            Exchange exchange = new DefaultExchange(context);
            try (InputStream in = content.open()) {
                exchange.getIn().setBody(in);
                session.storeFile(address.path(temporary), exchange, -1);
            }
            place(session, temporary, path, placing);
            return path;
        });
    }

    @Override
    public void move(String from, String to, Placing placing, Call call) throws StepException {
        with("move '" + from + "' to '" + to + "'", call, session -> {
            String folder = folderOf(to);
            if (placing.createFolder() && !folder.isEmpty()) {
                session.buildDirectory(address.path(folder), false);
            }
            place(session, from, to, placing);
            return to;
        });
    }

    /**
     * Renames. Servers that know posix-rename replace what is there; for the others (the first version of the protocol refuses a
     * name that is taken) it goes first.
     */
    private void place(SftpSession session, String from, String to, Placing placing) throws StepException {
        if (!placing.replace() && exists(session, to)) {
            throw new StepException(Owner.REMOTE, "FILE_EXISTS", "file '" + to + "' is there already");
        }
        String source = address.path(from);
        String target = address.path(to);
        try {
            session.renameFile(source, target);
        } catch (GenericFileOperationFailedException e) {
            if (!placing.replace() || !exists(session, to)) {
                throw e;
            }
            session.deleteFile(target);
            session.renameFile(source, target);
        }
    }

    private boolean exists(SftpSession session, String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        for (SftpRemoteFile<?> file : session.listFiles(address.path(folderOf(path)))) {
            if (file.getFilename().equals(name)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void delete(String path, Call call) throws StepException {
        with("delete '" + path + "'", call, session -> {
            session.deleteFile(address.path(path));
            return path;
        });
    }

    private interface Work<T> {
        T with(SftpSession session) throws IOException, StepException;
    }

    private <T> T with(String what, Call call, Work<T> work) throws StepException {
        SftpSession session;
        try {
            session = sessions.take();
        } catch (GenericFileOperationFailedException e) {
            throw failures.of(what, e, call.cancelled());
        }
        boolean works = false;
        try {
            call.onCancel(sessions.cutter(session));
            T result = work.with(session);
            works = true;
            return result;
        } catch (IOException | RuntimeException e) {
            StepException failure = failures.of(what, e, call.cancelled());
            works = !failure.retryable() && !call.cancelled();
            throw failure;
        } finally {
            sessions.giveBack(session, works && !call.cancelled());
        }
    }

    private static String folderOf(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    @Override
    public String shown() {
        return address.shown();
    }

    @Override
    public void close() {
        sessions.close();
    }
}
