package io.patchbay.runtime;

import io.patchbay.alert.AlertKind;
import io.patchbay.alert.Watched;
import io.patchbay.connector.InstanceStatus;
import io.patchbay.connector.Standing;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.connector.camel.InstanceConnect;
import io.patchbay.flow.Flow;
import io.patchbay.ops.security.AccessKeys;
import io.patchbay.payload.StepException;
import io.patchbay.queue.StartQueue;
import io.patchbay.route.FlowDeployer;
import io.patchbay.route.Flows;
import io.patchbay.store.DiskGuard;
import io.patchbay.trigger.schedule.DueStarts;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What alerts look at, in this runtime. */
record LiveWatched(
        FlowDeployer deployer,
        Flows live,
        LivePauses pauses,
        InstanceCalls calls,
        InstanceConnect connections,
        StartQueue queue,
        DiskGuard disk,
        DueStarts schedules,
        AccessKeys keys)
        implements Watched {

    @Override
    public Map<String, WatchedFlow> flows() {
        Map<String, WatchedFlow> all = new HashMap<>();
        boolean intake = pauses.intake() == null;
        deployer.deployed().forEach((id, compiled) -> {
            Flow flow = compiled.flow();
            boolean goes = intake && flow.status() == Flow.Status.ACTIVE && !pauses.flow(id);
            all.put(id, new WatchedFlow(id, flow.settings().alerts(), goes));
        });
        return all;
    }

    @Override
    public List<WatchedInstance> instances() {
        return calls.catalog().instances().stream()
                .map(instance -> {
                    Standing.View view = calls.standing(instance);
                    Standing.Failure failure = view.lastFailure();
                    return new WatchedInstance(
                            instance.name(),
                            view.status() == InstanceStatus.UNREACHABLE
                                    ? AlertKind.UNREACHABLE
                                    : view.status() == InstanceStatus.FAILED_AUTHENTICATION ? AlertKind.SIGN_IN : null,
                            view.since(),
                            failure == null ? null : failure.sentence(),
                            failure == null ? null : failure.at(),
                            view.lastSuccess());
                })
                .toList();
    }

    @Override
    public Set<String> callers(String instance) {
        return live.callersOf(instance).values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    }

    @Override
    public String fullDisk() {
        return disk.reason();
    }

    @Override
    public Map<String, Long> waiting() {
        return queue.queued();
    }

    @Override
    public Due schedules(Instant before) {
        DueStarts.Due due = schedules.read(before);
        return new Due(due.overdue(), due.made());
    }

    @Override
    public List<Expiring> expiring() {
        Stream<Expiring> certificates = calls.catalog().instances().stream()
                .flatMap(instance -> Stream.ofNullable(calls.certificate(instance))
                        .map(shown ->
                                new Expiring(AlertKind.CERTIFICATE, instance.name(), shown.begins(), shown.ends())));
        Stream<Expiring> access = keys.list().stream()
                .map(key -> new Expiring(AlertKind.ACCESS_KEY, key.name(), key.createdAt(), key.expiresAt()));
        Stream<Expiring> servers = calls.catalog().instances().stream()
                .flatMap(instance -> calls.serverCertificates(instance).stream()
                        .map(seen ->
                                Expiring.shown(instance.name(), seen.server(), seen.begins(), seen.ends(), seen.at())));
        return Stream.of(certificates, servers, tokens(), access)
                .flatMap(all -> all)
                .toList();
    }

    private Stream<Expiring> tokens() {
        try {
            return connections.terms().entrySet().stream()
                    .map(term -> new Expiring(
                            AlertKind.REFRESH_TOKEN,
                            term.getKey(),
                            term.getValue().from(),
                            term.getValue().until()));
        } catch (StepException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
