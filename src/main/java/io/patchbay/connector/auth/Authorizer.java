package io.patchbay.connector.auth;

import io.patchbay.payload.StepException;
import org.jspecify.annotations.Nullable;

/** Gives the proof for each request of an instance. Safe for use by several threads. */
public interface Authorizer {

    /**
     * The proof for a request that goes out now; may ask for a token and wait for it. A request that is sent again is shown
     * again: a signature belongs to one try.
     */
    Proof proof(Outgoing request) throws StepException;

    /**
     * Told that the system refused a proof.
     *
     * @return whether another proof can be had, so that the request is worth repeating once
     */
    boolean refused(Proof proof, AnswerHeaders answer);

    /** Whether a 401 is the way this method begins (RFC 7616), whatever the connector's rules make of it. */
    default boolean challenged() {
        return false;
    }

    /** Whether the proof is of one request only, so that it must not be sent along to where a redirect leads. */
    default boolean signs() {
        return false;
    }

    /** Whether it was refused and asks nobody for a while: one in its place would know nothing of that, and ask. */
    default boolean paused() {
        return false;
    }

    /** Told that the system took a proof. */
    default void accepted(Proof proof) {}

    /** What a person may do when the system refuses the proof, as part of a sentence; null when it depends on the secrets alone. */
    default @Nullable String remedy() {
        return null;
    }

    /** How a person lets the instance in; null when no person is needed. */
    default @Nullable Consent consent() {
        return null;
    }

    /** The proof of a session that is open and ought to be ended, or null. */
    default @Nullable Proof open() {
        return null;
    }
}
