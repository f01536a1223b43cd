package io.patchbay.blueprint;

import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import io.patchbay.route.folder.SourceKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Takes the files of a blueprint's folder, within bounds. A link is refused: it could lead anywhere. */
final class BlueprintFiles extends SimpleFileVisitor<Path> {

    private static final int MOST = 1_000;
    private static final long LARGEST = 4_000_000;
    private static final long MOST_BYTES = 32_000_000;
    /** Names that every file system takes, and that mean nothing to any. */
    static final Pattern PATH =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9_][A-Za-z0-9._-]{0,99}){0,7}");

    private static final Pattern BESIDE =
            Pattern.compile("(README|LICENSE|NOTICE)(\\.md|\\.txt)?|[A-Za-z0-9_-]+\\.(svg|png)");
    private static final Pattern OF_CONNECTORS =
            Pattern.compile("connectors/[a-z0-9-]+/(README\\.md|fixtures/[A-Za-z0-9._-]+\\.yaml)");

    private final Path folder;
    private final String shown;
    private final Problems problems;
    private final SortedMap<String, String> texts = new TreeMap<>();
    private int count;
    private long bytes;

    private BlueprintFiles(Path folder, String shown, Problems problems) {
        this.folder = folder;
        this.shown = shown;
        this.problems = problems;
    }

    /** Texts by path from the folder; pictures and what lies beside the manifest are looked at and left out. */
    static SortedMap<String, String> read(Path folder, String shown, Problems problems) {
        BlueprintFiles files = new BlueprintFiles(folder, shown, problems);
        try {
            Files.walkFileTree(folder, files);
        } catch (IOException e) {
            problems.error(Location.of(shown), "UNREADABLE", "the folder cannot be read", "check its rights");
        }
        return files.texts;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        String path = folder.relativize(file).toString().replace('\\', '/');
        Location at = Location.of(shown + "/" + path);
        if (++count > MOST) {
            problems.error(
                    Location.of(shown),
                    "TOO_LARGE",
                    "a blueprint has at most " + MOST + " files",
                    "take out what it does not need");
            return FileVisitResult.TERMINATE;
        }
        if (!attributes.isRegularFile()) {
            problems.error(
                    at,
                    "NOT_A_FILE",
                    "a blueprint holds files and folders alone, this is a link or something else",
                    "put the file itself there");
            return FileVisitResult.CONTINUE;
        }
        bytes += attributes.size();
        if (attributes.size() > LARGEST || bytes > MOST_BYTES) {
            problems.error(
                    at,
                    "TOO_LARGE",
                    "a file of a blueprint has at most 4 MB, all together at most 32 MB",
                    "take out what it does not need");
            return FileVisitResult.TERMINATE;
        }
        if (!PATH.matcher(path).matches()) {
            problems.error(
                    at, "BAD_NAME", "this name cannot go everywhere", "use letters, digits, '.', '-' and '_' only");
            return FileVisitResult.CONTINUE;
        }
        if (SourceKind.of(path).orElse(null) == SourceKind.CAMEL) {
            problems.error(
                    at,
                    "NOT_TAKEN",
                    "a plain Camel route runs as soon as it is there, so a blueprint has none",
                    "use the shape camel in a flow, which is a draft");
            return FileVisitResult.CONTINUE;
        }
        if (path.equals(BlueprintReader.MANIFEST)
                || SourceKind.of(path).isPresent()
                || OF_CONNECTORS.matcher(path).matches()) {
            text(file, path, at);
        } else if (!BESIDE.matcher(path).matches()) {
            problems.error(
                    at,
                    "NOT_TAKEN",
                    "this is no file of a blueprint",
                    "flows, services, environments, packages, tests, scripts, tables, schemas and stores.yaml stand in routes/, definitions and instances in"
                            + " connectors/, README, LICENSE and a picture beside blueprint.yaml");
        }
        return FileVisitResult.CONTINUE;
    }

    private void text(Path file, String path, Location at) throws IOException {
        byte[] content = Files.readAllBytes(file);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            texts.put(path, text.replace("\r\n", "\n"));
        } catch (CharacterCodingException e) {
            problems.error(at, "NOT_UTF8", "the file is not UTF-8 text", "save it as UTF-8");
        }
    }
}
