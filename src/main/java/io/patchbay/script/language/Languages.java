package io.patchbay.script.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.patchbay.script.Scripts.Bounds;
import io.patchbay.script.language.Engine.Data;
import io.patchbay.script.language.Engine.Program;
import io.patchbay.script.language.Engine.Value;
import io.patchbay.script.language.LanguageException.Kind;
import io.patchbay.script.language.Meter.Budget;
import io.patchbay.script.language.Meter.StoppedError;
import io.patchbay.script.language.Meter.Worker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reads expressions and has them work on values, within limits. An expression works on a thread of its own kind, on which time,
 * memory and depth are looked at from inside its code. Should one be in a single call of the JDK for long, its caller goes on
 * without it: the thread is left to end by itself, and when too many are left no further call is taken. Nothing of a language is
 * loaded before the first text in it is read. Safe for use by several threads; a call holds its thread.
 */
public final class Languages implements AutoCloseable {

    /** With the default limits: for reading expressions where nothing runs. */
    public static final Languages DEFAULT = new Languages(LanguagesProperties.DEFAULT);

    private static final int MOST_KEPT = 200;
    /** Who deploys or tries does not wait for runs, whose payloads may take long. */
    private static final int READ_AT_ONCE = 2;

    private static final int MOST_TIMEOUTS = 3;
    private static final int MOST_LEFT = 8;
    /** Virtual memory: only what is used is taken. An expression that calls itself is stopped long before its end. */
    private static final long STACK = 128L << 20;

    private static final long LOOK_MILLIS = 50;
    private static final long GRACE = TimeUnit.SECONDS.toNanos(2);
    private static final int LEVELS = 200;

    private static final Map<Language, Engine> ENGINES = new EnumMap<>(Language.class);

    private final LanguagesProperties limits;
    private final Semaphore places;
    private final Semaphore reading = new Semaphore(READ_AT_ONCE);
    private final AtomicInteger left = new AtomicInteger();
    private final ExecutorService threads;
    private final Map<Source, Expression> read = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Source, Expression> eldest) {
            return size() > MOST_KEPT;
        }
    };

    /**
     * Text of an expression.
     *
     * @param others texts that it may import, by the names of their files
     */
    public record Source(Language language, String text, Map<String, String> others) {
        public Source {
            others = Map.copyOf(others);
        }
    }

    /** An expression that was read. */
    public static final class Expression {
        private final Program program;

        private Expression(Program program) {
            this.program = program;
        }
    }

    /**
     * What a record or payload gave.
     *
     * @param value null when it failed
     * @param failure how it failed, or null
     */
    public record Given(@Nullable Value value, @Nullable LanguageException failure) {}

    /** Work within limits. Nothing is made before the first call. */
    public Languages(LanguagesProperties limits) {
        this.limits = limits;
        this.places = new Semaphore(limits.parallel());
        this.threads =
                new ThreadPoolExecutor(0, Integer.MAX_VALUE, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Worker(work, "patchbay-language", STACK);
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** How many calls were left that have not ended. */
    int left() {
        return left.get();
    }

    /** The longest time that a record or payload may take. */
    public Duration time() {
        return limits.time();
    }

    /** The largest content that one should be asked to work on, in bytes. */
    public long largest() {
        return limits.memory().toBytes();
    }

    /** Reads a text; one that was read lately is not read again. @throws LanguageException when it cannot be used */
    public Expression read(Source source) throws LanguageException {
        return read(source, Bounds.NONE);
    }

    /** The same for somebody who waits no longer than so. @throws LanguageException when it cannot be used, or takes longer */
    public Expression read(Source source, Bounds bounds) throws LanguageException {
        synchronized (read) {
            Expression known = read.get(source);
            if (known != null) {
                return known;
            }
        }
        Engine engine = engine(source.language());
        Budget budget = budget(bounds.time(), Instant.EPOCH);
        Expression made = on(reading, bounds, budget, worker -> {
            worker.begin(budget);
            try {
                Program program = engine.read(source.text(), source.others());
                worker.refuseIfStopped();
                return new Expression(program);
            } catch (LanguageException e) {
                throw worker.stopped() == null ? e : failure(e, budget);
            } catch (StackOverflowError | OutOfMemoryError | StoppedError | RuntimeException e) {
                throw failure(e, budget);
            }
        });
        synchronized (read) {
            read.put(source, made);
        }
        return made;
    }

    private static Engine engine(Language language) throws LanguageException {
        synchronized (ENGINES) {
            Engine known = ENGINES.get(language);
            if (known != null) {
                return known;
            }
            try {
                Engine made = Class.forName(language.engine(), true, Loaded.METERED)
                        .asSubclass(Engine.class)
                        .getDeclaredConstructor()
                        .newInstance();
                warm(language, made);
                ENGINES.put(language, made);
                return made;
            } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
                throw new LanguageException(Kind.BROKEN, language.shown() + " cannot be started: " + e);
            }
        }
    }

    /** What a library makes of itself when it is used first takes long, and is not the time of who asks first. */
    private static void warm(Language language, Engine engine) throws LanguageException {
        Data data = language.xml() ? Data.of("<a/>".getBytes(StandardCharsets.UTF_8)) : Data.of(NullNode.getInstance());
        engine.read(language.smallest(), Map.of()).apply(data, Map.of());
    }

    /** Made when it is needed. */
    private static final class Loaded {
        private static final MeteredLoader METERED = new MeteredLoader(Languages.class.getClassLoader());
    }

    /**
     * Has an expression work on one value after the other. One that fails does so alone; when several do not end in time, all
     * fail.
     *
     * @param now what time it is for the expression
     * @param variables what it may read by name
     * @return what each gave, in order
     * @throws LanguageException when that was not possible
     */
    public List<Given> each(
            Expression expression, Bounds bounds, Instant now, Map<String, JsonNode> variables, List<Data> values)
            throws LanguageException {
        Budget budget = budget(bounds.time(), now);
        for (JsonNode variable : variables.values()) {
            Digits.check(variable, "a variable");
        }
        return on(places, bounds, budget, worker -> {
            List<Given> given = new ArrayList<>(values.size());
            int timeouts = 0;
            for (Data data : values) {
                LanguageException failure = null;
                Value value = null;
                worker.begin(budget);
                try {
                    Digits.check(data.json(), "the record");
                    Value made = expression.program.apply(data, variables);
                    worker.refuseIfStopped();
                    value = bounded(made);
                } catch (LanguageException e) {
                    failure = worker.stopped() == null ? e : failure(e, budget);
                } catch (StackOverflowError | OutOfMemoryError | StoppedError | RuntimeException e) {
                    failure = failure(e, budget);
                }
                worker.end();
                if (failure != null
                        && (failure.kind() == Kind.INTERRUPTED
                                || (failure.kind() == Kind.TIMEOUT && ++timeouts == MOST_TIMEOUTS))) {
                    throw failure;
                }
                given.add(new Given(value, failure));
            }
            return given;
        });
    }

    private Value bounded(Value value) throws LanguageException {
        try {
            if (value.json() != null) {
                Trees.size(value.json(), limits.result().toBytes(), LEVELS + 1);
            } else {
                Trees.size(value.text(), limits.result().toBytes(), 1);
            }
            return value;
        } catch (Trees.TooMuchException e) {
            throw new LanguageException(
                    Kind.TOO_LARGE,
                    e.deep()
                            ? "the result is nested deeper than " + LEVELS + " levels"
                            : "the result has more than " + limits.result().toKilobytes()
                                    + " KB (patchbay.languages.result)");
        }
    }

    private Budget budget(@Nullable Duration less, Instant now) {
        Duration time = less == null || less.compareTo(limits.time()) > 0 ? limits.time() : less;
        return new Budget(time.toNanos(), limits.memory().toBytes(), now);
    }

    private LanguageException failure(Throwable thrown, Budget budget) {
        Kind known = Thread.currentThread() instanceof Worker worker ? worker.stopped() : null;
        Kind kind = known != null
                ? known
                : thrown instanceof StackOverflowError
                        ? Kind.DEPTH
                        : thrown instanceof OutOfMemoryError ? Kind.MEMORY : Kind.FAILED;
        return new LanguageException(
                kind,
                switch (kind) {
                    case TIMEOUT -> "did not end within " + shown(budget) + " and was stopped";
                    case MEMORY ->
                        "asked for more than " + limits.memory().toMegabytes()
                                + " MB of memory (patchbay.languages.memory) and was stopped";
                    case DEPTH -> "calls itself too deep and was stopped";
                    case INTERRUPTED -> "was given up";
                    case TOO_LARGE ->
                        "makes a number of more than " + Digits.MOST + " digits, or a regular expression of more than "
                                + Calls.LONGEST
                                + " characters, or with too many parts in a row that may be empty in several"
                                + " ways, like (a*|b*), and was stopped";
                    default -> thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
                });
    }

    private static String shown(Budget budget) {
        long millis = TimeUnit.NANOSECONDS.toMillis(budget.nanos());
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    private interface Work<T> {
        T on(Worker worker) throws LanguageException;
    }

    /** Has a worker work, and waits for it as long as it may take and a little longer. */
    private <T> T on(Semaphore free, Bounds bounds, Budget budget, Work<T> work) throws LanguageException {
        bounds.cancelling().accept(budget::giveUp);
        place(free, budget, bounds.whole());
        Going going = new Going();
        try {
            Callable<T> task = () -> {
                Worker worker = (Worker) Thread.currentThread();
                try {
                    return work.on(worker);
                } finally {
                    worker.end();
                    going.ended();
                }
            };
            return wait(threads.submit(task), budget, going);
        } finally {
            free.release();
        }
    }

    /** A call, which is left when it does not end: counted as long as it goes on. */
    private final class Going {
        private boolean over;
        private boolean alone;

        synchronized void ended() {
            over = true;
            if (alone) {
                left.decrementAndGet();
            }
        }

        synchronized void leave() {
            if (!over) {
                alone = true;
                left.incrementAndGet();
            }
        }
    }

    private void place(Semaphore free, Budget budget, @Nullable Duration whole) throws LanguageException {
        if (left.get() >= MOST_LEFT) {
            throw new LanguageException(
                    Kind.BROKEN,
                    "no expression is taken any more: " + left.get()
                            + " before it could not be stopped; start the program again");
        }
        long end = System.nanoTime() + (whole == null ? Long.MAX_VALUE / 2 : whole.toNanos());
        try {
            while (!free.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (budget.givenUp()) {
                    throw new LanguageException(Kind.INTERRUPTED, "was given up");
                }
                if (System.nanoTime() - end >= 0) {
                    throw new LanguageException(
                            Kind.BUSY,
                            "found no free place in time: others took all " + limits.parallel()
                                    + " (patchbay.languages.parallel); try again later");
                }
            }
            budget.shorten(Math.max(0, end - System.nanoTime()));
            budget.begins();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LanguageException(Kind.INTERRUPTED, "was given up");
        }
    }

    private <T> T wait(Future<T> future, Budget budget, Going going) throws LanguageException {
        while (true) {
            try {
                return future.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (budget.late() > GRACE && !future.isDone()) {
                    going.leave();
                    throw new LanguageException(
                            Kind.TIMEOUT, "did not end within " + shown(budget) + " and could not be stopped");
                }
            } catch (InterruptedException e) {
                budget.giveUp();
                going.leave();
                Thread.currentThread().interrupt();
                throw new LanguageException(Kind.INTERRUPTED, "was given up");
            } catch (ExecutionException e) {
                if (e.getCause() instanceof LanguageException known) {
                    throw known;
                }
                throw new LanguageException(Kind.BROKEN, "broke: " + e.getCause());
            }
        }
    }

    /** Ends the threads. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
