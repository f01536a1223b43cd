package io.patchbay.ops.metrics;

import io.patchbay.route.Flows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** How much every flow has to do, asked for at most once a second however many gauges read it. */
final class Load {

    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Supplier<Flows> flows;
    private final Clock clock;
    private final Function<String, Optional<Instant>> oldest;
    private volatile Look look = new Look(Instant.MIN, Map.of());

    /** What was seen, and until when it counts. */
    private record Look(Instant until, Map<String, Flows.View> views) {}

    /** @param oldest when the next start of a flow was accepted, if one waits */
    Load(Supplier<Flows> flows, Function<String, Optional<Instant>> oldest, Clock clock) {
        this.oldest = oldest;
        this.flows = flows;
        this.clock = clock;
    }

    double queued(String flow) {
        Flows.View view = views().get(flow);
        return view == null ? 0 : view.queued();
    }

    double running(String flow) {
        Flows.View view = views().get(flow);
        return view == null ? 0 : view.running();
    }

    /** How long the next start of a flow has waited, in seconds; the queue is asked only where one waits. */
    double waits(String flow) {
        return queued(flow) == 0
                ? 0
                : oldest.apply(flow)
                        .map(since -> Duration.between(since, clock.instant()).toMillis() / 1000.0)
                        .orElse(0.0);
    }

    private Map<String, Flows.View> views() {
        Look known = look;
        if (clock.instant().isBefore(known.until())) {
            return known.views();
        }
        return again();
    }

    private synchronized Map<String, Flows.View> again() {
        Instant now = clock.instant();
        if (!now.isBefore(look.until())) {
            look = new Look(
                    now.plus(FRESH),
                    flows.get().list().stream()
                            .collect(Collectors.toMap(Flows.View::id, Function.identity(), (a, b) -> a)));
        }
        return look.views();
    }
}
