package io.patchbay.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A small file system of its own, in memory, that can be filled to its last byte. There is one only where the tests may mount. */
public final class SmallDisk {

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts one over an empty folder; empty when that is not allowed here. */
    public static Optional<SmallDisk> mount(Path folder, int megabytes) throws Exception {
        Files.createDirectories(folder);
        return run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString())
                ? Optional.of(new SmallDisk(folder))
                : Optional.empty();
    }

    /** Where it is mounted. */
    public Path folder() {
        return folder;
    }

    /** Bytes that are free. */
    public long free() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    /** Another program takes room until there is none. Returns its file. */
    public Path fill() throws IOException {
        Path file = folder.resolve("of-another-program");
        byte[] piece = new byte[64 * 1024];
        try (var out = Files.newOutputStream(file)) {
            while (true) {
                out.write(piece);
            }
        } catch (IOException full) {
            if (free() > 0) {
                throw full;
            }
            return file;
        }
    }

    /** Unmounts it. */
    public void close() throws Exception {
        run("umount", "-l", folder.toString());
    }

    private static boolean run(String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }
}
