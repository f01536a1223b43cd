package io.patchbay.ops.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.patchbay.run.WaitingPayloads;

/** Counts payloads that wait for a person or an event; of all flows and replicas together. */
final class WaitMetrics implements MeterBinder {

    private final WaitingPayloads waits;

    WaitMetrics(WaitingPayloads waits) {
        this.waits = waits;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("patchbay.waits.waiting", this::count)
                .description("Payloads that wait for an approval or an event")
                .register(registry);
    }

    private double count() {
        return waits.counts().values().stream().mapToLong(Long::longValue).sum();
    }
}
