package io.patchbay.alert;

import io.patchbay.alert.UsualRecords.Found;
import io.patchbay.alert.Watched.WatchedFlow;
import io.patchbay.canvas.Durations;
import io.patchbay.flow.AlertSettings.UsualVolume;
import io.patchbay.run.counts.RunCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Flows whose runs have far fewer or more records than on the days before. Read from counts by the hour, so each flow is looked at once
 * an hour, and a part of them each time. Used by one thread.
 */
final class VolumeAlerts {

    /** So many are looked at each time: the first look behind a full hour is not one long one. */
    private static final int AT_ONCE = 100;

    /** Counts are written a second late, by each replica. */
    private static final Duration LATE = Duration.ofMinutes(1);

    private final JdbcAlerts alerts;
    private final RunCounts counts;
    private final GoingFlows going;
    private final FlowAlerts receivers;
    private final Map<String, Looked> looked = new HashMap<>();

    VolumeAlerts(JdbcAlerts alerts, RunCounts counts, GoingFlows going, FlowAlerts receivers) {
        this.alerts = alerts;
        this.counts = counts;
        this.going = going;
        this.receivers = receivers;
    }

    /** Which hour a flow was looked at for, and by which setting. */
    private record Looked(Instant hour, UsualVolume usual) {}

    void look(Map<String, WatchedFlow> flows, Map<String, Alert> open, Instant now) {
        if (flows.isEmpty()) {
            return; // the program begins
        }
        Instant hour = RunCounts.hourOf(now.minus(LATE));
        Map<String, Instant> since = going.goes(
                flows.values().stream()
                        .filter(VolumeAlerts::looksAt)
                        .map(WatchedFlow::id)
                        .collect(Collectors.toSet()),
                now);
        int left = AT_ONCE;
        for (WatchedFlow flow : flows.values()) {
            Alert told = open.get(Occurrence.key(AlertKind.UNUSUAL_VOLUME, flow.id()));
            UsualVolume usual = flow.settings().usualVolume();
            if (usual == null || !looksAt(flow)) {
                looked.remove(flow.id());
                drop(told, now);
                continue;
            }
            Looked at = new Looked(hour, usual);
            if (left > 0 && !at.equals(looked.get(flow.id()))) {
                left--;
                if (!hour.minus(usual.over()).isBefore(since.getOrDefault(flow.id(), now))) {
                    look(flow, usual, told, hour, now);
                }
                looked.put(flow.id(), at);
            }
        }
        looked.keySet().retainAll(flows.keySet());
    }

    private static boolean looksAt(WatchedFlow flow) {
        return flow.goes() && flow.settings().usualVolume() != null;
    }

    private void look(WatchedFlow flow, UsualVolume usual, @Nullable Alert open, Instant hour, Instant now) {
        Instant from = hour.minus(Duration.ofDays(usual.days())).minus(usual.over());
        Optional<Found> known = UsualRecords.find(counts.records(flow.id(), from, hour), hour, usual);
        if (known.isEmpty()) {
            drop(open, now);
            return;
        }
        Found found = known.get();
        String sentence = found.records() + " records passed flow '" + flow.id() + "' in the "
                + Durations.format(usual.over()) + " until " + AlertTexts.second(hour)
                + "; the median of the same hours of " + found.days() + " days before is " + found.median();
        boolean few = usual.min() != null && found.records() * 100 < found.median() * usual.min();
        boolean many = usual.max() != null && found.records() * 100 > found.median() * usual.max();
        if (few || many) {
            raise(
                    flow,
                    sentence + ". " + (few ? "Fewer than " + usual.min() : "More than " + usual.max())
                            + " of a hundred of it are too " + (few ? "few." : "many."),
                    now);
        } else if (open != null) {
            alerts.over(open.kind(), flow.id(), sentence + ".", now);
        }
    }

    private void raise(WatchedFlow flow, String sentence, Instant now) {
        alerts.raise(
                new Occurrence(
                        AlertKind.UNUSUAL_VOLUME,
                        flow.id(),
                        0,
                        sentence,
                        null,
                        receivers.receivers(flow.settings()),
                        flow.settings().every()),
                now);
    }

    private void drop(@Nullable Alert open, Instant now) {
        if (open != null) {
            alerts.over(open.kind(), open.subject(), null, now);
        }
    }
}
