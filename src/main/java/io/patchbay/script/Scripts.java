package io.patchbay.script;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.patchbay.script.Bridge.Outcome;
import io.patchbay.script.ScriptException.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
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
import org.jspecify.annotations.Nullable;

/**
 * Runs scripts: JSON in, JSON out, each call in a guest of its own making that knows nothing of the calls before. A script is
 * read once and kept as the memory of the guest that read it. Safe for use by several threads; a call holds its thread.
 */
public final class Scripts implements AutoCloseable {

    private static final int MOST_KEPT = 50;
    private static final int STACK = 16 << 20;
    private static final int ALMOST = 1 << 20;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static {
        JSON.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(200)
                        .maxStringLength(64 << 20)
                        .build());
    }

    private final ScriptsProperties limits;
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

    private interface Work {
        @Nullable
        Outcome in(Guest guest);
    }

    /** Runs scripts within limits. Nothing is made before the first call. */
    public Scripts(ScriptsProperties limits) {
        this.limits = limits;
        this.places = new Semaphore(limits.parallel());
        // A guest calls itself as deep as its own stack allows: ours must hold that.
        this.threads =
                new ThreadPoolExecutor(0, Integer.MAX_VALUE, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(null, work, "patchbay-script", STACK);
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Reads a script and sees whether its function is there. @throws ScriptException when it cannot be used */
    public void check(Script script) throws ScriptException {
        in(script, guest -> {
            prepared(script, guest);
            return "";
        });
    }

    /** Calls the script's function. @throws ScriptException when it does not return a value within its limits */
    public Answer call(Script script, JsonNode... arguments) throws ScriptException {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (JsonNode argument : arguments) {
            all.add(argument);
        }
        String text = all.toString();
        if (text.length() > limits.value().toBytes()) {
            throw new ScriptException(
                    Kind.TOO_LARGE, script.file(), 0, null, "what the script is given has more than " + limit());
        }
        return in(script, guest -> {
            Memories.Changes known = prepared(script, guest);
            Outcome outcome = bounded(script, guest, one -> one.call(script, known, text));
            String json = done(script, outcome, guest);
            return new Answer(value(script, json), guest.lines());
        });
    }

    private interface Use<T> {
        T of(Guest guest) throws ScriptException;
    }

    /** Uses a guest that is free, or another one. */
    private <T> T in(Script script, Use<T> use) throws ScriptException {
        try {
            places.acquire();
        } catch (InterruptedException e) {
            throw interrupted(script);
        }
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
        } finally {
            if (guest != null) {
                guest.close();
            }
            places.release();
        }
    }

    private Guest taken(Script script) throws ScriptException {
        synchronized (idle) {
            Guest guest = idle.poll();
            if (guest != null) {
                return guest;
            }
        }
        // On a thread that is not interrupted when the caller is: the engine would break while it begins.
        Future<Guest> made = threads.submit(() -> Guest.of(limits.memory().toBytes()));
        try {
            return made.get();
        } catch (InterruptedException e) {
            throw interrupted(script);
        } catch (ExecutionException e) {
            throw new ScriptException(
                    Kind.BROKEN, script.file(), 0, null, "the engine for scripts cannot be started: " + e.getCause());
        }
    }

    private Memories.Changes prepared(Script script, Guest guest) throws ScriptException {
        synchronized (read) {
            Memories.Changes known = read.get(script);
            if (known != null) {
                return known;
            }
        }
        done(script, bounded(script, guest, one -> one.read(script)), guest);
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
    private @Nullable Outcome bounded(Script script, Guest guest, Work work) throws ScriptException {
        Callable<@Nullable Outcome> task = () -> work.in(guest);
        Future<@Nullable Outcome> future = threads.submit(task);
        try {
            return future.get(limits.time().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new ScriptException(
                    Kind.TIMEOUT,
                    script.file(),
                    0,
                    null,
                    "the script did not end within " + shown() + " and was stopped");
        } catch (InterruptedException e) {
            throw interrupted(script);
        } catch (ExecutionException e) {
            throw broken(script, guest, e.getCause());
        } finally {
            future.cancel(true);
        }
    }

    private static ScriptException interrupted(Script script) {
        Thread.currentThread().interrupt();
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

    private String shown() {
        return limits.time().toMillis() + " ms (patchbay.scripts.time)";
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
