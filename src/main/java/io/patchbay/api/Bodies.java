package io.patchbay.api;

import io.patchbay.payload.Body;
import java.io.IOException;
import java.io.InputStream;

/** Takes payloads in from the outside: small ones into memory, large ones into files of the store. */
interface Bodies {

    /**
     * Reads a stream to its end.
     *
     * @param most bytes that are taken
     * @throws BodyTooLargeException when the stream has more; nothing is left behind
     */
    Body keep(InputStream in, String contentType, long most) throws IOException;

    /** Deletes what no start came to own. */
    void discard(Body body);
}
