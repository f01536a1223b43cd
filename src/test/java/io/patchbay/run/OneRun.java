package io.patchbay.run;

import io.patchbay.expression.Proofs;
import io.patchbay.flow.FlowSettings;
import io.patchbay.run.Checkpoints.Progress;
import io.patchbay.script.ScriptLibrary;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.util.unit.DataSize;

/** A run without a route, for tests of what it keeps. */
final class OneRun {

    private OneRun() {}

    /** The run r1 of the flow f with the shapes push and tell. */
    static Run of(FlowSettings.Limits limits, Progress progress, ScheduledExecutorService timer) {
        RunServices services = new RunServices(
                Clock.systemUTC(),
                new MemoryCheckpoints(),
                new MemoryHistory(),
                timer,
                timer,
                Path.of("spill"),
                1_000,
                text -> text,
                name -> null,
                Proofs.NONE);
        RunRules rules = new RunRules(
                Map.of("push", "connection", "tell", "connection"),
                Map.of(),
                Map.of(),
                ScriptLibrary.NONE,
                limits,
                new FlowSettings.Capture(
                        null, null, Duration.ofHours(1), DataSize.ofKilobytes(1), DataSize.ofKilobytes(1), List.of()),
                FlowSettings.Kept.NONE,
                FlowSettings.Kept.NONE,
                List.of(),
                true,
                Set.of(),
                Map.of(),
                Map.of());
        return new Run(
                new Run.Identity("r1", "f", "rev", "manual", Instant.EPOCH, null, false, 1, true),
                rules,
                progress,
                services);
    }
}
