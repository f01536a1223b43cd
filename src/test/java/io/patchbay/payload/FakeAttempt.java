package io.patchbay.payload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.expression.LookupTable;
import io.patchbay.expression.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An attempt outside of any run; keeps what the work tells it. Queued at 2026-03-01T12:00:00Z, first try, shape {@code it}. */
public class FakeAttempt implements Attempt {

    /** A record that the work took out, and the payload that it is then. */
    public record FailedRecord(int index, JsonNode record, StepException why, Payload payload) {}

    private final Map<String, JsonNode> variables = new LinkedHashMap<>();
    private final Map<String, LookupTable> tables;
    private final ObjectNode run = Json.NODES.objectNode();
    private final List<FailedRecord> failed = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private final List<RequestLog> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Made> made = java.util.Collections.synchronizedMap(new LinkedHashMap<>());
    private final Map<String, Made> before = new LinkedHashMap<>();
    private final List<Runnable> closers = new CopyOnWriteArrayList<>();
    private final @Nullable JsonNode resumeFrom;
    private final long resumeOrdinal;
    private @Nullable String cursor;
    private final Set<String> failedKeys = ConcurrentHashMap.newKeySet();
    private boolean sentBefore;
    private final Set<String> begun = ConcurrentHashMap.newKeySet();
    private final Set<String> begunBefore = ConcurrentHashMap.newKeySet();
    private volatile boolean cancelled;
    private volatile boolean stopped;
    private volatile boolean later;

    /** An attempt without variables, tables or counts. */
    public FakeAttempt() {
        this(Map.of(), Map.of(), null, 0);
    }

    /** An attempt in these surroundings. */
    public FakeAttempt(
            Map<String, JsonNode> variables,
            Map<String, LookupTable> tables,
            @Nullable JsonNode resumeFrom,
            long resumeOrdinal) {
        this.variables.putAll(variables);
        this.tables = tables;
        this.resumeFrom = resumeFrom;
        this.resumeOrdinal = resumeOrdinal;
        run.put("id", runId());
    }

    /** What {@code ${run.…}} reads. */
    public ObjectNode run() {
        return run;
    }

    public List<FailedRecord> failed() {
        return failed;
    }

    /** Lines like {@code INFO text}. */
    public List<String> log() {
        return log;
    }

    public List<RequestLog> requests() {
        return requests;
    }

    public Map<String, JsonNode> variables() {
        return variables;
    }

    @Override
    public String runId() {
        return "run-1";
    }

    @Override
    public String life() {
        return "first";
    }

    @Override
    public @Nullable String replays() {
        return null;
    }

    @Override
    public String flow() {
        return "a-flow";
    }

    @Override
    public String shape() {
        return "it";
    }

    @Override
    public Path spillFolder() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    @Override
    public int number() {
        return 1;
    }

    @Override
    public Instant queuedAt() {
        return Instant.parse("2026-03-01T12:00:00Z");
    }

    @Override
    public Scope scope(Payload payload, @Nullable JsonNode record) {
        return new Roots(payload, record);
    }

    @Override
    public void failRecord(Payload payload, int index, JsonNode record, StepException why) {
        Payload alone = payload.withBody(new Body.Tree(record), RecordPath.ROOT)
                .withLineage(payload.lineage().alone(shape(), index));
        failed.add(new FailedRecord(index, record, why, alone));
    }

    @Override
    public void failPart(Payload part, int index, StepException why) {
        JsonNode record = part.body() instanceof Body.Tree json
                ? json.tree()
                : Json.NODES.textNode(new String(part.bytes(), java.nio.charset.StandardCharsets.UTF_8));
        failed.add(new FailedRecord(index, record, why, part));
    }

    @Override
    public void log(LogLevel level, String text) {
        log.add(level + " " + text);
    }

    @Override
    public void request(RequestLog request) {
        requests.add(request);
    }

    @Override
    public void setVariable(String name, JsonNode value) {
        variables.put(name, value);
    }

    /** Gives the attempt up, as a step does whose time is over. */
    public void cancel() {
        cancelled = true;
        closers.forEach(Runnable::run);
    }

    @Override
    public void onCancel(Runnable close) {
        closers.add(close);
    }

    /** How many things the work would close. */
    public int closers() {
        return closers.size();
    }

    /** The run is told to stop; the attempt goes on to its end. */
    public void stopRun() {
        stopped = true;
    }

    @Override
    public boolean cancelled() {
        return cancelled || stopped;
    }

    /** The requests that the work made, by {@code from+records}. */
    public Map<String, Made> made() {
        return made;
    }

    /** A request was made in an earlier life. */
    public void madeBefore(int part, int records, @Nullable Payload answer) {
        before.put(part + "+" + records, new Made(answer));
    }

    @Override
    public CompletableFuture<Void> made(int part, int records, @Nullable Payload answer) {
        made.put(part + "+" + records, new Made(answer));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public @Nullable Made madeBefore(int part, int records) {
        return before.get(part + "+" + records);
    }

    @Override
    public void after(Duration pause, Runnable work) {
        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
                .execute(work);
    }

    @Override
    public void awaits(CompletableFuture<?> end, Duration atMost, Runnable work) {
        work.run();
    }

    @Override
    public void goesOnLater() {
        later = true;
    }

    /** Whether its payload goes on in a run of its own. */
    public boolean later() {
        return later;
    }

    @Override
    public boolean stopped() {
        return stopped;
    }

    /** The same may have been sent before. */
    public void sentBefore() {
        sentBefore = true;
    }

    /** The run goes on in another life. */
    public void takenUpAgain() {
        sentBefore = true;
        cancelled = false;
        closers.clear();
        begunBefore.addAll(begun);
        begun.clear();
    }

    @Override
    public void begins(int part, int records) {
        begun.add(part + "+" + records);
    }

    @Override
    public void ended(int part, int records, boolean mayHaveArrived) {
        if (!mayHaveArrived) {
            begun.remove(part + "+" + records);
        }
    }

    @Override
    public boolean begunBefore(int part, int records) {
        return begunBefore.contains(part + "+" + records);
    }

    @Override
    public boolean mayHaveSent() {
        return sentBefore;
    }

    @Override
    public void settle(CompletableFuture<Void> write) {
        write.join();
    }

    @Override
    public Set<String> failedKeys(Function<Payload, Collection<String>> keys) {
        return failedKeys;
    }

    /** The cursor that the run finds. */
    public FakeAttempt cursor(String position) {
        cursor = position;
        return this;
    }

    @Override
    public @Nullable String cursor(String instance, String endpoint, String inputs, CursorKind kind) {
        return cursor;
    }

    @Override
    public KnownKeys keys(String instance, String endpoint, String inputs, List<String> fields) {
        throw new UnsupportedOperationException("a flow that runs has keys");
    }

    @Override
    public @Nullable JsonNode resumeFrom() {
        return resumeFrom;
    }

    @Override
    public long resumeOrdinal() {
        return resumeOrdinal;
    }

    private final class Roots implements Scope {
        private final Payload payload;
        private final @Nullable JsonNode record;

        Roots(Payload payload, @Nullable JsonNode record) {
            this.payload = payload;
            this.record = record;
        }

        @Override
        public JsonNode tree(String root) {
            try {
                return switch (root) {
                    case "record" -> record != null ? record : only(payload.records());
                    case "payload" -> payload.tree();
                    case "run" -> run;
                    default -> MissingNode.getInstance();
                };
            } catch (StepException e) {
                return MissingNode.getInstance();
            }
        }

        private static JsonNode only(List<JsonNode> records) {
            return records.size() == 1 ? records.get(0) : MissingNode.getInstance();
        }

        @Override
        public @Nullable JsonNode named(String root, String name) {
            if (root.equals("flow")) {
                return variables.get(name);
            }
            String meta = root.equals("meta") ? payload.meta().get(name) : null;
            return meta == null ? null : Json.NODES.textNode(meta);
        }

        @Override
        public @Nullable LookupTable table(String name) {
            return tables.get(name);
        }

        @Override
        public Instant queuedAt() {
            return FakeAttempt.this.queuedAt();
        }
    }
}
