package io.patchbay.store;

import io.patchbay.home.PrivateFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * The folder of this process's files, and who this process is. A folder has an id of its own; the process that holds its lock
 * is that node, and claims left by the node are its own from a former life. A second process on the same folder gets a name
 * of its own and has to wait for the leases of the dead to end.
 */
public final class DataFolder implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(DataFolder.class.getName());

    /** Name of the folder in it that runs spill to; the files there are gone after a restart. */
    public static final String SPILL = "spill";

    private static final String NODE = "node";

    private final Path path;
    private final String id;
    private final FileChannel channel;
    private final @Nullable FileLock lock;
    private final boolean othersUseIt;
    private final String life = UUID.randomUUID().toString().substring(0, 8);
    private final Path spill;
    private final @Nullable FileChannel spillLock;

    private DataFolder(Path path, String id, FileChannel channel, Lock lock) throws IOException {
        this.path = path;
        this.id = id;
        this.channel = channel;
        this.lock = lock.held();
        this.othersUseIt = lock.elsewhere();
        Path all = path.resolve(SPILL);
        this.spill = this.lock == null ? all.resolve(life) : all;
        this.spillLock = this.lock == null ? hold(Files.createDirectories(spill)) : null;
    }

    /** Says for as long as this process lives that a folder is in use. */
    private static FileChannel hold(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(NODE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.lock();
        return channel;
    }

    /** What came of asking for the lock: held, or by whom not. */
    private record Lock(@Nullable FileLock held, boolean elsewhere) {}

    /** Opens the folder and makes it when it is missing. @throws IOException if it cannot be written */
    static DataFolder open(Path path) throws IOException {
        Path folder = PrivateFolder.make(path.toAbsolutePath().normalize());
        FileChannel channel = FileChannel.open(
                folder.resolve(NODE), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            Lock lock = lock(channel);
            String id = read(channel);
            if (id.isEmpty()) {
                id = UUID.randomUUID().toString();
                channel.truncate(0);
                channel.write(StandardCharsets.US_ASCII.encode(id), 0);
                channel.force(true);
                force(folder);
            }
            if (lock.held() != null) {
                sweep(folder.resolve(SPILL));
            }
            return new DataFolder(folder, id, channel, lock);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static Lock lock(FileChannel channel) throws IOException {
        try {
            FileLock held = channel.tryLock();
            return new Lock(held, held == null);
        } catch (OverlappingFileLockException e) {
            return new Lock(null, false);
        }
    }

    /**
     * What runs spilled before a crash; all that they need to go on is kept elsewhere. Another process on the same folder spills to
     * one below, which is left alone while that process lives.
     */
    private static void sweep(Path spill) throws IOException {
        if (!Files.isDirectory(spill)) {
            return;
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(spill)) {
            for (Path one : left) {
                if (Files.isRegularFile(one.resolve(NODE))) {
                    sweepOfOther(one);
                } else if (one.toString().endsWith(".spill")) {
                    Files.deleteIfExists(one);
                }
            }
        }
    }

    private static void sweepOfOther(Path spill) {
        try (FileChannel node = FileChannel.open(spill.resolve(NODE), StandardOpenOption.WRITE);
                DirectoryStream<Path> left = Files.newDirectoryStream(spill)) {
            if (lock(node).held() == null) {
                return;
            }
            for (Path file : left) {
                FileSystemUtils.deleteRecursively(file);
            }
            FileSystemUtils.deleteRecursively(spill);
        } catch (IOException e) { // it costs room, nothing else
            LOG.log(System.Logger.Level.WARNING, "what another process left in " + spill + " cannot be deleted", e);
        }
    }

    private static String read(FileChannel channel) throws IOException {
        java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(64);
        channel.read(bytes, 0);
        return StandardCharsets.US_ASCII.decode(bytes.flip()).toString().strip();
    }

    /** Syncs a folder's list of names, without which a synced file may be nameless after a power cut. */
    static void force(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    /** The folder. */
    public Path path() {
        return path;
    }

    /** Where runs of this process spill to; there may be nothing yet. */
    public Path spill() {
        return spill;
    }

    /** The folder's id: the same for all processes that see the same files. */
    public String id() {
        return id;
    }

    /** The node: the same after a restart. */
    public String node() {
        return lock == null ? id + "~" + life : id;
    }

    /** Whether another process held the folder when this one opened it. */
    boolean othersUseIt() {
        return othersUseIt;
    }

    /** This process: never the same twice. */
    public String owner() {
        return node() + "/" + life;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (spillLock != null) {
            spillLock.close();
        }
    }
}
