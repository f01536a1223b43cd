package io.patchbay.blueprint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One program at a time changes the blueprints of a home. The file of the lock stays, so that all find the same one. */
final class HomeLock {

    private static final String FILE = "blueprints/.lock";

    private HomeLock() {}

    /** What is done alone. */
    interface Work<T> {
        T done() throws IOException, InterruptedException;
    }

    /**
     * Does something that nobody else does meanwhile.
     *
     * @throws BlueprintException when somebody does
     */
    static <T> T alone(Path home, Work<T> work) throws IOException, InterruptedException {
        Path file = home.resolve(FILE);
        Files.createDirectories(file.getParent());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (!locked(channel)) {
                throw new BlueprintException(
                        "another program changes blueprints of this home now; try again when it is done");
            }
            return work.done();
        }
    }

    /** The lock goes with its channel. */
    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
