package io.patchbay.alert;

import io.patchbay.alert.Watched.WatchedFlow;
import io.patchbay.alert.Watched.WatchedInstance;
import io.patchbay.canvas.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is the matter with instances, the queue and the disk. One outage is one alert, however many flows it stops. */
final class SystemAlerts {

    /** Trouble that is over by itself within this time, and made no run fail, is none. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** A run that failed this long before or after a call of an instance did may have failed by it. */
    private static final Duration NEAR = Duration.ofMinutes(1);

    /** What no replica has seen for this long is over; each writes what it sees anew in less. */
    private static final Duration UNSEEN = Duration.ofMinutes(3);

    private static final int MOST_NAMED = 20;

    private final JdbcAlerts alerts;
    private final PastRuns past;
    private final Watched watched;
    private final Mutes mutes;
    private final AlertProperties settings;

    SystemAlerts(JdbcAlerts alerts, PastRuns past, Watched watched, Mutes mutes, AlertProperties settings) {
        this.alerts = alerts;
        this.past = past;
        this.watched = watched;
        this.mutes = mutes;
        this.settings = settings;
    }

    /**
     * Looks at the instances.
     *
     * @param failed when flows last failed, those that did since the last look
     * @return flows whose failures are told of with an instance
     */
    Set<String> instances(
            Map<String, WatchedFlow> flows,
            Map<String, Instant> failed,
            Map<String, Alert> open,
            FlowAlerts receivers,
            Instant now) {
        Set<String> excused = new HashSet<>();
        Map<String, WatchedInstance> byName = new HashMap<>();
        for (WatchedInstance instance : watched.instances()) {
            byName.put(instance.name(), instance);
            AlertKind kind = instance.trouble();
            if (kind == null) {
                continue;
            }
            Set<String> callers = new TreeSet<>(watched.callers(instance.name()));
            Alert known = open.get(Occurrence.key(kind, instance.name()));
            boolean lasting =
                    instance.since() != null && !instance.since().plus(PATIENCE).isAfter(now);
            Set<String> stopped = callers.stream()
                    .filter(flow -> near(failed.get(flow), instance.lastFailure()))
                    .collect(Collectors.toSet());
            if (known == null && !lasting && stopped.isEmpty()) {
                continue;
            }
            if (known == null && endedSince(kind, instance)) {
                continue;
            }
            excused.addAll(stopped);
            if (FlowAlerts.writes(known, now)) {
                Set<String> to = new LinkedHashSet<>(settings.to());
                flows.values().stream()
                        .filter(flow -> callers.contains(flow.id()))
                        .forEach(flow -> to.addAll(receivers.receivers(flow.settings())));
                raise(kind, instance.name(), sentence(instance, kind, callers), List.copyOf(to), now);
            }
        }
        for (Alert alert : open.values()) {
            if (alert.kind().ofOutage()) {
                end(alert, byName.get(alert.subject()), now);
            }
        }
        return excused;
    }

    /** Whether a run may have failed by a call. An instance that was not called lately explains nothing. */
    private static boolean near(@Nullable Instant run, @Nullable Instant call) {
        return run != null && call != null && Duration.between(run, call).abs().compareTo(NEAR) <= 0;
    }

    /** Whether a call of another replica has ended this trouble since it began here. */
    private boolean endedSince(AlertKind kind, WatchedInstance instance) {
        Instant since = instance.since();
        return since != null
                && alerts.newest(kind, instance.name())
                        .map(Alert::overAt)
                        .filter(over -> over.isAfter(since))
                        .isPresent();
    }

    /** Outages since an instant, by the flows that call the instances. */
    Map<String, List<Alert>> outages(Instant since) {
        Map<String, List<Alert>> byFlow = new HashMap<>();
        for (Alert outage : alerts.outages(since)) {
            watched.callers(outage.subject())
                    .forEach(flow -> byFlow.computeIfAbsent(flow, none -> new ArrayList<>())
                            .add(outage));
        }
        return byFlow;
    }

    /** Whether a run that failed then may have by an outage: its alert comes a moment after the runs that made it come. */
    static boolean explains(Alert outage, Instant run) {
        return !run.isBefore(outage.openedAt().minus(NEAR))
                && (outage.overAt() == null || !run.isAfter(outage.overAt()));
    }

    private String sentence(WatchedInstance instance, AlertKind kind, Set<String> callers) {
        String what = kind == AlertKind.SIGN_IN ? "does not take the credentials" : "does not answer";
        String why = instance.sentence() == null ? "." : ": " + instance.sentence();
        String flows = callers.isEmpty() ? "No flow calls it." : "Flows that call it: " + named(callers) + ".";
        return "The system of instance '" + instance.name() + "' " + what + why + "\n" + flows;
    }

    /** Flows by name; that nobody is told of one is said beside it. */
    private String named(Set<String> names) {
        Set<String> muted = mutes.current().stream()
                .filter(mute -> mute.of() == Mutes.Of.FLOW)
                .map(Mutes.Mute::name)
                .collect(Collectors.toSet());
        String some = names.stream()
                .limit(MOST_NAMED)
                .map(name -> muted.contains(name) ? name + " (muted)" : name)
                .collect(Collectors.joining(", "));
        return names.size() <= MOST_NAMED ? some : some + " and " + (names.size() - MOST_NAMED) + " more";
    }

    /** A call that went well since ends it. Of an instance that is only unknown, after a restart say, nothing follows. */
    private void end(Alert alert, @Nullable WatchedInstance instance, Instant now) {
        if (instance == null) {
            alerts.over(alert.kind(), alert.subject(), null, now);
            return;
        }
        Instant last = instance.lastSuccess();
        if (instance.trouble() != alert.kind() && last != null && last.isAfter(alert.openedAt())) {
            alerts.over(
                    alert.kind(),
                    alert.subject(),
                    "A call of instance '" + alert.subject() + "' went well at " + AlertTexts.second(last) + ".",
                    now);
        }
    }

    /** Looks at the disk. */
    void disk(Map<String, Alert> open, Instant now) {
        String full = watched.fullDisk();
        Alert known = open.get(Occurrence.key(AlertKind.DISK, ""));
        if (!full.isEmpty()) {
            if (FlowAlerts.writes(known, now)) {
                raise(AlertKind.DISK, "", "Nothing new is taken in: " + full + ".", settings.to(), now);
            }
        } else if (known != null && !known.lastAt().plus(UNSEEN).isAfter(now)) { // it may be the disk of another one
            alerts.over(AlertKind.DISK, "", "There is room on the disk, and starts are taken in.", now);
        }
    }

    /** Looks at the starts that wait, but for those of flows that are not to run. */
    void queue(Map<String, WatchedFlow> flows, Map<String, Alert> open, Instant now) {
        Alert known = open.get(Occurrence.key(AlertKind.QUEUE_AGE, ""));
        List<String> late = new ArrayList<>();
        Instant oldest = now;
        if (!settings.queueAge().isZero()) {
            for (String flow : new TreeSet<>(watched.waiting().keySet())) {
                WatchedFlow of = flows.get(flow);
                Instant since = of != null && of.goes() ? past.oldestStart(flow).orElse(now) : now;
                if (!since.plus(settings.queueAge()).isAfter(now)) {
                    late.add(flow);
                    oldest = since.isBefore(oldest) ? since : oldest;
                }
            }
        }
        if (!late.isEmpty()) {
            if (FlowAlerts.writes(known, now)) {
                raise(
                        AlertKind.QUEUE_AGE,
                        "",
                        "Starts wait since " + AlertTexts.second(oldest) + ", longer than "
                                + Durations.format(settings.queueAge()) + ", of flows: "
                                + named(new TreeSet<>(late)) + ".",
                        settings.to(),
                        now);
            }
        } else if (known != null) {
            alerts.over(AlertKind.QUEUE_AGE, "", "No start waits longer than it may.", now);
        }
    }

    private void raise(AlertKind kind, String subject, String sentence, List<String> to, Instant now) {
        alerts.raise(new Occurrence(kind, subject, 0, sentence, null, to, settings.every()), now);
    }
}
