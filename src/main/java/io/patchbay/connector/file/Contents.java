package io.patchbay.connector.file;

import io.patchbay.payload.Body;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Takes the content of files: small ones into memory, larger ones to disk, none beyond the bound. */
final class Contents implements Folder.Sink {

    private static final int IN_MEMORY = 256 * 1024;
    private static final Map<String, String> TYPES = Map.of(
            "json", "application/json",
            "ndjson", "application/x-ndjson",
            "csv", "text/csv",
            "txt", "text/plain",
            "xml", "application/xml",
            "html", "text/html",
            "pdf", "application/pdf");

    private final String path;
    private final Path spill;
    private final long most;
    private final Folder.Call call;
    private Body body = Body.EMPTY;
    private long size;

    Contents(String path, Path spill, long most, Folder.Call call) {
        this.path = path;
        this.spill = spill;
        this.most = most;
        this.call = call;
    }

    Body body() {
        return body;
    }

    long size() {
        return size;
    }

    /** The media type that a name's ending stands for. */
    private static String type(String path) {
        String ending = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(ending, "application/octet-stream");
    }

    @Override
    public void take(InputStream content) throws IOException, StepException {
        byte[] first = content.readNBytes(IN_MEMORY);
        size = first.length;
        if (first.length < IN_MEMORY) {
            body = new Body.Bytes(first, type(path));
            return;
        }
        Files.createDirectories(spill);
        Path file = Files.createTempFile(spill, "file-", ".spill");
        boolean whole = false;
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(first);
            copy(content, out);
            whole = true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(file);
            }
        }
        body = new Body.Stored(file, type(path), size);
    }

    private void copy(InputStream content, OutputStream out) throws IOException, StepException {
        byte[] buffer = new byte[64 * 1024];
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            size += read;
            if (size > most) {
                throw new StepException(
                        Owner.LIMIT,
                        "FILE_TOO_LARGE",
                        "file '" + path + "' has more than " + most + " bytes (requester.maxResponse)");
            }
            if (call.cancelled()) {
                throw new StepException(Owner.LIMIT, "CANCELLED", "reading '" + path + "' was given up");
            }
            out.write(buffer, 0, read);
        }
    }
}
