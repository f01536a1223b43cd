package io.patchbay.trigger.intake;

import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.queue.IntakeRefusedException;
import io.patchbay.trigger.Starts;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/** Makes a webhook's request a durable start; the answer is set when the start is on disk. */
final class AcceptProcessor extends AsyncProcessorSupport {

    private final Starts starts;
    private final LargeBodies bodies;

    AcceptProcessor(Starts starts, LargeBodies bodies) {
        this.starts = starts;
        this.bodies = bodies;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Visit visit = exchange.getProperty(Visit.PROPERTY, Visit.class);
        Door door = visit.door();
        CompletableFuture<String> start;
        try {
            start = starts.start(null, door.flow(), door.trigger().kind(), visit.body(), visit.meta(), visit.at());
        } catch (RuntimeException e) {
            start = CompletableFuture.failedFuture(e);
        }
        var unused = start.whenComplete((run, failure) -> {
            if (failure != null
                    && IntakeRefusedException.nothingWritten(failure)
                    && visit.body() instanceof Body.Stored stored) {
                bodies.discard(stored);
            }
            Reply reply = failure != null ? Failures.reply(failure) : accepted(door, run);
            visit.reply(reply, () -> callback.done(false));
        });
        return false;
    }

    private static Reply accepted(Door door, String run) {
        Reply answer = door.answer();
        return answer != null ? answer : Reply.json(202, Json.NODES.objectNode().put("run", run));
    }
}
