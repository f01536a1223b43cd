package io.patchbay.ops.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.patchbay.connector.Instance;
import io.patchbay.connector.InstanceStatus;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.route.GenerationListener;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Tells how instances stand: of each, one of its gauges is 1 and the others are 0. Those of an instance that is removed go with
 * it.
 */
final class InstanceMetrics implements GenerationListener {

    /** What an instance can be; a check alone says that it failed. */
    private static final Set<InstanceStatus> STATES = EnumSet.complementOf(EnumSet.of(InstanceStatus.FAILED));

    private final MeterRegistry registry;
    private final Supplier<InstanceCalls> instances;
    private final Map<String, List<Meter>> meters = new ConcurrentHashMap<>();

    /** @param instances asked for when the first generation is taken: the runtime that holds them tells us of it */
    InstanceMetrics(MeterRegistry registry, Supplier<InstanceCalls> instances) {
        this.registry = registry;
        this.instances = instances;
    }

    @Override
    public synchronized void taken(long generation) {
        InstanceCalls calls = instances.get();
        Set<String> there =
                calls.catalog().instances().stream().map(Instance::name).collect(Collectors.toCollection(HashSet::new));
        meters.forEach((name, its) -> {
            if (!there.contains(name)) {
                meters.remove(name);
                its.forEach(registry::remove);
            }
        });
        there.forEach(name -> meters.computeIfAbsent(name, any -> gauges(calls, name)));
    }

    private List<Meter> gauges(InstanceCalls calls, String name) {
        return STATES.stream()
                .<Meter>map(state -> Gauge.builder(
                                "patchbay.instance.status", calls, all -> stands(all, name) == state ? 1 : 0)
                        .description("How an instance stands: 1 for the state it is in")
                        .tag("instance", name)
                        .tag("state", state.word())
                        .register(registry))
                .toList();
    }

    private static InstanceStatus stands(InstanceCalls calls, String name) {
        Instance instance = calls.catalog().instance(name);
        return instance == null
                ? InstanceStatus.UNKNOWN
                : calls.standing(instance).status();
    }
}
