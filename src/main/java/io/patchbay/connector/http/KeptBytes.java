package io.patchbay.connector.http;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Keeps the beginning of what goes by, or of what is written until that is enough. */
final class KeptBytes extends OutputStream {

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int most;
    private final boolean ends;
    private boolean cut;

    /** Keeps so many bytes at most; all else goes by. */
    KeptBytes(int most) {
        this(most, false);
    }

    private KeptBytes(int most, boolean ends) {
        this.most = most;
        this.ends = ends;
    }

    /** Keeps so many bytes at most; who writes more is stopped by {@link EnoughException}. */
    static KeptBytes ofBeginning(int most) {
        return new KeptBytes(most, true);
    }

    /** There is as much as is to be kept. */
    static final class EnoughException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int room = Math.min(length, most - kept.size());
        kept.write(bytes, from, room);
        if (room < length) {
            cut = true;
            if (ends) {
                throw new EnoughException();
            }
        }
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
