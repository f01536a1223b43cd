package io.patchbay.trial;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.notification.Channel;
import io.patchbay.notification.Notice;
import io.patchbay.notification.Notifier;
import io.patchbay.notification.Target;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.shape.runflow.FlowCalls;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a run does outside beside calls of connectors, kept in place of done. */
final class Effects implements FlowCalls, Notifier {

    private final Systems systems;
    private final List<Started> starts = new CopyOnWriteArrayList<>();
    private final List<Told> told = new CopyOnWriteArrayList<>();

    /** @param systems answer for flows that a shape waits for */
    Effects(Systems systems) {
        this.systems = systems;
    }

    /** A start of another flow. */
    record Started(String shape, String flow, Payload payload, Map<String, JsonNode> variables) {}

    List<Started> starts() {
        return List.copyOf(starts);
    }

    /** A message, and its receivers as the flow names them. */
    record Told(List<String> receivers, Notice notice) {}

    List<Told> told() {
        return List.copyOf(told);
    }

    @Override
    public CompletableFuture<String> start(
            Identity identity, String flow, Payload payload, Map<String, JsonNode> variables) {
        starts.add(new Started(identity.shape(), flow, payload, Map.copyOf(variables)));
        return CompletableFuture.completedFuture("started-" + starts.size());
    }

    @Override
    public CompletableFuture<Call> call(
            Identity identity, String flow, Payload payload, Map<String, JsonNode> variables, long most) {
        return start(identity, flow, payload, variables).thenApply(run -> {
            CompletableFuture<Ended> end = new CompletableFuture<>();
            try {
                end.complete(new Ended(systems.called(identity, flow, payload, variables), false, null));
            } catch (StepException e) {
                end.complete(new Ended(null, false, e));
            }
            return new Call(run, identity.queuedAt(), end);
        });
    }

    @Override
    public boolean mails() {
        return true;
    }

    @Override
    public Set<String> groups() {
        return new Everyone();
    }

    /** By which ways a group is told is the runtime's to know: a receiver is one place. */
    @Override
    public List<Target> targets(Collection<String> to) {
        return to.stream()
                .distinct()
                .map(receiver -> new Target(Channel.MAIL, receiver, 1))
                .toList();
    }

    @Override
    public void send(Target target, Notice notice) {
        mail(List.of(target), notice);
    }

    @Override
    public void mail(List<Target> targets, Notice notice) {
        told.add(new Told(targets.stream().map(Target::group).toList(), notice));
    }

    /** Every group there could be. */
    private static final class Everyone extends HashSet<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean contains(Object name) {
            return true;
        }
    }
}
