package io.patchbay.alert;

import io.patchbay.alert.Watched.Expiring;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Certificates, tokens and keys that end soon. */
final class ExpiryAlerts {

    /** What ends soon is said again after so long. */
    private static final Duration AGAIN = Duration.ofDays(7);

    /** What was shown to no replica for so long is shown no more. */
    private static final Duration UNSEEN = Duration.ofDays(30);

    private final JdbcAlerts alerts;
    private final Watched watched;
    private final AlertProperties settings;

    ExpiryAlerts(JdbcAlerts alerts, Watched watched, AlertProperties settings) {
        this.alerts = alerts;
        this.watched = watched;
        this.settings = settings;
    }

    void look(Map<String, Alert> open, Instant now) {
        Set<String> ending = new HashSet<>();
        Map<String, Expiring> known = new HashMap<>();
        if (!settings.expiry().isZero()) {
            for (Expiring each : watched.expiring()) {
                String key = Occurrence.key(each.kind(), each.subject());
                known.put(key, each);
                if (soon(each, now)) {
                    ending.add(key);
                    Alert told = open.get(key);
                    if (told == null ? !renewedSince(each) : FlowAlerts.writes(told, now) && newer(each, told)) {
                        raise(each, now);
                    }
                }
            }
        }
        Set<String> instances = new HashSet<>();
        watched.instances().forEach(instance -> instances.add(instance.name()));
        for (Alert alert : open.values()) {
            String key = Occurrence.key(alert.kind(), alert.subject());
            if (!alert.kind().ofExpiry() || ending.contains(key)) {
                continue;
            }
            Expiring later = known.get(key);
            if (later != null) {
                if (newer(later, alert)) {
                    alerts.over(alert.kind(), alert.subject(), "It ends later now.", now);
                }
            } else if (settings.expiry().isZero() || !unknown(alert, instances, now)) {
                alerts.over(alert.kind(), alert.subject(), null, now);
            }
        }
    }

    /** Nothing is known of a certificate that was not shown since the program began. What no replica has seen for long is called no more. */
    private static boolean unknown(Alert alert, Set<String> instances, Instant now) {
        return (alert.kind() == AlertKind.CERTIFICATE || alert.kind() == AlertKind.SERVER_CERTIFICATE)
                && instances.contains(alert.instance())
                && alert.lastAt().plus(UNSEEN).isAfter(now);
    }

    /** Whether it was seen after whatever the alert was raised for; another replica may have met another one since. */
    private static boolean newer(Expiring what, Alert open) {
        Instant seen = what.seen();
        return seen == null || seen.isAfter(open.lastAt());
    }

    /** Whether another replica has met a later one since this one looked. */
    private boolean renewedSince(Expiring what) {
        Instant seen = what.seen();
        return seen != null
                && alerts.newest(what.kind(), what.subject())
                        .map(Alert::overAt)
                        .filter(over -> over.isAfter(seen))
                        .isPresent();
    }

    /** What was made for a short time does not end soon before half of it is over. */
    private boolean soon(Expiring what, Instant now) {
        Instant begins = what.begins();
        boolean young =
                begins != null && Duration.between(begins, now).compareTo(Duration.between(now, what.ends())) < 0;
        return !young && what.ends().isBefore(now.plus(settings.expiry()));
    }

    private static String named(Expiring what) {
        String of = what.subject();
        return switch (what.kind()) {
            case CERTIFICATE -> "The client certificate of instance '" + of + "'";
            case SERVER_CERTIFICATE -> {
                int blank = of.indexOf(' ');
                yield "The certificate of server " + of.substring(blank + 1) + ", which instance '"
                        + of.substring(0, blank) + "' calls,";
            }
            case REFRESH_TOKEN -> "The token by which instance '" + of + "' stays connected";
            default -> "Key '" + of + "' of the API";
        };
    }

    private void raise(Expiring what, Instant now) {
        String sentence = what.ends().isAfter(now)
                ? " ends at " + AlertTexts.second(what.ends()) + ", in " + days(Duration.between(now, what.ends()))
                        + "."
                : " has ended at " + AlertTexts.second(what.ends()) + ".";
        alerts.raise(
                new Occurrence(what.kind(), what.subject(), 0, named(what) + sentence, null, settings.to(), AGAIN),
                now);
    }

    private static String days(Duration left) {
        long days = left.toDays();
        return days == 0 ? "less than a day" : days == 1 ? "a day" : days + " days";
    }
}
