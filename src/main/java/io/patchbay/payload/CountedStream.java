package io.patchbay.payload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Content whose bytes are counted as they are read. */
public abstract class CountedStream extends FilterInputStream {

    /** Counts from here on. */
    protected CountedStream(InputStream in) {
        super(in);
    }

    /** So many bytes were read or passed over. @throws IOException if that is too many */
    protected abstract void count(long bytes) throws IOException;

    @Override
    public int read() throws IOException {
        int one = super.read();
        count(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        count(Math.max(0, read));
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = super.skip(bytes);
        count(skipped);
        return skipped;
    }
}
