package io.patchbay.shape.convert;

import io.patchbay.format.Content;
import io.patchbay.payload.Body;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is left of content of which nothing more can be read: in memory where it is small, else in a file. */
final class RestOfContent {

    private static final int IN_MEMORY = 256 * 1024;

    private RestOfContent() {}

    /**
     * As the body of a payload.
     *
     * @param most bytes
     * @param why nothing more can be read
     * @throws StepException that, where there are more
     */
    static Body of(Content rest, long most, String type, StepException why) throws StepException {
        try (InputStream in = rest.open()) {
            byte[] first = in.readNBytes(IN_MEMORY);
            return first.length < IN_MEMORY
                    ? new Body.Bytes(first, type)
                    : stored(first, in, rest.folder(), most, type, why);
        } catch (IOException e) {
            throw new StepException(
                    Owner.INTERNAL, "DISK", "what is left of content that cannot be read on was not written", e);
        }
    }

    private static Body stored(byte[] first, InputStream in, Path folder, long most, String type, StepException why)
            throws IOException, StepException {
        Files.createDirectories(folder);
        Path file = Files.createTempFile(folder, "rest-", ".spill");
        boolean whole = false;
        try {
            long size = first.length;
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), IN_MEMORY)) {
                out.write(first);
                byte[] some = new byte[64 * 1024];
                for (int read = in.read(some); read >= 0; read = in.read(some)) {
                    size += read;
                    if (size > most) {
                        throw why;
                    }
                    out.write(some, 0, read);
                }
            }
            whole = true;
            return new Body.Stored(file, type, size);
        } finally {
            if (!whole) {
                Files.deleteIfExists(file);
            }
        }
    }
}
