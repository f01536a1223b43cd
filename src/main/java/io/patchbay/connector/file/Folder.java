package io.patchbay.connector.file;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;

/** A place that holds files. Paths are relative to the instance's folder and were checked by {@link FileNames}. */
public interface Folder extends AutoCloseable {

    /** Code of a failure: what was listed is gone. */
    String NOT_FOUND = "FILE_NOT_FOUND";

    /** Code of a failure: what is there will never be readable. */
    String UNREADABLE = "CONTENT_UNREADABLE";

    /**
     * A file.
     *
     * @param name its name as the place gave it, not checked
     * @param size in bytes
     * @param modified when it was last written
     * @param seen whether it is there, but nothing new to whoever waits for arrivals
     */
    record Entry(String name, long size, Instant modified, boolean seen) {
        /** A file of a place that knows no such mark. */
        public Entry(String name, long size, Instant modified) {
            this(name, size, modified, false);
        }
    }

    /** Takes content while it streams. */
    interface Sink {
        /** Reads the stream to its end. */
        void take(InputStream content) throws IOException, StepException;
    }

    /** Gives content. */
    interface Source {
        /** A new stream of the whole content; whoever opens it closes it. */
        InputStream open() throws IOException;
    }

    /** How a file is put in place. */
    record Placing(boolean createFolder, boolean replace, String temporary) {}

    /** The regular files of a folder, without those below. */
    List<Entry> list(String folder, Call call) throws StepException;

    /** Streams a file. */
    void read(String path, Sink sink, Call call) throws StepException;

    /** Writes a file under a temporary name and renames it when it is complete. */
    void write(String path, Source content, Placing placing, Call call) throws StepException;

    /** Renames a file. */
    void move(String from, String to, Placing placing, Call call) throws StepException;

    /** Deletes a file. */
    void delete(String path, Call call) throws StepException;

    /** Marks what was read as seen, in a place that knows such a mark. */
    default void mark(String path, Call call) throws StepException {
        throw new StepException(Owner.AUTHOR, "NOT_HERE", shown() + " cannot mark '" + path + "' as seen");
    }

    /** How people call the place: {@code sftp://host:22/folder}. */
    String shown();

    @Override
    void close();

    /** Lets a call be ended from outside. */
    interface Call {
        /** Adds what ends it. */
        void onCancel(Runnable close);

        /** Whether it was given up. */
        boolean cancelled();

        /** Something came; for whoever ends what stands still. */
        default void moved() {}
    }
}
