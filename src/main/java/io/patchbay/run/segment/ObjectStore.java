package io.patchbay.run.segment;

import java.io.IOException;
import java.nio.file.Path;

/** A store of objects outside of this machine, in which segments are kept. Calls are bounded in time. */
public interface ObjectStore extends AutoCloseable {

    /** Keeps a file under a name. */
    void put(String name, Path file) throws IOException;

    /** A part of what is kept under a name. @throws IOException when it is not there, or the store is away */
    byte[] get(String name, long at, int length) throws IOException;

    /** Deletes what is kept under a name, if it is. */
    void delete(String name) throws IOException;

    @Override
    void close();
}
