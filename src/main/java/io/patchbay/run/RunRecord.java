package io.patchbay.run;

import io.patchbay.payload.LogLevel;
import io.patchbay.payload.RequestLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept about a run.
 *
 * @param id UUIDv7
 * @param flow the flow's id
 * @param revision content hash of what ran
 * @param trigger what started it
 * @param status how it stands
 * @param queuedAt when its start was accepted
 * @param startedAt when it began, or null
 * @param endedAt when it ended, or null
 * @param reason why it failed or stopped, a sentence, or null
 * @param parent the run it goes on from (a callback's tail, a replay) or that started it (a shape of another flow), or null
 * @param resumed how often it was taken up again after a crash; an orderly stop is none
 * @param shapes a record per shape, in flow order; the counts of a run that goes on from its checkpoints begin there
 * @param logs lines of its log; the oldest are kept when there are too many
 * @param requests requests to outside systems; the oldest are kept when there are too many
 * @param trace where it is shown as a trace, as W3C's {@code traceparent} says it, or null
 */
public record RunRecord(
        String id,
        String flow,
        String revision,
        String trigger,
        RunStatus status,
        Instant queuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String reason,
        @Nullable String parent,
        int resumed,
        List<ShapeRecord> shapes,
        List<LogLine> logs,
        List<Request> requests,
        @Nullable String trace) {

    public RunRecord {
        shapes = List.copyOf(shapes);
        logs = List.copyOf(logs);
        requests = List.copyOf(requests);
    }

    /** What is kept about a run that is shown nowhere as a trace. */
    public RunRecord(
            String id,
            String flow,
            String revision,
            String trigger,
            RunStatus status,
            Instant queuedAt,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String reason,
            @Nullable String parent,
            int resumed,
            List<ShapeRecord> shapes,
            List<LogLine> logs,
            List<Request> requests) {
        this(
                id, flow, revision, trigger, status, queuedAt, startedAt, endedAt, reason, parent, resumed, shapes,
                logs, requests, null);
    }

    /**
     * What passed one shape.
     *
     * @param shape the shape's id
     * @param type the kind of shape
     * @param payloadsIn payloads that reached it
     * @param payloadsOut payloads that it handed on
     * @param payloadsFailed payloads that failed in it for good, records that left their page among them
     * @param recordsIn records in these payloads
     * @param recordsOut records in these payloads
     * @param bytesIn bytes received from outside systems
     * @param bytesOut bytes sent to outside systems
     * @param attempts tries, the first ones among them
     * @param took time its tries took, added up
     */
    public record ShapeRecord(
            String shape,
            String type,
            long payloadsIn,
            long payloadsOut,
            long payloadsFailed,
            long recordsIn,
            long recordsOut,
            long bytesIn,
            long bytesOut,
            long attempts,
            Duration took) {}

    /** A line of the run's log. */
    public record LogLine(Instant at, @Nullable String shape, LogLevel level, String text) {}

    /**
     * A request that a shape made.
     *
     * @param bodies names what is kept of its body and of its answer's; null when nothing is
     */
    public record Request(
            String shape,
            int attempt,
            RequestLog log,
            @Nullable String bodies) {

        /** One without bodies. */
        public Request(String shape, int attempt, RequestLog log) {
            this(shape, attempt, log, null);
        }
    }
}
