package io.patchbay.trigger.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.queue.IntakeRefusedException;
import io.patchbay.queue.Once;
import io.patchbay.queue.Start;
import io.patchbay.trigger.Starts;
import io.patchbay.trigger.intake.Door.Target;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;

/**
 * Makes an admitted request a durable start of each flow that takes it; the answer is set when all of them are on disk. When one
 * cannot be written the caller is told to send again, and a known event starts then what it has not started yet.
 */
final class AcceptProcessor extends AsyncProcessorSupport {

    /** Metadata that names the caller of the inbound API. */
    static final String CALLER = "inbound.caller";

    /** Some records were taken and some were not (the status of RFC 4918 for several outcomes in one answer). */
    private static final int PARTLY = 207;

    private final Starts starts;
    private final LargeBodies bodies;

    AcceptProcessor(Starts starts, LargeBodies bodies) {
        this.starts = starts;
        this.bodies = bodies;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Visit visit = exchange.getProperty(Visit.PROPERTY, Visit.class);
        List<CompletableFuture<String>> runs = new ArrayList<>();
        for (Target target : visit.door().targets()) {
            runs.add(start(visit, target));
        }
        var unused = CompletableFuture.allOf(runs.toArray(CompletableFuture[]::new))
                .whenComplete((done, failure) -> visit.reply(
                        failure != null ? Failures.reply(failure) : accepted(visit, runs), () -> callback.done(false)));
        return false;
    }

    private CompletableFuture<String> start(Visit visit, Target target) {
        CompletableFuture<String> start;
        try {
            start = written(visit, target);
        } catch (RuntimeException e) {
            start = CompletableFuture.failedFuture(e);
        }
        return start.whenComplete((run, failure) -> {
            if (failure != null
                    && IntakeRefusedException.nothingWritten(failure)
                    && visit.body() instanceof Body.Stored stored) {
                bodies.discard(stored);
            }
        });
    }

    private CompletableFuture<String> written(Visit visit, Target target) {
        Map<String, String> meta =
                meta(visit.meta(), target, visit.door().targets().size());
        String flow = target.flow();
        String kind = target.trigger().kind();
        String key = visit.key();
        return key == null
                ? starts.start(null, flow, kind, visit.body(), meta, visit.at())
                : starts.startOnce(
                        new Once(
                                hash(flow, place(target), meta.getOrDefault(CALLER, ""), key),
                                visit.door().unwrapping().remember()),
                        flow,
                        kind,
                        visit.body(),
                        meta,
                        visit.at());
    }

    /** Flows that share a path get what each asked for. */
    private static Map<String, String> meta(Map<String, String> all, Target target, int targets) {
        if (targets == 1) {
            return all;
        }
        Map<String, String> own = new HashMap<>(all);
        own.keySet()
                .removeIf(name ->
                        !name.equals(Start.CALLER_TRACE) && !target.metas().contains(name));
        return own;
    }

    private static String place(Target target) {
        return target.trigger() instanceof io.patchbay.trigger.Webhook hook
                ? "hook " + hook.path()
                : target.trigger() instanceof io.patchbay.trigger.InstanceWebhook of
                        ? "event " + of.instance() + " " + of.event()
                        : target.trigger().kind() + " " + target.trigger().key().orElse("");
    }

    private static String hash(String... parts) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\u0000", parts).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static Reply accepted(Visit visit, List<CompletableFuture<String>> runs) {
        Reply answer = visit.door().answer();
        if (answer != null) {
            return answer;
        }
        ObjectNode body = Json.NODES.objectNode();
        if (runs.size() == 1) {
            body.put("run", run(runs.get(0)));
        } else {
            var list = body.putArray("runs");
            runs.forEach(run -> list.add(run(run)));
        }
        Sifted sifted = visit.sifted();
        if (sifted == null) {
            return Reply.json(202, body);
        }
        sifted.tell(body);
        return Reply.json(sifted.refused() == 0 ? 202 : PARTLY, body);
    }

    private static @Nullable String run(CompletableFuture<String> done) {
        return done.join();
    }
}
