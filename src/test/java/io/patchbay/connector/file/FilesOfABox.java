package io.patchbay.connector.file;

import io.patchbay.connector.camel.World;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A connector that reads and writes in a folder of a home. */
abstract class FilesOfABox {

    @TempDir
    Path home;

    World world;
    Path folder;

    @BeforeEach
    void open() throws Exception {
        world = new World(home);
        folder = Files.createDirectories(home.resolve("data/files"));
    }

    @AfterEach
    void close() {
        world.close();
    }
}
