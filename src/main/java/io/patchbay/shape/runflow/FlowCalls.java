package io.patchbay.shape.runflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Payload;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

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
     * @return completes with the run's id; fails with a {@link io.patchbay.payload.StepException} when nothing was written
     */
    CompletableFuture<String> start(Identity identity, String flow, Payload payload, Map<String, JsonNode> variables);
}
