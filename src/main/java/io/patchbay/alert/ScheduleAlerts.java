package io.patchbay.alert;

import io.patchbay.alert.LateStarts.Late;
import io.patchbay.alert.Watched.Due;
import io.patchbay.alert.Watched.WatchedFlow;
import io.patchbay.canvas.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts by schedule that are not made when they are due: the runtime was down, or there is no room for them. */
final class ScheduleAlerts {

    private final JdbcAlerts alerts;
    private final LateStarts late;
    private final Watched watched;
    private final FlowAlerts receivers;
    private final Duration bound;

    /** @param bound how late is too late; 0 for never */
    ScheduleAlerts(JdbcAlerts alerts, LateStarts late, Watched watched, FlowAlerts receivers, Duration bound) {
        this.alerts = alerts;
        this.late = late;
        this.watched = watched;
        this.receivers = receivers;
        this.bound = bound;
    }

    void look(Map<String, WatchedFlow> flows, Map<String, Alert> open, Instant now) {
        Map<String, Late> known = late.take();
        try {
            Due due = bound.isZero() ? new Due(Map.of(), Map.of()) : watched.schedules(now.minus(bound));
            for (WatchedFlow flow : flows.values()) {
                look(
                        flow,
                        open.get(Occurrence.key(AlertKind.MISSED_SCHEDULE, flow.id())),
                        known.remove(flow.id()),
                        due,
                        now);
            }
            known.clear(); // flows that are gone
        } finally {
            late.giveBack(known);
        }
    }

    private void look(WatchedFlow flow, @Nullable Alert open, @Nullable Late missed, Due due, Instant now) {
        Instant overdue = due.overdue().get(flow.id());
        Instant last = due.made().get(flow.id());
        if (bound.isZero() || !flow.goes() || (overdue == null && last == null && missed == null)) {
            if (open != null) {
                alerts.over(open.kind(), flow.id(), null, now);
            }
        } else if (missed != null) {
            raise(flow, missed.count(), sentence(flow, missed), now);
        } else if (overdue != null) {
            if (FlowAlerts.writes(open, now)) {
                raise(
                        flow,
                        0,
                        "The start of flow '" + flow.id() + "' that was due at " + AlertTexts.second(overdue)
                                + " has not been made yet, after more than " + Durations.format(bound) + ".",
                        now);
            }
        } else if (open != null && last != null && last.isAfter(open.lastAt())) {
            alerts.over(
                    open.kind(),
                    flow.id(),
                    "The start of flow '" + flow.id() + "' that was due at " + AlertTexts.second(last) + " was made.",
                    now);
        }
    }

    private static String sentence(WatchedFlow flow, Late missed) {
        String start = "The start of flow '" + flow.id() + "' that was due at " + AlertTexts.second(missed.due());
        String what = missed.made()
                ? " was made at " + AlertTexts.second(missed.at())
                        + " only: the runtime was down, or had no room for it."
                : " was missed, and nothing makes up for it: the runtime was down, or had no room for it.";
        return start + what;
    }

    private void raise(WatchedFlow flow, long times, String sentence, Instant now) {
        alerts.raise(
                new Occurrence(
                        AlertKind.MISSED_SCHEDULE,
                        flow.id(),
                        times,
                        sentence,
                        null,
                        receivers.receivers(flow.settings()),
                        flow.settings().every()),
                now);
    }
}
