package io.patchbay.runtime;

import io.patchbay.flow.Flow;
import io.patchbay.flow.Picture;
import io.patchbay.payload.Body;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Validated;
import io.patchbay.queue.StartQueue;
import io.patchbay.route.CompiledFlow;
import io.patchbay.route.Explanation;
import io.patchbay.route.FlowDeployer;
import io.patchbay.route.Flows;
import io.patchbay.route.Pauses;
import io.patchbay.route.RevisionTexts;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.ReplayJob;
import io.patchbay.run.RunHistory;
import io.patchbay.run.Runner;
import io.patchbay.shape.Stores;
import io.patchbay.trigger.Schedule;
import io.patchbay.trigger.Trigger;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** The running flows as API, command line and health see them. */
final class LiveFlows implements Flows {

    private final Parts parts;
    private final Clock clock;

    /** What it looks at. */
    record Parts(
            CamelContext context,
            FlowDeployer deployer,
            Generations generations,
            LivePauses pauses,
            QueuedStarts starts,
            StartQueue queue,
            Runner runner,
            StopRequests stops,
            RunHistory history,
            UnaryOperator<String> redact) {}

    LiveFlows(Parts parts, Clock clock) {
        this.parts = parts;
        this.clock = clock;
    }

    @Override
    public List<View> list() {
        Map<String, List<Problem>> problems =
                new LinkedHashMap<>(parts.generations().problems());
        List<View> all = new ArrayList<>();
        for (CompiledFlow compiled : parts.deployer().deployed().values()) {
            List<Problem> of = problems.remove(compiled.flow().file());
            all.add(view(compiled, of == null ? List.of() : of));
        }
        parts.deployer().waiting().values().forEach(flow -> {
            List<Problem> of = problems.remove(flow.file());
            all.add(waiting(flow, of == null ? List.of() : of));
        });
        Map<String, String> names = parts.deployer().names();
        problems.forEach((file, list) -> {
            String name = names.get(file);
            if (name != null) {
                all.add(broken(name, file, list));
            }
        });
        all.sort(Comparator.comparing(View::id));
        return List.copyOf(all);
    }

    private View view(CompiledFlow compiled, List<Problem> problems) {
        Flow flow = compiled.flow();
        return new View(
                flow.id(),
                flow.name(),
                flow.file(),
                flow.labels(),
                flow.status(),
                !parts.pauses().flow(flow.id()),
                compiled.revision(),
                flow.variables().keySet(),
                compiled.rules().shapes(),
                flow.triggers().stream().map(Trigger::kind).toList(),
                parts.runner().runningOf(flow.id()),
                parts.queue().queued(flow.id()),
                problems);
    }

    /** A flow that nobody has deployed yet. */
    private View waiting(Flow flow, List<Problem> problems) {
        return new View(
                flow.id(),
                flow.name(),
                flow.file(),
                flow.labels(),
                flow.status(),
                !parts.pauses().flow(flow.id()),
                null,
                flow.variables().keySet(),
                Map.of(),
                List.of(),
                0,
                parts.queue().queued(flow.id()),
                problems);
    }

    /** A file that was never right has no id of its own that could be trusted; its name stands for it. */
    private static View broken(String name, String file, List<Problem> problems) {
        return new View(
                name,
                name,
                file,
                List.of(),
                Flow.Status.DRAFT,
                true,
                null,
                Set.of(),
                Map.of(),
                List.of(),
                0,
                0,
                problems);
    }

    @Override
    public Optional<View> flow(String id) {
        return list().stream().filter(view -> view.id().equals(id)).findFirst();
    }

    @Override
    public Optional<Instant> next(String id, Instant after) {
        CompiledFlow compiled = parts.deployer().deployed().get(id);
        if (compiled == null
                || compiled.flow().status() != Flow.Status.ACTIVE
                || parts.pauses().flow(id)) {
            return Optional.empty();
        }
        return compiled.flow().triggers().stream()
                .filter(Schedule.class::isInstance)
                .map(trigger -> ((Schedule) trigger).next(after))
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder());
    }

    @Override
    public Map<String, Set<String>> callersOf(String instance) {
        Map<String, Set<String>> callers = new TreeMap<>();
        for (CompiledFlow compiled : parts.deployer().deployed().values()) {
            Callings.of(compiled)
                    .filter(calling -> calling.instance().equals(instance))
                    .forEach(calling -> callers.computeIfAbsent(calling.definition(), any -> new TreeSet<>())
                            .add(compiled.flow().id()));
        }
        return callers;
    }

    @Override
    public List<Problem> problems() {
        return parts.generations().problems().values().stream()
                .flatMap(List::stream)
                .sorted()
                .toList();
    }

    @Override
    public Stores stores() {
        return parts.generations().stores();
    }

    @Override
    public long generation() {
        return parts.generations().generation();
    }

    @Override
    public Optional<String> explain(String id) {
        return Optional.ofNullable(parts.deployer().deployed().get(id))
                .map(compiled -> Explanation.of(compiled, parts.context()));
    }

    @Override
    public Optional<Validated<Picture>> picture(String id, @Nullable String revision) {
        if (revision == null) {
            return Optional.ofNullable(parts.deployer().deployed().get(id))
                    .map(compiled -> new Validated.Valid<>(Picture.of(compiled.flow(), parts.redact()), List.of()));
        }
        return parts.deployer()
                .kept(id, revision)
                .map(read -> read.value()
                        .<Validated<Picture>>map(
                                flow -> new Validated.Valid<>(Picture.of(flow, parts.redact()), List.of()))
                        .orElseGet(() -> new Validated.Invalid<>(read.problems())));
    }

    @Override
    public CompletableFuture<String> start(
            String flow, String trigger, Body body, Map<String, String> meta, @Nullable String revision) {
        if (!parts.deployer().deployed().containsKey(flow)) {
            return CompletableFuture.failedFuture(new IllegalArgumentException("there is no flow '" + flow + "'"));
        }
        return parts.starts().under(revision, flow, trigger, body, meta, clock.instant());
    }

    @Override
    public List<RevisionTexts.Kept> revisions(String flow, int most) {
        return parts.deployer().kept(flow, most);
    }

    @Override
    public Optional<AsKept> revision(String flow, String revision) {
        return parts.deployer()
                .kept(flow, revision)
                .map(read -> read.value()
                        .map(kept -> new AsKept(kept.variables().keySet(), List.of()))
                        .orElseGet(() -> new AsKept(Set.of(), read.problems())));
    }

    @Override
    public CompletableFuture<String> replay(String failedPayloadId, Replay how) {
        FailedPayload failed = parts.history().failed(failedPayloadId).orElse(null);
        if (failed == null) {
            return CompletableFuture.failedFuture(
                    new IllegalArgumentException("there is no failed payload '" + failedPayloadId + "'"));
        }
        String lost = how.edited() == null ? failed.lost() : null;
        if (lost != null) {
            return CompletableFuture.failedFuture(new IllegalArgumentException(lost));
        }
        ReplayJob job = how.job();
        ReplayEntry entry;
        try {
            entry = ReplayEntry.of(failed, how, shapes(failed.flow()), parts.history());
            Flow flow = entered(failed, how);
            if (flow != null) {
                entry.refuseUnread(how, flow, parts.deployer().world().around(flow.id(), flow.variables()));
            }
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
        return parts.starts()
                .entering(
                        entry.startId(failed, job),
                        entry.once(failed, how),
                        failed.flow(),
                        entry.payload(),
                        Map.of(Runner.PARENT, failed.runId()),
                        how.today() ? null : failed.revision(),
                        entry.shape())
                .thenCompose(run -> parts.history()
                        .replayed(failedPayloadId, run, job == null ? null : job.id())
                        .thenApply(told -> run));
    }

    /** The flow that the replay runs under; null where there is none, which the start tells. */
    private @Nullable Flow entered(FailedPayload failed, Replay how) {
        String revision = how.today() ? null : failed.revision();
        if (revision != null) {
            return parts.deployer()
                    .kept(failed.flow(), revision)
                    .flatMap(Validated::value)
                    .orElse(null);
        }
        CompiledFlow deployed = parts.deployer().deployed().get(failed.flow());
        return deployed == null ? null : deployed.flow();
    }

    /** Ids of a flow's shapes as it is now, in flow order. */
    private List<String> shapes(String flow) {
        return flow(flow).map(view -> List.copyOf(view.shapes().keySet())).orElse(List.of());
    }

    @Override
    public void enable(String flow, boolean enabled) {
        if (enabled) {
            parts.pauses().resume(Pauses.Kind.FLOW, flow);
        } else {
            parts.pauses().pause(Pauses.Kind.FLOW, flow, null);
        }
    }

    @Override
    public CompletableFuture<Boolean> stop(String runId) {
        return parts.stops().stop(runId);
    }
}
