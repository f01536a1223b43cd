package io.patchbay.connector.mail;

import io.patchbay.connector.Spill;
import io.patchbay.connector.file.Folder;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** A mail of a server on the disk of the runtime, to be read there; it goes when it is closed. */
final class Spooled implements AutoCloseable {

    private final Path file;

    private final Instant received;

    private Spooled(Path file, Instant received) {
        this.file = file;
        this.received = received;
    }

    /**
     * Gets a mail.
     *
     * @param largest most bytes of it
     * @throws StepException when it is larger, cannot be read, or the disk does not take it
     */
    static Spooled of(Mailbox box, String folder, MailId id, Path spill, long largest, Folder.Call call)
            throws StepException {
        Path[] file = new Path[1];
        Instant received = box.read(folder, id, content -> file[0] = stored(content, spill, largest, call), call);
        return new Spooled(file[0], received);
    }

    private static Path stored(InputStream content, Path spill, long largest, Folder.Call call)
            throws IOException, StepException {
        try {
            return Spill.store(spill, new byte[0], content, bytes -> check(bytes, largest, call));
        } catch (Spill.Failed e) {
            throw new StepException(Owner.INTERNAL, "SPILL_FAILED", String.valueOf(e.getMessage()), e, true, null);
        } catch (TooLarge e) {
            throw StoredMail.unreadable("it has more than " + largest + " bytes");
        }
    }

    private static void check(long bytes, long largest, Folder.Call call) throws IOException {
        call.moved();
        if (bytes > largest) {
            throw new TooLarge();
        }
        if (call.cancelled()) {
            throw new IOException("it was given up");
        }
    }

    private static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }

    Path file() {
        return file;
    }

    /** When the server got it. */
    Instant received() {
        return received;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // the folder is emptied when the runtime starts
        }
    }
}
