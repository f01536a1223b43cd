package io.patchbay.trial;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.notification.Mail;
import io.patchbay.notification.Mailer;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.shape.runflow.FlowCalls;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a run does outside beside calls of connectors, kept in place of done. */
final class Effects implements FlowCalls, Mailer {

    /** Stands behind the name of a group of receivers, whose addresses are the runtime's to know. */
    private static final String GROUP = "@notification.group";

    private final Systems systems;
    private final List<Started> starts = new CopyOnWriteArrayList<>();
    private final List<Mail> mails = new CopyOnWriteArrayList<>();

    /** @param systems answer for flows that a shape waits for */
    Effects(Systems systems) {
        this.systems = systems;
    }

    /** A start of another flow. */
    record Started(String shape, String flow, Payload payload, Map<String, JsonNode> variables) {}

    List<Started> starts() {
        return List.copyOf(starts);
    }

    List<Mail> mails() {
        return List.copyOf(mails);
    }

    /** A receiver as a flow names it. */
    static String receiver(String address) {
        return address.endsWith(GROUP) ? address.substring(0, address.length() - GROUP.length()) : address;
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
    public boolean ready() {
        return true;
    }

    @Override
    public Map<String, List<String>> groups() {
        return new Everyone();
    }

    @Override
    public void send(Mail mail) {
        mails.add(mail);
    }

    /** Every group there could be. */
    private static final class Everyone extends HashMap<String, List<String>> {
        private static final long serialVersionUID = 1L;

        @Override
        public List<String> getOrDefault(Object name, List<String> otherwise) {
            return List.of(name + GROUP);
        }
    }
}
