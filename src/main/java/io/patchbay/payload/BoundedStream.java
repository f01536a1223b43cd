package io.patchbay.payload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongFunction;

/** Content that ends with an error when it is too long. */
public final class BoundedStream extends FilterInputStream {

    private final long most;
    private final LongFunction<? extends IOException> tooLong;
    private long left;

    /**
     * At most so many bytes.
     *
     * @param tooLong makes the error of that bound
     */
    public BoundedStream(InputStream in, long most, LongFunction<? extends IOException> tooLong) {
        super(in);
        this.most = most;
        this.tooLong = tooLong;
        this.left = most;
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

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = super.skip(bytes);
        count(skipped);
        return skipped;
    }

    private void count(long bytes) throws IOException {
        left -= bytes;
        if (left < 0) {
            throw tooLong.apply(most);
        }
    }
}
