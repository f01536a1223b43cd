package io.patchbay.trial.dry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.shape.wait.Awaits;
import io.patchbay.shape.wait.Decision;
import io.patchbay.shape.wait.WaitState;
import io.patchbay.shape.wait.Waits;
import io.patchbay.trial.dry.Captured.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What would wait, and events, taken down: a payload goes on as if it had been approved or released at once. */
final class DryWaits implements Waits {

    private static final String BY = "dry run";

    private final String shape;
    private final Notes notes;
    private final Clock clock;

    DryWaits(String shape, Notes notes, Clock clock) {
        this.shape = shape;
        this.notes = notes;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<Arrival> arrive(Place at, Wish wish, Payload payload, Map<String, JsonNode> variables) {
        boolean approval = wish.kind() == Awaits.APPROVAL;
        ObjectNode with = Json.NODES.objectNode();
        put(with, "title", wish.title());
        put(with, "message", wish.message());
        notes.add(new Notes.Note(
                shape,
                Kind.WAIT,
                "WAIT",
                (approval ? "approval" : "event") + (wish.key() == null ? "" : " " + wish.key()),
                Map.of(),
                with.isEmpty() ? null : with,
                Content.of(payload, notes.most()),
                approval ? "approved" : "released"));
        WaitState state = approval ? WaitState.APPROVED : WaitState.RELEASED;
        return CompletableFuture.completedFuture(new Decided(BY, new Decision(state, BY, null, clock.instant(), null)));
    }

    private static void put(ObjectNode with, String name, @Nullable String value) {
        if (value != null) {
            with.put(name, value);
        }
    }

    @Override
    public CompletableFuture<Told> tell(Event event) {
        byte[] data =
                event.data() == null ? new byte[0] : event.data().toString().getBytes(StandardCharsets.UTF_8);
        Content content = data.length == 0 ? Content.NONE : new Content(data, data.length, "application/json");
        notes.add(new Notes.Note(shape, Kind.WAIT, "RELEASE", "event " + event.key(), content, "kept"));
        return CompletableFuture.completedFuture(new Told(List.of(), clock.instant(), false));
    }
}
