package io.patchbay.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;

/**
 * Rows from some row on, with the row of names before them.
 *
 * @param whole all rows
 * @param said the character set in which they are
 * @param names the row of names; empty for none
 * @param offset the byte at which the first of them begins
 */
record RestOfRows(Content whole, Charset said, String names, long offset) implements Content {

    @Override
    public InputStream open() throws IOException {
        InputStream in = whole.open();
        try {
            in.skipNBytes(offset);
        } catch (IOException e) {
            in.close();
            throw e;
        }
        return new SequenceInputStream(new ByteArrayInputStream(names.getBytes(said)), in);
    }

    @Override
    public Path folder() {
        return whole.folder();
    }
}
