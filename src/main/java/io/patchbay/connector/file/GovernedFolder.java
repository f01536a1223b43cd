package io.patchbay.connector.file;

import io.patchbay.connector.BoundConnection;
import io.patchbay.connector.limit.Governor;
import io.patchbay.payload.StepException;
import java.util.List;

/**
 * A folder under its instance's rate limit. What becomes of its uses is told on: it says how the instance stands, and after a
 * refused login the next use logs in anew with the secrets of then.
 */
public final class GovernedFolder implements Folder {

    private final Folder folder;
    private final Governor governor;
    private final BoundConnection connection;

    /** A folder whose operations count as calls of its instance. */
    public GovernedFolder(Folder folder, Governor governor, BoundConnection connection) {
        this.folder = folder;
        this.governor = governor;
        this.connection = connection;
    }

    private interface Work<T> {
        T run() throws StepException;
    }

    private <T> T governed(Work<T> work) throws StepException {
        Governor.Permit permit = governor.take();
        try {
            T result = work.run();
            connection.answered();
            return result;
        } catch (StepException e) {
            connection.failed(e);
            throw e;
        } finally {
            permit.release();
        }
    }

    @Override
    public List<Entry> list(String path, Call call) throws StepException {
        return governed(() -> folder.list(path, call));
    }

    @Override
    public void read(String path, Sink sink, Call call) throws StepException {
        governed(() -> {
            folder.read(path, sink, call);
            return path;
        });
    }

    @Override
    public void write(String path, Source content, Placing placing, Call call) throws StepException {
        governed(() -> {
            folder.write(path, content, placing, call);
            return path;
        });
    }

    @Override
    public void move(String from, String to, Placing placing, Call call) throws StepException {
        governed(() -> {
            folder.move(from, to, placing, call);
            return to;
        });
    }

    @Override
    public void delete(String path, Call call) throws StepException {
        governed(() -> {
            folder.delete(path, call);
            return path;
        });
    }

    @Override
    public void mark(String path, Call call) throws StepException {
        governed(() -> {
            folder.mark(path, call);
            return path;
        });
    }

    @Override
    public String shown() {
        return folder.shown();
    }

    /** Whoever opened the folder closes it. */
    @Override
    public void close() {}
}
