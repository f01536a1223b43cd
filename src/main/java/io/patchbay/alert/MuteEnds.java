package io.patchbay.alert;

import io.patchbay.alert.Mutes.Mute;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells those who were told nothing for a while what they were not told. */
final class MuteEnds {

    private static final int NAMED = 20;

    private final JdbcMutes mutes;
    private final JdbcAlerts alerts;
    private final Function<String, @Nullable List<String>> receivers;

    /** @param receivers who is told of a flow; null where that is not known yet */
    MuteEnds(JdbcMutes mutes, JdbcAlerts alerts, Function<String, @Nullable List<String>> receivers) {
        this.mutes = mutes;
        this.alerts = alerts;
        this.receivers = receivers;
    }

    void look(Instant now) {
        for (Mute mute : mutes.ended(now)) {
            List<String> told = mute.of() == Mutes.Of.GROUP ? List.of(mute.name()) : receivers.apply(mute.name());
            if (told != null) {
                alerts.unmuted(mute, sentence(mute), told, now);
            }
        }
    }

    private String sentence(Mute mute) {
        String what =
                mute.of() == Mutes.Of.GROUP ? "Notification group '" + mute.name() + "'" : "Flow '" + mute.name() + "'";
        List<Alert> open =
                alerts.open().values().stream().filter(mute::concerns).toList();
        List<Mute> current = mutes.current();
        String still = open.isEmpty()
                ? "Nothing of it is open now."
                : "Still open: "
                        + open.stream()
                                .limit(NAMED)
                                .map(alert -> AlertTexts.matter(alert, current))
                                .collect(Collectors.joining("; "))
                        + (open.size() > NAMED ? "; and " + (open.size() - NAMED) + " more." : ".");
        return what + " was muted from " + AlertTexts.second(mute.since()) + " to " + AlertTexts.second(mute.until())
                + " (" + mute.by() + ": " + mute.reason() + "); "
                + (mute.held() == 1 ? "1 message was" : mute.held() + " messages were") + " not sent. " + still;
    }
}
