package io.patchbay.shape.collect;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.format.Format;
import io.patchbay.format.FormatName;
import io.patchbay.format.FormatSettings;
import io.patchbay.format.Formats;
import io.patchbay.format.RecordWriter;
import io.patchbay.payload.Body;
import io.patchbay.payload.SourceRecords;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** All records on their way to be one payload in its last format, written to disk one by one. */
final class WrittenBatch {

    /** A payload of fewer bytes is in memory. */
    private static final int IN_MEMORY = 64 * 1024;

    private static final int BUFFER = 256 * 1024;

    private final Format format;
    private final Charset charset;
    private final Path file;
    private final OutputStream out;
    private final RecordWriter writer;
    private Map<String, String> meta = Map.of();
    private long count;

    WrittenBatch(FormatName to, FormatSettings settings, Path folder) throws IOException {
        this.format = Formats.of(to);
        this.charset = settings.charset();
        Files.createDirectories(folder);
        this.file = Files.createTempFile(folder, "collected-", ".spill");
        this.out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
        try {
            this.writer = format.write(out, settings);
        } catch (IOException | RuntimeException e) {
            discard();
            throw e;
        }
    }

    /** Metadata of the payload that the first record comes from. */
    Map<String, String> meta() {
        return meta;
    }

    /** Writes one more. @throws io.patchbay.format.FormatException if the format cannot carry it; then nothing of it is written */
    void add(JsonNode record, Map<String, String> from) throws IOException {
        writer.write(record);
        if (count++ == 0) {
            meta = SourceRecords.without(from);
        }
    }

    /** Whether no record was written. */
    boolean isEmpty() {
        return count == 0;
    }

    /** The payload's body; a file is the payload's then. */
    Body body() throws IOException {
        writer.close();
        out.close();
        String type = format.mediaTypes().get(0) + ";charset=" + charset.name().toLowerCase(Locale.ROOT);
        long size = Files.size(file);
        if (size < IN_MEMORY) {
            byte[] bytes = Files.readAllBytes(file);
            discard();
            return new Body.Bytes(bytes, type);
        }
        return new Body.Stored(file, type, size, (int) Math.min(count, Integer.MAX_VALUE));
    }

    /** Deletes a file that came to be no payload. It is deleted before it is closed: a full disk takes no more when it is closed. */
    void discard() {
        try {
            Files.deleteIfExists(file);
            out.close();
        } catch (IOException e) {
            // the folder is emptied when the runtime starts
        }
    }
}
