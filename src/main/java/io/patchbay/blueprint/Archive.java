package io.patchbay.blueprint;

import io.patchbay.canvas.YamlPatch;
import io.patchbay.payload.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A blueprint and the connectors that it needs in one file, a zip whose paths are those of a {@link Source}. The same content is the same
 * bytes. What is taken out of one that somebody else made is bounded before it is written, and lies where its name says or nowhere.
 */
final class Archive {

    static final long LARGEST = 16_000_000;
    private static final long LARGEST_FILE = 4_000_000;
    private static final long MOST_BYTES = 64_000_000;
    private static final int MOST = 5_000;
    /** The first moment that a zip can tell. */
    private static final long NO_TIME = 315_532_800_000L;

    private Archive() {}

    /** All of a blueprint, with the connectors that the source, or one beside it, has and it does not bring itself. */
    static byte[] of(Source source, Blueprint blueprint) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        Map<String, Pin> pins = new TreeMap<>();
        Path root = source.folder();
        boolean alone = LoneConnector.is(blueprint);
        Path folder = root.resolve("blueprints").resolve(blueprint.id());
        if (!alone) {
            try (Stream<Path> all = Files.walk(folder)) {
                all.filter(Files::isRegularFile).forEach(file -> files.put(name(root, file), file));
            }
        }
        for (Map.Entry<String, String> one : blueprint.manifest().connectors().entrySet()) {
            String id = one.getKey();
            SortedMap<String, String> own = blueprint.connector(id);
            if (alone || !own.containsKey(LoneConnector.folder(id) + "connector.yaml")) {
                Source holding = source.holding(id);
                Path from = holding.folder();
                List<Path> carried = holding.connector(id)
                        .orElseThrow(
                                () -> new BlueprintException(
                                        "connector '" + id + "' is not in "
                                                + root.resolve("connectors")
                                                + ", and an archive has all that it needs: put its folder there, or name with --from a folder that has it"));
                carried.forEach(file -> files.put(name(from, from.resolve(file)), from.resolve(file)));
                own = holding.texts(id);
            }
            pins.put(id, pin(id, Pin.parse(one.getValue()).orElseThrow(), own));
        }
        String manifest = alone ? "" : pinned(HomeText.read(folder.resolve(BlueprintReader.MANIFEST)), pins);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, Path> file : files.entrySet()) {
                if (!BlueprintFiles.PATH.matcher(file.getKey()).matches()) {
                    throw new BlueprintException("the name of " + file.getKey() + " cannot go everywhere");
                }
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTime(NO_TIME - java.util.TimeZone.getDefault().getOffset(NO_TIME));
                zip.putNextEntry(entry);
                if (file.getValue().equals(folder.resolve(BlueprintReader.MANIFEST))) {
                    zip.write(manifest.getBytes(StandardCharsets.UTF_8));
                } else {
                    Files.copy(file.getValue(), zip);
                }
                zip.closeEntry();
            }
        }
        if (bytes.size() > LARGEST) {
            throw new BlueprintException("the archive would have " + bytes.size() + " bytes, more than " + LARGEST);
        }
        return bytes.toByteArray();
    }

    /** What the archive's blueprint says of a connector: the version that is meant, and the files that are there. */
    private static Pin pin(String id, Pin said, SortedMap<String, String> files) {
        if (!said.fits(files)) {
            throw new BlueprintException("connector '" + id + "' has other files than blueprint.yaml says (" + said
                    + "): write the version alone there, and the digest is written into the archive");
        }
        return new Pin(said.version(), Pin.digest(files));
    }

    private static String pinned(String manifest, Map<String, Pin> pins) {
        YamlPatch patch = YamlPatch.of(manifest)
                .orElseThrow(() -> new BlueprintException("blueprint.yaml is written in a way that cannot be changed"));
        pins.forEach((id, pin) -> {
            if (!patch.set(List.of("connectors", id), Json.NODES.textNode(pin.toString()))) {
                throw new BlueprintException("the version of connector '" + id
                        + "' in blueprint.yaml cannot be changed: write it without an anchor");
            }
        });
        return patch.text();
    }

    private static String name(Path root, Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    /** Reads a file that is no larger than an archive may be. */
    static byte[] read(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new BlueprintException(
                    file.getFileName() + " has more than 16 MB, which no archive of a blueprint has");
        }
        return Files.readAllBytes(file);
    }

    /**
     * Takes an archive apart.
     *
     * @param into a folder that is empty
     * @throws BlueprintException when it is none, or has what none has; then the folder has a part of it
     */
    static void extract(byte[] archive, Path into) throws IOException {
        Set<String> names = new HashSet<>();
        long bytes = 0;
        ZipKinds.onlyFiles(archive);
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = next(zip); entry != null; entry = next(zip)) {
                String name = entry.getName();
                if (names.size() >= MOST) {
                    throw new BlueprintException("it has more than " + MOST + " files");
                }
                if (entry.isDirectory()) {
                    continue;
                }
                if (!BlueprintFiles.PATH.matcher(name).matches()
                        || !(name.startsWith("blueprints/") || name.startsWith("connectors/"))) {
                    throw new BlueprintException(
                            "it has a file '" + name + "', which is none of an archive of a blueprint");
                }
                // On file systems that take two such names for one, the second would replace the first.
                if (!names.add(name.toLowerCase(Locale.ROOT))) {
                    throw new BlueprintException("it has the file '" + name + "' twice");
                }
                byte[] content = zip.readNBytes((int) LARGEST_FILE + 1);
                bytes += content.length;
                if (content.length > LARGEST_FILE || bytes > MOST_BYTES) {
                    throw new BlueprintException(
                            "it unpacks to more than 4 MB in '" + name + "', or more than 64 MB in all");
                }
                Path file = into.resolve(name);
                Files.createDirectories(file.getParent());
                Files.write(file, content);
            }
        } catch (ZipException | java.io.EOFException e) {
            throw new BlueprintException("it is no zip file, or is cut off");
        }
        if (names.isEmpty()) {
            throw new BlueprintException("it is no zip file, or has nothing in it");
        }
    }

    private static @Nullable ZipEntry next(ZipInputStream zip) throws IOException {
        try {
            return zip.getNextEntry();
        } catch (IllegalArgumentException e) {
            throw new BlueprintException("a name in it is no text");
        }
    }
}
