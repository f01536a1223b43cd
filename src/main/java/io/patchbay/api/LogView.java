package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.payload.LogLevel;
import io.patchbay.run.RunRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A line of a run's log. */
@Doc("A line of a run's log")
record LogView(
        Instant at,

        @Doc("The shape that it is about; null for the run") @Nullable
        String shape,

        LogLevel level,
        String text) {

    static LogView of(RunRecord.LogLine line) {
        return new LogView(line.at(), line.shape(), line.level(), line.text());
    }
}
