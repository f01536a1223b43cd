package io.patchbay.connector.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Counts what is read, ends with an error beyond a bound of bytes or time, and remembers how the content begins. */
final class BoundedStream extends FilterInputStream {

    private static final int REMEMBERED = 64;

    private final long most;
    private final long deadline;
    private final byte[] start = new byte[REMEMBERED];
    private long count;

    /** Content that is larger than it may be. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        TooLarge() {
            super("too large");
        }
    }

    /** Content that does not come to its end. */
    static final class TooSlow extends IOException {
        private static final long serialVersionUID = 1L;

        TooSlow() {
            super("too slow");
        }
    }

    BoundedStream(InputStream in, long most, long deadlineNanos) {
        super(in);
        this.most = most;
        this.deadline = deadlineNanos;
    }

    long count() {
        return count;
    }

    String start() {
        return new String(start, 0, (int) Math.min(count, REMEMBERED), StandardCharsets.UTF_8);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int read = in.read(into, from, length);
        if (read <= 0) {
            return read;
        }
        if (count < REMEMBERED) {
            System.arraycopy(into, from, start, (int) count, (int) Math.min(read, REMEMBERED - count));
        }
        count += read;
        if (count > most) {
            throw new TooLarge();
        }
        if (System.nanoTime() - deadline > 0) {
            throw new TooSlow();
        }
        return read;
    }

    /** Does nothing: closing the connection's stream would read the rest of it first. */
    @Override
    public void close() {}

    @Override
    public long skip(long bytes) throws IOException {
        byte[] thrown = new byte[(int) Math.min(bytes, 8192)];
        int read = read(thrown, 0, thrown.length);
        return Math.max(read, 0);
    }
}
