package io.patchbay.connector.limit;

import io.patchbay.connector.Instance;
import io.patchbay.connector.definition.RateLimitConfig;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;

/** One governor per instance: it stays when the instance is read again, as long as the limits are the same. */
public final class Governors {

    private final ScheduledExecutorService timer;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    private record Kept(List<RateLimitConfig> limits, Governor governor) {}

    /** Governors that are woken by a timer. */
    public Governors(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** The governor of an instance. */
    public Governor of(Instance instance) {
        List<RateLimitConfig> limits = Stream.of(
                        instance.connector().config().rateLimit(),
                        instance.config().rateLimit())
                .filter(Objects::nonNull)
                .map(RateLimitConfig.class::cast)
                .toList();
        return kept.compute(
                        instance.name(),
                        (name, before) -> before != null && before.limits().equals(limits)
                                ? before
                                : new Kept(limits, new Governor(limits, timer, System::nanoTime)))
                .governor();
    }
}
