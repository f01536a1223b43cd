package io.patchbay.trigger.file;

import io.patchbay.connector.file.FileNames;
import io.patchbay.connector.file.Folder;
import io.patchbay.payload.Body;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Takes the content of a file over as the body of a start, while it streams. */
final class Content implements Folder.Sink {

    /** The disk of the runtime, not the file, is at fault. */
    static final String NOT_KEPT = "BODY_NOT_KEPT";

    private final Arrived file;
    private final boolean exact;
    private final Bodies bodies;
    private final Look look;
    private @Nullable Body body;

    Content(Arrived file, boolean exact, Bodies bodies, Look look) {
        this.file = file;
        this.exact = exact;
        this.bodies = bodies;
        this.look = look;
    }

    /** What was kept; null before. */
    @Nullable
    Body body() {
        return body;
    }

    @Override
    public void take(InputStream content) throws IOException, StepException {
        Counted counted = new Counted(content);
        Body kept;
        try {
            kept = bodies.keep(counted, FileNames.mediaType(file.name()));
        } catch (IOException e) {
            if (counted.broken) {
                throw e;
            }
            String what = "the content of '" + file.name() + "' cannot be kept: " + e.getMessage();
            throw new StepException(Owner.INTERNAL, NOT_KEPT, what, e, true, null);
        }
        body = kept;
        if (exact && counted.size != file.size()) {
            throw new StepException(
                    Owner.REMOTE, "FILE_CHANGED", "file '" + file.name() + "' changed while it was read");
        }
    }

    /** Counts what comes, and tells a stream that broke from a disk that takes no more. */
    private final class Counted extends FilterInputStream {

        private long size;
        private boolean broken;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int most) throws IOException {
            broken = true;
            int read = super.read(bytes, from, most);
            look.moved();
            size += Math.max(0, read);
            if (exact && size > file.size()) {
                throw new IOException("it has more bytes than were listed, so it is still being written");
            }
            if (look.cancelled()) {
                throw new IOException("it was given up");
            }
            broken = false;
            return read;
        }
    }
}
