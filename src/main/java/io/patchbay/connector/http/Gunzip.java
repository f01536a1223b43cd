package io.patchbay.connector.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Unpacks gzip (RFC 1952). Java's own goes one call deeper for each file in it that is empty: so many of them in a row that
 * the stack would not hold are an error.
 */
final class Gunzip extends GZIPInputStream {

    private static final int MOST_EMPTY = 100;
    private int empty;

    Gunzip(InputStream in) throws IOException {
        super(in, 8192);
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (++empty > MOST_EMPTY) {
            throw new ZipException("the compressed content is made of empty files");
        }
        try {
            return super.read(into, from, length);
        } finally {
            empty--;
        }
    }
}
