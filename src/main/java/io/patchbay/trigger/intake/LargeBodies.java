package io.patchbay.trigger.intake;

import io.patchbay.payload.Body;
import java.io.IOException;
import java.nio.file.Path;

/** Takes over bodies that came in as files. Its methods wait for the disk. */
public interface LargeBodies {

    /** Makes a whole file, which is moved away, a body that is on disk for certain. */
    Body.Stored adopt(Path file, String contentType, long size) throws IOException;

    /** Deletes a body that no start came to own. */
    void discard(Body.Stored body);
}
