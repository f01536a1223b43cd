package io.patchbay.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.payload.Body;
import io.patchbay.payload.Bucket;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.SourceRecords;
import io.patchbay.payload.StepException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a run gives the caller that waits for it: the payload that reaches its end as it is; of several a list with one item for
 * each, as a callback answers them, and the metadata that all of them have alike; or why it failed.
 */
final class Giving {

    private final Run run;
    private final long most;
    private final AtomicReference<@Nullable FailedPayload> failed = new AtomicReference<>();
    private @Nullable Bucket bucket;

    Giving(Run run, long most) {
        this.run = run;
        this.most = most;
    }

    /** Where what reaches the end is collected. */
    synchronized Bucket bucket() {
        if (bucket == null) {
            bucket = run.held().bucket();
        }
        return bucket;
    }

    /** A payload failed that nobody caught; the first one tells why. */
    void failed(FailedPayload one) {
        failed.compareAndSet(null, one);
    }

    CallResult result(RunRecord ended) {
        Payload payload = null;
        String code = null;
        String message = null;
        if (ended.status() == RunStatus.SUCCEEDED || ended.status() == RunStatus.PARTIAL) {
            try {
                payload = one();
            } catch (StepException e) {
                code = e.code();
                message = e.getMessage();
            } catch (RuntimeException | Error e) { // the run has ended all the same
                code = "RESULT_LOST";
                message = "what reached the end of the flow cannot be read back: " + e.getMessage();
            }
        } else {
            FailedPayload first = first();
            code = ended.status() == RunStatus.STOPPED || first == null ? "CALL_" + ended.status() : first.code();
            message = ended.status() == RunStatus.STOPPED || first == null
                    ? ended.reason()
                    : "shape '" + first.shape() + "': " + first.message();
        }
        return new CallResult(
                ended.id(),
                String.valueOf(ended.parent()),
                ended.status(),
                payload,
                code,
                message,
                Objects.requireNonNullElse(ended.endedAt(), ended.queuedAt()));
    }

    private @Nullable FailedPayload first() {
        FailedPayload first = failed.get();
        return first != null
                ? first
                : run.progress().failed().values().stream()
                        .filter(one -> one.state() == FailedPayload.State.OPEN)
                        .findFirst()
                        .orElse(null);
    }

    private @Nullable Payload one() throws StepException {
        Bucket all = bucket();
        Iterator<Payload> payloads = all.iterator();
        if (!payloads.hasNext()) {
            return null;
        }
        Payload first = payloads.next();
        long size = within(0, first);
        if (!payloads.hasNext()) {
            return first;
        }
        Map<String, String> alike = new HashMap<>(first.meta());
        alike.remove(SourceRecords.META);
        alike.remove(SourceRecords.NAME);
        ArrayNode list = Json.NODES.arrayNode().add(first.value());
        while (payloads.hasNext()) {
            Payload next = payloads.next();
            size = within(size, next);
            list.add(next.value());
            alike.entrySet().retainAll(next.meta().entrySet());
        }
        return new Payload(Lineage.ofRun(run.identity().id()), new Body.Tree(list), RecordPath.ROOT_LIST, alike);
    }

    private long within(long before, Payload payload) throws StepException {
        long size = before + (payload.body() instanceof Body.Stored stored ? stored.size() : payload.bytes().length);
        if (size > most) {
            throw new StepException(
                    io.patchbay.payload.Owner.LIMIT,
                    "RESULT_TOO_LARGE",
                    "what reached the end of the flow is larger than the " + most
                            + " bytes that its caller takes; give a greater 'most', or let it end with less");
        }
        return size;
    }
}
