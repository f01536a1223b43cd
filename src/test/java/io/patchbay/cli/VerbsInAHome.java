package io.patchbay.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A home with one good flow, and the command line in it. */
abstract class VerbsInAHome {

    static final String GOOD = """
            flow: %s
            shapes:
              - id: two
                manualPayload: { json: [ { n: 1 }, { n: 2 } ] }
              - id: small
                filter: { keep: { field: n, below: 2 } }
              - id: told
                notify: { per: run, log: info, text: "done" }
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        file("routes/hello.flow.yaml", GOOD.formatted("hello"));
    }

    Said say(String... args) {
        return Said.by(folder, Map.of(), "", args);
    }

    void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
