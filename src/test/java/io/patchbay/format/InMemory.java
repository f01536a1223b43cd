package io.patchbay.format;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Bytes as content, for tests. */
final class InMemory implements Content {

    private final byte[] bytes;

    InMemory(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public @Nullable Charset said() {
        return null;
    }

    @Override
    public Path folder() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }
}
