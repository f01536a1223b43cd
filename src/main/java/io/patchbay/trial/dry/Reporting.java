package io.patchbay.trial.dry;

import io.patchbay.run.RunRecord;
import io.patchbay.run.RunRecord.ShapeRecord;
import io.patchbay.run.RunStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts together what came of a dry run: of the run, and of what went on behind its answer. */
final class Reporting {

    private Reporting() {}

    /** Knows endpoints. */
    interface Acting {
        /** Whether calling an endpoint changes something. */
        boolean acts(String instance, String endpoint);
    }

    static DryReport of(String flow, DryRun run, Notes notes, Duration took, Acting acting) {
        List<RunRecord> records = run.ended();
        List<RunRecord.Request> reads = new ArrayList<>();
        List<RunRecord.LogLine> logs = new ArrayList<>();
        Map<String, ShapeRecord> shapes = new LinkedHashMap<>();
        RunStatus status = null;
        String reason = null;
        for (RunRecord record : records) {
            record.requests().stream()
                    .filter(one -> !acting.acts(one.log().instance(), one.log().endpoint()))
                    .forEach(reads::add);
            logs.addAll(record.logs());
            record.shapes().forEach(shape -> shapes.merge(shape.shape(), shape, Reporting::sum));
            if (status == null || status == RunStatus.SUCCEEDED) {
                status = record.status();
                reason = record.reason();
            }
        }
        return new DryReport(
                flow,
                run.revision(),
                status == null ? RunStatus.STOPPED : status,
                status == null ? cut(run.late()) : reason,
                took.toMillis(),
                List.copyOf(shapes.values()),
                notes.kept(),
                notes.counts(),
                notes.whole(),
                reads,
                logs,
                run.answer());
    }

    private static @Nullable String cut(boolean late) {
        return late
                ? "the dry run did not end in its time (patchbay.dry-runs.time) and was cut off"
                : "an instance that the flow calls is paused, or the program ends: nothing was done from there on";
    }

    private static ShapeRecord sum(ShapeRecord one, ShapeRecord other) {
        return new ShapeRecord(
                one.shape(),
                one.type(),
                one.payloadsIn() + other.payloadsIn(),
                one.payloadsOut() + other.payloadsOut(),
                one.payloadsFailed() + other.payloadsFailed(),
                one.recordsIn() + other.recordsIn(),
                one.recordsOut() + other.recordsOut(),
                one.bytesIn() + other.bytesIn(),
                one.bytesOut() + other.bytesOut(),
                one.attempts() + other.attempts(),
                one.took().plus(other.took()));
    }
}
