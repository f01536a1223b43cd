package io.patchbay.ops.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** The meters of one deployed flow. Those of a shape come with the first run that passes it. */
final class FlowMeters {

    private final MeterRegistry registry;
    private final String flow;
    private final Map<RunStatus, Counter> runs = new EnumMap<>(RunStatus.class);
    private final Timer duration;
    private final Gauge depth;
    private final Gauge running;
    private final Gauge oldest;
    private final Map<String, ShapeMeters> shapes = new ConcurrentHashMap<>();
    private volatile Set<String> deployed;

    /** Counts what passes one shape. */
    private record ShapeMeters(
            Counter in,
            Counter out,
            Counter failed,
            Counter received,
            Counter sent,
            Counter attempts,
            Counter seconds) {

        List<Counter> all() {
            return List.of(in, out, failed, received, sent, attempts, seconds);
        }
    }

    /** Registers the meters of a flow; shapes are told by their ids. */
    FlowMeters(MeterRegistry registry, String flow, Set<String> shapes, Load load) {
        this.registry = registry;
        this.flow = flow;
        this.deployed = Set.copyOf(shapes);
        for (RunStatus status : RunStatus.values()) {
            if (status != RunStatus.QUEUED && status != RunStatus.RUNNING) {
                runs.put(
                        status,
                        Counter.builder("patchbay.runs")
                                .description("Runs that ended")
                                .tag("flow", flow)
                                .tag("status", status.name().toLowerCase(Locale.ROOT))
                                .register(registry));
            }
        }
        duration = Timer.builder("patchbay.run.duration")
                .description("From the beginning to the end of a run")
                .tag("flow", flow)
                .register(registry);
        depth = gauge("patchbay.queue.depth", "Starts that wait", load, now -> now.queued(flow));
        oldest = gauge(
                "patchbay.queue.oldest.seconds", "How long the next start has waited", load, now -> now.waits(flow));
        running = gauge("patchbay.runs.running", "Runs that go on", load, now -> now.running(flow));
    }

    private Gauge gauge(String name, String description, Load load, ToDoubleFunction<Load> value) {
        return Gauge.builder(name, load, value)
                .description(description)
                .tag("flow", flow)
                .register(registry);
    }

    /** The flow's shapes from now on; meters of others go. */
    void deployed(Set<String> ids) {
        deployed = Set.copyOf(ids);
        shapes.keySet().stream().filter(id -> !deployed.contains(id)).forEach(id -> {
            ShapeMeters gone = shapes.remove(id);
            if (gone != null) {
                remove(gone);
            }
        });
    }

    /** Counts a run. What it did in shapes that the flow has no more is left out: their meters would stay for ever. */
    void count(RunRecord run) {
        Counter counter = runs.get(run.status());
        if (counter != null) {
            counter.increment();
        }
        Instant began = run.startedAt();
        Instant ended = run.endedAt();
        if (began != null && ended != null) {
            duration.record(Duration.between(began, ended));
        }
        for (RunRecord.ShapeRecord shape : run.shapes()) {
            if (deployed.contains(shape.shape())) {
                ShapeMeters meters = shapes.computeIfAbsent(shape.shape(), this::shape);
                meters.in().increment((double) shape.payloadsIn());
                meters.out().increment((double) shape.payloadsOut());
                meters.failed().increment((double) shape.payloadsFailed());
                meters.received().increment((double) shape.bytesIn());
                meters.sent().increment((double) shape.bytesOut());
                meters.attempts().increment((double) shape.attempts());
                meters.seconds().increment(shape.took().toNanos() / 1e9);
            }
        }
    }

    private ShapeMeters shape(String id) {
        return new ShapeMeters(
                payloads(id, "in"),
                payloads(id, "out"),
                counter(id, "failed", "Payloads that failed for good in a shape")
                        .register(registry),
                bytes(id, "in"),
                bytes(id, "out"),
                counter(id, "attempts", "Tries of a shape, the first ones among them")
                        .register(registry),
                counter(id, "seconds", "Time that tries of a shape took, added up")
                        .register(registry));
    }

    private Counter payloads(String shape, String direction) {
        return counter(shape, "payloads", "Payloads that reached and left a shape")
                .tag("direction", direction)
                .register(registry);
    }

    private Counter bytes(String shape, String direction) {
        return counter(shape, "bytes", "Bytes that requests of a shape received and sent")
                .tag("direction", direction)
                .register(registry);
    }

    private Counter.Builder counter(String shape, String what, String description) {
        return Counter.builder("patchbay.shape." + what)
                .description(description)
                .tag("flow", flow)
                .tag("shape", shape);
    }

    /** Takes all meters of the flow away. */
    void remove() {
        runs.values().forEach(registry::remove);
        for (Meter meter : Set.<Meter>of(duration, depth, running, oldest)) {
            registry.remove(meter);
        }
        Collection<ShapeMeters> all = shapes.values();
        all.forEach(this::remove);
        shapes.clear();
    }

    private void remove(ShapeMeters meters) {
        meters.all().forEach(registry::remove);
    }
}
