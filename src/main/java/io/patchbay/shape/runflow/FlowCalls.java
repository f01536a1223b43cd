package io.patchbay.shape.runflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Where shapes start flows. */
public interface FlowCalls {

    /**
     * What a start is for: one that was written before for the same is not written again.
     *
     * @param run id of the run that starts the flow
     * @param queuedAt when that run was queued
     * @param shape the shape's id
     * @param lineage of the payload
     * @param repeats whether another run may have started the flow with the same before
     */
    record Identity(String run, Instant queuedAt, String shape, String lineage, boolean repeats) {}

    /**
     * Writes a durable start of a flow.
     *
     * @param identity what the start is for
     * @param flow the flow's id
     * @param payload what it begins with, and the metadata
     * @param variables values of its variables, by name
     * @return completes with the run's id; fails with a {@link StepException} when nothing was written
     */
    CompletableFuture<String> start(Identity identity, String flow, Payload payload, Map<String, JsonNode> variables);

    /**
     * Writes a durable start of a flow whose run leaves for the caller what reaches its end, or why it failed.
     *
     * @param most most bytes of what it leaves
     * @return completes with the call; fails with a {@link StepException} when nothing was written
     */
    CompletableFuture<Call> call(
            Identity identity, String flow, Payload payload, Map<String, JsonNode> variables, long most);

    /**
     * A run that was called.
     *
     * @param run its id
     * @param since when it was called first
     * @param end completes when the run has ended and what it left is on disk; fails with a {@link StepException} when it will not end
     */
    record Call(String run, Instant since, CompletableFuture<Ended> end) {}

    /**
     * How a called run ended.
     *
     * @param payload what reached its end, with its metadata; null for nothing
     * @param partial whether some payloads failed in it while others went through
     * @param why what failed, or null
     */
    record Ended(
            @Nullable Payload payload,
            boolean partial,
            @Nullable StepException why) {}
}
