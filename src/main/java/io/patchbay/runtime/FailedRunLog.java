package io.patchbay.runtime;

import io.patchbay.run.RunListener;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Says in the log that runs fail: the first one of a flow at once, then at most one line a minute with how many there were, and
 * once when runs of the flow succeed again. What failed exactly is in the run records.
 */
final class FailedRunLog implements RunListener {

    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Clock clock;
    private final Lines lines;
    private final Map<String, Failing> failing = new ConcurrentHashMap<>();

    /** @param unsaid how many failed since the last line */
    private record Failing(Instant said, long unsaid) {}

    /** Where the lines go. */
    interface Lines {
        void say(System.Logger.Level level, String line);
    }

    /** Into the program's log. */
    FailedRunLog(Clock clock) {
        this(clock, System.getLogger(FailedRunLog.class.getName())::log);
    }

    FailedRunLog(Clock clock, Lines lines) {
        this.clock = clock;
        this.lines = lines;
    }

    @Override
    public void ended(RunRecord run) {
        if (run.status() == RunStatus.FAILED || run.status() == RunStatus.PARTIAL) {
            failing.compute(run.flow(), (flow, before) -> failed(run, before));
        } else if (failing.remove(run.flow()) != null) {
            lines.say(System.Logger.Level.INFO, "runs of flow " + run.flow() + " succeed again");
        }
    }

    private Failing failed(RunRecord run, @Nullable Failing before) {
        Instant now = clock.instant();
        if (before != null && now.isBefore(before.said.plus(PAUSE))) {
            return new Failing(before.said, before.unsaid + 1);
        }
        lines.say(System.Logger.Level.WARNING, line(run, before == null ? 0 : before.unsaid));
        return new Failing(now, 0);
    }

    /** The line for a run. */
    static String line(RunRecord run, long more) {
        String how = run.status() == RunStatus.PARTIAL ? "in part" : "whole";
        String why = run.reason() == null ? lastError(run) : run.reason();
        return "run " + run.id() + " of flow " + run.flow() + " failed, " + how + ": " + why
                + (more == 0 ? "" : " (" + more + " more since the last such line)");
    }

    private static String lastError(RunRecord run) {
        for (int i = run.logs().size() - 1; i >= 0; i--) {
            RunRecord.LogLine line = run.logs().get(i);
            if (line.level() == io.patchbay.payload.LogLevel.ERROR) {
                return "shape '" + line.shape() + "': " + line.text();
            }
        }
        return "see its record";
    }
}
