package io.patchbay.cli;

import io.patchbay.home.Home;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Problem.Severity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What is looked at on this machine: nothing of it needs a runtime.
 *
 * @param home the home folder
 */
record MachineChecks(Home home, Terminal terminal) {

    private static final int OLDEST_JAVA = 17;
    private static final long SMALL_HEAP = 256L << 20;
    /** Below this a runtime takes no starts: patchbay.store.min-free, unless it is set otherwise. */
    private static final long NO_SPACE = 256L << 20;

    private static final long LITTLE_SPACE = 2L << 30;
    private static final int WRITES = 20;
    private static final int BLOCK = 4096;
    /** A start is on disk before it is accepted, so the disk bounds how many are taken in a second. */
    private static final double SLOW_MILLIS = 20;

    List<Finding> all() {
        List<Finding> all = new ArrayList<>();
        all.add(java());
        all.add(folders());
        all.add(files());
        Path data = Files.isDirectory(home.data()) ? home.data() : home.root();
        all.add(space(data));
        all.add(speed(data));
        return all;
    }

    private static Finding java() {
        int version = Runtime.version().feature();
        long heap = Runtime.getRuntime().maxMemory();
        String said = "Java " + version + ", here with a heap of " + (heap >> 20) + " MB at most";
        if (version < OLDEST_JAVA) {
            return Finding.fail("java", said, "install Java " + OLDEST_JAVA + " or newer");
        }
        return heap < SMALL_HEAP
                ? Finding.warn("java", said, "give a runtime 256 MB or more, with -Xmx: bounds of records hang on it")
                : Finding.ok("java", said);
    }

    private Finding folders() {
        Path root = home.root();
        if (!Files.isReadable(root)) {
            return Finding.fail("home", root + " cannot be read", "let this user read it");
        }
        return Files.isDirectory(home.routes()) || Files.isDirectory(home.connectors())
                ? Finding.ok("home", root.toString())
                : Finding.warn(
                        "home",
                        root + " has neither routes/ nor connectors/",
                        "name the home folder with --home or PATCHBAY_HOME");
    }

    private Finding files() {
        List<Problem> problems = FilesOfHome.read(home, List.of(), terminal).problems();
        List<Problem> errors = problems.stream()
                .filter(one -> one.severity() == Severity.ERROR)
                .toList();
        if (!errors.isEmpty()) {
            return Finding.fail(
                    "files",
                    errors.size() + (errors.size() == 1 ? " error" : " errors") + ", the first: "
                            + errors.get(0).at() + ": " + errors.get(0).what(),
                    "'patchbay check' tells all of them");
        }
        return problems.isEmpty()
                ? Finding.ok("files", "no errors and no warnings")
                : Finding.warn(
                        "files",
                        problems.size() + (problems.size() == 1 ? " warning" : " warnings"),
                        "'patchbay check' tells them");
    }

    private static Finding space(Path data) {
        try {
            FileStore store = Files.getFileStore(data);
            long free = store.getUsableSpace();
            String said = String.format(
                    Locale.ROOT, "%.1f GB free of %.1f GB for %s", free / 1e9, store.getTotalSpace() / 1e9, data);
            if (free < NO_SPACE) {
                return Finding.fail(
                        "disk", said, "make room: below patchbay.store.min-free (256 MB) a runtime takes no starts");
            }
            return free < LITTLE_SPACE
                    ? Finding.warn("disk", said, "make room, or let less be kept ('settings.capture' of flows)")
                    : Finding.ok("disk", said);
        } catch (IOException e) {
            return Finding.fail("disk", "the space of " + data + " cannot be told", "let this user read the folder");
        }
    }

    /** How long it takes until a block is on disk, as a start that is accepted is. */
    private static Finding speed(Path data) {
        double[] millis = new double[WRITES];
        try {
            Path file = Files.createTempFile(data, "doctor-", ".tmp");
            try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
                for (int i = 0; i < WRITES; i++) {
                    long begin = System.nanoTime();
                    out.write(ByteBuffer.allocate(BLOCK));
                    out.force(false);
                    millis[i] = (System.nanoTime() - begin) / 1e6;
                }
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            return Finding.fail("sync", "nothing can be written to " + data, "let the user of the runtime write there");
        }
        Arrays.sort(millis);
        double median = millis[WRITES / 2];
        String said = String.format(Locale.ROOT, "%.1f ms until a block is on disk", median);
        return median > SLOW_MILLIS
                ? Finding.warn(
                        "sync",
                        said,
                        "put the data folder on a faster disk: each start waits so long, those at once together")
                : Finding.ok("sync", said);
    }
}
