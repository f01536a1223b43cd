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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
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
    private static final int ALMOST = 1 << 20;
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
    private final Guests guests;
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
        this.guests = new Guests(limits);
    }

    /**
     * Reads a script and sees whether its function is there. It has no more time than a connector's script, whoever runs it:
     * who deploys waits for this.
     *
     * @throws ScriptException when it cannot be used
     */
    public void check(Script script) throws ScriptException {
        Call call = new Call(new Bounds(limits.time(), how -> {}), time);
        guests.in(script, call, guest -> {
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
        Call call = new Call(bounds, time);
        return guests.in(script, call, guest -> {
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
        Future<@Nullable Outcome> future = guests.submit(task);
        call.does(future);
        try {
            return future.get(call.millis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new ScriptException(
                    Kind.TIMEOUT,
                    script.file(),
                    0,
                    null,
                    "the script did not end within " + shown(call) + " and was stopped");
        } catch (CancellationException e) {
            throw Failures.givenUp(script);
        } catch (InterruptedException e) {
            throw Failures.interrupted(script);
        } catch (ExecutionException e) {
            throw broken(script, guest, e.getCause());
        } finally {
            future.cancel(true);
            call.ended();
        }
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
        return call.millis() + " ms" + (call.millis() < time.toMillis() ? "" : " (" + timeSetting + ")");
    }

    @Override
    public void close() {
        guests.close();
    }
}
