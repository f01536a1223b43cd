package io.patchbay.run.counts;

import io.patchbay.run.RunRecord;
import io.patchbay.run.RunRecord.ShapeRecord;
import io.patchbay.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What runs that ended add up to.
 *
 * @param succeeded how many went well
 * @param partial how many went well in part
 * @param failed how many failed
 * @param stopped how many somebody stopped
 * @param payloads payloads that passed the busiest shape of each
 * @param payloadsFailed payloads that failed for good
 * @param records records that passed the busiest shape of each
 * @param bytesIn bytes received from outside systems
 * @param bytesOut bytes sent to outside systems
 * @param tookMs how long they took, added up, in milliseconds
 * @param longestMs how long the longest took
 */
public record Sums(
        long succeeded,
        long partial,
        long failed,
        long stopped,
        long payloads,
        long payloadsFailed,
        long records,
        long bytesIn,
        long bytesOut,
        long tookMs,
        long longestMs) {

    /** No run at all. */
    public static final Sums NOTHING = new Sums(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Of one run that ended. */
    static Sums of(RunRecord run) {
        List<ShapeRecord> shapes = run.shapes();
        long took = took(run);
        return new Sums(
                run.status() == RunStatus.SUCCEEDED ? 1 : 0,
                run.status() == RunStatus.PARTIAL ? 1 : 0,
                run.status() == RunStatus.FAILED ? 1 : 0,
                run.status() == RunStatus.STOPPED ? 1 : 0,
                shapes.stream().mapToLong(ShapeRecord::payloadsIn).max().orElse(0),
                sum(shapes, ShapeRecord::payloadsFailed),
                shapes.stream()
                        .mapToLong(shape -> Math.max(shape.recordsIn(), shape.recordsOut()))
                        .max()
                        .orElse(0),
                sum(shapes, ShapeRecord::bytesIn),
                sum(shapes, ShapeRecord::bytesOut),
                took,
                took);
    }

    /** From beginning to end, in milliseconds. */
    static long took(RunRecord run) {
        Instant began = run.startedAt();
        Instant ended = run.endedAt();
        return began == null || ended == null
                ? 0
                : Math.max(0, Duration.between(began, ended).toMillis());
    }

    private static long sum(List<ShapeRecord> shapes, ToLongFunction<ShapeRecord> what) {
        return shapes.stream().mapToLong(what).sum();
    }

    /** How many runs ended. */
    public long runs() {
        return succeeded + partial + failed + stopped;
    }

    /** Both together. */
    public Sums plus(Sums other) {
        return new Sums(
                succeeded + other.succeeded,
                partial + other.partial,
                failed + other.failed,
                stopped + other.stopped,
                payloads + other.payloads,
                payloadsFailed + other.payloadsFailed,
                records + other.records,
                bytesIn + other.bytesIn,
                bytesOut + other.bytesOut,
                tookMs + other.tookMs,
                Math.max(longestMs, other.longestMs));
    }

    /** In the order of the table's columns. */
    long[] values() {
        return new long[] {
            succeeded, partial, failed, stopped, payloads, payloadsFailed, records, bytesIn, bytesOut, tookMs, longestMs
        };
    }
}
