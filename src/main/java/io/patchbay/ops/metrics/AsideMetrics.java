package io.patchbay.ops.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.patchbay.trigger.event.AsideMessages;

/** Counts messages of brokers that lie aside on this replica; of all flows together. */
final class AsideMetrics implements MeterBinder {

    private final AsideMessages messages;

    AsideMetrics(AsideMessages messages) {
        this.messages = messages;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("patchbay.messages.aside", this::count)
                .description("Messages of brokers that could not become starts and lie aside")
                .register(registry);
    }

    private double count() {
        return messages.counts().values().stream().mapToLong(Long::longValue).sum();
    }
}
