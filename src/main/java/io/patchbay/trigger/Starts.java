package io.patchbay.trigger;

import io.patchbay.payload.Body;
import io.patchbay.queue.Once;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Where triggers write starts. No call blocks. */
public interface Starts {

    /**
     * Writes a durable start. The future completes after the start is synced to disk, with the run's id. It fails with the
     * queue's exceptions when the queue is full or intake is refused; then nothing was written.
     *
     * <p>A trigger that cannot know whether its last write came through (it crashed, the connection broke) writes again with
     * the same id: a start whose id was accepted before, even if its run has ended since, is not written again and the
     * future completes as if it had been.
     *
     * @param id the run's id, a UUIDv7; null for a new one
     * @param flow the flow's id
     * @param trigger the trigger's kind, {@link Trigger#kind()}
     * @param body the payload that the run begins with
     * @param meta its metadata
     * @param at what relative dates of the run hang on: the time at which a schedule was due, else when the request came
     */
    CompletableFuture<String> start(
            @Nullable String id, String flow, String trigger, Body body, Map<String, String> meta, Instant at);

    /**
     * Writes a durable start unless one for the same was written before and is remembered. Completes with the run's id: of the
     * new run, or of the earlier one. Fails as the other does.
     *
     * @param once what the start is for
     */
    CompletableFuture<String> startOnce(
            Once once, String flow, String trigger, Body body, Map<String, String> meta, Instant at);

    /**
     * Runs a flow up to its callback shape while the caller waits. The future completes with the answer, or fails with {@link
     * java.util.concurrent.TimeoutException} when it took longer than the timeout, with {@link NoAnswerException} when the run ended
     * without one.
     */
    CompletableFuture<Answer> call(String flow, String trigger, Body body, Map<String, String> meta, Duration timeout);
}
