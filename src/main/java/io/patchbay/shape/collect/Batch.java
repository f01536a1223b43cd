package io.patchbay.shape.collect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Body;
import io.patchbay.payload.GatheredNumbers;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Numbering;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.SourceRecords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records on their way to be one payload: in memory while they are few, beyond that in a file. */
final class Batch {

    private final Map<String, String> meta;
    private final RecordPath path;
    private final Path folder;
    private final List<JsonNode> records = new ArrayList<>();
    private final GatheredNumbers numbers = new GatheredNumbers();
    private @Nullable ByteArrayOutputStream buffer;
    private @Nullable Path file;
    private long count;
    private long bytes;
    private long waiting;

    /**
     * Holds nothing yet.
     *
     * @param meta of the payload that the first record comes from
     * @param path where the records stand in the payload to be
     * @param folder where the file goes
     */
    Batch(Map<String, String> meta, RecordPath path, Path folder) {
        this.meta = SourceRecords.without(meta);
        this.path = path;
        this.folder = folder;
        this.bytes = envelope(path);
    }

    /** What stands around the records, in bytes. */
    private static long envelope(RecordPath path) {
        return (long) start(path).length + end(path).length;
    }

    private static byte[] start(RecordPath path) {
        String name = path.names().isEmpty()
                ? ""
                : "{" + Json.NODES.textNode(path.names().get(0)) + ":";
        return (name + "[").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] end(RecordPath path) {
        return (path.names().isEmpty() ? "]" : "]}").getBytes(StandardCharsets.UTF_8);
    }

    /** A record as it stands in the list. */
    static byte[] written(JsonNode record) {
        try {
            return Json.MAPPER.writeValueAsBytes(record);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree could not be written", e);
        }
    }

    /** The payload that it becomes, with this body. */
    Payload payload(Lineage lineage, Body body) {
        return numbers.in(new Payload(lineage, body, path, meta));
    }

    /** The record that comes next is this one of that payload. */
    void took(Numbering from, int index) {
        numbers.took(from, index);
    }

    /** Whether it would have more than this with one more record of so many bytes. */
    boolean over(int more, long mostRecords, long mostBytes) {
        return count + 1 > mostRecords || bytes + more + (count == 0 ? 0 : 1) > mostBytes;
    }

    /** Whether it has so many that no further record fits. */
    boolean full(long mostRecords, long mostBytes) {
        return count >= mostRecords || bytes >= mostBytes;
    }

    /** Adds a record that was written as these bytes; answers how many bytes more wait in memory. */
    long add(JsonNode record, byte[] written) {
        bytes += written.length + (count == 0 ? 0 : 1);
        count++;
        waiting += written.length;
        if (file == null) {
            records.add(record);
        } else {
            append(written, count == 1);
        }
        return written.length;
    }

    private void append(byte[] written, boolean first) {
        ByteArrayOutputStream into = buffer;
        if (into == null) {
            into = new ByteArrayOutputStream();
            buffer = into;
        }
        if (!first) {
            into.write(',');
        }
        into.write(written, 0, written.length);
    }

    /** Bytes of records in memory. */
    long waiting() {
        return waiting;
    }

    /** Puts what is in memory into the file. */
    void spill() throws IOException {
        Path to = file;
        if (to == null) {
            Files.createDirectories(folder);
            to = Files.createTempFile(folder, "collected-", ".spill");
            file = to;
            buffer = new ByteArrayOutputStream();
            buffer.writeBytes(start(path));
            for (int i = 0; i < records.size(); i++) {
                append(written(records.get(i)), i == 0);
            }
            records.clear();
        }
        ByteArrayOutputStream from = buffer;
        if (from != null) {
            try (OutputStream out = Files.newOutputStream(to, StandardOpenOption.APPEND)) {
                from.writeTo(out);
            }
            buffer = null;
        }
        waiting = 0;
    }

    /** The payload's body; a file is the payload's then. */
    Body body() throws IOException {
        Path to = file;
        if (to == null) {
            JsonNode list = Json.NODES.arrayNode(records.size()).addAll(records);
            return new Body.Tree(
                    path.names().isEmpty()
                            ? list
                            : Json.NODES.objectNode().set(path.names().get(0), list));
        }
        spill();
        Files.write(to, end(path), StandardOpenOption.APPEND);
        file = null;
        int records = (int) Math.min(count, Integer.MAX_VALUE);
        return new Body.Stored(to, "application/json", Files.size(to), records);
    }

    /** Deletes a file that came to be no payload. */
    void discard() {
        Path left = file;
        if (left != null) {
            try {
                Files.deleteIfExists(left);
            } catch (IOException e) {
                // the folder is emptied when the runtime starts
            }
        }
    }
}
