package io.patchbay.trial;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.notification.Mail;
import io.patchbay.notification.Mailer;
import io.patchbay.payload.Payload;
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

    private final List<Started> starts = new CopyOnWriteArrayList<>();
    private final List<Mail> mails = new CopyOnWriteArrayList<>();

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
