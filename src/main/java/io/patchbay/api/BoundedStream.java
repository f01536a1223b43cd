package io.patchbay.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body of at most so many bytes. */
final class BoundedStream extends FilterInputStream {

    private final long most;
    private long taken;

    BoundedStream(InputStream in, long most) {
        super(in);
        this.most = most;
    }

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

    private void count(int bytes) throws IOException {
        taken += bytes;
        if (taken > most) {
            throw new BodyTooLargeException(most);
        }
    }
}
