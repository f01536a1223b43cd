package io.patchbay.alert;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Of what nobody is told for a while: alerts come up and end as ever, and are listed, but no message of them is written. */
public interface Mutes {

    /** What is muted. */
    enum Of {
        /** All alerts of a flow. */
        FLOW,
        /** A notification group, whatever it is about. */
        GROUP;

        /** Its name as it is written and kept. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Something that is muted.
     *
     * @param name of the flow or group
     * @param since from when on
     * @param until when it ends by itself
     * @param reason why
     * @param by who muted it last
     * @param held how many messages were left out until now
     */
    record Mute(Of of, String name, Instant since, Instant until, String reason, String by, long held) {

        /** Whether an alert is of what is muted; of a group, whether it is among those that would be told. */
        boolean concerns(Alert alert) {
            return of == Of.FLOW
                    ? alert.kind().ofFlow() && alert.subject().equals(name)
                    : alert.receivers().contains(name);
        }
    }

    /** All that is muted now, the next to end first. */
    List<Mute> current();

    /** Names of the groups that can be muted. */
    Set<String> groups();

    /** Mutes something, or gives what is muted already another end and reason. Returns when that is synced. */
    void mute(Of of, String name, Instant until, String reason, String by);

    /** Ends it before its time; what was left out is told of in a moment. @return whether it was muted */
    boolean end(Of of, String name);

    /** Until when nobody at all is told of an alert; null when somebody is, or it is over. */
    static @Nullable Instant until(Collection<Mute> mutes, Alert alert) {
        if (!alert.open()) {
            return null;
        }
        List<@Nullable Instant> groups = alert.receivers().stream()
                .map(receiver -> until(mutes, Of.GROUP, receiver))
                .toList();
        Stream<Instant> group = groups.isEmpty() || groups.stream().anyMatch(Objects::isNull)
                ? Stream.empty()
                : groups.stream().map(Objects::requireNonNull).min(Instant::compareTo).stream();
        Stream<Instant> flow =
                alert.kind().ofFlow() ? Stream.ofNullable(until(mutes, Of.FLOW, alert.subject())) : Stream.empty();
        return Stream.concat(flow, group).max(Instant::compareTo).orElse(null);
    }

    private static @Nullable Instant until(Collection<Mute> mutes, Of of, String name) {
        return mutes.stream()
                .filter(mute -> mute.of() == of && mute.name().equals(name))
                .map(Mute::until)
                .findFirst()
                .orElse(null);
    }
}
