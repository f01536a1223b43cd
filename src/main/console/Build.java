import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Builds and tests the console's pages with the npm of this machine; pom.xml calls it. The work is done in a copy, so that nothing
 * of it lies in the source tree, and left out when nothing changed since it was done. Run as a single file.
 *
 * <pre>java Build.java build|test SOURCES WORK OUTPUT offline=true|false</pre>
 */
final class Build {

    /** What is installed and made in the copy. */
    private static final Set<String> MADE = Set.of("node_modules", "dist", "done");

    private final Path sources;
    private final Path work;
    private final Path output;
    private final boolean offline;

    private Build(Path sources, Path work, Path output, boolean offline) {
        this.sources = sources;
        this.work = work;
        this.output = output;
        this.offline = offline;
    }

    public static void main(String[] args) throws Exception {
        Build build = new Build(Path.of(args[1]), Path.of(args[2]), Path.of(args[3]), args[4].equals("offline=true"));
        try {
            if (args[0].equals("test")) {
                build.test();
            } else {
                build.build();
            }
        } catch (Failed e) {
            System.err.println("[ERROR] " + e.getMessage());
            System.exit(1);
        }
    }

    private void build() throws Exception {
        String all = digest(files(sources));
        if (!all.equals(done("build")) || !Files.isRegularFile(work.resolve("dist/remoteEntry.js"))) {
            copy();
            install();
            npm("could not be built", "run", "--silent", "build");
            isDone("build", all);
        }
        clear(output, Set.of());
        copyAll(work.resolve("dist"), output);
    }

    private void test() throws Exception {
        String all = digest(files(sources));
        if (all.equals(done("test"))) {
            return;
        }
        copy();
        install();
        npm("failed their tests", "run", "--silent", "test");
        isDone("test", all);
    }

    private void install() throws Exception {
        String lock = digest(List.of(sources.resolve("package.json"), sources.resolve("package-lock.json")));
        if (lock.equals(done("install")) && Files.isDirectory(work.resolve("node_modules"))) {
            return;
        }
        npm("could not get their libraries" + (offline ? " from npm's cache; run once without -o" : ""),
                "ci", offline ? "--offline" : "--prefer-offline", "--loglevel=error");
        isDone("install", lock);
    }

    private void npm(String otherwise, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows") ? "npm.cmd" : "npm");
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command).directory(work.toFile()).inheritIO().start();
        } catch (IOException e) {
            throw new Failed("The console's pages are built with npm, which is not on the PATH: install Node.js 20.19 or later with npm.");
        }
        if (process.waitFor() != 0) {
            throw new Failed("The console's pages " + otherwise + "; npm says why above.");
        }
    }

    private void copy() throws IOException {
        Files.createDirectories(work);
        clear(work, MADE);
        copyAll(sources, work);
    }

    private String done(String what) throws IOException {
        Path note = work.resolve("done").resolve(what);
        return Files.exists(note) ? Files.readString(note) : "";
    }

    private void isDone(String what, String digest) throws IOException {
        Files.createDirectories(work.resolve("done"));
        Files.writeString(work.resolve("done").resolve(what), digest);
    }

    private String digest(List<Path> files) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (Path file : files) {
            digest.update((sources.relativize(file) + "\0" + Files.size(file) + "\0").getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(file));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void copyAll(Path from, Path to) throws IOException {
        for (Path file : files(from)) {
            Path copy = to.resolve(from.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
    }

    private static void clear(Path folder, Set<String> but) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> children = Files.list(folder)) {
            children.filter(child -> !but.contains(child.getFileName().toString())).forEach(Build::delete);
        }
    }

    private static void delete(Path path) {
        try {
            if (Files.isDirectory(path)) {
                clear(path, Set.of());
            }
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the build with a sentence. */
    private static final class Failed extends Exception {

        private static final long serialVersionUID = 1L;

        Failed(String sentence) {
            super(sentence);
        }
    }
}
