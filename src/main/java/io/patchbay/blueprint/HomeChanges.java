package io.patchbay.blueprint;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
        finish();
        for (String path : changes.keySet()) {
            writable(path);
        }
        Path making = home.resolve(MAKING);
        FileSystemUtils.deleteRecursively(making);
        Files.createDirectories(making.resolve(FILES));
        List<String> gone = new ArrayList<>();
        for (Map.Entry<String, Optional<String>> change : changes.entrySet()) {
            if (change.getValue().isPresent()) {
                Path file = making.resolve(FILES).resolve(change.getKey());
                Files.createDirectories(file.getParent());
                Files.writeString(file, change.getValue().get());
            } else {
                gone.add(change.getKey());
            }
        }
        Files.write(making.resolve(GONE), gone);
        Files.move(making, home.resolve(PENDING), StandardCopyOption.ATOMIC_MOVE);
        finish();
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
