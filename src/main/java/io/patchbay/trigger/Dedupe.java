package io.patchbay.trigger;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import java.time.Duration;

/**
 * How a delivery is known that its sender repeats.
 *
 * @param key what is the same then, and differs between events
 * @param remember how long an event is known after its first delivery
 */
@Doc("How a delivery is known that its sender repeats.")
public record Dedupe(
        @Doc("What is the same then and differs between events, like ${header.X-Event-Id} or ${payload.id}.")
        EventKey key,

        @Doc("How long an event is known, from 1m to 30d.") @Default("3d")
        Duration remember) {

    /** How long an event is known when nothing else is said: longer than senders try again. */
    static final Duration DAYS = Duration.ofDays(3);

    private static final Duration LEAST = Duration.ofMinutes(1);
    private static final Duration MOST = Duration.ofDays(30);

    public Dedupe {
        if (remember.compareTo(LEAST) < 0 || remember.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("'remember' must be from 1m to 30d");
        }
    }

    /** Whether the body has to be read for the key. */
    public boolean readsBody() {
        return key.template().reads().stream().anyMatch(ref -> !ref.root().equals("header"));
    }
}
