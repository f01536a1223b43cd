package io.patchbay.connector.http;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Keeps the beginning of what goes by. */
final class KeptBytes extends OutputStream {

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int most;
    private boolean cut;

    /** Keeps so many bytes at most. */
    KeptBytes(int most) {
        this.most = most;
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        int room = Math.min(length, most - kept.size());
        kept.write(bytes, from, room);
        cut |= room < length;
    }

    byte[] bytes() {
        return kept.toByteArray();
    }

    /** Whether more went by than is kept. */
    boolean cut() {
        return cut;
    }

    /** A stream whose content is kept as it is read. */
    InputStream of(InputStream content) {
        return new FilterInputStream(content) {
            @Override
            public int read() throws IOException {
                int one = in.read();
                if (one >= 0) {
                    KeptBytes.this.write(one);
                }
                return one;
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                int read = in.read(into, from, length);
                if (read > 0) {
                    KeptBytes.this.write(into, from, read);
                }
                return read;
            }
        };
    }
}
