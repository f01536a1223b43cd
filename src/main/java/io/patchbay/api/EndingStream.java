package io.patchbay.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A request's body; one that ends too early or is badly chunked is the caller's mistake, not ours. */
final class EndingStream extends FilterInputStream {

    EndingStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (IOException e) {
            throw cut();
        }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            return super.read(into, offset, length);
        } catch (IOException e) {
            throw cut();
        }
    }

    private static RuntimeException cut() {
        return Refusal.badRequest("The body ended before it was whole.");
    }
}
