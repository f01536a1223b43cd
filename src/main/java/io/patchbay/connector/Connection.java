package io.patchbay.connector;

import io.patchbay.connector.auth.Consent;
import io.patchbay.payload.StepException;
import org.jspecify.annotations.Nullable;

/** How one instance is reached: shared by all flows, made when the first call needs it. */
public interface Connection extends AutoCloseable {

    /** Whether it is to be made anew: the system refused the proof, and a secret may have been changed meanwhile. */
    boolean suspect();

    /** How a person lets the instance in; null when no person is needed. */
    default @Nullable Consent consent() {
        return null;
    }

    /** How long the certificate is good that is shown to the system; null when none is. */
    default @Nullable Validity certificate() {
        return null;
    }

    /** Binds an endpoint of the instance's connector. @throws StepException when a setting does not fit where it stands */
    Operation bind(Endpoint endpoint) throws StepException;

    /** Frees what it holds; calls that are on their way may fail. */
    @Override
    void close();
}
