package io.patchbay.route.folder;

import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Problems;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks at names, sizes and times of the files in some roots, without reading them. Hidden entries are passed over; a
 * symbolic link is followed while it stays in its root (a mounted config map is made of such links).
 */
final class FolderScan {

    private static final int DEEPEST = 20;

    private final FolderLimits limits;
    private final Map<String, Seen> files = new TreeMap<>();
    private final Set<String> unreadable = new HashSet<>();
    private final Problems problems = new Problems();
    private int entries;
    private boolean tooMany;

    private FolderScan(FolderLimits limits) {
        this.limits = limits;
    }

    /** What tells that a file may have changed; the key (an inode) tells a file that was put in the place of another. */
    record Stamp(long size, FileTime modified, @Nullable Object key) {

        /** Equal to no file's stamp. */
        static final Stamp NONE = new Stamp(-1, FileTime.fromMillis(0), null);

        static Stamp of(BasicFileAttributes attributes) {
            return new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
        }
    }

    /** A file that was seen. */
    record Seen(Path file, Path root, SourceKind kind, Stamp stamp) {}

    /**
     * What was seen.
     *
     * @param files by path from the root; of the same path in several roots the one of the last root, but for
     *     {@code stores.yaml}, of which an earlier root's stands under its whole path
     * @param unreadable folders (paths from the root) that cannot be listed: what was in them is taken as unchanged
     * @param problems what is wrong with folders and names
     * @param tooMany whether a bound was passed, so that the files are not all there
     */
    record Found(Map<String, Seen> files, Set<String> unreadable, List<Problem> problems, boolean tooMany) {
        /** Whether a path lies in a folder that cannot be listed. */
        boolean hides(String path) {
            return unreadable.stream()
                    .anyMatch(folder -> path.startsWith(folder + "/")
                            || (Path.of(path).isAbsolute() && path.contains("/" + folder + "/")));
        }
    }

    static Found of(List<Path> roots, FolderLimits limits) {
        FolderScan scan = new FolderScan(limits);
        for (Path root : roots) {
            for (String folder : SourceKind.FOLDERS) {
                scan.root(root, folder);
            }
        }
        long bytes = scan.files.values().stream()
                .mapToLong(seen -> seen.stamp().size())
                .filter(size -> size <= limits.fileBytes())
                .sum();
        if (scan.files.size() > limits.files()) {
            scan.refuse("routes", "there are more than " + limits.files() + " files");
        } else if (bytes > limits.allBytes()) {
            scan.refuse("routes", "the files have " + bytes + " bytes in all, more than " + limits.allBytes());
        }
        return new Found(scan.files, scan.unreadable, scan.problems.list(), scan.tooMany);
    }

    private void root(Path root, String folder) {
        try {
            Path path = root.resolve(folder);
            if (Files.isDirectory(path)) {
                folder(root, root.toRealPath(), path, folder, new HashSet<>());
            } else if (!Files.exists(path) && !Files.notExists(path)) {
                unreadable(folder); // whether it is there cannot be told
            }
        } catch (IOException e) {
            unreadable(folder);
        }
    }

    private void folder(Path root, Path real, Path folder, String path, Set<Path> open) throws IOException {
        Path realFolder = folder.toRealPath();
        if (!realFolder.startsWith(real)) {
            problems.warning(
                    Location.of(path),
                    "LINK_LEAVES_ROOT",
                    "the link leads out of its root and is not followed",
                    "put the files themselves here, or give their folder as a further root");
            return;
        }
        if (open.size() >= DEEPEST || !open.add(realFolder)) {
            return; // a link that leads back into a folder that holds it
        }
        try (DirectoryStream<Path> listing = Files.newDirectoryStream(folder)) {
            for (Path entry : listing) {
                if (++entries > limits.entries()) {
                    refuse(path, "the folders hold more than " + limits.entries() + " entries");
                }
                if (tooMany) {
                    return;
                }
                String name = String.valueOf(entry.getFileName());
                if (!name.startsWith(".")) {
                    entry(root, real, entry, path + "/" + name, open);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return; // deleted while it was listed
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            unreadable(path);
        }
        open.remove(realFolder);
    }

    private void entry(Path root, Path real, Path entry, String path, Set<Path> open) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            boolean link = attributes.isSymbolicLink();
            if (link) {
                attributes = Files.readAttributes(entry, BasicFileAttributes.class);
            }
            if (attributes.isDirectory()) {
                folder(root, real, entry, path, open);
            } else if (attributes.isRegularFile()) {
                file(root, real, entry, path, link, attributes);
            }
        } catch (NoSuchFileException e) {
            return; // deleted while the folder was listed, or a link that leads nowhere
        }
    }

    private void file(Path root, Path real, Path file, String path, boolean link, BasicFileAttributes attributes)
            throws IOException {
        SourceKind kind = SourceKind.of(path).orElse(null);
        if (kind == null) {
            SourceKind.renaming(path)
                    .ifPresent(hint -> problems.warning(
                            Location.of(path), "NOT_TAKEN", "the file is not taken because of its name", hint));
            return;
        }
        if (link && !file.toRealPath().startsWith(real)) {
            problems.warning(
                    Location.of(path),
                    "LINK_LEAVES_ROOT",
                    "the link leads out of its root and is not followed",
                    "put the file itself here, or give its folder as a further root");
            return;
        }
        Seen seen = new Seen(file, root, kind, Stamp.of(attributes));
        Seen earlier = files.put(path, seen);
        if (earlier != null && kind == SourceKind.STORES) {
            // Declarations of all roots hold together: only names are overridden, not the file.
            files.put(earlier.root() + "/" + path, earlier);
        }
    }

    private void unreadable(String folder) {
        unreadable.add(folder);
        problems.error(
                Location.of(folder),
                "FOLDER_UNREADABLE",
                "the folder cannot be listed; the files that were seen in it before stay as they are",
                "check that the user of the program may read it");
    }

    private void refuse(String folder, String what) {
        if (!tooMany) {
            tooMany = true;
            problems.error(
                    Location.of(folder),
                    "TOO_MANY_FILES",
                    what + "; nothing new is taken",
                    "take away what is not part of the flows");
        }
    }
}
