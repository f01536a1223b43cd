package io.patchbay.alert;

import io.patchbay.alert.PastRuns.Ended;
import io.patchbay.alert.Tally.Seen;
import io.patchbay.alert.Watched.WatchedFlow;
import io.patchbay.canvas.Durations;
import io.patchbay.flow.AlertSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is the matter with flows, and what is not any more. Used by one thread at a time. */
final class FlowAlerts {

    /** A failure that is older is no news when the program begins. */
    static final Duration NEWS = Duration.ofDays(1);
    /** What holds is written anew no more often than this. */
    private static final Duration ANEW = Duration.ofMinutes(1);

    /** A flow that is not there for so long is gone. */
    private static final Duration AWAY = Duration.ofMinutes(5);

    /** The last success is written no more often than this, for a program that begins when no run of then is kept any more. */
    private static final Duration KEPT = Duration.ofHours(1);

    private final JdbcAlerts alerts;
    private final PastRuns past;
    private final List<String> usual;
    private final Map<String, Rate> rates = new HashMap<>();
    private final Map<String, Instant> succeeded = new HashMap<>();
    /** Flows with something open that are not there, by when that was seen first. */
    private final Map<String, Instant> missing = new HashMap<>();

    /** @param usual who is told of flows that name nobody */
    FlowAlerts(JdbcAlerts alerts, PastRuns past, List<String> usual) {
        this.alerts = alerts;
        this.past = past;
        this.usual = usual;
    }

    /**
     * One look at one flow.
     *
     * @param tally what ended since the last, or null
     * @param open all alerts that are open, by key
     * @param excused whether its failures are told of with an instance that it calls
     */
    record Look(WatchedFlow flow, @Nullable Tally tally, Map<String, Alert> open, boolean excused, Instant now) {
        String id() {
            return flow.id();
        }

        @Nullable
        Alert open(AlertKind kind) {
            return open.get(Occurrence.key(kind, flow.id()));
        }
    }

    List<String> receivers(AlertSettings settings) {
        return settings.to().isEmpty() ? usual : settings.to();
    }

    void look(Look at) {
        AlertSettings settings = at.flow().settings();
        if (settings.failedRuns()) {
            failedRuns(at);
        } else {
            drop(at, AlertKind.FAILED_RUNS);
        }
        if (settings.errorRate() == null) {
            rates.remove(at.id());
            drop(at, AlertKind.ERROR_RATE);
        } else {
            errorRate(at, settings.errorRate());
        }
        if (settings.volume() == null) {
            drop(at, AlertKind.VOLUME);
        } else {
            volume(at, settings.volume());
        }
    }

    private void failedRuns(Look at) {
        Tally tally = at.tally();
        if (tally == null) {
            return;
        }
        boolean known = at.open(AlertKind.FAILED_RUNS) != null;
        Seen failure = tally.failure();
        if (failure != null && (known || !at.excused())) {
            raise(
                    at,
                    AlertKind.FAILED_RUNS,
                    tally.failed(),
                    "Run " + failure.run() + " of flow '" + at.id() + "' " + failure.says() + items(failure.run())
                            + others(tally.failed() - 1),
                    failure.run());
            known = true;
        }
        Seen success = tally.success();
        if (known && !tally.failing() && success != null) {
            recovered(at, success.run(), !tally.works(), success.at());
        }
    }

    /**
     * A run succeeded. That ends the alert, unless it was a replay and other failed payloads wait: then it says nothing of them, and nothing of
     * what comes next.
     */
    private void recovered(Look at, String run, boolean replay, Instant when) {
        int waiting = past.waiting(at.id());
        if (replay && waiting > 0) {
            return;
        }
        over(
                at,
                AlertKind.FAILED_RUNS,
                "Run " + run + " of flow '" + at.id() + "' succeeded at " + AlertTexts.second(when) + "."
                        + stillWaiting(waiting, at.id()));
    }

    private static String stillWaiting(int many, String flow) {
        if (many == 0) {
            return "";
        }
        String count = many == 1 ? "1 failed payload of it still waits" : many + " failed payloads of it still wait";
        return " " + (many == PastRuns.COUNTED ? "At least " : "") + count + " to be replayed or resolved."
                + " If they are not sent by themselves, `patchbay replay --flow " + flow + "` replays all of them.";
    }

    /**
     * What ended when nobody looked, because the program died between the end of a run and the word about it.
     *
     * @param outages alerts of instances that the flow calls: what failed by them was told of with them
     */
    void catchUp(WatchedFlow flow, @Nullable Alert open, List<Alert> outages, Instant now) {
        Ended last = flow.settings().failedRuns() ? past.newest(flow.id()).orElse(null) : null;
        if (last == null || last.endedAt().plus(NEWS).isBefore(now)) {
            return;
        }
        Look at = new Look(flow, null, Map.of(), false, now);
        if (last.status().equals("succeeded")) {
            if (open != null) {
                recovered(at, last.id(), last.replay(), last.endedAt());
            }
        } else if (!last.status().equals("stopped")
                && outages.stream().noneMatch(outage -> SystemAlerts.explains(outage, last.endedAt()))
                && alerts.newest(AlertKind.FAILED_RUNS, flow.id())
                        .filter(known -> !known.lastAt().isBefore(last.endedAt())
                                || last.id().equals(known.run()))
                        .isEmpty()) {
            String reason = last.reason() == null ? "see its record" : last.reason();
            raise(
                    at,
                    AlertKind.FAILED_RUNS,
                    1,
                    "Run " + last.id() + " of flow '" + flow.id() + "' failed: " + reason + items(last.id()),
                    last.id());
        }
    }

    /** Of runs that failed since the last look only the last is told of. */
    private static String others(long before) {
        return before == 0
                ? ""
                : "\nShortly before it " + (before == 1 ? "another run" : before + " other runs") + " failed.";
    }

    /** What failed in a run, for people who know it by its number and not by the run's. */
    private String items(String run) {
        PastRuns.FailedItems items = past.failedItems(run);
        return items.named().isEmpty()
                ? ""
                : "\nWhat failed: " + String.join(", ", items.named()) + (items.more() ? " and more." : ".");
    }

    private void errorRate(Look at, AlertSettings.ErrorRate bound) {
        Rate rate = rates.compute(
                at.id(),
                (id, known) -> known == null || !known.over().equals(bound.over()) ? new Rate(bound.over()) : known);
        if (at.tally() != null) {
            rate.add(at.now(), at.tally().ended(), at.tally().failed());
        }
        long ended = rate.ended(at.now());
        long failed = rate.failed(at.now());
        String sentence = failed + " of the " + ended + " runs of flow '" + at.id() + "' that ended in "
                + Durations.format(bound.over()) + " failed";
        if (ended < bound.runs()) {
            return; // nothing follows of too few: this process has begun lately, or another replica has the runs
        }
        if (failed * 100 > bound.above() * ended) {
            holds(at, AlertKind.ERROR_RATE, sentence + "; more than " + bound.above() + " of a hundred are too many.");
        } else if (at.open(AlertKind.ERROR_RATE) != null) {
            over(at, AlertKind.ERROR_RATE, sentence + ".");
        }
    }

    private void volume(Look at, AlertSettings.Volume bound) {
        Tally tally = at.tally();
        if (tally == null || tally.usual() == null) {
            return;
        }
        Seen odd = tally.odd();
        if (odd != null) {
            raise(
                    at,
                    AlertKind.VOLUME,
                    tally.odds(),
                    odd.says() + " records left shape '" + bound.shape() + "' in run " + odd.run() + " of flow '"
                            + at.id() + "'; usual are " + usual(bound) + ".",
                    odd.run());
        }
        if (tally.usual() && (odd != null || at.open(AlertKind.VOLUME) != null)) {
            over(
                    at,
                    AlertKind.VOLUME,
                    "The last run of flow '" + at.id() + "' had " + usual(bound) + " records at shape '" + bound.shape()
                            + "'.");
        }
    }

    private static String usual(AlertSettings.Volume bound) {
        return bound.max() == null
                ? bound.min() + " or more"
                : bound.min() == null ? "up to " + bound.max() : bound.min() + " to " + bound.max();
    }

    /**
     * Whether a flow has succeeded lately.
     *
     * @param since from when on it should; null when that is not kept yet
     */
    void noSuccess(Look at, @Nullable Instant since) {
        Duration within = at.flow().settings().noSuccess();
        if (at.tally() != null && at.tally().success() != null) {
            succeeded.put(at.id(), at.tally().success().at());
        }
        if (within == null || !at.flow().goes()) {
            succeeded.remove(at.id());
            if (since != null) {
                past.unwatch(at.id());
            }
            drop(at, AlertKind.NO_SUCCESS);
            return;
        }
        if (since == null) {
            past.watch(at.id(), at.now());
            return;
        }
        Instant last = succeeded.getOrDefault(at.id(), since);
        Instant from = last.isBefore(since) ? since : last;
        if (!from.plus(within).isAfter(at.now())) {
            Instant found = past.succeeded(at.id(), from).orElse(null);
            if (found == null) {
                holds(at, AlertKind.NO_SUCCESS, overdue(at, from, within));
                return;
            }
            succeeded.put(at.id(), found);
            from = found;
        }
        if (!from.isBefore(since.plus(KEPT))) {
            past.watchFrom(at.id(), from);
        }
        if (at.open(AlertKind.NO_SUCCESS) != null && from.plus(within).isAfter(at.now())) {
            over(
                    at,
                    AlertKind.NO_SUCCESS,
                    "A run of flow '" + at.id() + "' succeeded at " + AlertTexts.second(from) + ".");
        }
    }

    private String overdue(Look at, Instant from, Duration within) {
        String sentence = "No run of flow '" + at.id() + "' has succeeded since " + AlertTexts.second(from)
                + "; one was to in " + Durations.format(within) + ". ";
        Ended last = past.newest(at.id()).orElse(null);
        if (last == null || last.endedAt().isBefore(from)) {
            return sentence + "None has ended since: it was not started, or still runs.";
        }
        return sentence + "Run " + last.id() + " ended last, " + last.status() + ", at "
                + AlertTexts.second(last.endedAt()) + ".";
    }

    /** Flows that are gone, and not only for the moment in which their files are put in place anew. */
    void forget(Set<String> flows, Map<String, Alert> open, Set<String> watched, Instant now) {
        Set<String> away = new HashSet<>(watched);
        open.values().stream().filter(alert -> alert.kind().ofFlow()).forEach(alert -> away.add(alert.subject()));
        away.removeAll(flows);
        missing.keySet().retainAll(away);
        away.forEach(flow -> missing.putIfAbsent(flow, now));
        away.removeIf(flow -> missing.getOrDefault(flow, now).plus(AWAY).isAfter(now));
        for (Alert alert : open.values()) {
            if (alert.kind().ofFlow() && away.contains(alert.subject())) {
                alerts.over(alert.kind(), alert.subject(), null, now);
            }
        }
        watched.stream().filter(away::contains).forEach(past::unwatch);
        missing.keySet().removeAll(away);
        for (Map<String, ?> known : List.of(rates, succeeded)) {
            known.keySet().removeIf(flow -> !flows.contains(flow) && !missing.containsKey(flow));
        }
    }

    /** Whether it is time to write what holds: at first, and anew after a while. */
    static boolean writes(@Nullable Alert open, Instant now) {
        return open == null || !open.lastAt().plus(ANEW).isAfter(now);
    }

    private void holds(Look at, AlertKind kind, String sentence) {
        if (writes(at.open(kind), at.now())) {
            raise(at, kind, 0, sentence, null);
        }
    }

    private void raise(Look at, AlertKind kind, long times, String sentence, @Nullable String run) {
        AlertSettings settings = at.flow().settings();
        alerts.raise(
                new Occurrence(kind, at.id(), times, sentence, run, receivers(settings), settings.every()), at.now());
    }

    private void over(Look at, AlertKind kind, String sentence) {
        alerts.over(kind, at.id(), sentence, at.now());
    }

    private void drop(Look at, AlertKind kind) {
        if (at.open(kind) != null) {
            alerts.over(kind, at.id(), null, at.now());
        }
    }
}
