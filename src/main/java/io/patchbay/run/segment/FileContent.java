package io.patchbay.run.segment;

import io.patchbay.store.DiskGuard;
import io.patchbay.store.SqlWork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Segments as files of a folder. A file is synced when nothing more is written to it: what was written last may be lost in a crash, like
 * all of the story. A process never writes to a file of a former life, so what that life tore stays the file's end.
 */
final class FileContent implements OpenContent, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(FileContent.class.getName());
    private static final String ENDING = ".segment";
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{12}-[0-9a-z]+-[0-9]+-[0-9]{1,9}m");

    private final Path folder;
    private final DiskGuard disk;
    private final Map<String, FileChannel> open = new HashMap<>();

    FileContent(Path data, DiskGuard disk) {
        this.disk = disk;
        this.folder = data.resolve("captured");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " for captured payloads cannot be made", e);
        }
    }

    @Override
    public String place() {
        return "file";
    }

    @Override
    public synchronized SqlWork write(String segment, long at, byte[] frame) throws IOException {
        try {
            FileChannel file = open.get(segment);
            if (file == null) {
                file = FileChannel.open(path(segment), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                open.put(segment, file);
            }
            ByteBuffer bytes = ByteBuffer.wrap(frame);
            for (long next = at; bytes.hasRemaining(); ) {
                next += file.write(bytes, next);
            }
            return tx -> {};
        } catch (IOException e) {
            disk.failed(e);
            throw e;
        }
    }

    @Override
    public byte[] read(String segment, long at, int length) throws IOException {
        try (FileChannel file = FileChannel.open(path(segment), StandardOpenOption.READ)) {
            if (at < 0 || at + length > file.size()) {
                throw new TornBlockException("segment " + segment + " ends before its block: a crash tore it");
            }
            ByteBuffer bytes = ByteBuffer.allocate(length);
            while (bytes.hasRemaining()) {
                if (file.read(bytes, at + bytes.position()) < 0) {
                    throw new IOException("segment " + segment + " was cut while it was read");
                }
            }
            return bytes.array();
        }
    }

    @Override
    public synchronized void seal(String segment) {
        try (FileChannel file = open.remove(segment)) {
            if (file != null) {
                file.force(true);
            }
        } catch (IOException e) {
            disk.failed(e);
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the end of segment {0} may not be on disk: {1}",
                    segment,
                    e.getMessage());
        }
    }

    @Override
    public synchronized void delete(String segment) throws IOException {
        FileChannel file = open.remove(segment);
        if (file != null) {
            file.close();
        }
        Files.deleteIfExists(path(segment));
    }

    /** Segments that lie here, by name, which is their age, with their bytes. */
    SortedMap<String, Long> all() throws IOException {
        SortedMap<String, Long> all = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return all; // nothing was captured yet, or somebody took the folder away
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                String segment = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : "";
                if (NAME.matcher(segment).matches()) {
                    bytes(file).ifPresent(bytes -> all.put(segment, bytes));
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return all;
    }

    /** Empty when it was brought elsewhere, or deleted, meanwhile. */
    private static Optional<Long> bytes(Path file) throws IOException {
        try {
            return Optional.of(Files.size(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    Path folder() {
        return folder;
    }

    Path path(String segment) {
        return folder.resolve(segment + ENDING);
    }

    @Override
    public synchronized void close() {
        for (String segment : java.util.List.copyOf(open.keySet())) {
            seal(segment);
        }
    }
}
