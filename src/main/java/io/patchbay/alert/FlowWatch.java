package io.patchbay.alert;

import io.patchbay.alert.Tally.Seen;
import io.patchbay.flow.AlertSettings;
import io.patchbay.run.RunListener;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Counts the runs that end, by flow, until somebody looks at them: a run that ends waits for nobody. */
public final class FlowWatch implements RunListener {

    private static final int LONGEST = 2_000;

    private final Clock clock;
    private final Function<String, @Nullable AlertSettings> settings;
    private final Predicate<RunRecord> wanted;
    private final ConcurrentMap<String, Tally> tallies = new ConcurrentHashMap<>();
    private volatile Runnable onFailure = () -> {};

    /**
     * Counts from now on.
     *
     * @param settings what is told of a flow; null for one that is not deployed
     * @param wanted whether a run was stopped because somebody wanted it so
     */
    public FlowWatch(Clock clock, Function<String, @Nullable AlertSettings> settings, Predicate<RunRecord> wanted) {
        this.clock = clock;
        this.settings = settings;
        this.wanted = wanted;
    }

    /** Is called when the first run of a flow failed since it was looked at; must return at once. */
    void onFailure(Runnable look) {
        onFailure = look;
    }

    @Override
    public void ended(RunRecord run) {
        AlertSettings of = settings.apply(run.flow());
        Tally one = of == null ? null : of(run, of);
        if (one != null) {
            Tally all = tallies.merge(run.flow(), one, Tally::and);
            if (all.failed() + all.odds() == 1 && one.failed() + one.odds() == 1) {
                onFailure.run();
            }
        }
    }

    private @Nullable Tally of(RunRecord run, AlertSettings settings) {
        if (run.status() == RunStatus.STOPPED && wanted.test(run)) {
            return null;
        }
        Tally tally = run.status() == RunStatus.SUCCEEDED
                ? Tally.succeeded(
                        Seen.of(run, clock.instant(), ""), run.trigger().equals(PastRuns.REPLAY))
                : Tally.failed(Seen.of(run, clock.instant(), says(run)));
        AlertSettings.Volume volume = settings.volume();
        boolean whole = run.status() == RunStatus.SUCCEEDED || run.status() == RunStatus.PARTIAL;
        // What goes on from another run, or after a crash, has only a part of the records.
        if (volume == null || !whole || run.parent() != null || run.resumed() > 0) {
            return tally;
        }
        long records = run.shapes().stream()
                .filter(shape -> shape.shape().equals(volume.shape()))
                .mapToLong(RunRecord.ShapeRecord::recordsOut)
                .sum();
        return tally.counting(Seen.of(run, clock.instant(), String.valueOf(records)), volume.usual(records));
    }

    private static String says(RunRecord run) {
        String how = switch (run.status()) {
            case PARTIAL -> "failed in part";
            case STOPPED -> "was stopped";
            default -> "failed";
        };
        String reason = run.reason();
        String why = reason == null ? "see its record" : reason.replaceAll("\\p{Cntrl}+", " ");
        return how + ": " + (why.length() > LONGEST ? why.substring(0, LONGEST) + "…" : why);
    }

    /** What ended since the last time. */
    Map<String, Tally> take() {
        Map<String, Tally> taken = new HashMap<>();
        for (String flow : tallies.keySet()) {
            Tally tally = tallies.remove(flow);
            if (tally != null) {
                taken.put(flow, tally);
            }
        }
        return taken;
    }

    /** What was taken and could not be worked on, to be taken again. */
    void giveBack(String flow, Tally taken) {
        tallies.merge(flow, taken, (later, before) -> before.and(later));
    }
}
