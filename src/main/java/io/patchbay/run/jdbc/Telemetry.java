package io.patchbay.run.jdbc;

import io.patchbay.run.CapturedPayload;
import io.patchbay.run.RunRecord;
import io.patchbay.run.segment.CapturedSegments;
import io.patchbay.store.DiskGuard;
import io.patchbay.store.GroupCommit;
import io.patchbay.store.Store;
import io.patchbay.store.UnsyncedWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Writes the story of runs beside their path, ten times a second. Of a run that goes on only the newest record is written,
 * and none when it ended meanwhile. Runs that hold nothing durable (a callback's head that went well) end here too: their
 * callers have their answers, so the record need not wait for the disk, and its last moment may be lost in a crash. Captured
 * payloads wait up to a bound in bytes; those beyond it are left out and counted.
 */
final class Telemetry implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Telemetry.class.getName());
    private static final long PAUSE_NANOS = 100_000_000L;
    /** Runs that go on are looked at so often. */
    private static final long LOOK_NANOS = 10_000_000_000L;
    /** Of captured payloads that wait; a sixteenth of a small heap. */
    private static final long MOST_BYTES =
            Math.min(16L * 1024 * 1024, Runtime.getRuntime().maxMemory() / 16);

    /** Ended runs that may wait; more are written the slow way, which slows down who makes them. */
    private static final int MOST_ENDED = 10_000;

    /** Captured payloads in one transaction. */
    private static final int GROUP = 500;

    /** Bytes of them in one transaction: the database holds them in memory until its end. */
    private static final long GROUP_BYTES = 1L * 1024 * 1024;

    private final Map<String, RunRecord> going = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<CapturedPayload> captured = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    /** Of runs that go on. What is lost of one after its end is told nobody, so the oldest make room. */
    private final Map<String, LeftOut> leftOut = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LeftOut> eldest) {
            return size() > MOST_ENDED;
        }
    });

    private final AtomicLong unrecorded = new AtomicLong();
    private final RunRows rows;
    private final CapturedSegments segments;
    private final DiskGuard disk;
    private final GroupCommit progress;
    private final UnsyncedWriter writer;
    private final Thread thread;
    private volatile Runnable look = () -> {};
    private volatile boolean closing;
    /** Whether the last group failed, or may have: what is written again may be there. */
    private boolean doubtful;

    Telemetry(Store store, RunRows rows, CapturedSegments segments) {
        this.rows = rows;
        this.segments = segments;
        this.disk = store.disk();
        this.progress = store.progress();
        this.writer = new UnsyncedWriter(store);
        this.thread = new Thread(this::run, "patchbay-telemetry");
        this.thread.setDaemon(true);
        thread.start();
    }

    void going(RunRecord record) {
        going.merge(record.id(), record, (waiting, newer) -> waiting.endedAt() == null ? newer : waiting);
    }

    /** A run ended that holds nothing durable and was never listed as going on. False when too much waits already: then the outcome is the caller's to write. */
    boolean endedHere(RunRecord record) {
        if (going.size() >= MOST_ENDED) {
            if (disk.tight()) {
                unrecorded.incrementAndGet();
                return true;
            }
            return false;
        }
        going.put(record.id(), record);
        return true;
    }

    /** What waits to be written of a run. */
    @Nullable
    RunRecord waiting(String runId) {
        return going.get(runId);
    }

    /** The run ends: its outcome is written elsewhere. Returns what of its captured payloads was left out; null when nothing was. */
    @Nullable
    LeftOut ended(String runId) {
        going.remove(runId);
        return leftOut.remove(runId);
    }

    /**
     * Captured payloads of a run that are not kept.
     *
     * @param payloads how many
     * @param why the last reason
     */
    record LeftOut(long payloads, Why why) {
        private LeftOut and(LeftOut more) {
            return new LeftOut(payloads + more.payloads, more.why);
        }
    }

    /** Why captured payloads are not kept. */
    enum Why {
        FULL("there was too little room on the disk"),
        FAST("they came faster than they could be written"),
        FAILED("they could not be written");

        private final String text;

        Why(String text) {
            this.text = text;
        }

        /** A part of a sentence. */
        String text() {
            return text;
        }
    }

    void captured(CapturedPayload payload) {
        boolean full = disk.tight();
        if (full || bytes.addAndGet(size(payload)) > MOST_BYTES) {
            if (!full) {
                bytes.addAndGet(-size(payload));
            }
            leftOut.merge(payload.runId(), new LeftOut(1, full ? Why.FULL : Why.FAST), LeftOut::and);
            return;
        }
        captured.add(payload);
    }

    private static long size(CapturedPayload payload) {
        return payload.bytes().length + payload.about().length() + 200L;
    }

    /** Has this called every ten seconds. */
    void follow(Runnable looking) {
        look = looking;
    }

    private void run() {
        long looked = System.nanoTime();
        while (!closing) {
            LockSupport.parkNanos(PAUSE_NANOS);
            if (System.nanoTime() - looked >= LOOK_NANOS) {
                looked = System.nanoTime();
                look();
            }
            write();
        }
    }

    private void look() {
        try {
            look.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "runs that go on could not be looked at: {0}", e.getMessage());
        }
    }

    /** Writes what waits now, so that a list that is read next has it. */
    synchronized void flush() {
        if (!going.isEmpty() && !disk.tight()) {
            writeGroup();
        }
    }

    /** Writes all that waits. While the disk is nearly full it waits on, and is there to be read in memory. */
    synchronized void write() {
        if (disk.tight()) {
            return;
        }
        long lost = unrecorded.getAndSet(0);
        if (lost > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} runs of callers that ended while the disk was nearly full are not in the history",
                    lost);
        }
        while (!going.isEmpty() || !captured.isEmpty()) {
            if (!writeGroup()) {
                return;
            }
        }
    }

    private boolean writeGroup() {
        List<RunRecord> records = new ArrayList<>();
        for (String id : going.keySet().stream().sorted().toList()) {
            RunRecord record = going.remove(id);
            if (record != null) {
                records.add(record);
            }
        }
        List<CapturedPayload> payloads = group();
        try {
            CapturedSegments.Written blocks = segments.write(payloads);
            goingNow(records);
            writer.write(tx -> {
                for (RunRecord record : records) {
                    if (record.endedAt() != null) {
                        RunRows.Encoded encoded = RunRows.Encoded.of(record);
                        if (doubtful) {
                            rows.ended(tx, record, encoded);
                        } else {
                            rows.fresh(tx, record, encoded);
                        }
                    }
                }
                blocks.work().run(tx);
            });
            doubtful = false;
            lost(blocks);
            return true;
        } catch (java.sql.SQLException | RuntimeException e) {
            doubtful = true;
            records.stream()
                    .filter(record -> record.endedAt() != null)
                    .forEach(record -> going.putIfAbsent(record.id(), record));
            payloads.forEach(payload -> notWritten(payload.runId(), 1));
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the story of {0} runs and {1} captured payloads could not be written: {2}",
                    records.size(),
                    payloads.size(),
                    e.getMessage());
            return false;
        }
    }

    private void lost(CapturedSegments.Written blocks) {
        if (!blocks.lost().isEmpty()) {
            blocks.lost().forEach(this::notWritten);
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} captured payloads could not be written: {1}",
                    blocks.lost().values().stream().mapToInt(Integer::intValue).sum(),
                    blocks.why());
        }
    }

    private void notWritten(String runId, int payloads) {
        leftOut.merge(runId, new LeftOut(payloads, disk.tight() ? Why.FULL : Why.FAILED), LeftOut::and);
    }

    private List<CapturedPayload> group() {
        List<CapturedPayload> payloads = new ArrayList<>();
        long together = 0;
        while (payloads.size() < GROUP && together < GROUP_BYTES) {
            CapturedPayload next = captured.poll();
            if (next == null) {
                break;
            }
            payloads.add(next);
            together += size(next);
        }
        bytes.addAndGet(-together);
        return payloads;
    }

    /** By the writer that writes outcomes, so that none of the two waits for, or overtakes, the other. */
    private void goingNow(List<RunRecord> records) {
        List<CompletableFuture<Void>> writes = new ArrayList<>();
        for (RunRecord record : records) {
            if (record.endedAt() != null) {
                continue;
            }
            RunRows.Encoded encoded = RunRows.Encoded.of(record);
            writes.add(progress.write(tx -> rows.going(tx, record, encoded), encoded.size()));
        }
        CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new)).join();
    }

    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        write();
    }
}
