package io.patchbay.connector.file;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/** Records of a file, one after the other. */
interface RecordSource extends Closeable {

    /** The next one; null behind the last. */
    @Nullable
    JsonNode next() throws StepException;

    /** How a file becomes records. */
    interface Opening {
        /** Begins to read a file that was got. */
        RecordSource open(Payload file, String path) throws StepException;
    }
}
