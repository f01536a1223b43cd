package io.patchbay.connector.file;

import io.patchbay.connector.Spill;
import io.patchbay.payload.Body;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Takes the content of files: small ones into memory, larger ones to disk, none beyond the bound. */
final class Contents implements Folder.Sink {

    private static final int IN_MEMORY = 256 * 1024;

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

    @Override
    public void take(InputStream content) throws IOException, StepException {
        byte[] first = content.readNBytes(IN_MEMORY);
        size = first.length;
        if (first.length < IN_MEMORY) {
            body = new Body.Bytes(first, FileNames.mediaType(path));
            return;
        }
        try {
            Path file = Spill.store(spill, first, content, this::watch);
            body = new Body.Stored(file, FileNames.mediaType(path), size);
        } catch (Spill.Failed e) {
            throw new StepException(Owner.INTERNAL, "SPILL_FAILED", String.valueOf(e.getMessage()), e, true, null);
        } catch (Ended e) {
            throw e.why;
        }
    }

    private void watch(long bytes) throws Ended {
        size = bytes;
        if (bytes > most) {
            throw new Ended(new StepException(
                    Owner.LIMIT,
                    "FILE_TOO_LARGE",
                    "file '" + path + "' has more than " + most + " bytes (requester.maxResponse)"));
        }
        if (call.cancelled()) {
            throw new Ended(new StepException(Owner.LIMIT, "CANCELLED", "reading '" + path + "' was given up"));
        }
    }

    /** Carries the reason out of the copying. */
    private static final class Ended extends IOException {
        private static final long serialVersionUID = 1L;
        private final transient StepException why;

        Ended(StepException why) {
            super(why);
            this.why = why;
        }
    }
}
