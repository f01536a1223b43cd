package io.patchbay.connector;

import io.patchbay.payload.StepException;

/** How one instance is reached: shared by all flows, made when the first call needs it. */
public interface Connection extends AutoCloseable {

    /** Whether it is to be made anew: the system refused the proof, and a secret may have been changed meanwhile. */
    boolean suspect();

    /** Binds an endpoint of the instance's connector. @throws StepException when a setting does not fit where it stands */
    Operation bind(Endpoint endpoint) throws StepException;

    /** Frees what it holds; calls that are on their way may fail. */
    @Override
    void close();
}
