package io.patchbay.trigger.file;

import io.patchbay.payload.Body;
import java.io.IOException;
import java.io.InputStream;

/** Keeps content as bodies of starts. Its methods wait for the disk. */
public interface Bodies {

    /** Takes a stream to its end: small content into memory, large content into a file that is on disk for certain. */
    Body keep(InputStream content, String contentType) throws IOException;

    /** Deletes a body that no start came to own. */
    void discard(Body body);
}
