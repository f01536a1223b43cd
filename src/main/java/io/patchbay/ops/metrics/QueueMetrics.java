package io.patchbay.ops.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.patchbay.queue.StartLists;

/** Counts starts that were put aside; of all flows together, because the flow of one may be gone. */
final class QueueMetrics implements MeterBinder {

    private final StartLists starts;

    QueueMetrics(StartLists starts) {
        this.starts = starts;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("patchbay.starts.quarantined", this::quarantined)
                .description("Starts that were put aside and wait to be released or deleted")
                .register(registry);
    }

    private double quarantined() {
        return starts.quarantined().values().stream().mapToLong(Long::longValue).sum();
    }
}
