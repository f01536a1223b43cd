package io.patchbay.alert;

import io.patchbay.alert.Watched.Expiring;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Certificates and keys that end soon. */
final class ExpiryAlerts {

    /** What ends soon is said again after so long. */
    private static final Duration AGAIN = Duration.ofDays(7);

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
        Set<String> known = new HashSet<>();
        if (!settings.expiry().isZero()) {
            for (Expiring each : watched.expiring()) {
                String key = Occurrence.key(each.kind(), each.subject());
                known.add(key);
                if (soon(each, now)) {
                    ending.add(key);
                    if (FlowAlerts.writes(open.get(key), now)) {
                        raise(each, now);
                    }
                }
            }
        }
        Set<String> instances = new HashSet<>();
        watched.instances().forEach(instance -> instances.add(instance.name()));
        for (Alert alert : open.values()) {
            String key = Occurrence.key(alert.kind(), alert.subject());
            if (!ours(alert.kind()) || ending.contains(key)) {
                continue;
            }
            // Nothing is known of a certificate that was not shown since the program began.
            boolean unknown = alert.kind() == AlertKind.CERTIFICATE && instances.contains(alert.subject());
            if (known.contains(key)) {
                alerts.over(alert.kind(), alert.subject(), "It ends later now.", now);
            } else if (!unknown || settings.expiry().isZero()) {
                alerts.over(alert.kind(), alert.subject(), null, now);
            }
        }
    }

    /** What was made for a short time does not end soon before half of it is over. */
    private boolean soon(Expiring what, Instant now) {
        Instant begins = what.begins();
        boolean young =
                begins != null && Duration.between(begins, now).compareTo(Duration.between(now, what.ends())) < 0;
        return !young && what.ends().isBefore(now.plus(settings.expiry()));
    }

    private static boolean ours(AlertKind kind) {
        return kind == AlertKind.CERTIFICATE || kind == AlertKind.ACCESS_KEY;
    }

    private void raise(Expiring what, Instant now) {
        String subject = what.kind() == AlertKind.CERTIFICATE
                ? "The client certificate of instance '" + what.subject() + "'"
                : "Key '" + what.subject() + "' of the API";
        String sentence = what.ends().isAfter(now)
                ? " ends at " + AlertTexts.second(what.ends()) + ", in " + days(Duration.between(now, what.ends()))
                        + "."
                : " has ended at " + AlertTexts.second(what.ends()) + ".";
        alerts.raise(
                new Occurrence(what.kind(), what.subject(), 0, subject + sentence, null, settings.to(), AGAIN), now);
    }

    private static String days(Duration left) {
        long days = left.toDays();
        return days == 0 ? "less than a day" : days == 1 ? "a day" : days + " days";
    }
}
