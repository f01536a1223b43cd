package io.patchbay.connector;

import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds and reads the files of connectors folders: {@code ID/connector.yaml}, the versions of it that lie beside it in
 * {@code ID/versions/VERSION/connector.yaml}, and {@code ID/instances/*.yaml}.
 */
final class CatalogFiles {

    private static final int LARGEST_FILE = 4_000_000;
    /** Name of the file that says what a connector is. */
    static final String DEFINITION = "connector.yaml";

    private static final String INSTANCES = "instances";

    private final Path home;

    /** Files are named relative to the home folder. */
    CatalogFiles(Path home) {
        this.home = home.toAbsolutePath().normalize();
    }

    /**
     * A file, or what is kept in place of one.
     *
     * @param name as people know it
     * @param folder what files beside it are looked for in
     * @param id of the connector, by the folder
     * @param version of the connector, by the folder; null where the folder says none
     * @param root connectors folder that it is found in
     * @param text null when it cannot be read
     * @param stored what it is when it is no file
     */
    record Source(
            String name,
            Path folder,
            String id,
            @Nullable String version,
            Path root,
            @Nullable String text,
            @Nullable StoredInstance stored) {

        /** An instance that is in no file. */
        static Source of(StoredInstance stored) {
            Path none = Path.of("");
            return new Source(stored.place(), none, "", null, none, stored.document(), stored);
        }
    }

    /** All connector files, of each connector the newest version before those beside it. */
    List<Source> connectors(List<Path> roots, Map<String, Problems> problems) {
        List<Source> found = new ArrayList<>();
        for (Path root : roots) {
            Path connectors = root.resolve("connectors");
            for (Path folder : children(connectors, Files::isDirectory)) {
                take(folder, null, folder.resolve(DEFINITION), connectors, problems, found);
                for (Path version : children(folder.resolve("versions"), Files::isDirectory)) {
                    take(folder, version, version.resolve(DEFINITION), connectors, problems, found);
                    tellOfInstances(version, problems);
                }
            }
        }
        return found;
    }

    /** All instance files. */
    List<Source> instances(List<Path> roots, Map<String, Problems> problems) {
        List<Source> found = new ArrayList<>();
        for (Path root : roots) {
            Path connectors = root.resolve("connectors");
            for (Path folder : children(connectors, Files::isDirectory)) {
                children(folder.resolve(INSTANCES), path -> path.toString().endsWith(".yaml"))
                        .forEach(file -> take(folder, null, file, connectors, problems, found));
            }
        }
        return found;
    }

    private void tellOfInstances(Path version, Map<String, Problems> problems) {
        for (Path file :
                children(version.resolve(INSTANCES), path -> path.toString().endsWith(".yaml"))) {
            String name = name(file);
            problems.computeIfAbsent(name, any -> new Problems())
                    .error(
                            Location.of(name),
                            "NOT_HERE",
                            "an instance is one of all versions, and is not read from the folder of one of them",
                            "move it to the folder instances/ beside versions/");
        }
    }

    private void take(
            Path connector,
            @Nullable Path version,
            Path file,
            Path root,
            Map<String, Problems> problems,
            List<Source> into) {
        if (!Files.exists(file)) {
            return;
        }
        String name = name(file);
        Problems own = problems.computeIfAbsent(name, any -> new Problems());
        into.add(new Source(
                name,
                version == null ? connector : version,
                String.valueOf(connector.getFileName()),
                version == null ? null : String.valueOf(version.getFileName()),
                root,
                text(file, root, name, own),
                null));
    }

    /** The text, or null with a problem. */
    private static @Nullable String text(Path file, Path root, String name, Problems problems) {
        try {
            if (!file.toRealPath().startsWith(root.toRealPath())) {
                problems.error(Location.of(name), "OUTSIDE", "the file is a link that leads out of its folder");
            } else if (Files.size(file) > LARGEST_FILE) {
                problems.error(
                        Location.of(name), "FILE_TOO_LARGE", "the file has more than " + LARGEST_FILE + " bytes");
            } else {
                return Files.readString(file, StandardCharsets.UTF_8);
            }
        } catch (CharacterCodingException e) {
            problems.error(Location.of(name), "NOT_UTF8", "the file is not UTF-8");
        } catch (IOException e) {
            problems.error(Location.of(name), "UNREADABLE", "the file cannot be read");
        }
        return null;
    }

    /** What people call a file or folder: its path from the home folder. */
    String name(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path shown = absolute.startsWith(home) ? home.relativize(absolute) : absolute;
        return shown.toString().replace('\\', '/');
    }

    private static List<Path> children(Path folder, Predicate<Path> wanted) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> !String.valueOf(path.getFileName()).startsWith("."))
                    .filter(wanted)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of(); // it went away while we looked: the next generation sees that
        }
    }
}
