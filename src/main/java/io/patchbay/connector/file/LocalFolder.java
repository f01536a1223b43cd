package io.patchbay.connector.file;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of this machine. Written on Java's own file calls and not on camel-file, which neither syncs a file before it is
 * renamed nor refuses a link that leads out of the folder.
 */
final class LocalFolder implements Folder {

    private static final int COPIED = 256 * 1024;

    private final Path base;

    LocalFolder(Path base) {
        this.base = base.toAbsolutePath().normalize();
    }

    @Override
    public List<Entry> list(String folder, Call call) throws StepException {
        Path path = folder(folder, false, "list");
        List<Entry> entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                entry(file).ifPresent(entries::add);
            }
            return entries;
        } catch (IOException | java.io.UncheckedIOException e) {
            throw failure("list", folder, e);
        }
    }

    /** A regular file; what went away since its name was read is left out. */
    private static Optional<Entry> entry(Path file) throws IOException {
        try {
            BasicFileAttributes about =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return about.isRegularFile()
                    ? Optional.of(new Entry(
                            String.valueOf(file.getFileName()),
                            about.size(),
                            about.lastModifiedTime().toInstant()))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void read(String path, Sink sink, Call call) throws StepException {
        try (InputStream content = Files.newInputStream(resolved(path, "read"), LinkOption.NOFOLLOW_LINKS)) {
            sink.take(content);
        } catch (IOException e) {
            throw failure("read", path, e);
        }
    }

    @Override
    public void write(String path, Source content, Placing placing, Call call) throws StepException {
        Path folder = folder(FileNames.folderOf(path), placing.createFolder(), "write");
        Path target = folder.resolve(FileNames.nameOf(path));
        Path temporary = folder.resolve(placing.temporary());
        try {
            refuseExisting(target, path, placing);
            try (InputStream in = content.open();
                    FileChannel file = FileChannel.open(
                            temporary,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE,
                            LinkOption.NOFOLLOW_LINKS)) {
                copy(in, Channels.newOutputStream(file));
                file.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            drop(temporary);
            throw failure("write", path, e);
        }
    }

    /** In large pieces: those of 8 KB, in which a stream copies by itself, take the kernel four times as long. */
    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[COPIED];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            out.write(buffer, 0, read);
        }
    }

    @Override
    public void move(String from, String to, Placing placing, Call call) throws StepException {
        Path source = resolved(from, "move");
        Path target =
                folder(FileNames.folderOf(to), placing.createFolder(), "move").resolve(FileNames.nameOf(to));
        try {
            refuseExisting(target, to, placing);
            Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failure("move", from, e);
        }
    }

    @Override
    public void delete(String path, Call call) throws StepException {
        try {
            Files.delete(resolved(path, "delete"));
        } catch (IOException e) {
            throw failure("delete", path, e);
        }
    }

    private static void refuseExisting(Path target, String path, Placing placing) throws StepException {
        if (!placing.replace() && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new StepException(Owner.REMOTE, "FILE_EXISTS", "file '" + path + "' is there already");
        }
    }

    private static void drop(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // it is hidden and will be overwritten by the next try
        }
    }

    /** The real path of something that is there, inside the folder. */
    private Path resolved(String path, String what) throws StepException {
        Path file = base.resolve(path);
        try {
            Path parent = file.equals(base) ? file : file.getParent();
            Path real = (parent == null ? file : parent).toRealPath();
            checkInside(real, path);
            return file.equals(base) ? real : real.resolve(String.valueOf(file.getFileName()));
        } catch (IOException e) {
            throw failure(what, path, e);
        }
    }

    private Path folder(String folder, boolean create, String what) throws StepException {
        Path path = base.resolve(folder);
        try {
            if (create) {
                Files.createDirectories(path);
            }
            Path real = path.toRealPath();
            checkInside(real, folder);
            return real;
        } catch (IOException e) {
            throw failure(what, folder.isEmpty() ? "." : folder, e);
        }
    }

    private void checkInside(Path real, String path) throws IOException, StepException {
        if (!real.startsWith(base.toRealPath())) {
            throw new StepException(
                    Owner.AUTHOR, "BAD_PATH", "path '" + path + "' is refused: a link leads out of the folder");
        }
    }

    private StepException failure(String what, String path, @Nullable Throwable thrown) {
        Throwable cause = thrown instanceof java.io.UncheckedIOException wrapped ? wrapped.getCause() : thrown;
        if (cause instanceof NoSuchFileException || cause instanceof NotDirectoryException) {
            return new StepException(
                    Owner.REMOTE, "FILE_NOT_FOUND", "cannot " + what + " '" + path + "': it is not in " + shown());
        }
        if (cause instanceof AccessDeniedException) {
            return new StepException(
                    Owner.REMOTE,
                    "FILE_DENIED",
                    "cannot " + what + " '" + path + "' in " + shown() + ": no permission");
        }
        String reason = cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage();
        return new StepException(
                Owner.REMOTE,
                "FILE_FAILED",
                "cannot " + what + " '" + path + "' in " + shown() + reason,
                cause,
                true,
                null);
    }

    @Override
    public String shown() {
        return "file:" + base;
    }

    @Override
    public void close() {}
}
