package io.patchbay.connector.ftp;

import io.patchbay.connector.CallScope;
import io.patchbay.connector.ConnectorServices;
import io.patchbay.connector.Hosts;
import io.patchbay.connector.Instance;
import io.patchbay.connector.ServerCertificates;
import io.patchbay.connector.SessionPool;
import io.patchbay.connector.file.FileNames;
import io.patchbay.connector.file.Folder;
import io.patchbay.connector.file.ServerAddress;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPFile;
import org.apache.commons.net.ftp.FTPReply;

/** A folder on an FTP or FTPS server. */
public final class FtpFolder implements Folder {

    private final ServerAddress address;
    private final SessionPool<FtpSession> sessions;
    private final FtpFailures failures;

    private FtpFolder(ServerAddress address, SessionPool<FtpSession> sessions, FtpFailures failures) {
        this.address = address;
        this.sessions = sessions;
        this.failures = failures;
    }

    /**
     * The folder of an instance; nothing goes over the network yet.
     *
     * @param certificates is told what the server shows
     * @throws StepException when a setting does not fit
     */
    public static FtpFolder of(
            Instance instance, CallScope settings, ConnectorServices services, ServerCertificates certificates)
            throws StepException {
        var requester = instance.connector().requester();
        ServerAddress address = ServerAddress.parse(requester.baseUrl().text(settings), "ftp", 21);
        Hosts hosts = Hosts.covering(instance, address.host(), settings).by(services.names());
        FtpFailures failures = new FtpFailures(address.shown());
        FtpLogin login = new FtpLogin(instance, address, hosts, settings, failures, certificates);
        SessionPool<FtpSession> sessions = new SessionPool<>(
                login,
                requester.config().maxConnections(),
                requester.config().timeout().toMillis(),
                services);
        return new FtpFolder(address, sessions, failures);
    }

    @Override
    public List<Entry> list(String folder, Call call) throws StepException {
        String what = "list '" + folder + "'";
        return with(what, call, session -> {
            List<Entry> entries = new ArrayList<>();
            for (FTPFile file : listed(session, folder, what)) {
                if (file != null && file.isFile()) {
                    Instant modified = file.getTimestampInstant();
                    String name = file.getName();
                    entries.add(new Entry(
                            name.substring(session.listsForMachines() ? 0 : name.lastIndexOf('/') + 1),
                            file.getSize(),
                            modified == null ? Instant.EPOCH : modified));
                }
            }
            return entries;
        });
    }

    private FTPFile[] listed(FtpSession session, String folder, String what) throws IOException, StepException {
        FTPClient client = session.client();
        String path = path(folder);
        FTPFile[] files = session.listsForMachines() ? client.mlistDir(path) : client.listFiles(path);
        boolean agreed = FTPReply.isPositiveCompletion(client.getReplyCode());
        if ((!agreed || files.length == 0) && !session.isFolder(path)) {
            throw failures.missing(what);
        }
        if (!agreed) {
            throw failures.denied(what);
        }
        return files;
    }

    @Override
    public void read(String path, Sink sink, Call call) throws StepException {
        String what = "read '" + path + "'";
        with(what, call, session -> {
            InputStream content = session.client().retrieveFileStream(path(path));
            if (content == null) {
                throw refused(session, path, what);
            }
            try (Transfer transfer = new Transfer(content, session.client())) {
                sink.take(transfer);
            }
            return path;
        });
    }

    @Override
    public void write(String path, Source content, Placing placing, Call call) throws StepException {
        String what = "write '" + path + "'";
        with(what, call, session -> {
            String folder = folder(session, path, placing);
            String temporary = FileNames.join(folder, placing.temporary());
            try (InputStream in = content.open()) {
                if (!session.client().storeFile(path(temporary), in)) {
                    throw unwritten(session, folder, what);
                }
            }
            place(session, temporary, path, placing, what);
            return path;
        });
    }

    @Override
    public void move(String from, String to, Placing placing, Call call) throws StepException {
        String what = "move '" + from + "' to '" + to + "'";
        with(what, call, session -> {
            folder(session, to, placing);
            place(session, from, to, placing, what);
            return to;
        });
    }

    @Override
    public void delete(String path, Call call) throws StepException {
        String what = "delete '" + path + "'";
        with(what, call, session -> {
            if (!session.client().deleteFile(path(path))) {
                throw refused(session, path, what);
            }
            return path;
        });
    }

    /** The folder of a file, made when it is missing and that is wanted. */
    private String folder(FtpSession session, String file, Placing placing) throws IOException {
        String folder = folderOf(file);
        if (placing.createFolder() && !folder.isEmpty() && !session.isFolder(path(folder))) {
            StringBuilder path = new StringBuilder();
            for (String part : folder.split("/", -1)) {
                path.append(path.isEmpty() ? "" : "/").append(part);
                session.client().makeDirectory(path(path.toString())); // refused when it is there
            }
        }
        return folder;
    }

    /** Renames. Some servers replace what is there, the others refuse: for them it goes first. */
    private void place(FtpSession session, String from, String to, Placing placing, String what)
            throws IOException, StepException {
        if (!placing.replace() && exists(session, to)) {
            throw new StepException(Owner.REMOTE, "FILE_EXISTS", "file '" + to + "' is there already");
        }
        if (renamed(session, from, to, what)) {
            return;
        }
        StepException refused = failures.answered(what, session.client());
        boolean hidden =
                from.substring(from.lastIndexOf('/') + 1).startsWith("."); // many listings leave such names out
        if (!session.isFolder(path(folderOf(to))) || (!hidden && !exists(session, from))) {
            throw failures.missing(what);
        }
        boolean replaced = placing.replace()
                && exists(session, to)
                && session.client().deleteFile(path(to))
                && renamed(session, from, to, what);
        if (!replaced) {
            throw refused;
        }
    }

    private boolean renamed(FtpSession session, String from, String to, String what) throws IOException, StepException {
        FTPClient client = session.client();
        if (!FTPReply.isPositiveIntermediate(client.rnfr(path(from)))) {
            throw refused(session, from, what);
        }
        return FTPReply.isPositiveCompletion(client.rnto(path(to)));
    }

    private boolean exists(FtpSession session, String path) throws IOException {
        String name = path.substring(path.lastIndexOf('/') + 1);
        String folder = path(folderOf(path));
        FTPFile[] files = session.listsForMachines()
                ? session.client().mlistDir(folder)
                : session.client().listFiles(folder);
        for (FTPFile file : files) {
            if (file != null
                    && file.getName()
                            .substring(file.getName().lastIndexOf('/') + 1)
                            .equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** A 550 stands for all that can be wrong with a file, and 450 too on some servers. */
    private StepException refused(FtpSession session, String path, String what) throws IOException {
        StepException answered = failures.answered(what, session.client());
        int code = session.client().getReplyCode();
        if (code != FTPReply.FILE_UNAVAILABLE && code != FTPReply.FILE_ACTION_NOT_TAKEN) {
            return answered;
        }
        if (!exists(session, path)) {
            return failures.missing(what);
        }
        return code == FTPReply.FILE_UNAVAILABLE ? failures.denied(what) : answered;
    }

    private StepException unwritten(FtpSession session, String folder, String what) throws IOException {
        StepException answered = failures.answered(what, session.client());
        return session.isFolder(path(folder)) ? answered : failures.missing(what);
    }

    private interface Work<T> {
        T with(FtpSession session) throws IOException, StepException;
    }

    private <T> T with(String what, Call call, Work<T> work) throws StepException {
        FtpSession session = sessions.take();
        boolean works = false;
        try {
            call.onCancel(sessions.cutter(session));
            T result = work.with(session);
            works = true;
            return result;
        } catch (StepException e) {
            works = e.owner() == Owner.REMOTE && !e.retryable();
            throw e;
        } catch (IOException | RuntimeException e) {
            throw failures.of(what, e, call.cancelled());
        } finally {
            sessions.giveBack(session, works && !call.cancelled());
        }
    }

    /** A path that no server takes for an option of its listing command. */
    private String path(String relative) {
        String path = address.path(relative);
        return path.startsWith("-") ? "./" + path : path;
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
