package io.patchbay.run.segment;

import io.patchbay.store.DiskGuard;
import io.patchbay.store.Store;
import io.patchbay.store.UnsyncedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which segments go: those past their time, the oldest beyond the bound, those that nothing refers to. A segment of which less than half
 * is still meant is written anew, a few of them each time. Its blocks go first and its rows then: that needs no room for what is freed.
 */
final class SegmentSweep {

    private static final System.Logger LOG = System.getLogger(SegmentSweep.class.getName());

    /** Rows of so many bytes of a segment are deleted in one transaction. */
    private static final long STEP = 1L << 20;

    /** Bytes of sparse segments that are written anew in one sweep, at most. */
    private static final long ANEW = 64L << 20;

    /** Files younger than this may belong to a transaction that is still to come. */
    private static final Duration YOUNG = Duration.ofHours(1);

    private final Store store;
    private final SegmentRows rows;
    private final OpenSegments open;
    private final SegmentWriter writer;
    private final Function<String, SegmentContent> contents;
    private final FileContent files;
    private final Object moving;
    private final UnsyncedWriter unsynced;
    private final ReentrantLock sweeping = new ReentrantLock();

    /** After the store of objects failed once, this sweep asks it no more: each call may take its whole timeout. */
    private boolean withoutObjects;

    /** @param moving held while a segment's place changes, so that none is dropped at a place where it is no more */
    SegmentSweep(
            Store store,
            SegmentRows rows,
            OpenSegments open,
            SegmentWriter writer,
            Function<String, SegmentContent> contents,
            FileContent files,
            Object moving) {
        this.store = store;
        this.rows = rows;
        this.open = open;
        this.writer = writer;
        this.contents = contents;
        this.files = files;
        this.moving = moving;
        this.unsynced = new UnsyncedWriter(store);
    }

    /** One at a time. */
    void sweep(Instant now, long most) throws SQLException {
        sweeping.lock();
        try {
            withoutObjects = false;
            sweepAll(now, most);
        } finally {
            sweeping.unlock();
        }
    }

    /** The same without objects; not at all while another one sweeps, which may wait for the store of objects. */
    void sweepHere(Instant now, long most) throws SQLException {
        if (sweeping.tryLock()) {
            try {
                withoutObjects = true;
                sweepAll(now, most);
            } finally {
                sweeping.unlock();
            }
        }
    }

    private void sweepAll(Instant now, long most) throws SQLException {
        open.sealOld(now);
        List<SegmentRows.Segment> kept = new ArrayList<>();
        List<SegmentRows.Segment> all = rows.all();
        Set<String> here = files();
        for (SegmentRows.Segment segment : all) {
            boolean past = segment.until().isBefore(now);
            boolean lost = ours(segment) && !here.contains(segment.name()) && !open.takes(segment.name());
            if (lost) {
                dropLost(segment);
            } else if (past && foreign(segment)) { // its node may never return, and sweeps its files when it does
                forget(segment);
            } else if (past) {
                drop(segment);
            } else {
                kept.add(segment);
            }
        }
        long excess = kept.stream()
                        .filter(this::reachable)
                        .mapToLong(SegmentRows.Segment::bytes)
                        .sum()
                - most;
        long anew = 0;
        for (SegmentRows.Segment segment : kept) {
            if (excess > 0 && reachable(segment)) {
                excess -= segment.bytes();
                drop(segment);
            } else if (segment.node().equals(store.folder().node()) && !open.takes(segment.name())) {
                long live = rows.live(segment.name(), now);
                if (live == 0) {
                    drop(segment);
                } else if (live < segment.bytes() / 2
                        && anew < ANEW
                        && !store.disk().tight()) {
                    anew += live;
                    writeAnew(segment, now);
                }
            }
        }
        dropOrphans(now);
    }

    private boolean ours(SegmentRows.Segment segment) {
        return segment.place().equals(files.place())
                && segment.node().equals(store.folder().node());
    }

    /** Whether its blocks can be deleted from here. */
    private boolean reachable(SegmentRows.Segment segment) {
        return !foreign(segment) && !(contents.apply(segment.place()) instanceof NoContent);
    }

    /** Whether it lies in files of another node. */
    private boolean foreign(SegmentRows.Segment segment) {
        return segment.place().equals(files.place())
                && !segment.node().equals(store.folder().node());
    }

    private Set<String> files() throws SQLException {
        try {
            return files.all().keySet();
        } catch (IOException e) {
            throw new SQLException("the folder of captured payloads cannot be read", e);
        }
    }

    /** Its file is not here: it is lost, unless it was brought elsewhere meanwhile. */
    private void dropLost(SegmentRows.Segment segment) throws SQLException {
        synchronized (moving) {
            if (segment.place().equals(rows.place(segment.name()))) {
                forget(segment);
            }
        }
    }

    private void drop(SegmentRows.Segment segment) throws SQLException {
        synchronized (moving) {
            String place = rows.place(segment.name());
            if (place == null || leftOut(place)) {
                return;
            }
            if (place.equals(RowContent.PLACE)) {
                dropRows(segment);
                return;
            }
            try {
                open.seal(segment.name());
                contents.apply(place).delete(segment.name());
            } catch (IOException e) {
                failed(place);
                LOG.log(System.Logger.Level.WARNING, "segment {0} stays: {1}", segment.name(), e.getMessage());
                return;
            }
            forget(segment);
        }
    }

    /** All of it at once: a replica that still writes to it comes before that, and then it stays, or begins it anew. */
    private void dropRows(SegmentRows.Segment segment) throws SQLException {
        open.seal(segment.name());
        unsynced.write(tx -> {
            Instant until = rows.lock(tx, segment.name());
            if (until != null && !until.isAfter(segment.until())) {
                RowContent.delete(tx, segment.name());
                rows.forget(tx, segment.name(), 0, Long.MAX_VALUE);
                rows.delete(tx, segment.name());
            }
        });
    }

    private boolean leftOut(String place) {
        return withoutObjects && place.equals(ObjectContent.PLACE);
    }

    private void failed(String place) {
        withoutObjects |= place.equals(ObjectContent.PLACE);
    }

    private void forget(SegmentRows.Segment segment) throws SQLException {
        for (long from = 0; from <= segment.bytes(); from += STEP) {
            long begin = from;
            unsynced.write(tx -> rows.forget(tx, segment.name(), begin, begin + STEP));
        }
        unsynced.write(tx -> {
            rows.forget(tx, segment.name(), 0, Long.MAX_VALUE);
            rows.delete(tx, segment.name());
        });
    }

    /** Copies what is still meant into segments of today; the old one goes when that is on disk. */
    private void writeAnew(SegmentRows.Segment segment, Instant now) throws SQLException {
        String place = rows.place(segment.name());
        if (place == null || leftOut(place)) {
            return;
        }
        Map<Long, List<SegmentRows.Part>> blocks = rows.ofSegment(segment.name(), now).stream()
                .collect(Collectors.groupingBy(SegmentRows.Part::at, TreeMap::new, Collectors.toList()));
        for (List<SegmentRows.Part> parts : blocks.values()) {
            SegmentRows.Part block = parts.get(0);
            Set<String> runs = parts.stream().map(SegmentRows.Part::runId).collect(Collectors.toSet());
            try {
                byte[] frame = contents.apply(place).read(segment.name(), block.at(), block.length());
                List<Block.Entry> meant = Block.read(Frame.unpack(frame)).stream()
                        .filter(each -> runs.contains(each.payload().runId())
                                && each.until().isAfter(now))
                        .toList();
                SegmentWriter.Written written = writer.write(meant, now);
                if (!written.lost().isEmpty()) {
                    return;
                }
                unsynced.write(tx -> {
                    written.work().run(tx);
                    rows.forget(tx, segment.name(), block.at(), block.at() + 1);
                });
            } catch (TornBlockException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "a block of segment {0} is left out: {1}",
                        segment.name(),
                        e.getMessage());
            } catch (IOException e) { // it may be read the next time, and this is the only copy
                failed(place);
                LOG.log(
                        System.Logger.Level.WARNING,
                        "segment {0} is not written anew for now: {1}",
                        segment.name(),
                        e.getMessage());
                return;
            }
        }
        open.sealAll();
        store.progress().write(tx -> rows.keep(tx, segment)).join();
        drop(segment);
    }

    /** What a crash left: files that no row names. */
    private void dropOrphans(Instant now) throws SQLException {
        Set<String> named = rows.all().stream().map(SegmentRows.Segment::name).collect(Collectors.toSet());
        try {
            for (String file : files()) {
                if (!named.contains(file) && !open.takes(file) && writtenBefore(file, now.minus(YOUNG))) {
                    files.delete(file);
                }
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "what a crash left of captured payloads stays: {0}", e.getMessage());
        }
    }

    /** By names and times of files alone: the database may be unable to write. Its rows are put right by the next sweep. */
    void makeRoom(Instant now) {
        DiskGuard disk = store.disk();
        int gone = 0;
        try {
            for (boolean old : new boolean[] {true, false}) {
                for (String name : files.all().keySet()) {
                    if (disk.lacksRoom() && (!old || past(name, now))) {
                        open.seal(name);
                        files.delete(name);
                        gone++;
                    }
                }
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "captured payloads cannot be deleted: {0}", e.getMessage());
        }
        if (gone > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "There was no room on the disk: {0} segments of captured payloads, the oldest, are deleted before their time",
                    gone);
        }
    }

    private boolean past(String name, Instant now) throws IOException {
        String minutes = name.substring(name.lastIndexOf('-') + 1, name.length() - 1);
        return writtenBefore(name, now.minus(Duration.ofMinutes(Long.parseLong(minutes))));
    }

    /** False when it went meanwhile. */
    private boolean writtenBefore(String name, Instant then) throws IOException {
        try {
            return Files.getLastModifiedTime(files.path(name)).toInstant().isBefore(then);
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
