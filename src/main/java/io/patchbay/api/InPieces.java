package io.patchbay.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.Enumeration;
import java.util.NoSuchElementException;

/** A body that is made a piece at a time, while it is sent. */
@SuppressWarnings("JdkObsolete") // what SequenceInputStream takes
abstract class InPieces implements Enumeration<InputStream> {

    private boolean ended;

    /** The next piece. With the last, {@link #end} is called. */
    abstract byte[] piece() throws IOException;

    final void end() {
        ended = true;
    }

    /** The body. */
    final InputStream stream() {
        return new SequenceInputStream(this);
    }

    @Override
    public final boolean hasMoreElements() {
        return !ended;
    }

    @Override
    public final InputStream nextElement() {
        if (ended) {
            throw new NoSuchElementException();
        }
        try {
            return new ByteArrayInputStream(piece());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
