package io.patchbay.connector.camel;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of one paged endpoint share: {@link Lists}, open for each test. */
abstract class ListPulls {

    @TempDir
    Path home;

    Lists lists;

    @BeforeEach
    void open() throws Exception {
        lists = new Lists(home);
    }

    @AfterEach
    void close() {
        lists.close();
    }
}
