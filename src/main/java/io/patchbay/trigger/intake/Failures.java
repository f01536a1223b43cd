package io.patchbay.trigger.intake;

import io.patchbay.queue.IntakeRefusedException;
import io.patchbay.queue.QueueFullException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;

/** What a caller is told when a start could not be written. */
final class Failures {

    private static final System.Logger LOG = System.getLogger(Failures.class.getName());

    private Failures() {}

    static Reply reply(Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof QueueFullException full) {
            return Reply.problem(429, "Too Many Requests", "QUEUE_FULL", "The queue of starts is full.")
                    .with("Retry-After", seconds(full.retryAfter()));
        }
        if (cause instanceof IntakeRefusedException refused) {
            return Reply.problem(503, "Service Unavailable", "NOTHING_ACCEPTED", "Nothing new can be kept now.")
                    .with("Retry-After", seconds(refused.retryAfter()));
        }
        if (cause instanceof RejectedExecutionException) {
            return Refusals.busy();
        }
        LOG.log(System.Logger.Level.ERROR, "a start could not be written", cause);
        return Refusals.failed();
    }

    private static String seconds(Duration wait) {
        return String.valueOf(Math.max(1, wait.plusMillis(999).toSeconds()));
    }

    static Throwable cause(Throwable failure) {
        boolean wrapped = failure instanceof CompletionException || failure instanceof ExecutionException;
        return wrapped && failure.getCause() != null ? failure.getCause() : failure;
    }
}
