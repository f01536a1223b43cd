package io.patchbay.format;

import java.nio.charset.Charset;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Content that says nothing of its characters; for tests. */
interface TestContent extends Content {

    @Override
    default @Nullable Charset said() {
        return null;
    }

    @Override
    default Path folder() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }
}
