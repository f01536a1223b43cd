package io.patchbay.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.shape.wait.Awaits;
import io.patchbay.shape.wait.Decision;
import io.patchbay.shape.wait.WaitState;
import io.patchbay.shape.wait.Waits;
import io.patchbay.trial.TestConfig.AnswerConfig;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Decides at once about what would wait: as the test says, else with yes. Events are kept, not told. */
final class TrialWaits implements Waits {

    private static final String BY = "test";

    private final Systems systems;
    private final Clock clock;

    /** @param systems answer for people and events, and keep what was asked */
    TrialWaits(Systems systems, Clock clock) {
        this.systems = systems;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<Arrival> arrive(Place at, Wish wish, Payload payload, Map<String, JsonNode> variables) {
        ObjectNode asked = Json.NODES.objectNode().put("method", wish.kind() == Awaits.APPROVAL ? "approval" : "event");
        ObjectNode with = asked.putObject("with");
        put(with, "key", wish.key());
        put(with, "title", wish.title());
        put(with, "message", wish.message());
        try {
            AnswerConfig answer = systems.decided(at.run(), at.shape(), asked, payload);
            return CompletableFuture.completedFuture(arrival(wish.kind(), answer));
        } catch (StepException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static void put(ObjectNode with, String name, @Nullable String value) {
        if (value != null) {
            with.put(name, value);
        }
    }

    private Arrival arrival(Awaits kind, @Nullable AnswerConfig answer) throws StepException {
        WaitState yes = kind == Awaits.APPROVAL ? WaitState.APPROVED : WaitState.RELEASED;
        String error = answer == null ? null : answer.error();
        WaitState state = error == null
                ? yes
                : switch (error) {
                    case "REJECTED" -> WaitState.REJECTED;
                    case "WAIT_EXPIRED" -> WaitState.EXPIRED;
                    case "WAITING" -> WaitState.WAITING;
                    default ->
                        throw new StepException(
                                Owner.AUTHOR,
                                "NO_TEST_ANSWER",
                                "a wait is answered with a body, or with error REJECTED, WAIT_EXPIRED or WAITING, found "
                                        + error);
                };
        if (state == WaitState.WAITING) {
            return new Kept("in-a-test");
        }
        String by = state == WaitState.EXPIRED ? null : BY;
        String note = answer == null ? null : answer.message();
        JsonNode data = answer == null ? null : answer.body();
        return new Decided("in-a-test", new Decision(state, by, note, clock.instant(), data));
    }

    @Override
    public CompletableFuture<Told> tell(Event event) {
        ObjectNode asked = Json.NODES.objectNode().put("method", "release");
        asked.putObject("with").put("key", event.key());
        if (event.data() != null) {
            asked.set("body", event.data());
        }
        systems.told(event.shape(), asked);
        Instant kept = clock.instant();
        return CompletableFuture.completedFuture(new Told(List.of(), kept, false));
    }
}
