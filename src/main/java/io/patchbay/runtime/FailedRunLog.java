package io.patchbay.runtime;

import io.patchbay.payload.LogLevel;
import io.patchbay.run.RunListener;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says in the log that runs fail: the first one of a flow at once, then at most one line a minute with how many there were, and
 * once when runs of the flow succeed again. What failed exactly is in the run records.
 */
final class FailedRunLog implements RunListener {

    private static final Duration PAUSE = Duration.ofMinutes(1);

    /** How a step tells of a payload that failed for good. */
    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

    private static final Pattern FAILURE = Pattern.compile(" \\[[A-Z0-9_]+] after \\d+ attempts?$");

    private final Clock clock;
    private final Lines lines;
    private final Map<String, Failing> failing = new ConcurrentHashMap<>();

    /**
     * What was said of a flow.
     *
     * @param said when, last
     * @param unsaid how many failed since
     * @param well whether the last line was that they succeed again
     */
    private record Failing(Instant said, long unsaid, boolean well) {}

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
        } else if (run.status() == RunStatus.SUCCEEDED && failing.containsKey(run.flow())) {
            failing.computeIfPresent(run.flow(), (flow, before) -> succeeded(flow, before));
        }
    }

    private Failing failed(RunRecord run, @Nullable Failing before) {
        Instant now = clock.instant();
        if (before != null && now.isBefore(before.said.plus(PAUSE))) {
            return new Failing(before.said, before.unsaid + 1, before.well);
        }
        lines.say(System.Logger.Level.WARNING, line(run, before == null ? 0 : before.unsaid));
        return new Failing(now, 0, false);
    }

    /** Runs that fail and succeed by turns are told of once a minute, too. */
    private @Nullable Failing succeeded(String flow, Failing before) {
        Instant now = clock.instant();
        if (now.isBefore(before.said.plus(PAUSE))) {
            return before;
        }
        if (before.well && before.unsaid == 0) {
            return null;
        }
        String more = before.unsaid == 0 ? "" : " (" + before.unsaid + " more failed since the last such line)";
        lines.say(System.Logger.Level.INFO, "runs of flow " + flow + " succeed again" + more);
        return new Failing(now, 0, true);
    }

    /** The line for a run: one line, whatever characters a system or a script put into what it said. */
    static String line(RunRecord run, long more) {
        String how = run.status() == RunStatus.PARTIAL ? "in part" : "whole";
        String why = run.reason() == null ? lastError(run) : run.reason();
        return "run " + run.id() + " of flow " + run.flow() + " failed, " + how + ": "
                + CONTROL.matcher(why).replaceAll("\uFFFD")
                + (more == 0 ? "" : " (" + more + " more since the last such line)");
    }

    /** The last failure. Lines that the flow's author logs may show payloads; those stay in the run record. */
    private static String lastError(RunRecord run) {
        for (int i = run.logs().size() - 1; i >= 0; i--) {
            RunRecord.LogLine line = run.logs().get(i);
            if (line.level() == LogLevel.ERROR && FAILURE.matcher(line.text()).find()) {
                return "shape '" + line.shape() + "': " + line.text();
            }
        }
        return "see its record";
    }
}
