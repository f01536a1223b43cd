package io.patchbay.script.language;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What metered code calls (see {@link MeteredLoader}): a tick at each call and each turn of a loop, and in place of what it may
 * not ask the machine. On a thread that is not a {@link Worker} nothing happens.
 */
public final class Meter {

    private static final int STEP = 4096;
    private static final int LOOKS_PER_DEPTH = 16;
    private static final int LARGE = 50_000;
    private static final int NESTED = 2_000;
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
        private final long nanos;
        private final long bytes;
        private final Instant now;
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

        /** How long one record or payload may take. */
        long nanos() {
            return nanos;
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
            what.deadline = System.nanoTime() + what.nanos;
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
            LanguageException.Kind why = why(counted);
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

    private static @Nullable Budget budget() {
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
        if (size > LARGE && Thread.currentThread() instanceof Worker worker && worker.budget != null) {
            if (allocated() - worker.allocated + size > worker.budget.bytes) {
                throw worker.stop(LanguageException.Kind.MEMORY);
            }
            worker.left = 0; // to be looked at soon
        }
    }

    /** A number is, or would be, larger than numbers may be. */
    static void tooLarge() {
        if (budget() != null) {
            throw stopped(LanguageException.Kind.TOO_LARGE);
        }
    }

    /** What was done takes longer than other calls: time is looked at soon. */
    static void soon() {
        if (Thread.currentThread() instanceof Worker worker && worker.budget != null) {
            worker.left = 0;
        }
    }

    /** In place of {@link System#currentTimeMillis()}: the run's clock. */
    public static long millis() {
        return now().toEpochMilli();
    }

    /** In place of {@link Instant#now()}: the run's clock. */
    public static Instant now() {
        Budget counted = budget();
        return counted == null ? Instant.EPOCH : counted.now;
    }

    /** In place of {@link System#getenv()}. */
    public static Map<String, String> environment() {
        return Map.of();
    }

    /** In place of {@link System#getenv(String)}. */
    public static @Nullable String environment(String name) {
        return null;
    }

    /** In place of {@link Pattern#matcher(CharSequence)}: an expression that goes back and forth for ever is stopped, too. */
    public static Matcher matcher(Pattern pattern, CharSequence text) {
        return pattern.matcher(new Counted(text));
    }

    /** In place of {@link Pattern#matches(String, CharSequence)}. */
    public static boolean matches(String expression, CharSequence text) {
        return matcher(Pattern.compile(expression), text).matches();
    }

    /** In place of {@link String#matches(String)}. */
    public static boolean matches(String text, String expression) {
        return matches(expression, (CharSequence) text);
    }

    /** In place of {@link String#replaceAll(String, String)}. */
    public static String replaceAll(String text, String expression, String by) {
        return matcher(Pattern.compile(expression), text).replaceAll(by);
    }

    /** In place of {@link String#replaceFirst(String, String)}. */
    public static String replaceFirst(String text, String expression, String by) {
        return matcher(Pattern.compile(expression), text).replaceFirst(by);
    }

    /** In place of {@link Pattern#split(CharSequence)}. */
    public static String[] split(Pattern pattern, CharSequence text) {
        return pattern.split(new Counted(text));
    }

    /** In place of {@link Pattern#split(CharSequence, int)}. */
    public static String[] split(Pattern pattern, CharSequence text, int most) {
        return pattern.split(new Counted(text), most);
    }

    /** In place of {@link String#repeat(int)}: one call that could fill the memory. */
    public static String repeat(String text, int times) {
        Budget counted = budget();
        if (counted != null && (long) text.length() * times > counted.bytes) {
            throw stopped(LanguageException.Kind.MEMORY);
        }
        return text.repeat(times);
    }

    /** In place of {@link Object#equals(Object)}, which would go through large values unseen. */
    public static boolean equal(Object one, @Nullable Object other) {
        measured(one);
        return one.equals(other);
    }

    /** In place of {@link Object#hashCode()}. */
    public static int hash(Object value) {
        measured(value);
        return value.hashCode();
    }

    /** In place of {@link Object#toString()}. */
    public static String text(Object value) {
        measured(value);
        return value.toString();
    }

    /** In place of {@link ObjectMapper#writeValueAsString(Object)}. */
    public static String written(ObjectMapper mapper, Object value) throws JsonProcessingException {
        measured(value);
        return mapper.writeValueAsString(value);
    }

    /** In place of {@link JsonNode#deepCopy()}. */
    public static JsonNode copy(JsonNode value) {
        measured(value);
        return value.deepCopy();
    }

    private static void measured(@Nullable Object value) {
        Budget counted =
                value instanceof JsonNode || value instanceof Collection || value instanceof Map ? budget() : null;
        if (counted == null) {
            return;
        }
        try {
            Trees.size(value, counted.bytes, NESTED);
        } catch (Trees.TooMuchException e) {
            throw stopped(e.deep() ? LanguageException.Kind.DEPTH : LanguageException.Kind.MEMORY);
        }
    }

    private static StoppedError stopped(LanguageException.Kind why) {
        return Thread.currentThread() instanceof Worker worker ? worker.stop(why) : new StoppedError(why);
    }

    /** A text each look at which is counted. */
    private record Counted(CharSequence text) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            tick();
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
