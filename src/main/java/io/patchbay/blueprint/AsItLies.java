package io.patchbay.blueprint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/** Tries blueprints with the values that their files have, in a home of their own. */
public final class AsItLies {

    private AsItLies() {}

    /**
     * Checks and tests one.
     *
     * @param source folder that has it, and the connectors that it needs
     */
    public static Trial.Found tried(Path source, String id, Trial trial) throws IOException, InterruptedException {
        Source from = new Source(source);
        Blueprint blueprint = from.right(id);
        Path home = Files.createTempDirectory("patchbay-blueprint-");
        try {
            for (String connector : blueprint.manifest().connectors().keySet()) {
                for (Path file : from.connector(connector).orElse(List.of())) {
                    write(home.resolve(file), HomeText.read(source.resolve(file)));
                }
            }
            for (Map.Entry<String, String> file : blueprint.files().entrySet()) {
                write(home.resolve(file.getKey()), file.getValue());
            }
            return trial.of(home, file -> true);
        } finally {
            FileSystemUtils.deleteRecursively(home);
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
