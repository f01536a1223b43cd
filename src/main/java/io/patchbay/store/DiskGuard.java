package io.patchbay.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Watches the free space of the data folder. While it refuses, intake answers 503 and nothing is claimed, so that what is in
 * flight has room to finish. It refuses below a minimum, or after a write that failed for lack of space, and accepts again
 * when there is a quarter more than the minimum. Below twice the minimum it is {@link #tight}: what may be left out is left out.
 */
public final class DiskGuard {

    private static final System.Logger LOG = System.getLogger(DiskGuard.class.getName());
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    /** What is wanted after a write that found no room, whatever the minimum is. */
    private static final long AFTER_A_FAILURE = 16L << 20;

    private final FreeSpace space;
    private final long minFree;
    private final Clock clock;
    private volatile State state;

    /**
     * A guard over the file system that holds a folder.
     *
     * @param minFree bytes; 0 only reacts to writes that failed
     */
    public DiskGuard(Path data, long minFree, Clock clock) {
        this(() -> Files.getFileStore(data).getUsableSpace(), minFree, clock);
    }

    /** A guard that asks {@code space}. */
    DiskGuard(FreeSpace space, long minFree, Clock clock) {
        this.space = space;
        this.minFree = minFree;
        this.clock = clock;
        this.state = new State(false, false, Instant.MIN, Instant.MIN, "");
    }

    /** Tells the free bytes. */
    @FunctionalInterface
    interface FreeSpace {
        /** Throws when the file system does not answer. */
        long bytes() throws IOException;
    }

    /** Whether nothing new may be taken in or claimed. Looks at the disk at most twice a second. */
    public boolean refusing() {
        State known = state;
        Instant now = clock.instant();
        if (now.isBefore(known.next)) {
            return known.refusing;
        }
        return look(now).refusing;
    }

    /** Whether only what is promised is to be written: it refuses, or soon will. */
    public boolean tight() {
        return refusing() || state.tight;
    }

    /** Whether the data folder's disk, looked at now, has less room than it takes to accept again: what may go should go. */
    public boolean lacksRoom() {
        boolean hurt = clock.instant().isBefore(state.hurtUntil);
        try {
            return space.bytes() < Math.max(minFree + minFree / 4, hurt ? AFTER_A_FAILURE : 0);
        } catch (IOException e) {
            return false;
        }
    }

    /** Why it refuses, a sentence; empty when it does not. */
    public String reason() {
        return refusing() ? state.reason : "";
    }

    /** Tells of a failed write; it refuses for a while if the reason was lack of space or a file system that became read-only. */
    public void failed(Throwable failure) {
        String found = lackOfSpace(failure);
        if (found == null) {
            return;
        }
        Instant now = clock.instant();
        become(new State(true, true, now.plus(LOOK), now.plus(AFTER_FAILURE), "a write failed: " + found));
    }

    private synchronized State look(Instant now) {
        State known = state;
        if (now.isBefore(known.next)) {
            return known;
        }
        Instant next = now.plus(LOOK);
        State found;
        try {
            long free = space.bytes();
            long enough = known.refusing ? minFree + minFree / 4 : minFree;
            boolean hurt = now.isBefore(known.hurtUntil);
            boolean tight = hurt || free < enough + minFree;
            found = free < enough
                    ? new State(
                            true,
                            true,
                            next,
                            known.hurtUntil,
                            free / 1_048_576 + " MB are free in the data folder, less than " + enough / 1_048_576
                                    + " MB")
                    : new State(hurt, tight, next, known.hurtUntil, hurt ? known.reason : "");
        } catch (IOException e) {
            found = new State(true, true, next, known.hurtUntil, "the data folder cannot be read: " + e.getMessage());
        }
        become(found);
        return found;
    }

    private synchronized void become(State found) {
        boolean before = state.refusing;
        boolean tight = state.tight;
        state = found;
        if (found.tight && !tight) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The disk of the data folder fills up: captured payloads and the progress of runs are not kept for now"
                            + " [DISK_TIGHT] hint: make room, or keep less history");
        } else if (tight && !found.tight) {
            LOG.log(System.Logger.Level.INFO, "There is room on the disk again: captured payloads are kept");
        }
        if (found.refusing && !before) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "Intake refuses and claiming stops: {0} [DISK_FULL] hint: make room or lower patchbay.store.min-free",
                    found.reason);
        } else if (before && !found.refusing) {
            LOG.log(System.Logger.Level.INFO, "There is room on the disk again: intake and claiming go on");
        }
    }

    /** PostgreSQL says 53100; H2 and files pass on what the operating system says. */
    private static @Nullable String lackOfSpace(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 20; depth++, cause = cause.getCause()) {
            if (cause instanceof java.sql.SQLException sql && "53100".equals(sql.getSQLState())) {
                return "the database server's disk is full";
            }
            String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (text.contains("no space left") || text.contains("disk quota exceeded")) {
                return "no space left on device";
            }
            if (text.contains("read-only file system")) {
                return "the file system is read-only";
            }
        }
        return null;
    }

    /**
     * What is known.
     *
     * @param tight whether what may be left out is left out
     * @param next when to look again
     * @param hurtUntil until when a failed write weighs more than what the file system says
     */
    private record State(boolean refusing, boolean tight, Instant next, Instant hurtUntil, String reason) {}
}
