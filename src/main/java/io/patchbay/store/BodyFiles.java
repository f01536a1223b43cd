package io.patchbay.store;

import io.patchbay.payload.Body;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Bodies that are too large for a row, as files. A file is written and synced under its final name before the transaction that
 * refers to it; the transaction names it in the table {@code body_file}. So a file without a row is an orphan (the transaction
 * never came), and a row always has its file.
 */
public final class BodyFiles {

    /** Bodies below this many bytes stand in a row. */
    public static final int INLINE = 64 * 1024;

    /** Orphans younger than this may belong to a transaction that is still to come. */
    private static final Duration YOUNG = Duration.ofHours(1);

    private static final String NEW = "insert into body_file (name) values (?)";
    private static final String GONE = "delete from body_file where name = ?";
    private static final System.Logger LOG = System.getLogger(BodyFiles.class.getName());

    private final Path folder;
    private final DiskGuard disk;

    /** @param data the folder in which the folder of bodies stands, or will */
    BodyFiles(Path data, DiskGuard disk) throws IOException {
        this.folder = Files.createDirectories(data.resolve("bodies"));
        this.disk = disk;
        DataFolder.force(data);
    }

    /**
     * Takes a body in from a stream.
     *
     * @param limit most bytes
     * @return bytes when it is small, else a synced file; which nobody owns until {@link #own} is committed
     * @throws BodyTooLargeException when the stream has more; nothing is left behind
     */
    public Body keep(InputStream in, String contentType, long limit) throws IOException {
        byte[] head = in.readNBytes(limit < INLINE ? (int) limit + 1 : INLINE);
        if (head.length > limit) {
            throw new BodyTooLargeException(limit);
        }
        if (head.length < INLINE) {
            return new Body.Bytes(head, contentType);
        }
        return write(new java.io.SequenceInputStream(new ByteArrayInputStream(head), in), contentType, limit);
    }

    /** A body as it can stand in a row or in a file of this store: small ones as they are, large ones as a synced file. */
    public Body keep(Body body) throws IOException {
        if (body instanceof Body.Stored stored) {
            if (owned(stored)) {
                return stored;
            }
            Body.Stored kept = linked(stored);
            return new Body.Stored(kept.file(), kept.contentType(), kept.size(), stored.records());
        }
        byte[] bytes = new byte[0];
        if (body instanceof Body.Bytes raw) {
            bytes = raw.bytes();
        } else if (body instanceof Body.Tree json) {
            bytes = io.patchbay.payload.Json.MAPPER.writeValueAsBytes(json.tree());
        }
        if (bytes.length < INLINE) {
            return body instanceof Body.Tree ? new Body.Bytes(bytes, body.contentType()) : body;
        }
        return write(new ByteArrayInputStream(bytes), body.contentType(), Long.MAX_VALUE);
    }

    /** A file that a payload refers to is not changed, so another name of it will do, where the disk has such; else a copy. */
    private Body.Stored linked(Body.Stored stored) throws IOException {
        Path link = folder.resolve(UUID.randomUUID().toString());
        try {
            Files.createLink(link, stored.file());
        } catch (UnsupportedOperationException | IOException e) {
            return write(Files.newInputStream(stored.file()), stored.contentType(), Long.MAX_VALUE);
        }
        try (FileChannel file = FileChannel.open(link, StandardOpenOption.WRITE)) {
            young(link);
            file.force(true);
            DataFolder.force(folder);
            return new Body.Stored(link, stored.contentType(), Files.size(link));
        } catch (IOException e) {
            disk.failed(e);
            delete(link);
            throw e;
        }
    }

    /** A second name has the age of the first, and what is old and has no row yet would be swept: it gets the time of the disk. */
    private void young(Path link) throws IOException {
        Path probe = Files.createTempFile(folder, "now-", ".tmp");
        try {
            Files.setLastModifiedTime(link, Files.getLastModifiedTime(probe));
        } finally {
            Files.delete(probe);
        }
    }

    /** Whether {@link #keep(Body)} would give the body back as it is, without writing. */
    public boolean settled(Body body) {
        if (body instanceof Body.Bytes raw) {
            return raw.bytes().length < INLINE;
        }
        return body instanceof Body.Empty || (body instanceof Body.Stored stored && owned(stored));
    }

    /** A second name for a file of this store, for another owner. Costs no copy. */
    public Body.Stored share(Body.Stored stored) throws IOException {
        Path link = folder.resolve(UUID.randomUUID().toString());
        try {
            Files.createLink(link, stored.file());
            young(link);
            DataFolder.force(folder);
        } catch (UnsupportedOperationException e) {
            return write(Files.newInputStream(stored.file()), stored.contentType(), Long.MAX_VALUE);
        }
        return new Body.Stored(link, stored.contentType(), stored.size(), stored.records());
    }

    /** The name of a file, for a row that refers to it. */
    public String name(Body.Stored stored) {
        return stored.file().getFileName().toString();
    }

    /** The body that a row refers to. */
    public Body.Stored stored(String name, String contentType, long size) {
        return new Body.Stored(folder.resolve(name), contentType, size);
    }

    /** Makes the transaction the owner of the file. */
    public void own(Transaction transaction, Body.Stored stored) throws SQLException {
        String name = name(stored);
        transaction.add(NEW, row -> row.setString(1, name));
    }

    /** Gives the file up with the transaction: it is deleted when that is on disk. */
    public void drop(Transaction transaction, String name) throws SQLException {
        transaction.add(GONE, row -> row.setString(1, name));
        transaction.afterCommit(() -> delete(folder.resolve(name)));
    }

    /** Deletes a file that no transaction came to own. */
    public void discard(Body body) {
        if (body instanceof Body.Stored stored && owned(stored)) {
            delete(stored.file());
        }
    }

    private boolean owned(Body.Stored stored) {
        return folder.equals(stored.file().getParent());
    }

    private Body.Stored write(InputStream from, String contentType, long limit) throws IOException {
        String name = UUID.randomUUID().toString();
        Path temporary = folder.resolve(name + ".tmp");
        try (InputStream in = from;
                FileChannel file =
                        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long size = copy(in, Channels.newOutputStream(file), limit);
            file.force(true);
            Path done = Files.move(temporary, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            DataFolder.force(folder);
            return new Body.Stored(done, contentType, size);
        } catch (IOException | RuntimeException e) {
            disk.failed(e);
            delete(temporary);
            throw e;
        }
    }

    private static long copy(InputStream in, OutputStream out, long limit) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long size = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            size += n;
            if (size > limit) {
                throw new BodyTooLargeException(limit);
            }
            out.write(buffer, 0, n);
        }
        return size;
    }

    /** Deletes files that nobody owns, as a crash leaves them. */
    int sweep(Connection connection, Instant now) throws SQLException, IOException {
        Set<String> owned = new HashSet<>();
        try (PreparedStatement names = connection.prepareStatement("select name from body_file");
                ResultSet rows = names.executeQuery()) {
            while (rows.next()) {
                owned.add(rows.getString(1));
            }
        }
        int swept = 0;
        Instant old = now.minus(YOUNG);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (!owned.contains(file.getFileName().toString())
                        && Files.getLastModifiedTime(file).toInstant().isBefore(old)) {
                    delete(file);
                    swept++;
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return swept;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "body file {0} cannot be deleted: {1}", file, e.getMessage());
        }
    }
}
