package io.patchbay.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.io.IOException;

/** Records that are written one after the other; closing it writes what stands behind the last, and leaves the stream open. */
public interface RecordWriter extends Closeable {

    /** Writes one. @throws FormatException if the format cannot carry it: then nothing of it is written */
    void write(JsonNode record) throws IOException;
}
