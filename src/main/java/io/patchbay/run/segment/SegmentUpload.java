package io.patchbay.run.segment;

import io.patchbay.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Brings segments that take no more into the store of objects, the oldest first, beside everything else. While the store is away they wait
 * here, up to a bound: then the oldest are given up, which is told.
 */
final class SegmentUpload implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(SegmentUpload.class.getName());
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Store store;
    private final SegmentRows rows;
    private final OpenSegments open;
    private final FileContent files;
    private final ObjectContent objects;
    private final long buffer;
    private final Object moving;
    private final Clock clock;
    private final Thread thread;
    private volatile boolean closing;
    private boolean away;

    /**
     * Begins at once.
     *
     * @param buffer most bytes of segments that wait here
     * @param moving held while a segment's place changes
     */
    SegmentUpload(
            Store store,
            SegmentRows rows,
            OpenSegments open,
            FileContent files,
            ObjectContent objects,
            long buffer,
            Object moving,
            Clock clock) {
        this.store = store;
        this.rows = rows;
        this.open = open;
        this.files = files;
        this.objects = objects;
        this.buffer = buffer;
        this.moving = moving;
        this.clock = clock;
        this.thread = new Thread(this::run, "patchbay-segments");
        this.thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        Duration pause = Duration.ofSeconds(1);
        while (!closing) {
            LockSupport.parkNanos(pause.toNanos());
            boolean well = !closing && look();
            Duration twice = pause.multipliedBy(2);
            pause = well ? Duration.ofSeconds(1) : twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
        }
    }

    /** Returns false when something is to be tried again. */
    private boolean look() {
        try {
            open.sealOld(clock.instant());
            List<SegmentRows.Segment> waiting = waiting();
            for (SegmentRows.Segment segment : waiting) {
                if (closing || !bring(segment)) {
                    giveUp(waiting());
                    return false;
                }
            }
            return true;
        } catch (SQLException | RuntimeException e) { // whatever it is: nobody else brings them
            LOG.log(System.Logger.Level.WARNING, "segments of captured payloads wait: {0}", e.toString());
            return false;
        }
    }

    private List<SegmentRows.Segment> waiting() throws SQLException {
        String node = store.folder().node();
        return rows.all().stream()
                .filter(each -> each.place().equals(files.place())
                        && each.node().equals(node)
                        && !open.takes(each.name())
                        && Files.exists(files.path(each.name())))
                .toList();
    }

    private boolean bring(SegmentRows.Segment segment) {
        try {
            objects.put(segment.name(), files.path(segment.name()));
            if (!moved(segment)) { // swept meanwhile: nothing would ever name what was put there
                objects.delete(segment.name());
                return true;
            }
            if (away) {
                away = false;
                LOG.log(System.Logger.Level.INFO, "the store of objects takes segments again");
            }
            return true;
        } catch (IOException | UncheckedIOException e) {
            if (!Files.exists(files.path(segment.name()))) { // deleted meanwhile, for room or for its age
                return true;
            }
            if (!away) {
                away = true;
                LOG.log(
                        System.Logger.Level.WARNING,
                        "segments of captured payloads wait in {0}: the store of objects took none: {1}",
                        files.folder(),
                        e.getMessage());
            }
            return false;
        }
    }

    /** False when the segment is no more. */
    private boolean moved(SegmentRows.Segment segment) throws IOException {
        AtomicInteger changed = new AtomicInteger();
        synchronized (moving) {
            store.progress()
                    .write(tx -> rows.moved(tx, segment.name(), objects.place(), changed::set))
                    .join();
            files.delete(segment.name());
        }
        return changed.get() > 0;
    }

    private void giveUp(List<SegmentRows.Segment> waiting) {
        long bytes = waiting.stream().mapToLong(SegmentRows.Segment::bytes).sum();
        int gone = 0;
        for (SegmentRows.Segment segment : waiting) {
            if (bytes <= buffer) {
                break;
            }
            try {
                files.delete(segment.name());
                bytes -= segment.bytes();
                gone++;
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "segment {0} stays: {1}", segment.name(), e.getMessage());
            }
        }
        if (gone > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} segments of captured payloads, the oldest, are given up: the store of objects takes none, and"
                            + " patchbay.history.objects.buffer is full",
                    gone);
        }
    }

    /** What waits is brought at the next start. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        objects.objects().close();
    }
}
