package io.patchbay.run.segment;

import io.patchbay.run.CapturedPayload;
import io.patchbay.store.SqlWork;
import io.patchbay.store.Store;
import io.patchbay.store.Transaction;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Captured payloads in segments: in files of the data folder, or in rows of a database that replicas share. */
public final class CapturedSegments implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(CapturedSegments.class.getName());
    private static final int LARGEST = 1_000_000;

    /** How long a segment stays here at least when there is a store of objects: other replicas read it there. */
    private static final Duration SOON = Duration.ofMinutes(5);

    private final Clock clock;
    private final long most;
    private final AtomicLong taken;
    private final SegmentRows rows;
    private final FileContent files;
    private final RowContent inRows;
    private final OpenSegments open;
    private final SegmentWriter writer;
    private final SegmentSweep sweep;
    private final SegmentContent objects;
    private final @Nullable SegmentUpload upload;

    /**
     * Opens them. Nothing is written before the first payload.
     *
     * @param most bytes of all of them
     * @param outside where segments are brought that take no more
     */
    public CapturedSegments(Store store, long most, Outside outside, Clock clock) {
        this.clock = clock;
        this.most = most;
        // Grows over restarts, so that payloads of a run that was taken up again stay in order.
        this.taken = new AtomicLong(clock.millis() * 1_000);
        this.rows = new SegmentRows(store);
        this.files = new FileContent(store.folder().path(), store.disk());
        this.inRows = new RowContent(store);
        boolean byRows = outside.objects() == null && store.database().dialect().shared();
        OpenContent content = byRows ? inRows : files;
        String owner = store.folder().owner();
        this.open = new OpenSegments(
                content,
                owner.substring(owner.lastIndexOf('/') + 1),
                most,
                outside.objects() == null ? Duration.ofDays(1) : SOON);
        this.writer = new SegmentWriter(open, content, rows, store.folder().node());
        Object moving = new Object();
        this.sweep = new SegmentSweep(store, rows, open, writer, this::content, files, moving);
        ObjectStore there = outside.objects();
        if (there == null) {
            this.objects = new NoContent();
            this.upload = null;
        } else {
            ObjectContent brought = new ObjectContent(there);
            this.objects = brought;
            this.upload = new SegmentUpload(store, rows, open, files, brought, outside.buffer(), moving, clock);
        }
    }

    /**
     * Where segments are brought that take no more.
     *
     * @param objects closed with what is brought there; null when they stay here
     * @param buffer most bytes of segments that wait here while the store is away
     */
    public record Outside(@Nullable ObjectStore objects, long buffer) {

        /** They stay here. */
        public static final Outside NOWHERE = new Outside(null, 0);
    }

    private SegmentContent content(String place) {
        return switch (place) {
            case "file" -> files;
            case ObjectContent.PLACE -> objects;
            default -> inRows;
        };
    }

    /**
     * What became of payloads.
     *
     * @param work what belongs into a transaction, or all of them are lost
     * @param lost of which runs some could not be written, and how many
     * @param why what was said of the last of them
     */
    public record Written(SqlWork work, Map<String, Integer> lost, String why) {}

    /** Writes payloads. By one thread at a time. */
    public Written write(List<CapturedPayload> payloads) {
        List<Block.Entry> entries = new ArrayList<>(payloads.size());
        for (CapturedPayload payload : payloads) {
            entries.add(new Block.Entry(taken.incrementAndGet(), cut(payload)));
        }
        SegmentWriter.Written written = writer.write(entries, clock.instant());
        return new Written(written.work(), written.lost(), written.why());
    }

    private static CapturedPayload cut(CapturedPayload payload) {
        return payload.bytes().length <= LARGEST ? payload : with(payload, Arrays.copyOf(payload.bytes(), LARGEST));
    }

    private static CapturedPayload with(CapturedPayload payload, byte[] bytes) {
        return new CapturedPayload(
                payload.runId(),
                payload.shape(),
                payload.direction(),
                payload.lineage(),
                payload.about(),
                payload.contentType(),
                payload.size(),
                bytes,
                payload.at(),
                payload.keep());
    }

    /** Payloads of a run that are not past their time, in the order in which they were taken. A block that a crash tore is left out. */
    public List<CapturedPayload> of(String runId, @Nullable String shape, boolean withBytes) throws SQLException {
        return of(
                runId,
                payload -> !payload.direction().wire()
                        && (shape == null || payload.shape().equals(shape)),
                withBytes);
    }

    /** Bodies of a request of a run and of its answer that are not past their time. */
    public List<CapturedPayload> bodies(String runId, String request) throws SQLException {
        return of(
                runId,
                payload -> payload.direction().wire() && payload.lineage().equals(request),
                true);
    }

    private List<CapturedPayload> of(String runId, Predicate<CapturedPayload> which, boolean withBytes)
            throws SQLException {
        List<SegmentRows.At> parts = rows.ofRun(runId);
        Found found = read(parts, runId, which, withBytes);
        if (!found.missed.isEmpty()) {
            List<SegmentRows.At> since = rows.ofRun(runId);
            if (!since.equals(parts)) { // brought elsewhere, or written anew, while it was read
                found = read(since, runId, which, withBytes);
            }
        }
        for (String why : found.missed) {
            LOG.log(System.Logger.Level.WARNING, "captured payloads of run {0} cannot be read: {1}", runId, why);
        }
        return found.entries.stream()
                .sorted(Comparator.comparingLong(Block.Entry::taken))
                .map(Block.Entry::payload)
                .toList();
    }

    /**
     * What was read.
     *
     * @param missed why a block could not be, for each of them
     */
    private record Found(List<Block.Entry> entries, List<String> missed) {}

    private Found read(List<SegmentRows.At> parts, String runId, Predicate<CapturedPayload> which, boolean withBytes)
            throws SQLException {
        Instant now = clock.instant();
        List<Block.Entry> found = new ArrayList<>();
        List<String> missed = new ArrayList<>();
        for (SegmentRows.At at : parts) {
            try {
                for (Block.Entry entry : Block.read(Frame.unpack(frame(at)))) {
                    CapturedPayload payload = entry.payload();
                    if (payload.runId().equals(runId)
                            && which.test(payload)
                            && entry.until().isAfter(now)) {
                        found.add(withBytes ? entry : new Block.Entry(entry.taken(), with(payload, new byte[0])));
                    }
                }
            } catch (IOException e) {
                missed.add(String.valueOf(e.getMessage()));
            }
        }
        return new Found(found, missed);
    }

    /** A segment may have been brought elsewhere since its row was read. */
    private byte[] frame(SegmentRows.At at) throws IOException, SQLException {
        try {
            return content(at.place()).read(at.segment(), at.at(), at.length());
        } catch (NoSuchFileException e) {
            String place = rows.place(at.segment());
            if (place == null || place.equals(at.place())) {
                throw new IOException("segment " + at.segment() + " is not in this data folder", e);
            }
            return content(place).read(at.segment(), at.at(), at.length());
        }
    }

    /** Forgets those of a run, as part of a transaction; their bytes go with their segment. */
    public void forget(Transaction tx, String runId) throws SQLException {
        rows.forget(tx, runId);
    }

    /** Deletes what is past its time, what is beyond the bound of bytes, and what nothing refers to. */
    public void sweep(Instant now) throws SQLException {
        sweep.sweep(now, most);
    }

    /** The same of what lies on this disk or in the database: waits for no store of objects, and for no other sweep. */
    public void sweepHere(Instant now) throws SQLException {
        sweep.sweepHere(now, most);
    }

    /** Deletes files for as long as there is no room on the disk: those past their time, then the oldest. Asks no database. */
    public void makeRoom(Instant now) {
        sweep.makeRoom(now);
    }

    @Override
    public void close() {
        open.sealAll();
        if (upload != null) {
            upload.close();
        }
        files.close();
    }
}
