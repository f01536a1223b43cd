package io.patchbay.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.payload.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** A format, both ways. Safe for use by several threads. */
public interface Format {

    /** What it is called. */
    FormatName name();

    /** Media types that say it; the first one is said of what is written. */
    List<String> mediaTypes();

    /** How names of its files end. */
    List<String> endings();

    /** Whether it is a list of records by nature, and no document that may hold them anywhere. */
    boolean rows();

    /** Whether it is text in a character set. */
    default boolean text() {
        return true;
    }

    /** Begins to read records. */
    Records read(Content content, FormatSettings settings) throws IOException;

    /** Begins to write records. */
    RecordWriter write(OutputStream out, FormatSettings settings) throws IOException;

    /** Reads a document as one value; of rows, the list of them. */
    default JsonNode document(Content content, FormatSettings settings) throws IOException {
        ArrayNode all = Json.NODES.arrayNode();
        Memory.Counter counter = new Memory.Counter();
        try (Records records = read(content, settings)) {
            for (JsonNode record = records.next(); record != null; record = records.next()) {
                counter.add(record);
                all.add(record);
            }
        }
        return all;
    }

    /** Writes one value as a document; a list, where the format is of rows, as its rows. */
    default void document(JsonNode value, OutputStream out, FormatSettings settings) throws IOException {
        try (RecordWriter writer = write(out, settings)) {
            for (JsonNode record :
                    value.isArray() ? value : Json.NODES.arrayNode().add(value)) {
                writer.write(record);
            }
        }
    }
}
