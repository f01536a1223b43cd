package io.patchbay.connector;

import io.patchbay.payload.Body;
import io.patchbay.payload.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts content on disk that is too large for memory. */
public final class Spill {

    private Spill() {}

    /** The disk does not take it. */
    public static final class Failed extends IOException {
        private static final long serialVersionUID = 1L;

        Failed(IOException cause) {
            super("the disk of the runtime does not take the content: " + cause.getMessage(), cause);
        }
    }

    /** Decides while content comes. */
    public interface Watch {
        /** Throws when no more is wanted after this many bytes. */
        void read(long bytes) throws IOException;
    }

    /**
     * Writes content to a new file, which is the caller's then.
     *
     * @param first what was read already
     * @param rest what is still to come
     * @throws Failed when the disk does not take it; nothing is left there
     */
    public static Path store(Path folder, byte[] first, InputStream rest, Watch watch) throws IOException {
        Path file = created(folder);
        boolean whole = false;
        try (OutputStream out = Files.newOutputStream(file)) {
            write(out, first, first.length);
            long size = first.length;
            byte[] buffer = new byte[64 * 1024];
            for (int read = rest.read(buffer); read >= 0; read = rest.read(buffer)) {
                size += read;
                watch.read(size);
                write(out, buffer, read);
            }
            whole = true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(file);
            }
        }
        return file;
    }

    /** Deletes what was stored of a payload. */
    public static void delete(Payload payload) {
        delete(payload.body());
    }

    /** Deletes what was stored of content. */
    public static void delete(Body body) {
        if (body instanceof Body.Stored stored) {
            try {
                Files.deleteIfExists(stored.file());
            } catch (IOException e) {
                // the folder is emptied when the runtime starts
            }
        }
    }

    private static Path created(Path folder) throws Failed {
        try {
            Files.createDirectories(folder);
            return Files.createTempFile(folder, "content-", ".spill");
        } catch (IOException e) {
            throw new Failed(e);
        }
    }

    private static void write(OutputStream out, byte[] bytes, int length) throws Failed {
        try {
            out.write(bytes, 0, length);
        } catch (IOException e) {
            throw new Failed(e);
        }
    }
}
