package io.patchbay.connector.camel;

import io.patchbay.connector.Writing;
import io.patchbay.expression.ExpressionException;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of a request that failed: whether the system may have done what it was asked. */
final class Outcome {

    /** Failures after which nobody knows whether the system did what it was asked. */
    private static final Set<String> UNCERTAIN = Set.of(
            "TIMEOUT",
            "NO_ANSWER",
            "TRUNCATED",
            "IO",
            "NOT_JSON",
            "NOT_XML",
            "HTTP_408",
            "HTTP_500",
            "HTTP_502",
            "HTTP_503",
            "HTTP_504");

    private Outcome() {}

    static boolean uncertain(StepException why) {
        return UNCERTAIN.contains(why.code());
    }

    /**
     * The failure as it counts: where a repeat may happen twice in the system and nothing tells whether it did, no try follows one whose
     * outcome is not known. Its payload is kept for a person to look and replay.
     */
    static StepException of(Writing writing, StepException why) {
        // What a rule says to be a refusal is one: only what would be tried again is open.
        boolean open = why.retryable() || !why.code().startsWith("HTTP_");
        return writing.once() && open && uncertain(why)
                ? new StepException(
                        why.owner(),
                        StepException.UNKNOWN_OUTCOME,
                        "it may have arrived, so it is not sent again by itself, as the system knows no repeated request: look"
                                + " there, and replay it if it is missing. What happened: " + why.getMessage() + " ["
                                + why.code() + "]",
                        why)
                : why;
    }

    /** The failure of what may have arrived, and has nothing that it could be looked up by. */
    static StepException unknown(ExpressionException nothing, @Nullable StepException happened) {
        return new StepException(
                happened == null ? Owner.REMOTE : happened.owner(),
                StepException.UNKNOWN_OUTCOME,
                "it may have arrived, and nothing in it tells whether it did, so it is not sent again by itself: "
                        + nothing.getMessage() + ". Look there, and replay it if it is missing. What happened: "
                        + (happened == null
                                ? "the program ended while it was sent"
                                : happened.getMessage() + " [" + happened.code() + "]"),
                happened);
    }

    /** A request. */
    interface Call {
        /** Makes it. */
        Payload made() throws StepException;
    }

    /** Makes a request; an attempt that is given up meanwhile knows whether it may be made again. */
    static Payload of(boolean once, @Nullable Attempt attempt, Call call) throws StepException {
        if (attempt == null || !once) {
            return call.made();
        }
        attempt.unrepeatable(true);
        try {
            return call.made();
        } finally {
            attempt.unrepeatable(false);
        }
    }
}
