package io.patchbay.connector;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A copy of the files that the last good catalog was read from, for the next life of the program: a file that is wrong then, or a
 * version that no file holds any more, goes on as it was. The copy is a folder of the same form as the one that is read. Each
 * file is put in place as a whole; a crash between two of them leaves parts of two catalogs, each of which was good once.
 */
public final class CatalogCopy {

    private static final String CONNECTORS = "connectors/";

    private final Path folder;

    /** A copy in a folder of its own, which is made when there is something to keep. */
    public CatalogCopy(Path folder) {
        this.folder = folder;
    }

    /** What is kept; empty when nothing is. */
    public Catalog read() {
        return CatalogReader.once(folder).catalog();
    }

    /** Whether what is kept is this catalog. */
    public boolean holds(Catalog catalog) throws IOException {
        Map<String, String> wanted = texts(catalog);
        if (files().size() != wanted.size()) {
            return false;
        }
        for (Map.Entry<String, String> file : wanted.entrySet()) {
            if (!holds(folder.resolve(file.getKey()), file.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(Path file, String text) throws IOException {
        return Files.isRegularFile(file) && Files.readString(file).equals(text);
    }

    /** Keeps this catalog in place of what was kept. */
    public void write(Catalog catalog) throws IOException {
        Map<String, String> wanted = texts(catalog);
        for (Map.Entry<String, String> text : wanted.entrySet()) {
            Path file = folder.resolve(text.getKey());
            if (!holds(file, text.getValue())) {
                Path parent = Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Path fresh = Files.createTempFile(parent, ".", ".new");
                Files.writeString(fresh, text.getValue(), StandardCharsets.UTF_8);
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        for (Path file : files()) {
            if (!wanted.containsKey(folder.relativize(file).toString().replace('\\', '/'))) {
                Files.delete(file);
            }
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }

    /** Texts of the catalog by path. What is not in the home folder has no path from there, and is not kept. */
    private static Map<String, String> texts(Catalog catalog) {
        Map<String, String> texts = new TreeMap<>();
        catalog.versions().inFiles().stream()
                .filter(one -> one.file().startsWith(CONNECTORS))
                .forEach(one -> add(one, one.file().substring(0, one.file().lastIndexOf('/')), texts));
        catalog.versions()
                .before()
                .forEach(one -> add(one, CONNECTORS + one.id() + "/versions/" + one.version(), texts));
        for (Fitted fitted : catalog.fitted()) {
            String text = fitted.text();
            if (text != null && fitted.instance().file().startsWith(CONNECTORS)) {
                texts.put(fitted.instance().file(), text);
            }
        }
        return texts;
    }

    private static void add(Connector connector, String folder, Map<String, String> into) {
        connector
                .texts()
                .forEach((name, text) -> into.put(
                        Path.of(folder).resolve(name).normalize().toString().replace('\\', '/'), text));
    }
}
