package io.patchbay.payload;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One try of a step on one payload: what the work may ask of the run and tell it. */
public interface Attempt {

    /** Name of the exchange property that carries the attempt to a Camel endpoint. */
    String PROPERTY = "patchbay.attempt";

    /** The run's id. */
    String runId();

    /** Names this life of the run: another one each time that it is taken up. */
    String life();

    /** The run that this one replays, or null. */
    @Nullable
    String replays();

    /** The flow's id. */
    String flow();

    /** The shape's id. */
    String shape();

    /** Where a file goes that is a payload's body: when the payload goes on, the run deletes it at its end. */
    Path spillFolder();

    /** First try is 1. */
    int number();

    /** When the run's start was queued: relative dates hang on it. */
    Instant queuedAt();

    /** Where placeholders read, for a payload and, per record, for the record. */
    Scope scope(Payload payload, @Nullable JsonNode record);

    /**
     * Takes a record out of its payload as a failed payload of its own; the work leaves it out of what it returns and goes on
     * with the others.
     */
    void failRecord(Payload payload, int index, JsonNode record, StepException why);

    /**
     * Takes a part of its payload out, likewise, that is content and no record.
     *
     * @param part with a lineage of its own
     * @param index number of the record that it was, from 0
     */
    void failPart(Payload part, int index, StepException why);

    /** Adds a line to the run's log; bounded in number and length. */
    void log(LogLevel level, String text);

    /** What a request to an instance tells it of the trace that the run belongs to; empty when it is to hear nothing. */
    default Map<String, String> traceHeaders(String instance) {
        return Map.of();
    }

    /** Adds a request and its answer to the run record. */
    void request(RequestLog request);

    /** What the run keeps of the bodies of requests and answers. */
    default WireLog.Wanted bodies() {
        return WireLog.Wanted.NONE;
    }

    /**
     * Adds a request and its answer to the run record, with bodies.
     *
     * @param request the last one, when redirects were followed
     * @param exchange the first one with the answer to the last one
     */
    default void request(RequestLog request, WireLog exchange) {
        request(request);
    }

    /** Sets a flow variable for the rest of the run. */
    void setVariable(String name, JsonNode value);

    /** Adds what to do when the attempt is given up (time is over, the run is stopped): closing a connection, say. */
    void onCancel(Runnable close);

    /**
     * Whether the work is to end soon: the attempt was given up, or the run was told to stop. What comes of it after it was given
     * up is ignored, but for {@link #made}; a run that was told to stop, in contrast, wants to know what was done.
     */
    boolean cancelled();

    /**
     * One of the several requests that the work makes for its payload was made. A run that is taken up again after a crash does
     * not make it again.
     *
     * @param part index of its first record
     * @param records how many records it had
     * @param answer what of its answer is needed to go on, or null
     * @return completes when the next request may be made; fails when the store does not take the mark
     */
    CompletableFuture<Void> made(int part, int records, @Nullable Payload answer);

    /**
     * A request begins whose repeat might happen twice in the system, and nothing would tell. Returns when the store knows it, so that a
     * later life of the run does not make it again; a try that is given up before {@link #ended} is the last one.
     *
     * @param part index of its first record
     * @param records how many records it has
     * @throws StepException when the store does not take it, or the run ends: then it must not be made
     */
    default void begins(int part, int records) throws StepException {}

    /**
     * The request that began is over.
     *
     * @param mayHaveArrived false when it surely did not, so that it may be made again
     */
    default void ended(int part, int records, boolean mayHaveArrived) {}

    /** Whether the request began in an earlier life of the run, and may have arrived. */
    default boolean begunBefore(int part, int records) {
        return false;
    }

    /** The request as it was made in an earlier try, or marked in an earlier life of the run; null when it has to be made. */
    @Nullable
    Made madeBefore(int part, int records);

    /** A request that was made before. */
    record Made(@Nullable Payload answer) {}

    /**
     * Does something after a pause, on a thread that may work; at once when the run is cut short. The work does nothing else
     * meanwhile, and a run that waits long gives its place away.
     */
    void after(Duration pause, Runnable work);

    /**
     * Does something when a run has ended that the work started, or after a time at the latest, on a thread that may work; at once
     * when the run is cut short. The work does nothing else meanwhile, and the run gives its place away: the other one may need it.
     */
    void awaits(CompletableFuture<?> end, Duration atMost, Runnable work);

    /** The payload, of which nothing goes on here, is kept where it waits: a run of its own takes it on later. */
    void goesOnLater();

    /** Whether the run was told to end for good, and is not only left for another life. */
    boolean stopped();

    /** Whether the same may have been sent before: by an earlier try, an earlier life of the run, or the run that it replays. */
    boolean mayHaveSent();

    /**
     * Something is being written that the run must not end without. The work does not wait for it; the run's end does, and what the run
     * does outside later does, too. When it fails, the run stops and is taken up again.
     */
    void settle(CompletableFuture<Void> write);

    /**
     * Ordering keys of records that failed at the shape in this run, shared by all its payloads: the work adds to them.
     *
     * @param keys of a payload that failed in an earlier life of the run
     */
    Set<String> failedKeys(Function<Payload, Collection<String>> keys);

    /**
     * Where earlier runs of the flow came to in a list that grows; null when there is no cursor yet. Whoever asks begins a pull
     * there, which ends with how far it came; the run moves the cursor when all is delivered.
     *
     * @param inputs what the endpoint is given, as one text; empty for nothing
     * @param kind what the cursor is to be made of
     * @throws StepException when the store does not answer, or has a cursor of another kind
     */
    @Nullable
    String cursor(String instance, String endpoint, String inputs, CursorKind kind) throws StepException;

    /**
     * The keys that a list has, for a list whose deletes are what is missing in it: those of the last whole pull of it are kept for
     * the flow. What is found now takes their place when all that was told is delivered.
     *
     * @param inputs what the endpoint is given, as one text; empty for nothing
     * @param fields names of what a key is made of
     */
    KnownKeys keys(String instance, String endpoint, String inputs, List<String> fields);

    /** Where a broken pull goes on, from the last delivered page; null to begin at the start. */
    @Nullable
    JsonNode resumeFrom();

    /** How many pages were delivered before a broken pull goes on: the ordinal of its next page. */
    long resumeOrdinal();

    /**
     * Lineages of payloads, of a run that is taken up again, of which something is known: that they were sent, that they failed, or that
     * a pull began with them. A pull that makes its pages again ends them where they ended.
     */
    default Stream<String> before() {
        return Stream.empty();
    }
}
