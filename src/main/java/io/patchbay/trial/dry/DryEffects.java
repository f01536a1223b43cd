package io.patchbay.trial.dry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.notification.Notice;
import io.patchbay.notification.Notifier;
import io.patchbay.notification.Target;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.shape.runflow.FlowCalls;
import io.patchbay.shape.trackdata.Sighting;
import io.patchbay.shape.trackdata.Tracked;
import io.patchbay.trial.dry.Captured.Kind;
import io.patchbay.trial.dry.Notes.Note;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** What a run does outside beside calls of connectors, taken down in place of done. */
final class DryEffects implements FlowCalls, Notifier, Tracked {

    private final String shape;
    private final Notes notes;
    private final Notifier notifier;
    private final Tracked tracked;
    private final AtomicInteger started;

    /**
     * Of one shape, in place of those of the runtime, which are only asked.
     *
     * @param started counts starts of other flows
     * @param notifier knows groups of receivers
     * @param tracked what was tracked before
     */
    DryEffects(String shape, Notes notes, AtomicInteger started, Notifier notifier, Tracked tracked) {
        this.shape = shape;
        this.started = started;
        this.notes = notes;
        this.notifier = notifier;
        this.tracked = tracked;
    }

    @Override
    public CompletableFuture<String> start(
            Identity identity, String flow, Payload payload, Map<String, JsonNode> variables) {
        return started(flow, payload, variables, "the id of a run that there is not");
    }

    private CompletableFuture<String> started(
            String flow, Payload payload, Map<String, JsonNode> variables, String answer) {
        ObjectNode with = Json.NODES.objectNode();
        variables.forEach(with::set);
        notes.add(new Note(
                shape,
                Kind.START,
                "START",
                flow,
                Map.of(),
                with.isEmpty() ? null : with,
                Content.of(payload, notes.most()),
                answer));
        return CompletableFuture.completedFuture("dry-" + started.incrementAndGet());
    }

    /** What would come of the called flow is not known: the payload goes on with what it was called with. */
    @Override
    public CompletableFuture<Call> call(
            Identity identity, String flow, Payload payload, Map<String, JsonNode> variables, long most) {
        return started(flow, payload, variables, "what it was called with")
                .thenApply(run -> new Call(
                        run, identity.queuedAt(), CompletableFuture.completedFuture(new Ended(payload, false, null))));
    }

    @Override
    public boolean mails() {
        return notifier.mails();
    }

    @Override
    public Set<String> groups() {
        return notifier.groups();
    }

    @Override
    public List<Target> targets(Collection<String> to) {
        return notifier.targets(to);
    }

    @Override
    public void send(Target target, Notice notice) {
        told(Kind.MESSAGE, target.toString(), notice);
    }

    @Override
    public void mail(List<Target> targets, Notice notice) {
        told(Kind.MAIL, targets.stream().map(Target::group).collect(Collectors.joining(", ")), notice);
    }

    private void told(Kind kind, String target, Notice notice) {
        byte[] text = notice.text().getBytes(StandardCharsets.UTF_8);
        notes.add(new Note(
                shape,
                kind,
                "SEND",
                target,
                Map.of("Subject", notice.title()),
                null,
                new Content(text, text.length, "text/plain"),
                "taken"));
    }

    @Override
    public CompletableFuture<Void> saw(List<Sighting> sightings) {
        for (Sighting one : sightings) {
            ObjectNode with = Json.NODES
                    .objectNode()
                    .put("direction", one.direction().name().toLowerCase(Locale.ROOT))
                    .put("success", one.success());
            notes.add(new Note(
                    shape,
                    Kind.TRACKED,
                    "TRACK",
                    one.entity() + " " + one.value(),
                    Map.of(),
                    with,
                    Content.NONE,
                    "kept"));
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Slice find(Query query) {
        return tracked.find(query);
    }
}
