package io.patchbay.trial.dry;

import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a dry run.
 *
 * @param flow the flow's id
 * @param revision what ran
 * @param status how a run would have ended whose writes are answered as these were
 * @param reason why it failed or stopped, or null
 * @param tookMillis how long it took
 * @param shapes what passed each shape, in flow order
 * @param writes what was not done, in the order in which it would have been
 * @param counts how much each shape would have done, what is not kept among it
 * @param kept whether all of it is among the writes
 * @param reads requests that were made
 * @param logs lines of the log
 * @param answer what a caller would have got, or null
 */
public record DryReport(
        String flow,
        String revision,
        RunStatus status,
        @Nullable String reason,
        long tookMillis,
        List<RunRecord.ShapeRecord> shapes,
        List<Captured> writes,
        Map<String, Long> counts,
        boolean kept,
        List<RunRecord.Request> reads,
        List<RunRecord.LogLine> logs,
        @Nullable Captured answer) {

    public DryReport {
        shapes = List.copyOf(shapes);
        writes = List.copyOf(writes);
        reads = List.copyOf(reads);
        logs = List.copyOf(logs);
    }
}
