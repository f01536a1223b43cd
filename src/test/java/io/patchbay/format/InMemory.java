package io.patchbay.format;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;

/** Bytes as content, for tests. */
final class InMemory implements TestContent {

    private final byte[] bytes;
    private final Path folder;

    InMemory(byte[] bytes) {
        this.bytes = bytes;
        this.folder = TestContent.super.folder();
    }

    /** Content whose files are made in a folder of the test. */
    InMemory(byte[] bytes, Path folder) {
        this.bytes = bytes;
        this.folder = folder;
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public Path folder() {
        return folder;
    }
}
