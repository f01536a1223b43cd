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

    /** Failures after which it is known that it did not, beside the answers of HTTP that are none of those. */
    private static final Set<String> SURELY_NOT = Set.of(
            "RATE_LIMITED",
            "CONNECT_TIMEOUT",
            "CONNECT_FAILED",
            "NO_CONNECTION",
            "UNKNOWN_HOST",
            "HOST_NOT_ALLOWED",
            "PROXY_FAILED",
            "TLS_FAILED",
            "BAD_CHALLENGE",
            "CIRCUIT_OPEN",
            "PAUSED",
            "HELD");

    private Outcome() {}

    static boolean uncertain(StepException why) {
        return UNCERTAIN.contains(why.code());
    }

    /** Whether it may have arrived. What a rule says to be a refusal is one: only what would be tried again is open. */
    private static boolean mayHaveArrived(StepException why) {
        return uncertain(why) && (why.retryable() || !why.code().startsWith("HTTP_"));
    }

    /** Whether it surely did not; what is given up on its way, as at a stop of the program, may have. */
    private static boolean surelyNot(StepException why) {
        return SURELY_NOT.contains(why.code()) || (why.code().startsWith("HTTP_") && !mayHaveArrived(why));
    }

    /**
     * The failure as it counts: where a repeat may happen twice in the system and nothing tells whether it did, no try follows one whose
     * outcome is not known. Its payload is kept for a person to look and replay.
     */
    static StepException of(Writing writing, StepException why) {
        return writing.once() && mayHaveArrived(why)
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

    /**
     * Makes a request. One that must not be made twice is marked before, and is not made where an earlier life of the run began it.
     *
     * @param part index of its first record
     * @param records how many records it has
     */
    static Payload of(boolean once, @Nullable Attempt attempt, int part, int records, Call call) throws StepException {
        if (attempt == null || !once) {
            return call.made();
        }
        if (attempt.begunBefore(part, records)) {
            throw crashed();
        }
        boolean mayHaveArrived = true;
        attempt.begins(part, records);
        try {
            return call.made();
        } catch (StepException e) {
            mayHaveArrived = !surelyNot(e);
            throw e;
        } finally {
            attempt.ended(part, records, mayHaveArrived);
        }
    }

    private static StepException crashed() {
        return new StepException(
                Owner.REMOTE,
                StepException.UNKNOWN_OUTCOME,
                "it may have arrived, as the program ended while it was sent, so it is not sent again by itself: look there, and replay it"
                        + " if it is missing");
    }
}
