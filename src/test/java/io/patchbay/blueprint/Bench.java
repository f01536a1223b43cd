package io.patchbay.blueprint;

import io.patchbay.home.Home;
import io.patchbay.store.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A home folder and a folder with blueprints; nothing is checked and no test runs. */
final class Bench {

    static final String MANIFEST = """
            blueprint: orders
            version: %s
            title: Orders
            """;
    static final String FLOW = """
            # Orders.
            flow: orders
            variables: { currency: GBP }
            shapes:
              - id: one
                manualPayload: { json: [ { id: 1 } ] }
            """;

    private final Path folder;
    private final SettableClock clock = new SettableClock();

    /** @param folder that is empty */
    Bench(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(home());
            Files.createDirectories(source());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path home() {
        return folder.resolve("home");
    }

    Path source() {
        return folder.resolve("source");
    }

    Path blueprint() {
        return source().resolve("blueprints/orders");
    }

    /** Writes the blueprint anew. */
    void blueprint(String version, Map<String, String> files) throws IOException {
        org.springframework.util.FileSystemUtils.deleteRecursively(blueprint());
        write(blueprint().resolve("blueprint.yaml"), MANIFEST.formatted(version));
        for (Map.Entry<String, String> file : files.entrySet()) {
            write(blueprint().resolve(file.getKey()), file.getValue());
        }
    }

    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    Blueprints blueprints() {
        return new Blueprints(
                new Home(home()),
                List.of(source()),
                Map.of(),
                clock,
                (home, tested) -> new Trial.Found(List.of(), 0, List.of()));
    }

    /** Texts of the home by path, without the records of installs. */
    SortedMap<String, String> files() throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(home())) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String path = home().relativize(file).toString();
                if (!path.startsWith("blueprints/")) {
                    files.put(path, Files.readString(file));
                }
            }
        }
        return files;
    }
}
