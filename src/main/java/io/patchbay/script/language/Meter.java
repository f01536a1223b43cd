package io.patchbay.script.language;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What metered code calls (see {@link MeteredLoader}): a tick at each call and each turn of a loop, and before what takes much
 * memory. On a thread that is not a {@link Worker} nothing happens.
 */
public final class Meter {

    private static final int STEP = 4096;
    private static final int LOOKS_PER_DEPTH = 16;
    private static final int LARGE = 50_000;
    private static final int DEEPEST = 60_000;
    private static final long NEAR = 500;
    private static final int AFTER = 64;
    private static final StackWalker WALKER = StackWalker.getInstance();
    private static final com.sun.management.@Nullable ThreadMXBean THREADS =
            ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean bean ? bean : null;

    private Meter() {}

    /** Thrown through the code of a language when it has used up what it may. */
    static final class StoppedError extends Error {
        private static final long serialVersionUID = 1L;
        private final LanguageException.Kind kind;

        StoppedError(LanguageException.Kind kind) {
            super(kind.toString(), null, false, false);
            this.kind = kind;
        }

        LanguageException.Kind kind() {
            return kind;
        }
    }

    /** What one call may take. */
    static final class Budget {
        private final long bytes;
        private final Instant now;
        private volatile long nanos;
        private volatile long deadline;
        private volatile boolean givenUp;

        Budget(long nanos, long bytes, Instant now) {
            this.nanos = nanos;
            this.bytes = bytes;
            this.now = now;
            this.deadline = System.nanoTime() + nanos;
        }

        /** From another thread: nobody waits any more. */
        void giveUp() {
            givenUp = true;
        }

        boolean givenUp() {
            return givenUp;
        }

        /** It waited, and has its time from now on. */
        void begins() {
            deadline = System.nanoTime() + nanos;
        }

        /** There is less time than that. */
        void shorten(long most) {
            nanos = Math.min(nanos, most);
        }

        /** How long one record or payload may take. */
        long nanos() {
            return nanos;
        }

        long bytes() {
            return bytes;
        }

        Instant now() {
            return now;
        }

        /** Called by the worker alone. */
        private void later(long more) {
            long until = deadline;
            deadline = until + more;
        }

        /** For how long the time has been over; negative when it is not. */
        long late() {
            return System.nanoTime() - deadline;
        }
    }

    /** A thread that metered code runs on. */
    static final class Worker extends Thread {
        private int left = STEP;
        private int looks;
        private long allocated;
        private @Nullable Budget budget;
        private LanguageException.@Nullable Kind stopped;

        Worker(Runnable work, String name, long stack) {
            super(null, work, name, stack);
        }

        /** What follows is counted from here on. */
        void begin(Budget what) {
            what.begins();
            allocated = allocated();
            left = STEP;
            stopped = null;
            budget = what;
        }

        /** What follows is not counted. */
        void end() {
            budget = null;
        }

        /** Why it was stopped since it began, whatever the library made of that; null when it was not. */
        LanguageException.@Nullable Kind stopped() {
            return stopped;
        }

        /** What was stopped has no result, whoever caught that. */
        void refuseIfStopped() {
            if (stopped != null) {
                throw new StoppedError(stopped);
            }
        }

        private StoppedError stop(LanguageException.Kind why) {
            stopped = why;
            left = AFTER; // whoever catches this does not get far, and who tidies up on the way out gets there
            return new StoppedError(why);
        }

        private void look() {
            left = STEP;
            Budget counted = budget;
            if (counted == null) {
                return;
            }
            looks++;
            LanguageException.Kind why = stopped == null ? why(counted) : stopped;
            if (why != null && !initializing(stopped == null ? Long.MAX_VALUE : NEAR)) {
                throw stop(why);
            }
        }

        private LanguageException.@Nullable Kind why(Budget counted) {
            if (counted.givenUp) {
                return LanguageException.Kind.INTERRUPTED;
            }
            if (counted.late() > 0) {
                return LanguageException.Kind.TIMEOUT;
            }
            if (allocated() - allocated > counted.bytes) {
                return LanguageException.Kind.MEMORY;
            }
            boolean deep = looks % LOOKS_PER_DEPTH == 0
                    && WALKER.walk(frames -> frames.skip(DEEPEST).findFirst().isPresent());
            return deep ? LanguageException.Kind.DEPTH : null;
        }

        /**
         * A class whose initializer fails cannot be used by anybody any more.
         *
         * @param near how many calls are looked at: on the way out of a deep stack each may ask again
         */
        private static boolean initializing(long near) {
            return WALKER.walk(frames ->
                    frames.limit(near).anyMatch(frame -> frame.getMethodName().equals("<clinit>")));
        }
    }

    static @Nullable Budget budget() {
        return Thread.currentThread() instanceof Worker worker ? worker.budget : null;
    }

    /** Work that is not counted: the loading of a class. */
    interface Uncounted<T> {
        T work() throws ClassNotFoundException;
    }

    static <T> T uncounted(Uncounted<T> what) throws ClassNotFoundException {
        Budget counted = budget();
        if (counted == null || !(Thread.currentThread() instanceof Worker worker)) {
            return what.work();
        }
        long time = System.nanoTime();
        long bytes = allocated();
        worker.budget = null;
        try {
            return what.work();
        } finally {
            counted.later(System.nanoTime() - time);
            worker.allocated += allocated() - bytes;
            worker.budget = counted;
        }
    }

    private static long allocated() {
        return THREADS == null ? 0 : THREADS.getCurrentThreadAllocatedBytes();
    }

    /** Counts. */
    public static void tick() {
        if (Thread.currentThread() instanceof Worker worker && --worker.left < 0) {
            worker.look();
        }
    }

    /** Something was caught: what used up the stack or the memory has passed its bound, whoever catches that. */
    public static void caught(Object thrown) {
        if (Thread.currentThread() instanceof Worker worker && worker.budget != null && worker.stopped == null) {
            if (thrown instanceof StackOverflowError) {
                worker.stop(LanguageException.Kind.DEPTH);
            } else if (thrown instanceof OutOfMemoryError) {
                worker.stop(LanguageException.Kind.MEMORY);
            }
        }
    }

    /** Counts what took as long as so many turns of a loop. */
    static void ticks(int turns) {
        if (Thread.currentThread() instanceof Worker worker) {
            worker.left -= turns;
            if (worker.left < 0) {
                worker.look();
            }
        }
    }

    /** So many bytes are about to be taken at once. */
    static void room(long bytes) {
        if (bytes > LARGE && Thread.currentThread() instanceof Worker worker && worker.budget != null) {
            if (allocated() - worker.allocated + bytes > worker.budget.bytes && !Worker.initializing(Long.MAX_VALUE)) {
                throw worker.stop(LanguageException.Kind.MEMORY);
            }
            worker.left = 0; // to be looked at soon
        }
    }

    /** Something is about to be added as a whole. */
    public static void adding(@Nullable Object value) {
        int size = value instanceof CharSequence text
                ? text.length()
                : value instanceof Collection<?> items
                        ? items.size()
                        : value instanceof JsonNode node
                                ? node.size()
                                : value instanceof Map<?, ?> map ? map.size() : 0;
        sized(size);
    }

    /** Something of this size is about to be made. */
    public static void sized(int size) {
        room(size);
    }

    /** A number is, or would be, larger than numbers may be. */
    static void tooLarge() {
        if (budget() != null) {
            refuse(LanguageException.Kind.TOO_LARGE);
        }
    }

    /** What is done takes longer than other calls: time is looked at soon. */
    static void soon() {
        if (Thread.currentThread() instanceof Worker worker && worker.budget != null) {
            worker.left = 0;
        }
    }

    /** Stops what asks, unless that leaves a class behind that nobody can use any more. */
    static void refuse(LanguageException.Kind why) {
        if (!Worker.initializing(Long.MAX_VALUE)) {
            throw stopped(why);
        }
    }

    private static StoppedError stopped(LanguageException.Kind why) {
        return Thread.currentThread() instanceof Worker worker ? worker.stop(why) : new StoppedError(why);
    }
}
