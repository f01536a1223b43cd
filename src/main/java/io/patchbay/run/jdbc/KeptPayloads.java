package io.patchbay.run.jdbc;

import io.patchbay.payload.Body;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.PayloadCodec;
import io.patchbay.payload.RecordPath;
import io.patchbay.store.BodyFiles;
import io.patchbay.store.Transaction;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Payloads in rows: a pair of columns, {@code payload} and {@code payload_file}. A payload with a body in memory is its bytes,
 * in the row or, when they are many, in a file. A payload whose body is a file keeps a link to that file, so that
 * it outlives whoever made it.
 */
final class KeptPayloads {

    /** Bytes that stand in a row; more are a file. */
    private static final int INLINE = 1_000_000;

    /** So many bytes of a payload hold what it says of itself, but for one with very much metadata. */
    static final int TOLD = 64 * 1024;

    private final BodyFiles files;

    KeptPayloads(BodyFiles files) {
        this.files = files;
    }

    /**
     * What goes into a row.
     *
     * @param bytes the payload; null when all of it is in the file
     * @param file what it needs beside the row, or null
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes are handed on, not compared
    record Kept(byte @Nullable [] bytes, Body.@Nullable Stored file) {

        static final Kept NOTHING = new Kept(null, null);

        /** Sets the two columns, the first of which is number {@code at}. */
        void bind(PreparedStatement row, int at, BodyFiles files) throws SQLException {
            if (bytes == null) {
                row.setNull(at, Types.VARBINARY);
            } else {
                row.setBytes(at, bytes);
            }
            row.setString(at + 1, file == null ? null : files.name(file));
        }

        int size() {
            return bytes == null ? 0 : bytes.length;
        }
    }

    /** Makes a payload ready for a row; what does not fit there is on disk when this returns. */
    Kept keep(Payload payload) {
        try {
            if (payload.body() instanceof Body.Stored stored) {
                Body.Stored own = files.settled(stored) ? files.share(stored) : (Body.Stored) files.keep(stored);
                return new Kept(PayloadCodec.toBytes(payload.withBody(own, payload.recordPath())), own);
            }
            byte[] bytes = PayloadCodec.toBytes(payload);
            if (bytes.length <= INLINE) {
                return new Kept(bytes, null);
            }
            Body whole = files.keep(new ByteArrayInputStream(bytes), "application/octet-stream", Long.MAX_VALUE);
            return new Kept(null, (Body.Stored) whole);
        } catch (IOException e) {
            throw new UncheckedIOException("payload " + payload.lineage() + " cannot be kept", e);
        }
    }

    /** Like {@link #keep}, a failure being a failed future. */
    CompletableFuture<Kept> ready(Payload payload) {
        try {
            return CompletableFuture.completedFuture(keep(payload));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Makes the transaction the owner of the row's file, if there is one. */
    void own(Transaction tx, Kept kept) throws SQLException {
        if (kept.file != null) {
            files.own(tx, kept.file);
        }
    }

    /** Gives up a row's file with the transaction. */
    void drop(Transaction tx, @Nullable String file) throws SQLException {
        if (file != null) {
            files.drop(tx, file);
        }
    }

    BodyFiles files() {
        return files;
    }

    /**
     * What a row tells of its payload, whose content stays where it is: a list of such rows would not fit the heap. Of a file that is
     * missing, only that is told: a body that is not there.
     *
     * @param row with the first {@link #TOLD} bytes of the payload, or all of them
     * @throws EOFException when they are too few
     */
    @Nullable
    Payload told(ResultSet row) throws SQLException, EOFException {
        byte[] bytes = row.getBytes("payload");
        String file = row.getString("payload_file");
        if (bytes == null && file == null) {
            return null;
        }
        Body.Stored stored = file == null ? null : files.stored(file, "application/octet-stream", 0);
        try (DataInputStream in = new DataInputStream(
                bytes == null && stored != null
                        ? new BufferedInputStream(Files.newInputStream(stored.file()))
                        : new ByteArrayInputStream(bytes == null ? new byte[0] : bytes))) {
            return here(PayloadCodec.readTold(in), file);
        } catch (NoSuchFileException e) {
            return new Payload(
                    Lineage.ofRun(row.getString("run_id")),
                    stored == null ? Body.EMPTY : stored,
                    RecordPath.ROOT,
                    Map.of());
        } catch (EOFException e) {
            throw e;
        } catch (IOException e) {
            throw new SQLException("a kept payload cannot be read", e);
        }
    }

    /** The data folder may have moved since. */
    private Payload here(Payload payload, @Nullable String file) {
        return file != null && payload.body() instanceof Body.Stored stored
                ? payload.withBody(files.stored(file, stored.contentType(), stored.size()), payload.recordPath())
                : payload;
    }

    /** The payload of a row; null when both columns are empty. */
    @Nullable
    Payload read(ResultSet row) throws SQLException {
        byte[] bytes = row.getBytes("payload");
        String file = row.getString("payload_file");
        if (bytes == null && file == null) {
            return null;
        }
        try {
            if (bytes == null) {
                Body.Stored whole = files.stored(String.valueOf(file), "application/octet-stream", 0);
                return PayloadCodec.fromBytes(Files.readAllBytes(whole.file()));
            }
            return here(PayloadCodec.fromBytes(bytes), file);
        } catch (IOException e) {
            throw new SQLException("a kept payload cannot be read", e);
        }
    }
}
