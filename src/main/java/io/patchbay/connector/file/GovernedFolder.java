package io.patchbay.connector.file;

import io.patchbay.connector.limit.Governor;
import io.patchbay.payload.StepException;
import java.util.List;

/**
 * A folder under its instance's rate limit. A refused login is told on, so that the next use logs in anew with the secrets of
 * then.
 */
public final class GovernedFolder implements Folder {

    private final Folder folder;
    private final Governor governor;
    private final Runnable refused;

    /** A folder whose operations count as calls of its instance. */
    public GovernedFolder(Folder folder, Governor governor, Runnable refused) {
        this.folder = folder;
        this.governor = governor;
        this.refused = refused;
    }

    private interface Work<T> {
        T run() throws StepException;
    }

    private <T> T governed(Work<T> work) throws StepException {
        Governor.Permit permit = governor.take();
        try {
            return work.run();
        } catch (StepException e) {
            if (e.code().equals("AUTH_FAILED")) {
                refused.run();
            }
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
