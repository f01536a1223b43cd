package io.patchbay.blueprint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * Changes of many files of a home folder that are made all or not at all: they are written beside first, under
 * {@code blueprints/.pending}, and moved from there. A program that died meanwhile leaves them there, whole, and {@link #finish} goes on.
 */
final class HomeChanges {

    private static final String MAKING = "blueprints/.making";
    private static final String PENDING = "blueprints/.pending";
    private static final String FILES = "files";
    private static final String GONE = "gone.txt";

    private final Path home;

    HomeChanges(Path home) {
        this.home = home;
    }

    /**
     * Makes changes.
     *
     * @param changes texts by path from the home folder; empty for a file that goes
     */
    void make(SortedMap<String, Optional<String>> changes) throws IOException {
        resume();
        for (String path : changes.keySet()) {
            writable(path);
        }
        Path making = home.resolve(MAKING);
        FileSystemUtils.deleteRecursively(making);
        try {
            write(making, changes);
        } catch (IOException e) {
            FileSystemUtils.deleteRecursively(making); // a full disk is no fuller for it
            throw e;
        }
        Files.move(making, home.resolve(PENDING), StandardCopyOption.ATOMIC_MOVE);
        finish();
    }

    private static void write(Path making, SortedMap<String, Optional<String>> changes) throws IOException {
        Files.createDirectories(making.resolve(FILES));
        List<String> gone = new ArrayList<>();
        for (Map.Entry<String, Optional<String>> change : changes.entrySet()) {
            if (change.getValue().isPresent()) {
                Path file = making.resolve(FILES).resolve(change.getKey());
                Files.createDirectories(file.getParent());
                durable(file, change.getValue().get());
            } else {
                gone.add(change.getKey());
            }
        }
        durable(making.resolve(GONE), gone.isEmpty() ? "" : String.join("\n", gone) + "\n");
    }

    /** On the disk when it returns: what is pending after a power cut is whole. */
    private static void durable(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Paths of files that a change that did not come to its end still has to make, or take away; empty where there is none. */
    List<String> pending() throws IOException {
        Path files = home.resolve(PENDING).resolve(FILES);
        List<String> left = new ArrayList<>();
        for (Path file : under(files)) {
            left.add(files.relativize(file).toString().replace('\\', '/'));
        }
        Path list = home.resolve(PENDING).resolve(GONE);
        if (Files.isRegularFile(list)) {
            Files.readAllLines(list).forEach(gone -> left.add(gone + " (goes)"));
        }
        return left;
    }

    /** Whether a change did not come to its end. */
    boolean interrupted() {
        return Files.isDirectory(home.resolve(PENDING));
    }

    /** Gives up a change that cannot come to its end: what of it was made stays, the rest is not made. */
    void forget() throws IOException {
        FileSystemUtils.deleteRecursively(home.resolve(PENDING));
    }

    /** Goes on with what is pending. @throws BlueprintException when that cannot be, with the way out */
    private void resume() throws IOException {
        try {
            finish();
        } catch (IOException e) {
            throw new BlueprintException(
                    "a change that was broken off before cannot be finished (" + e
                            + "): mend that, or look at it with 'blueprint recover' and give it up with 'blueprint recover --forget'");
        }
    }

    /** Makes what was not made to its end; nothing where there is nothing. */
    void finish() throws IOException {
        Path pending = home.resolve(PENDING);
        if (!Files.isDirectory(pending)) {
            return;
        }
        Path files = pending.resolve(FILES);
        for (Path file : under(files)) {
            Path target = inHome(files.relativize(file).toString());
            Files.createDirectories(target.getParent());
            move(file, target);
        }
        Path list = pending.resolve(GONE);
        for (String gone : Files.isRegularFile(list) ? Files.readAllLines(list) : List.<String>of()) {
            Path target = inHome(gone);
            Files.deleteIfExists(target);
            emptied(target.getParent());
        }
        FileSystemUtils.deleteRecursively(pending);
    }

    /** Folders of a home may lie on other file systems: then the file is written beside its place first. */
    private static void move(Path file, Path target) throws IOException {
        try {
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Path beside = target.resolveSibling("." + target.getFileName() + ".new");
            Files.copy(file, beside, StandardCopyOption.REPLACE_EXISTING);
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Files.delete(file);
        }
    }

    /** Looks before anything is changed whether a place can be written, and lies in the home behind all links. */
    private void writable(String path) throws IOException {
        Path target = inHome(path);
        Path at = target;
        while (!Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
            at = Objects.requireNonNull(at.getParent());
        }
        if (!at.toRealPath().startsWith(home.toRealPath())) {
            throw new BlueprintException(path + " would lead out of the home folder by a link at " + home.relativize(at)
                    + "; nothing was changed");
        }
        Path folder = Files.isDirectory(at) ? at : at.getParent();
        if (at.equals(target) ? !Files.isRegularFile(at) : !Files.isDirectory(at)) {
            throw new BlueprintException(home.relativize(at) + " is in the way of " + path + "; nothing was changed");
        }
        if (folder != null && !Files.isWritable(folder)) {
            throw new BlueprintException("the folder " + home.relativize(folder) + " cannot be written, so " + path
                    + " cannot be; nothing was changed");
        }
    }

    private static List<Path> under(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private Path inHome(String path) throws IOException {
        Path target = home.resolve(path).normalize();
        if (!target.startsWith(home) || target.equals(home)) {
            throw new IOException("'" + path + "' does not lie in the home folder");
        }
        return target;
    }

    /** Folders that hold nothing any more go, up to those that every home has. */
    private void emptied(@Nullable Path folder) throws IOException {
        Path at = folder;
        while (at != null && home.relativize(at).getNameCount() > 1) {
            try (Stream<Path> left = Files.list(at)) {
                if (left.findAny().isPresent()) {
                    return;
                }
            } catch (NoSuchFileException e) {
                at = at.getParent();
                continue;
            }
            Files.delete(at);
            at = at.getParent();
        }
    }
}
