package io.patchbay.connector.camel;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of calls share: a {@link World}, open for each test. */
abstract class InWorld {

    @TempDir
    Path home;

    World world;

    @BeforeEach
    void open() throws Exception {
        world = new World(home);
    }

    @AfterEach
    void close() {
        world.close();
    }
}
