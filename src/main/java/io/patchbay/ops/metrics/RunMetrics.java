package io.patchbay.ops.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.patchbay.problem.Problem;
import io.patchbay.queue.StartLists;
import io.patchbay.route.Flows;
import io.patchbay.route.GenerationListener;
import io.patchbay.run.RunListener;
import io.patchbay.run.RunRecord;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Counts runs by flow and payloads by shape. Only deployed flows and shapes have meters, so that their number is bounded by
 * what is deployed: those of a flow that is removed go with it.
 */
final class RunMetrics implements RunListener, GenerationListener {

    private final MeterRegistry registry;
    private final Supplier<Flows> flows;
    private final Load load;
    private final Map<String, FlowMeters> meters = new ConcurrentHashMap<>();

    /** @param flows asked for when the first generation is taken: the runtime that holds the flows tells us of it */
    RunMetrics(MeterRegistry registry, Supplier<Flows> flows, StartLists starts, Clock clock) {
        this.registry = registry;
        this.flows = flows;
        this.load = new Load(flows, starts::oldest, clock);
        for (Problem.Severity severity : Problem.Severity.values()) {
            Gauge.builder("patchbay.file.problems", () -> problems(severity))
                    .description("What is wrong with files now")
                    .tag("severity", severity.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }

    @Override
    public synchronized void taken(long generation) {
        Map<String, Set<String>> deployed = new HashMap<>();
        for (Flows.View view : flows.get().list()) {
            if (view.revision() != null) {
                deployed.put(view.id(), view.shapes().keySet());
            }
        }
        meters.forEach((flow, its) -> {
            if (!deployed.containsKey(flow)) {
                meters.remove(flow);
                its.remove();
            }
        });
        deployed.forEach((flow, shapes) -> {
            FlowMeters known = meters.get(flow);
            if (known == null) {
                meters.put(flow, new FlowMeters(registry, flow, shapes, load));
            } else {
                known.deployed(shapes);
            }
        });
    }

    @Override
    public void ended(RunRecord record) {
        FlowMeters its = meters.get(record.flow());
        if (its != null) {
            its.count(record);
        }
    }

    private double problems(Problem.Severity severity) {
        return flows.get().problems().stream()
                .filter(problem -> problem.severity() == severity)
                .count();
    }
}
