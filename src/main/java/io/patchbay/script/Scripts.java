package io.patchbay.script;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.script.Bridge.Mode;
import io.patchbay.script.Bridge.Outcome;
import io.patchbay.script.ScriptException.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs scripts: JSON in, JSON out, each call in a guest of its own making that knows nothing of the calls before. A script is
 * read once and kept as the memory of the guest that read it. Safe for use by several threads; a call holds its thread.
 */
public final class Scripts implements AutoCloseable {

    private static final int MOST_KEPT = 50;
    private static final int STACK = 16 << 20;
    private static final int ALMOST = 1 << 20;
    private static final long LOOK_MILLIS = 50;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    static {
        JSON.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(200)
                        .maxStringLength(64 << 20)
                        .build());
    }

    private final ScriptsProperties limits;
    private final Duration time;
    private final String timeSetting;
    private final Semaphore places;
    private final Deque<Guest> idle = new ArrayDeque<>();
    private final ExecutorService threads;
    private final Map<Script, Memories.Changes> read = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Script, Memories.Changes> eldest) {
            return size() > MOST_KEPT;
        }
    };

    /**
     * What a call gave.
     *
     * @param value what the function returned
     * @param log what it logged, a line each, of which some may be left out
     */
    public record Answer(JsonNode value, List<String> log) {}

    /**
     * What each record gave.
     *
     * @param values what the function returned, or how it failed; one for each record
     * @param log what was logged, a line each, of which some may be left out
     */
    public record Answers(List<Given> values, List<String> log) {
        public Answers {
            values = List.copyOf(values);
        }
    }

    /**
     * What a record gave.
     *
     * @param value what the function returned; null when it failed
     * @param failure how it failed, or null
     */
    public record Given(@Nullable JsonNode value, @Nullable ScriptException failure) {}

    /**
     * How long a call may take.
     *
     * @param time null for as long as these scripts may run; never longer than that
     * @param cancelling is told how to give the call up
     * @param whole how long it may take together with the waiting for a place; null to wait as long as others take
     */
    public record Bounds(
            @Nullable Duration time,
            Consumer<Runnable> cancelling,
            @Nullable Duration whole) {
        /** As long as these scripts may run. */
        public static final Bounds NONE = new Bounds(null, how -> {});

        /** With a place at any time. */
        public Bounds(@Nullable Duration time, Consumer<Runnable> cancelling) {
            this(time, cancelling, null);
        }

        /** Somebody waits for an answer, and no longer than that. */
        public static Bounds whole(@Nullable Duration time, Duration whole) {
            return new Bounds(time, how -> {}, whole);
        }
    }

    private interface Work {
        @Nullable
        Outcome in(Guest guest);
    }

    /** One call: how long it may take, and whether it was given up. */
    private final class Call {
        private final long end;
        private long millis;
        private volatile boolean givenUp;
        private volatile @Nullable Future<?> work;

        Call(Bounds bounds) {
            Duration most = bounds.time();
            Duration whole = bounds.whole();
            millis = (most == null || most.compareTo(time) > 0 ? time : most).toMillis();
            end = System.nanoTime() + (whole == null ? Long.MAX_VALUE / 2 : whole.toNanos());
            bounds.cancelling().accept(this::giveUp);
        }

        boolean late() {
            return System.nanoTime() - end >= 0;
        }

        /** It waited, or did something before, and has what is left. */
        void begins() {
            millis = Math.min(millis, 1 + TimeUnit.NANOSECONDS.toMillis(Math.max(0, end - System.nanoTime())));
        }

        private void giveUp() {
            givenUp = true;
            Future<?> going = work;
            if (going != null) {
                going.cancel(true);
            }
        }

        void does(Future<?> future) {
            work = future;
            if (givenUp) {
                future.cancel(true);
            }
        }
    }

    /** Runs scripts of connectors within limits. Nothing is made before the first call. */
    public Scripts(ScriptsProperties limits) {
        this(limits, limits.time(), "patchbay.scripts.time");
    }

    /** Runs scripts of flows within limits: they have more time, and do not take the places of the connectors'. */
    public static Scripts ofFlows(ScriptsProperties limits) {
        return new Scripts(limits, limits.flowTime(), "patchbay.scripts.flow-time");
    }

    private Scripts(ScriptsProperties limits, Duration time, String timeSetting) {
        this.limits = limits;
        this.time = time;
        this.timeSetting = timeSetting;
        this.places = new Semaphore(limits.parallel());
        // A guest calls itself as deep as its own stack allows: ours must hold that.
        this.threads =
                new ThreadPoolExecutor(0, Integer.MAX_VALUE, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(null, work, "patchbay-script", STACK);
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * Reads a script and sees whether its function is there. It has no more time than a connector's script, whoever runs it:
     * who deploys waits for this.
     *
     * @throws ScriptException when it cannot be used
     */
    public void check(Script script) throws ScriptException {
        Call call = new Call(new Bounds(limits.time(), how -> {}));
        in(script, call, guest -> {
            prepared(script, call, guest);
            return "";
        });
    }

    /** Calls the script's function. @throws ScriptException when it does not return a value within its limits */
    public Answer call(Script script, JsonNode... arguments) throws ScriptException {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (JsonNode argument : arguments) {
            all.add(argument);
        }
        return call(script, Mode.ONCE, Bounds.NONE, all);
    }

    /** Calls the script's function with one value; to return nothing is to return null. @throws ScriptException as above */
    public Answer call(Script script, Bounds bounds, JsonNode data) throws ScriptException {
        return call(
                script,
                Mode.LENIENT,
                bounds,
                JsonNodeFactory.instance.arrayNode().add(data));
    }

    /**
     * Calls the script's function with one record after the other as {@code payload}; a record on which it throws is one that
     * failed.
     *
     * @param shared what it is given beside the record. What a record returns for {@code meta} and {@code flow.variables} is
     *     what the next one sees
     * @throws ScriptException when that was not possible within the limits
     */
    public Answers each(Script script, Bounds bounds, ObjectNode shared, List<JsonNode> records)
            throws ScriptException {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        all.add(shared);
        all.addArray().addAll(records);
        Answer answer = call(script, Mode.EACH, bounds, all);
        List<Given> values = new ArrayList<>();
        for (JsonNode one : answer.value()) {
            values.add(given(script, one));
        }
        return new Answers(values, answer.log());
    }

    private Given given(Script script, JsonNode one) {
        JsonNode failed = one.path("failed");
        if (failed.isMissingNode()) {
            return new Given(one.path("value"), null);
        }
        return new Given(
                null,
                Failures.of(
                        script,
                        new Outcome.Failed(
                                failed.path(0).asText(),
                                failed.path(1).asText(),
                                failed.path(2).asText(),
                                failed.path(3).asText()),
                        tooMuchMemory()));
    }

    /** The longest time that a call may take. */
    public Duration time() {
        return time;
    }

    /** The largest value in or out, in bytes. */
    public long largest() {
        return limits.value().toBytes();
    }

    private Answer call(Script script, Mode mode, Bounds bounds, ArrayNode all) throws ScriptException {
        String text = all.toString();
        if (text.length() > limits.value().toBytes()) {
            throw tooLarge(script);
        }
        Call call = new Call(bounds);
        return in(script, call, guest -> {
            Memories.Changes known = prepared(script, call, guest);
            Outcome outcome = bounded(script, call, guest, one -> one.call(script, known, mode, text));
            String json = done(script, outcome, guest);
            return new Answer(value(script, json), guest.lines());
        });
    }

    /** What is thrown for a script that would be given too much. */
    public ScriptException tooLarge(Script script) {
        return new ScriptException(
                Kind.TOO_LARGE, script.file(), 0, null, "what the script is given has more than " + limit());
    }

    private interface Use<T> {
        T of(Guest guest) throws ScriptException;
    }

    /** Uses a guest that is free, or another one. */
    private <T> T in(Script script, Call call, Use<T> use) throws ScriptException {
        place(script, call);
        Guest guest = null;
        try {
            guest = taken(script);
            T result = use.of(guest);
            if (guest.small()) {
                guest.forget();
                synchronized (idle) {
                    idle.push(guest);
                }
                guest = null;
            }
            return result;
        } catch (ScriptException e) {
            throw guest == null ? e : e.having(guest.lines());
        } finally {
            if (guest != null) {
                guest.close();
            }
            places.release();
        }
    }

    /** Waits for a place, unless the call is given up. */
    private void place(Script script, Call call) throws ScriptException {
        try {
            while (!places.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (call.givenUp) {
                    throw givenUp(script);
                }
                if (call.late()) {
                    throw new ScriptException(
                            Kind.BUSY,
                            script.file(),
                            0,
                            null,
                            "the script found no free place in time: others took all " + limits.parallel()
                                    + " (patchbay.scripts.parallel); try again later");
                }
            }
        } catch (InterruptedException e) {
            throw interrupted(script);
        }
    }

    private Guest taken(Script script) throws ScriptException {
        synchronized (idle) {
            for (Iterator<Guest> all = idle.iterator(); all.hasNext(); ) {
                Guest guest = all.next();
                if (guest.speaks(script)) {
                    all.remove();
                    return guest;
                }
            }
        }
        // On a thread that is not interrupted when the caller is: the engine would break while it begins.
        Future<Guest> made =
                threads.submit(() -> Guest.of(script, limits.memory().toBytes()));
        try {
            return made.get();
        } catch (InterruptedException e) {
            throw interrupted(script);
        } catch (ExecutionException e) {
            throw new ScriptException(
                    Kind.BROKEN, script.file(), 0, null, "the engine for scripts cannot be started: " + e.getCause());
        }
    }

    private Memories.Changes prepared(Script script, Call call, Guest guest) throws ScriptException {
        synchronized (read) {
            Memories.Changes known = read.get(script);
            if (known != null) {
                return known;
            }
        }
        done(script, bounded(script, call, guest, one -> one.read(script)), guest);
        if (!guest.small()) {
            throw new ScriptException(
                    Kind.MEMORY, script.file(), 0, null, "reading the script alone takes more than 2 MB of memory");
        }
        Memories.Changes made = guest.changes();
        synchronized (read) {
            read.put(script, made);
        }
        return made;
    }

    /** Has a guest work on a thread of its own, which is interrupted when the time is over. */
    private @Nullable Outcome bounded(Script script, Call call, Guest guest, Work work) throws ScriptException {
        call.begins();
        Callable<@Nullable Outcome> task = () -> work.in(guest);
        Future<@Nullable Outcome> future = threads.submit(task);
        call.does(future);
        try {
            return future.get(call.millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new ScriptException(
                    Kind.TIMEOUT,
                    script.file(),
                    0,
                    null,
                    "the script did not end within " + shown(call) + " and was stopped");
        } catch (CancellationException e) {
            throw givenUp(script);
        } catch (InterruptedException e) {
            throw interrupted(script);
        } catch (ExecutionException e) {
            throw broken(script, guest, e.getCause());
        } finally {
            future.cancel(true);
            call.work = null; // who may give the call up keeps it, and need not keep what came of it
        }
    }

    private static ScriptException interrupted(Script script) {
        Thread.currentThread().interrupt();
        return givenUp(script);
    }

    private static ScriptException givenUp(Script script) {
        return new ScriptException(Kind.INTERRUPTED, script.file(), 0, null, "the call was given up");
    }

    private ScriptException broken(Script script, Guest guest, @Nullable Throwable cause) {
        if (full(guest)) {
            return new ScriptException(Kind.MEMORY, script.file(), 0, null, tooMuchMemory());
        }
        String said = cause == null ? "" : String.valueOf(cause.getMessage());
        boolean deep = said.contains("call stack exhausted") || said.contains("out of bounds memory access");
        return deep
                ? new ScriptException(Kind.STACK, script.file(), 0, null, "the script calls itself too deep")
                : new ScriptException(Kind.BROKEN, script.file(), 0, null, "the script broke its engine down");
    }

    /** What was returned, as text. */
    private String done(Script script, @Nullable Outcome outcome, Guest guest) throws ScriptException {
        if (outcome instanceof Outcome.Done done) {
            return done.json();
        }
        if (outcome instanceof Outcome.Failed failed && !full(guest)) { // one that is full cannot tell what is wrong
            throw Failures.of(script, failed, tooMuchMemory());
        }
        throw full(guest)
                ? new ScriptException(Kind.MEMORY, script.file(), 0, null, tooMuchMemory())
                : new ScriptException(
                        Kind.UNSETTLED, script.file(), 0, null, "the script waits for something that never comes");
    }

    private JsonNode value(Script script, String json) throws ScriptException {
        if (json.length() > limits.value().toBytes()) {
            throw new ScriptException(
                    Kind.TOO_LARGE, script.file(), 0, null, "what the script returned has more than " + limit());
        }
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new ScriptException(
                    Kind.NOT_JSON, script.file(), 0, null, "what the script returned is nested too deep");
        }
    }

    /** Whether a guest has all the memory that it may have. */
    private boolean full(Guest guest) {
        return guest.size() + ALMOST >= limits.memory().toBytes();
    }

    private String tooMuchMemory() {
        return "the script wants more memory than " + limits.memory().toMegabytes() + " MB (patchbay.scripts.memory)";
    }

    private String limit() {
        return limits.value().toKilobytes() + " KB (patchbay.scripts.value)";
    }

    private String shown(Call call) {
        return call.millis + " ms" + (call.millis < time.toMillis() ? "" : " (" + timeSetting + ")");
    }

    @Override
    public void close() {
        threads.shutdownNow();
        synchronized (idle) {
            idle.forEach(Guest::close);
            idle.clear();
        }
    }
}
