package io.patchbay.payload;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongFunction;

/** Content that ends with an error when it is too long. */
public final class BoundedStream extends CountedStream {

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
    protected void count(long bytes) throws IOException {
        left -= bytes;
        if (left < 0) {
            throw tooLong.apply(most);
        }
    }
}
